// Package describe says what the object of a tracker says: a group of findings
// as a few blocks of text, and what has become of it as a comment. A tracker
// writes blocks in its own markup; those that take plain text or HTML find that
// here.
//
// Words of its own are in the language of the delivery.
//
// It knows no tracker and no limits: how many findings fit is tried by whoever
// does.
package describe

import (
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/safe"
)

// Kind says what a block is.
type Kind int

// The kinds of blocks. Items that follow each other are one list.
const (
	Paragraph Kind = iota
	Heading
	Item
)

// Block is one paragraph, heading or item of a list.
type Block struct {
	Kind  Kind
	Spans []Span
}

// Span is a text of one line, plain whatever it holds, and how it is shown.
type Span struct {
	Text string
	// Link is an address of http or https that it leads to; "" for none.
	Link         string
	Strong, Code bool
}

// Group describes a group of a delivery with its first findings, as many as
// asked for. Equal groups of equal rules are described alike, but for the
// address of the report.
func Group(d *integration.Delivery, g *message.Group, most int) []Block {
	l := phrase.Of(d.Language)
	blocks := []Block{{Kind: Heading, Spans: plain(l.Count(phrase.Places, len(g.Findings)))}}
	items := g.Items(most)
	for i := range items {
		blocks = append(blocks, place(l, &items[i]))
	}
	if more := len(g.Findings) - len(items); more > 0 {
		blocks = append(blocks, Block{Kind: Item, Spans: plain(l.Count(phrase.More, more))})
	}
	blocks = append(append(blocks, Block{Kind: Heading, Spans: plain(l.Say(phrase.Context))}), facts(l, g)...)
	for i := range d.Report.Rules {
		if rule := &d.Report.Rules[i]; rule.ID == g.Rule && rule.Rationale != "" {
			blocks = append(blocks, Block{Kind: Heading, Spans: plain(l.Say(phrase.Why))}, Block{Spans: plain(short(rule.Rationale, longRationale))})
		}
	}
	if link := Link(g.URL); link != "" {
		blocks = append(blocks, Block{Spans: []Span{{Text: l.Say(phrase.WholeReport), Link: link}}})
	}
	return append(blocks, Block{Spans: plain(l.Say(phrase.KeptUp))})
}

// The most code points of what is not a finding.
const (
	longRationale = 1000
	longName      = 300
)

func facts(l *phrase.Language, g *message.Group) []Block {
	blocks := []Block{
		fact(l, phrase.LabelAPI, Span{Text: short(g.Product, longName)}),
		fact(l, phrase.LabelRule, Span{Text: short(g.Rule, longName), Code: true}),
		fact(l, phrase.LabelSeverity, Span{Text: l.Name(g.Severity.String())}),
	}
	if g.Element != "" {
		blocks = append(blocks, fact(l, phrase.LabelElement, Span{Text: short(g.Element, longName), Code: true}))
	}
	return blocks
}

func fact(l *phrase.Language, label phrase.Key, value Span) Block {
	return Block{Kind: Item, Spans: []Span{{Text: l.Say(phrase.Label, "label", l.Say(label)), Strong: true}, {Text: " "}, value}}
}

// place is a finding as an item of a list.
func place(l *phrase.Language, i *message.Item) Block {
	spans := []Span{{Text: i.Word, Strong: true}, {Text: l.Say(phrase.Colon) + i.Text}}
	if i.Place != "" {
		spans = append(spans, Span{Text: " "}, Span{Text: i.Place, Code: i.URL == "", Link: Link(i.URL)})
	}
	return Block{Kind: Item, Spans: spans}
}

// Changed says that a group is not what it was: what is new in it, and how much
// was mended.
func Changed(d *integration.Delivery, g *message.Group) []Block { return since(d, g, phrase.Changed) }

// Again says that a group has come back.
func Again(d *integration.Delivery, g *message.Group) []Block { return since(d, g, phrase.Again) }

// Mended says that nothing of a group is found any more.
func Mended(d *integration.Delivery) []Block {
	l := phrase.Of(d.Language)
	return []Block{{Spans: plain(l.Say(phrase.Gone, "run", run(l, d)))}}
}

// Report is what a link to the report of a product is called.
func Report(d *integration.Delivery, product string) string {
	return safe.Brief(phrase.Of(d.Language).Say(phrase.ReportOf, "product", product))
}

// FoundBy says how a report is related to an object.
func FoundBy(d *integration.Delivery) string { return phrase.Of(d.Language).Say(phrase.FoundBy) }

