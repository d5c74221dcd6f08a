package catalog

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strings"

	"github.com/plumbapi/plumb/integration"
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
	// Text is the request as it would be sent, without the secrets.
	Text string
	// Status is what the fake answers, 0 where it does not.
	Status int
}

// Preview runs a delivery against the tool's fake. The memory is what earlier
// deliveries left; it is not changed. What was shown until an error is returned
// with it.
func Preview(ctx context.Context, tool integration.Tool, inputs integration.Inputs, d *integration.Delivery) (*Shown, error) {
	m := tool.Manifest()
	g := newRig(tool, inputs, inputs)
	receipt, err := g.deliver(ctx, d)
	s := &Shown{Tool: m.Name, Receipt: receipt}
	mask := integration.NewMask(m, inputs)
	for i := range g.exchanges {
		s.Requests = append(s.Requests, ShownRequest{g.exchanges[i].shown(mask), g.exchanges[i].status})
	}
	return s, err
}

// shown is an exchange as a dry run shows it.
func (e *exchange) shown(mask *integration.Mask) string {
	return mask.Request(e.method, e.url, e.header, e.body)
}

// Text writes the requests for a terminal.
func (s *Shown) Text(w io.Writer) error {
	var b strings.Builder
	for _, r := range s.Requests {
		fmt.Fprintf(&b, "%s→ %d %s, says the fake; nothing was sent\n\n", r.Text, r.Status, http.StatusText(r.Status))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// HTML writes the requests as a page.
func (s *Shown) HTML(w io.Writer) error {
	var b strings.Builder
	for i, r := range s.Requests {
		first, _, _ := strings.Cut(r.Text, "\n")
		fmt.Fprintf(&b, "<section><h2>%d. <code>%s</code></h2>\n<pre class=\"frame\" tabindex=\"0\">%s</pre>\n<p class=\"soft\">The fake answers %d.</p></section>\n", i+1, template.HTMLEscapeString(first), template.HTMLEscapeString(r.Text), r.Status)
	}
	return page.Write(w, page.Page{
		Title: "What would be sent to " + s.Tool, Lead: words.Count(len(s.Requests), "request") + " would be sent to " + s.Tool, Status: "info",
		Context: "Nothing has been sent. Secrets are masked.", Body: template.HTML(b.String()), //nolint:gosec // every text is escaped above
		Foot: "Written by plumb.",
	})
}
