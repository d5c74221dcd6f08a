package teams

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/integration/message"
)

// The size of a whole message, in bytes. Microsoft says about 28 KB
// (https://learn.microsoft.com/connectors/teams/), others have met it at 21,000
// (https://www.rubydoc.info/gems/msteams_hermes/MsTeamsHermes/Message), since
// what is counted is not the request alone. What is sent stays below both.
const (
	maxBytes = 28_000
	budget   = 20_000
)

// The bounds of texts, for reading; Teams has none of its own.
const (
	maxHeadline = 300
	maxRule     = 200
	maxPlace    = 500
	maxFallback = 1500
	maxURL      = 2000
)

// Render makes the card of a message. What does not fit is left out and counted.
func Render(m *message.Message) *Payload {
	return payload(m.Fit(func(m *message.Message) bool { return len(marshal(payload(m))) <= budget }))
}

// body is what is sent: the message, or its card alone.
func body(p *Payload, edition string) []byte {
	if edition == "card" {
		return marshal(&p.Attachments[0].Content)
	}
	return marshal(p)
}

// marshal writes JSON as it is sent.
func marshal(v any) []byte {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // cannot fail: the types hold nothing but texts and bools
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

func payload(m *message.Message) *Payload {
	headline := message.Cut(m.Lead(), maxHeadline, message.UTF16)
	c := Card{
		Schema: cardSchema, Type: "AdaptiveCard", Version: cardVersion, Lang: m.Language, MSTeams: Width{"Full"},
		FallbackText: message.Cut(strings.TrimSpace(m.Plain()), maxFallback, message.UTF16),
		Speak:        headline,
	}
	c.add(Element{}, TextRun{Text: headline, Size: "Large", Weight: "Bolder", Color: colour(m.Verdict)})
	if facts := m.Context(); facts != "" {
		c.add(Element{Spacing: "None"}, TextRun{Text: facts, IsSubtle: true})
	}
	for i := range m.Sections {
		s := &m.Sections[i]
		c.add(Element{Separator: true, Spacing: "Medium"}, TextRun{Text: s.Title, Weight: "Bolder"}, TextRun{Text: " (" + m.Count(s) + ")"})
		for j := range s.Items {
			c.add(Element{Spacing: "Small"}, item(&s.Items[j])...)
		}
		if left := m.Left(s); left != "" {
			c.add(Element{Spacing: "Small"}, TextRun{Text: left, IsSubtle: true})
		}
	}
	if isPage(m.URL) {
		c.Actions = []Action{{Type: "Action.OpenUrl", Title: phrase.Of(m.Language).Say(phrase.WholeReport), URL: m.URL}}
	}
	return &Payload{Type: "message", Attachments: []Attachment{{ContentType: contentType, Content: c}}}
}

// add adds a block of text; runs without any are left out.
func (c *Card) add(e Element, runs ...TextRun) {
	e.Type = "RichTextBlock"
	for _, r := range runs {
		if r.Text != "" {
			r.Type = "TextRun"
			e.Inlines = append(e.Inlines, r)
		}
	}
	if e.Inlines != nil {
		c.Body = append(c.Body, e)
	}
}

func colour(v message.Verdict) string {
	switch v {
	case message.Passed:
		return "Good"
	case message.Failed:
		return "Attention"
	}
	return "Warning"
}

func item(i *message.Item) []TextRun {
	var runs []TextRun
	if i.Severity != 0 {
		runs = append(runs, TextRun{Text: i.Word + " ", Weight: "Bolder", Color: severityColour(i.Severity)})
	}
	if i.Rule != "" {
		runs = append(runs, TextRun{Text: message.Cut(i.Rule, maxRule, message.UTF16), FontType: "Monospace"}, TextRun{Text: " "})
	}
	runs = append(runs, TextRun{Text: i.Text})
	if where := i.Where(); where != "" {
		runs = append(runs, TextRun{Text: " · "}, TextRun{Text: message.Cut(where, maxPlace, message.UTF16), FontType: "Monospace", IsSubtle: true})
	}
	return runs
}

func severityColour(s check.Severity) string {
	switch s {
	case check.Error:
		return "Attention"
	case check.Warning:
		return "Warning"
	}
	return ""
}

// isPage says whether an address is one of a page that a reader may be led to.
func isPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= maxURL
}
