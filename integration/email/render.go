package email

import (
	"bytes"
	"fmt"
	"html/template"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/integration/message"
)

// render writes the mail. The same delivery gives the same bytes.
func render(d *integration.Delivery, m *message.Message, e *envelope, id string) ([]byte, error) {
	var out bytes.Buffer
	parts := multipart.NewWriter(&out)
	if err := parts.SetBoundary("plumb-" + check.Fingerprint("boundary", id, "", "")); err != nil {
		return nil, err
	}
	subject := strings.TrimSpace(message.Cut(m.Headline, manifest().LimitOf("subject"), message.Runes))
	for _, h := range [][2]string{
		{"Date", d.At.UTC().Format(time.RFC1123Z)},
		{"From", fold(e.from.String())}, {"To", fold(list(e.to))}, {"Subject", encode(subject)},
		{"Message-ID", id}, {"In-Reply-To", thread(d, e.from)}, {"References", thread(d, e.from)},
		{"Auto-Submitted", "auto-generated"}, {"MIME-Version", "1.0"},
		{"Content-Type", "multipart/alternative;\r\n boundary=\"" + parts.Boundary() + "\""},
	} {
		fmt.Fprintf(&out, "%s: %s\r\n", h[0], h[1])
	}
	if m.Language != english { // RFC 3282; the texts of findings are English
		fmt.Fprintf(&out, "Content-Language: %s, %s\r\n", m.Language, english)
	}
	out.WriteString("\r\n")
	var page bytes.Buffer
	if err := pageTemplate.Execute(&page, pageOf(m)); err != nil {
		return nil, err
	}
	for _, part := range []struct{ kind, text string }{{"text/plain", m.Plain()}, {"text/html", page.String()}} {
		if err := writePart(parts, part.kind, part.text); err != nil {
			return nil, err
		}
	}
	if err := parts.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func writePart(parts *multipart.Writer, kind, text string) error {
	w, err := parts.CreatePart(textproto.MIMEHeader{
		"Content-Type": {kind + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"},
	})
	if err != nil {
		return err
	}
	q := quotedprintable.NewWriter(w)
	if _, err := q.Write([]byte(strings.ReplaceAll(text, "\n", "\r\n"))); err != nil {
		return err
	}
	return q.Close()
}

// encode writes a text as the value of a header: encoded words of RFC 2047
// where it is not ASCII, on lines that are short. What only looks like an
// encoded word is broken up, or mail programs would decode it.
func encode(text string) string {
	text = strings.ReplaceAll(text, "=?", "=\u200b?")
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return strings.ReplaceAll(mime.QEncoding.Encode("utf-8", text), "?= =?", "?=\r\n =?")
		}
	}
	return fold(text)
}

// fold breaks a value at spaces, so that a line has at most 76 characters where
// its words allow.
func fold(value string) string {
	var b strings.Builder
	used := len("Subject: ")
	for i, word := range strings.Split(value, " ") {
		if i > 0 {
			if used+1+len(word) > 76 && word != "" {
				b.WriteString("\r\n")
				used = 0
			}
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += len(word)
	}
	return b.String()
}

func list(addresses []*mail.Address) string {
	all := make([]string, len(addresses))
	for i, a := range addresses {
		all[i] = a.String()
	}
	return strings.Join(all, ", ")
}

// english is the language of findings.
const english = "en"

// page is the message as the template shows it.
type page struct {
	*message.Message
	Colour string
	// Link is the address, "" where it is none that a mail program opens, and
	// LinkText what it is called.
	Link, LinkText string
	// Foreign says that texts of findings are in another language than the page.
	Foreign bool
	// Sections have what is left out of each, and how many things each is about.
	Sections []section
}

type section struct {
	*message.Section
	Count, Left string
}

func pageOf(m *message.Message) page {
	p := page{
		Message: m, Colour: map[message.Verdict]string{message.Passed: "#1a7f37", message.Failed: "#b42318"}[m.Verdict],
		LinkText: phrase.Of(m.Language).Say(phrase.WholeReport), Foreign: m.Language != english,
	}
	for i := range m.Sections {
		one := section{Section: &m.Sections[i], Count: m.Count(&m.Sections[i])}
		if len(one.Items) > 0 {
			one.Left = m.Left(one.Section)
		}
		p.Sections = append(p.Sections, one)
	}
	if p.Colour == "" {
		p.Colour = "#8a5300"
	}
	if strings.HasPrefix(m.URL, "https://") || strings.HasPrefix(m.URL, "http://") {
		p.Link = m.URL
	}
	return p
}

// pageTemplate has its styles in the elements, since mail programs drop sheets.
var pageTemplate = template.Must(template.New("mail").Parse(`<!doctype html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><title>{{.Headline}}</title></head>
<body style="margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;color:#1f2328;background:#ffffff">
<h1 style="font-size:18px;margin:0 0 8px"><span style="color:{{.Colour}}">{{.Mark}}</span> {{.Headline}}</h1>
{{with .Context}}<p style="margin:0 0 16px;color:#59636e">{{.}}</p>
{{end}}{{range .Sections}}<h2 style="font-size:16px;margin:16px 0 4px">{{.Title}} ({{.Count}})</h2>
<ul style="margin:0;padding-left:20px">
{{range .Items}}<li>{{if .Severity}}<strong>{{.Word}}</strong> {{end}}{{with .Rule}}<code>{{.}}</code> {{end}}{{if $.Foreign}}<span lang="en">{{.Text}}</span>{{else}}{{.Text}}{{end}}{{with .Where}} <span style="color:#59636e">{{.}}</span>{{end}}</li>
{{end}}{{with .Left}}<li>{{.}}</li>
{{end}}</ul>
{{end}}{{with .Link}}<p style="margin:16px 0 0"><a href="{{.}}">{{$.LinkText}}</a></p>
{{end}}</body></html>
`))
