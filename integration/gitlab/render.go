package gitlab

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/safe"
)

// Limits of texts, in code points, which Ruby counts.
func limit(name string) int { return manifest().LimitOf(name) }

// product names a product in markers, whatever characters its name has.
func product(name string) string { return check.Fingerprint("product", name, "", "")[:16] }

// noteMark is what a note of a product begins with.
func noteMark(name string) string { return "<!-- plumb:note:" + product(name) + ":" }

// note is the text of a note: a comment that nobody sees, by which it is found
// again, and the message.
func note(d *integration.Delivery) string {
	o := message.Options{}
	if d.URL == "" {
		o.Items = 50 // there is nowhere else to read them
	}
	m := message.FromDelivery(d, o)
	room := limit("note") - 64
	text := message.Cut(m.Fit(func(m *message.Message) bool { return message.Runes(m.Markdown()) <= room }).Markdown(), room, message.Runes)
	return noteMark(d.Product) + digest(text) + " -->\n" + text
}

// digest names a text, so that an equal one is not written again.
func digest(text string) string { return check.Fingerprint("text", text, "", "")[:16] }

// statusOf is what a commit's status says.
type statusOf struct {
	State       string `json:"state"`
	Name        string `json:"name"`
	Description string `json:"description"`
	TargetURL   string `json:"target_url,omitempty"`
	Ref         string `json:"ref,omitempty"`
}

func commitStatus(d *integration.Delivery) statusOf {
	m := message.FromDelivery(d, message.Options{})
	s := statusOf{
		State: "success", Name: message.Cut("plumb/"+safe.Line(d.Product), limit("status_name"), message.Runes),
		Description: message.Cut(m.Headline, limit("status_description"), message.Runes), Ref: safe.Line(d.Branch),
	}
	if m.Verdict != message.Passed {
		s.State = "failed"
	}
	if message.Runes(m.URL) <= limit("status_target_url") { // a part of an address leads nowhere
		s.TargetURL = m.URL
	}
	return s
}

// issue is what is written of a group of findings.
type issue struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Labels      string `json:"labels,omitempty"`
	StateEvent  string `json:"state_event,omitempty"`
}

func issueOf(g *message.Group, label string) issue {
	m := g.Message(message.Options{Items: 50})
	room := limit("issue_description") - 128
	text := message.Cut(m.Fit(func(m *message.Message) bool { return message.Runes(m.Markdown()) <= room }).Markdown(), room, message.Runes)
	return issue{
		Title:       message.Cut(title(g), limit("issue_title"), message.Runes),
		Description: "<!-- plumb:issue:" + product(g.Product) + ":" + g.Fingerprint + ":" + g.Digest() + " -->\n" + text,
		Labels:      strings.ReplaceAll(label, ",", " "),
	}
}

// title is never empty, which GitLab refuses.
func title(g *message.Group) string {
	if t := strings.TrimSpace(g.Title()); t != "" {
		return t
	}
	return phrase.Of(g.Language).Say(phrase.TitleFindings)
}

// issueMark finds product, fingerprint and digest in the description of an
// issue. Only the first line counts, which nothing of a finding is in.
var issueMark = regexp.MustCompile(`\A<!-- plumb:issue:([0-9a-f]{16}):([0-9a-f]{32}):([0-9a-f]{16}) -->`)