// Predecessor says which object stood in the place of a new one, and that it
// cannot be opened again.
func Predecessor(d *integration.Delivery, object, status string) Block {
	return Block{Spans: plain(phrase.Of(d.Language).Say(phrase.Predecessor, "object", object, "status", status))}
}

// newItems is how many new findings a comment lists.
const newItems = 5

func since(d *integration.Delivery, g *message.Group, text phrase.Key) []Block {
	l := phrase.Of(d.Language)
	before := map[string]bool{}
	for i := range d.Before {
		before[d.Before[i].Fingerprint] = true
	}
	now := map[string]bool{}
	fresh := message.Group{Product: g.Product, Rule: g.Rule, Element: g.Element, URL: g.URL, Language: g.Language}
	for _, f := range g.Findings {
		now[f.Fingerprint] = true
		if d.Before != nil && !before[f.Fingerprint] {
			fresh.Findings = append(fresh.Findings, f)
		}
	}
	mended := 0
	for i := range d.Before {
		if f := &d.Before[i]; f.Rule == g.Rule && f.Location.Element == g.Element && !now[f.Fingerprint] {
			mended++
		}
	}
	what := []string{l.Count(phrase.Places, len(g.Findings))}
	if n := len(fresh.Findings); n > 0 {
		what = append(what, l.Count(phrase.CountNew, n))
	}
	if mended > 0 {
		what = append(what, l.Count(phrase.CountMended, mended))
	}
	blocks := []Block{{Spans: plain(l.Say(text, "what", l.List(what...), "run", run(l, d)))}}
	items := fresh.Items(newItems)
	for i := range items {
		blocks = append(blocks, place(l, &items[i]))
	}
	if more := len(fresh.Findings) - len(items); more > 0 {
		blocks = append(blocks, Block{Kind: Item, Spans: plain(l.Count(phrase.More, more))})
	}
	return blocks
}

// run says which run it was, as far as is known.
func run(l *phrase.Language, d *integration.Delivery) string {
	revision, branch := short(d.Revision[:min(len(d.Revision), 12)], longName), short(d.Branch, longName)
	switch {
	case d.Revision != "" && d.Branch != "":
		return l.Say(phrase.RunBoth, "revision", revision, "branch", branch)
	case d.Revision != "":
		return l.Say(phrase.RunRevision, "revision", revision)
	case d.Branch != "":
		return l.Say(phrase.RunBranch, "branch", branch)
	}
	return ""
}

func plain(text string) []Span { return []Span{{Text: text}} }

// short makes a text fit to be shown on one line.
func short(s string, most int) string { return message.Cut(safe.Brief(s), most, message.Runes) }

// Link returns an address where it is one of http or https, else "".
func Link(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(address) > 2000 {
		return ""
	}
	return u.String()
}

// Plain writes blocks as plain text; a link's address follows its text.
func Plain(blocks []Block) string {
	var b strings.Builder
	for i, block := range blocks {
		if i > 0 {
			b.WriteString("\n")
			if block.Kind != Item || blocks[i-1].Kind != Item {
				b.WriteString("\n")
			}
		}
		if block.Kind == Item {
			b.WriteString("- ")
		}
		for _, s := range block.Spans {
			b.WriteString(s.Text)
			if s.Link != "" {
				b.WriteString(" " + s.Link)
			}
		}
	}
	return b.String()
}

// HTML writes blocks as HTML that has no attribute but the address of links, and
// in which no text is markup.
func HTML(blocks []Block) string {
	var b strings.Builder
	for i, block := range blocks {
		isItem := block.Kind == Item
		if isItem && (i == 0 || blocks[i-1].Kind != Item) {
			b.WriteString("<ul>")
		}
		tag := map[Kind]string{Paragraph: "p", Heading: "h3", Item: "li"}[block.Kind]
		b.WriteString("<" + tag + ">")
		for _, s := range block.Spans {
			b.WriteString(htmlSpan(s))
		}
		b.WriteString("</" + tag + ">")
		if isItem && (i == len(blocks)-1 || blocks[i+1].Kind != Item) {
			b.WriteString("</ul>")
		}
	}
	return b.String()
}

// escape is html.EscapeString, which keeps what is no markup readable.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func htmlSpan(s Span) string {
	text := escape.Replace(s.Text)
	switch {
	case s.Link != "":
		return `<a href="` + escape.Replace(s.Link) + `">` + text + "</a>"
	case s.Code:
		return "<code>" + text + "</code>"
	case s.Strong:
		return "<b>" + text + "</b>"
	}
	return text
}

// Severity is the severity of a word; the least where it is none.
func Severity(word string) check.Severity {
	switch word {
	case "error":
		return check.Error
	case "warning":
		return check.Warning
	}
	return check.Info
}
