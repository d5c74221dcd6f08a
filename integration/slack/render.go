package slack

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/safe"
)

// Slack's limits, counted in UTF-16 code units of what is sent, entities
// included, which no other way of counting exceeds. Sources:
// https://docs.slack.dev/reference/block-kit/blocks/section-block/ and the pages
// of the other blocks beside it. That of a whole message is not documented:
// msg_blocks_too_long comes at about 13,200 characters
// (https://github.com/slackapi/bolt-js/issues/2509).
const (
	maxBlocks       = 50
	maxHeader       = 150
	maxSection      = 3000
	maxElements     = 10
	maxBlockID      = 255
	maxButtonText   = 75
	maxButtonValue  = 2000
	maxTotal        = 12_000
	maxFallback     = 4000
	maxURL          = 2900 // of a link: with its text it stays below maxSection
	maxContextText  = 300  // of a fact: not a limit of Slack's, but of reading
	maxAccessible   = 75
	snoozeAction    = "plumb_snooze"
	defaultSections = 4
)

// Render makes the message of a delivery, without channel and mark. What does
// not fit is left out and counted. Interactive gives findings a button.
func Render(d *integration.Delivery, m *message.Message, interactive bool) *Payload {
	var buttons map[string]*Element
	if interactive {
		buttons = snoozes(d)
	}
	var p *Payload
	m.Fit(func(m *message.Message) bool {
		p = payload(m, buttons)
		return p.fits()
	})
	if !p.fits() { // the last try need not be the one that fits
		p = payload(m.Fit(func(m *message.Message) bool { return payload(m, buttons).fits() }), buttons)
	}
	return p
}

// fits says whether the blocks are within the limits of a whole message.
func (p *Payload) fits() bool { return len(p.Blocks) <= maxBlocks && p.Size() <= maxTotal }

// Size is how much of the limit of a whole message the blocks take.
func (p *Payload) Size() int { return message.UTF16(string(marshal(p.Blocks))) }

// marshal writes JSON as it is sent: < and > are for the reader, not for HTML.
func marshal(v any) []byte {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // cannot fail: the types hold nothing but texts and bools
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

func payload(m *message.Message, buttons map[string]*Element) *Payload {
	no := false
	p := &Payload{Text: fallback(m), UnfurlLinks: &no, UnfurlMedia: &no}
	p.add(Block{Type: "header", Text: ptr(plain(message.Cut(m.Lead(), maxHeader, message.UTF16)))})
	if facts := facts(m); len(facts) > 0 {
		p.add(Block{Type: "context", Elements: facts})
	}
	for i := range m.Sections {
		s := &m.Sections[i]
		p.add(section("*" + cut(s.Title, 100) + "* (" + m.Count(s) + ")"))
		for j := range s.Items {
			b := section(item(&s.Items[j]))
			if s.Kind == message.New {
				b.Button = buttons[s.Items[j].Fingerprint]
			}
			p.add(b)
		}
		if left := m.Left(s); left != "" {
			p.add(Block{Type: "context", Elements: []Text{mrkdwn(left)}})
		}
	}
	if link := link(m.URL, phrase.Of(m.Language).Say(phrase.WholeReport)); link != "" {
		p.add(section(link))
	}
	return p
}

func (p *Payload) add(b Block) { p.Blocks = append(p.Blocks, b) }

func section(text string) Block { return Block{Type: "section", Text: ptr(mrkdwn(text))} }

func ptr[T any](v T) *T { return &v }

// fallback is the message as plain text. It is read as mrkdwn too.
func fallback(m *message.Message) string {
	return cut(strings.TrimSpace(m.Plain()), maxFallback)
}

func facts(m *message.Message) []Text {
	var list []Text
	for _, f := range m.Facts {
		if len(list) == maxElements {
			break
		}
		list = append(list, mrkdwn(escape(f.Label)+" "+code(f.Value, maxContextText)))
	}
	return list
}

// item writes a finding in two lines. Of a text that is too long the end goes,
// never the place.
func item(i *message.Item) string {
	var b strings.Builder
	if i.Severity != 0 {
		b.WriteString("*" + i.Word + "* ")
	}
	if i.Rule != "" {
		b.WriteString(code(i.Rule, 300) + " ")
	}
	where := ""
	if w := i.Where(); w != "" {
		where = "\n" + code(w, 700)
	}
	room := maxSection - message.UTF16(b.String()) - message.UTF16(where)
	return b.String() + cut(i.Text, room) + where
}

// escape replaces the three characters that Slack's mrkdwn gives a meaning that
// notifies or links, <!channel> and <@U…> among them, and no others. Source:
// https://docs.slack.dev/messaging/formatting-message-text/
func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// cut escapes a text and cuts it to a length after escaping. No entity is cut.
func cut(s string, limit int) string {
	return escape(message.Cut(s, limit, func(s string) int { return message.UTF16(escape(s)) }))
}

// code makes a code span. The one character that ends it becomes another.
func code(s string, limit int) string {
	if s = strings.TrimSpace(strings.ReplaceAll(s, "`", "'")); s == "" {
		return ""
	}
	return "`" + cut(s, limit) + "`"
}

// link makes a link with a text, and "" of what is no address of a page.
func link(address, text string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	to := linkEscaper.Replace(u.String())
	if message.UTF16(escape(to)) > maxURL {
		return ""
	}
	return "<" + escape(to) + "|" + escape(text) + ">"
}

// linkEscaper writes what would end the address of a link.
var linkEscaper = strings.NewReplacer("|", "%7C", "<", "%3C", ">", "%3E")

// Snooze is the value of a button: which finding it is about.
type Snooze struct {
	Rule        string `json:"rule"`
	File        string `json:"file,omitempty"`
	Element     string `json:"element,omitempty"`
	Fingerprint string `json:"fingerprint"`
}

// SnoozeDays is for how many days the button sets a finding aside.
const SnoozeDays = 14

// snoozes makes the buttons of findings, by fingerprint. A finding that does not
// fit in the value of one has none.
func snoozes(d *integration.Delivery) map[string]*Element {
	buttons := map[string]*Element{}
	for i := range d.Report.Findings {
		f := &d.Report.Findings[i]
		if b := snooze(f, d.Language); b != nil {
			buttons[f.Fingerprint] = b
		}
	}
	return buttons
}

func snooze(f *check.Finding, language string) *Element {
	value := string(marshal(Snooze{Rule: f.Rule, File: f.Location.File, Element: f.Location.Element, Fingerprint: f.Fingerprint}))
	if message.UTF16(value) > maxButtonValue || f.Rule == "" {
		return nil
	}
	l := phrase.Of(language)
	days := l.Count(phrase.Days, SnoozeDays)
	return &Element{
		Type: "button", ActionID: snoozeAction, Text: plain(l.Say(phrase.Snooze)), Value: value,
		AccessibilityLabel: message.Cut(l.Say(phrase.SnoozeRule, "rule", safe.Line(f.Rule), "days", days), maxAccessible, message.UTF16),
		Confirm: &Confirm{
			Title: plain(l.Say(phrase.SnoozeFor, "days", days)),
			Text:  plain(l.Say(phrase.SnoozeText)),
			// Who reads with a screen reader hears the two words alone.
			Confirm: plain(l.Say(phrase.SnoozeYes)), Deny: plain(l.Say(phrase.SnoozeNo)),
		},
	}
}
