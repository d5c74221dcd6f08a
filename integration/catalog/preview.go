package catalog

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report/page"
)

// Shown is what a delivery would send: the requests as they are, with secrets
// masked, each answered by the tool's own fake, so that nothing leaves the
// machine.
type Shown struct {
	Tool     string
	Requests []ShownRequest
	Receipt  *integration.Receipt
}

// ShownRequest is one of them.
type ShownRequest struct {
	Method, URL string
	// Header are the lines of it, sorted.
	Header []string
	Body   []byte
	// Status is what the fake answers.
	Status int
}

// Preview runs a delivery against the tool's fake. What was shown until an error
// is returned with it.
func Preview(ctx context.Context, tool integration.Tool, inputs integration.Inputs, d *integration.Delivery) (*Shown, error) {
	m := tool.Manifest()
	g := newRig(tool, inputs, inputs)
	receipt, err := g.deliver(ctx, d)
	s := &Shown{Tool: m.Name, Receipt: receipt}
	for _, e := range g.exchanges {
		r := ShownRequest{Method: e.method, URL: mask(e.url, inputs, m), Body: []byte(mask(string(e.body), inputs, m)), Status: e.status}
		for name, values := range e.header {
			for _, v := range values {
				if secretHeader(name) {
					v = hidden
				}
				r.Header = append(r.Header, name+": "+mask(v, inputs, m))
			}
		}
		slices.Sort(r.Header)
		s.Requests = append(s.Requests, r)
	}
	return s, err
}

// hidden stands for a secret.
const hidden = "••••••"

func secretHeader(name string) bool {
	return slices.Contains([]string{"Authorization", "Cookie", "Zsessionid", "Private-Token", "X-Api-Key"}, http.CanonicalHeaderKey(name))
}

// mask takes secrets out of a text, in every form that they are written in, the
// longest first.
func mask(text string, inputs integration.Inputs, m *integration.Manifest) string {
	var secret []string
	for _, in := range m.Inputs {
		if in.Type == "secret" && inputs[in.Name] != "" {
			secret = append(secret, forms(inputs, in.Name)...)
		}
	}
	slices.SortFunc(secret, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	for _, s := range slices.Compact(secret) {
		text = strings.ReplaceAll(text, s, hidden)
	}
	return text
}

// Text writes the requests for a terminal.
func (s *Shown) Text(w io.Writer) error {
	var b strings.Builder
	for i, r := range s.Requests {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s %s\n", r.Method, safe.Line(r.URL))
		for _, line := range r.Header {
			fmt.Fprintf(&b, "%s\n", safe.Line(line))
		}
		if len(r.Body) > 0 {
			fmt.Fprintf(&b, "\n%s\n", lines(pretty(r.Body)))
		}
		fmt.Fprintf(&b, "→ %d (nothing was sent: the answer is that of the stand-in for %s)\n", r.Status, s.Tool)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// pretty indents what is JSON.
func pretty(data []byte) string {
	var v json.RawMessage
	if json.Unmarshal(data, &v) != nil {
		return string(data)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if enc.Encode(v) != nil {
		return string(data)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// lines makes each line of a text safe to be shown.
func lines(text string) string {
	parts := strings.Split(text, "\n")
	for i := range parts {
		indent := len(parts[i]) - len(strings.TrimLeft(parts[i], " "))
		parts[i] = parts[i][:indent] + safe.Line(parts[i][indent:])
	}
	return strings.Join(parts, "\n")
}

// HTML writes the requests as a page.
func (s *Shown) HTML(w io.Writer) error {
	var b strings.Builder
	for i, r := range s.Requests {
		fmt.Fprintf(&b, "<section><h2>%d. <code>%s %s</code></h2>\n<pre class=\"frame\" tabindex=\"0\">", i+1, escape(r.Method), escape(safe.Line(r.URL)))
		for _, line := range r.Header {
			b.WriteString(escape(safe.Line(line)) + "\n")
		}
		fmt.Fprintf(&b, "</pre>\n<pre class=\"frame\" tabindex=\"0\">%s</pre>\n<p class=\"soft\">The stand-in answers %d.</p></section>\n", escape(lines(pretty(r.Body))), r.Status)
	}
	return page.Write(w, page.Page{
		Title: "What would be sent to " + s.Tool, Lead: words.Count(len(s.Requests), "request") + " would be sent to " + s.Tool, Status: "info",
		Context: "Nothing has been sent. Secrets are masked.", Body: template.HTML(b.String()), //nolint:gosec // every text is escaped above
		Foot: "Written by plumb.",
	})
}

func escape(text string) string { return template.HTMLEscapeString(text) }
