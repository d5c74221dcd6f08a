package slack

import (
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/preview"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/words"
)

// Preview implements [integration.Previewer]. It shows the payload itself, read
// back as Slack reads it.
func (Tool) Preview(in integration.Inputs, d *integration.Delivery) (*integration.Preview, error) {
	d = d.In(in["language"])
	p := Render(d, message.FromDelivery(d, message.Options{}), in["interactive"] == "true")
	size := words.Number(p.Size()) + " of " + words.Number(maxTotal) + " characters in " + words.Count(len(p.Blocks), "block")
	return preview.Render(manifest().Title, size, parts(p))
}

// parts reads the blocks of a payload.
func parts(p *Payload) []preview.Part {
	var list []preview.Part
	for _, b := range p.Blocks {
		switch b.Type {
		case "header":
			list = append(list, preview.Part{Kind: preview.Head, Text: b.Text.Text})
		case "context":
			texts := make([]string, len(b.Elements))
			for i, e := range b.Elements {
				texts[i], _ = readMrkdwn(e.Text)
			}
			list = append(list, preview.Part{Kind: preview.Context, Text: strings.Join(texts, " · ")})
		default:
			list = append(list, sectionPart(&b))
		}
	}
	return list
}

func sectionPart(b *Block) preview.Part {
	part := preview.Part{Kind: preview.Item}
	switch text := b.Text.Text; {
	case strings.HasPrefix(text, "<"):
		part.Kind = preview.Link
	case strings.HasPrefix(text, "*") && strings.HasSuffix(text, ")") && !strings.Contains(text, "\n") && strings.Contains(text, "* ("):
		part.Kind = preview.Title
	}
	part.Text, part.URL = readMrkdwn(b.Text.Text)
	if b.Button != nil {
		part.Button = b.Button.Text.Text
	}
	return part
}

// readMrkdwn reads the mrkdwn that this package writes: what a reader sees, and
// where a link leads.
func readMrkdwn(s string) (text, address string) {
	if inner, ok := strings.CutPrefix(s, "<"); ok {
		if to, name, ok := strings.Cut(strings.TrimSuffix(inner, ">"), "|"); ok {
			return unescaper.Replace(name), unescaper.Replace(to)
		}
	}
	return unescaper.Replace(marks.Replace(s)), ""
}

var (
	unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
	marks     = strings.NewReplacer("*", "", "`", "", "\n", " · ")
)
