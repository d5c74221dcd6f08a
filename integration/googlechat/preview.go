package googlechat

import (
	"html"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/preview"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/words"
)

// Preview implements [integration.Previewer]. It shows the card itself.
func (Tool) Preview(in integration.Inputs, d *integration.Delivery) (*integration.Preview, error) {
	p := Render(d, message.FromDelivery(d.In(in["language"]), message.Options{}))
	return preview.Render(manifest().Title, words.Number(len(marshal(p)))+" of "+words.Number(maxBytes)+" bytes", parts(&p.Cards[0].Card))
}

// parts reads a card.
func parts(c *Card) []preview.Part {
	list := []preview.Part{{Kind: preview.Head, Text: c.Header.Title}}
	if c.Header.Subtitle != "" {
		list = append(list, preview.Part{Kind: preview.Context, Text: c.Header.Subtitle})
	}
	for _, s := range c.Sections {
		if s.Header != "" {
			list = append(list, preview.Part{Kind: preview.Title, Text: read(s.Header)})
		}
		for _, w := range s.Widgets {
			switch {
			case w.Decorated != nil:
				list = append(list, preview.Part{Kind: preview.Item, Text: join(w.Decorated.TopLabel, w.Decorated.Text, w.Decorated.BottomLabel)})
			case w.Paragraph != nil:
				list = append(list, preview.Part{Kind: preview.Context, Text: read(w.Paragraph.Text)})
			case w.Buttons != nil:
				for _, b := range w.Buttons.Buttons {
					list = append(list, preview.Part{Kind: preview.Link, Text: b.Text, URL: b.OnClick.OpenLink.URL})
				}
			}
		}
	}
	return list
}

func join(texts ...string) string {
	var list []string
	for _, t := range texts {
		if t != "" {
			list = append(list, read(t))
		}
	}
	return strings.Join(list, " · ")
}

// read reads the HTML that this package writes.
func read(s string) string { return html.UnescapeString(tags.Replace(s)) }

var tags = strings.NewReplacer("<b>", "", "</b>", "", "<i>", "", "</i>", "")
