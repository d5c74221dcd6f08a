package googlechat

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/once"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/integration/message"
)

// maxBytes is the size of a message, text and cards together, in bytes. Source:
// https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages/create
const maxBytes = 32_000

// maxWidgets is how many widgets a section shows; what is beyond is not shown.
// Source: https://developers.google.com/workspace/chat/api/reference/rest/v1/cards
const maxWidgets = 100

// The bounds of texts, for reading; Chat has none of its own.
const (
	maxTitle    = 200
	maxLabel    = 300
	maxPlace    = 500
	maxFallback = 1500
	maxURL      = 2000
)

// Render makes the message of a delivery. What does not fit is left out and
// counted.
func Render(d *integration.Delivery, m *message.Message) *Payload {
	thread := "plumb-" + once.Key(d)
	return payload(m.Fit(func(m *message.Message) bool { return payload(m, thread).fits() }), thread)
}

func (p *Payload) fits() bool {
	for i := range p.Cards[0].Card.Sections {
		if len(p.Cards[0].Card.Sections[i].Widgets) > maxWidgets {
			return false
		}
	}
	return len(marshal(p)) <= maxBytes
}

// marshal writes JSON as it is sent.
func marshal(v any) []byte {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // cannot fail: the types hold nothing but texts and bools
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

func payload(m *message.Message, thread string) *Payload {
	l := phrase.Of(m.Language)
	c := Card{Header: Header{
		Title:    message.Cut(m.Lead(), maxTitle, message.UTF16),
		Subtitle: message.Cut(m.Context(), maxTitle, message.UTF16),
	}}
	for i := range m.Sections {
		s := &m.Sections[i]
		section := Section{Header: "<b>" + escape(s.Title) + "</b> (" + m.Count(s) + ")"}
		for j := range s.Items {
			section.Widgets = append(section.Widgets, item(&s.Items[j]))
		}
		if left := m.Left(s); left != "" {
			section.Widgets = append(section.Widgets, Widget{Paragraph: &Paragraph{Text: "<i>" + left + "</i>"}})
		}
		c.Sections = append(c.Sections, section)
	}
	if isPage(m.URL) {
		c.Sections = append(c.Sections, Section{Widgets: []Widget{{Buttons: &ButtonList{Buttons: []Button{{
			Text: l.Say(phrase.WholeReport), AltText: l.Say(phrase.OpenReport), OnClick: Click{OpenLink{m.URL}},
		}}}}}})
	}
	if c.Sections == nil { // a card without any is refused
		c.Sections = []Section{{Widgets: []Widget{{Paragraph: &Paragraph{Text: l.Say(phrase.NothingToList)}}}}}
	}
	return &Payload{
		FallbackText: message.Cut(strings.TrimSpace(m.Plain()), maxFallback, message.UTF16),
		Cards:        []CardWith{{CardID: "report", Card: c}}, Thread: Thread{thread},
	}
}

// item puts severity and rule above the text, and the place below.
func item(i *message.Item) Widget {
	d := &Decorated{Text: escape(i.Text), WrapText: true, BottomLabel: escape(message.Cut(i.Where(), maxPlace, message.UTF16))}
	var label []string
	if i.Severity != 0 {
		label = append(label, i.Word)
	}
	if i.Rule != "" {
		label = append(label, message.Cut(i.Rule, maxLabel, message.UTF16))
	}
	d.TopLabel = escape(strings.Join(label, " "))
	if d.Text == "" { // which is required
		d.Text = "–"
	}
	return Widget{Decorated: d}
}

// escape makes a text harmless in the HTML that cards read. Source:
// https://developers.google.com/workspace/chat/format-messages#card-formatting
func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// isPage says whether an address is one of a page that a reader may be led to.
func isPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= maxURL
}
