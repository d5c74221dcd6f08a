// Package preview shows a message of a chat as its readers would see it: as
// text, and as a page that stands alone. A chat's renderer says which parts its
// payload has; this package knows no chat.
package preview

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/report/page"
)

// Part is one piece of a message, from the top down. All of its texts are plain.
type Part struct {
	Kind Kind
	Text string
	// Button is what a button beside it says; "" for none.
	Button string
	// URL is where a link leads; "" for none.
	URL string
}

// Kind says what a part is.
type Kind string

// The kinds of parts.
const (
	Head    Kind = "head"    // the headline
	Title   Kind = "title"   // above a section
	Item    Kind = "item"    // one thing of a section
	Context Kind = "context" // small print
	Link    Kind = "link"    // the way to the report
)

// Render makes the preview of a message in the chat that is named. The size is
// how much of a limit the payload takes, such as "1,024 of 28,000 bytes".
func Render(chat, size string, parts []Part) (*integration.Preview, error) {
	var body bytes.Buffer
	if err := pageBody.Execute(&body, view(parts)); err != nil {
		return nil, fmt.Errorf("preview a message of %s: %w", chat, err)
	}
	p := page.Page{
		Title: "Preview: " + chat, Lead: lead(parts), Context: "Nothing was sent. The message takes " + size + ".",
		Body: template.HTML(body.String()), //nolint:gosec // the template has escaped it
	}
	var out bytes.Buffer
	if err := page.Write(&out, p); err != nil {
		return nil, fmt.Errorf("preview a message of %s: %w", chat, err)
	}
	return &integration.Preview{Text: text(parts), HTML: out.Bytes()}, nil
}

func lead(parts []Part) string {
	for _, p := range parts {
		if p.Kind == Head {
			return safe.Line(p.Text)
		}
	}
	return "There is nothing to tell."
}

// text writes the parts as lines.
func text(parts []Part) string {
	var b strings.Builder
	for i, p := range parts {
		line := safe.Line(p.Text)
		switch p.Kind {
		case Title:
			if i > 0 {
				b.WriteString("\n")
			}
		case Item:
			line = "- " + line
		}
		if p.Button != "" {
			line += " [" + safe.Line(p.Button) + "]"
		}
		if p.URL != "" {
			line += " " + safe.Line(p.URL)
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// view makes what the template shows: items that follow one another are a list.
func view(parts []Part) []block {
	var blocks []block
	for _, p := range parts {
		p.Text, p.Button = safe.Line(p.Text), safe.Line(p.Button)
		if u, err := url.Parse(p.URL); err != nil || u.Scheme != "https" && u.Scheme != "http" {
			p.URL = ""
		}
		if p.Kind == Item {
			if n := len(blocks); n > 0 && blocks[n-1].Items != nil {
				blocks[n-1].Items = append(blocks[n-1].Items, p)
				continue
			}
			blocks = append(blocks, block{Items: []Part{p}})
			continue
		}
		blocks = append(blocks, block{Part: p})
	}
	return blocks
}

type block struct {
	Part
	Items []Part
}

var pageBody = template.Must(template.New("preview").Parse(`<h2>The message</h2>
{{- range .}}
{{- if .Items}}
<ul>{{range .Items}}<li>{{.Text}}{{if .Button}} <b>[{{.Button}}]</b>{{end}}</li>{{end}}</ul>
{{- else if eq .Kind "head"}}
<p><b>{{.Text}}</b></p>
{{- else if eq .Kind "title"}}
<h3>{{.Text}}</h3>
{{- else if .URL}}
<p><a href="{{.URL}}">{{.Text}}</a></p>
{{- else}}
<p>{{.Text}}</p>
{{- end}}
{{- end}}
`))
