package teams

import (
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/preview"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/words"
)

// Preview implements [integration.Previewer]. It shows the card itself.
func (Tool) Preview(in integration.Inputs, d *integration.Delivery) (*integration.Preview, error) {
	p := Render(message.FromDelivery(d.In(in["language"]), message.Options{}))
	return preview.Render(manifest().Title, words.Number(len(marshal(p)))+" of "+words.Number(maxBytes)+" bytes", parts(&p.Attachments[0].Content))
}

// parts reads the elements of a card.
func parts(c *Card) []preview.Part {
	var list []preview.Part
	for i, e := range c.Body {
		part := preview.Part{Kind: preview.Item, Text: text(e.Inlines)}
		switch {
		case i == 0:
			part.Kind = preview.Head
		case e.Separator:
			part.Kind = preview.Title
		case e.Spacing == "None" || len(e.Inlines) == 1 && e.Inlines[0].IsSubtle:
			part.Kind = preview.Context
		}
		list = append(list, part)
	}
	for _, a := range c.Actions {
		list = append(list, preview.Part{Kind: preview.Link, Text: a.Title, URL: a.URL})
	}
	return list
}

func text(runs []TextRun) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
