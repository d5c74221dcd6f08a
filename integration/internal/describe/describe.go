// Package describe says what the object of a tracker says: a group of findings
// as a few blocks of text, and what has become of it as a comment. A tracker
// writes blocks in its own markup; those that take plain text or HTML find that
// here.
//
// It knows no tracker and no limits: how many findings fit is tried by whoever
// does.
package describe

import (
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
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
	blocks := []Block{{Kind: Heading, Spans: plain(words.Count(len(g.Findings), "place"))}}
	items := g.Items(most)
	for i := range items {
		blocks = append(blocks, place(&items[i]))
	}
	if more := len(g.Findings) - len(items); more > 0 {
		blocks = append(blocks, Block{Kind: Item, Spans: plain("and " + words.Number(more) + " more")})
	}
	blocks = append(append(blocks, Block{Kind: Heading, Spans: plain("Context")}), facts(g)...)
	for i := range d.Report.Rules {
		if rule := &d.Report.Rules[i]; rule.ID == g.Rule && rule.Rationale != "" {
			blocks = append(blocks, Block{Kind: Heading, Spans: plain("Why")}, Block{Spans: plain(short(rule.Rationale, longRationale))})
		}
	}
	if link := Link(g.URL); link != "" {
		blocks = append(blocks, Block{Spans: []Span{{Text: "Whole report", Link: link}}})
	}
	return append(blocks, Block{Spans: plain("plumb keeps this up to date with every run, and closes it when nothing is found any more. Close it as declined to keep it closed.")})
}

// The most code points of what is not a finding.
const (
	longRationale = 1000
	longName      = 300
)

func facts(g *message.Group) []Block {
	blocks := []Block{
		fact("API", Span{Text: short(g.Product, longName)}),
		fact("Rule", Span{Text: short(g.Rule, longName), Code: true}),
		fact("Severity", Span{Text: g.Severity.String()}),
	}
	if g.Element != "" {
		blocks = append(blocks, fact("Element", Span{Text: short(g.Element, longName), Code: true}))
	}
	return blocks
}

func fact(label string, value Span) Block {
	return Block{Kind: Item, Spans: []Span{{Text: label + ":", Strong: true}, {Text: " "}, value}}
}

// place is a finding as an item of a list.
func place(i *message.Item) Block {
	spans := []Span{{Text: i.Severity.String(), Strong: true}, {Text: ": " + i.Text}}
	if i.Place != "" {
		spans = append(spans, Span{Text: " "}, Span{Text: i.Place, Code: i.URL == "", Link: Link(i.URL)})
	}
	return Block{Kind: Item, Spans: spans}
}

// Changed says that a group is not what it was: what is new in it, and how much
// was mended.
func Changed(d *integration.Delivery, g *message.Group) []Block {
	return since(d, g, "Changed: "+words.Count(len(g.Findings), "place"))
}

// Again says that a group has come back.
func Again(d *integration.Delivery, g *message.Group) []Block {
	return since(d, g, "Found again: "+words.Count(len(g.Findings), "place"))
}

// Mended says that nothing of a group is found any more.
func Mended(d *integration.Delivery) []Block {
	return []Block{{Spans: plain("Mended: not found any more" + run(d) + ".")}}
}

// newItems is how many new findings a comment lists.
const newItems = 5

func since(d *integration.Delivery, g *message.Group, text string) []Block {
	before := map[string]bool{}
	for i := range d.Before {
		before[d.Before[i].Fingerprint] = true
	}
	now := map[string]bool{}
	fresh := message.Group{Product: g.Product, Rule: g.Rule, Element: g.Element, URL: g.URL}
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
	if n := len(fresh.Findings); n > 0 {
		text += ", " + words.Number(n) + " new"
	}
	if mended > 0 {
		text += ", " + words.Number(mended) + " mended"
	}
	blocks := []Block{{Spans: plain(text + run(d) + ".")}}
	items := fresh.Items(newItems)
	for i := range items {
		blocks = append(blocks, place(&items[i]))
	}
	if more := len(fresh.Findings) - len(items); more > 0 {
		blocks = append(blocks, Block{Kind: Item, Spans: plain("and " + words.Number(more) + " more")})
	}
	return blocks
}

// run says which run it was, as far as is known.
func run(d *integration.Delivery) string {
	text := ""
	if d.Revision != "" {
		text += " at revision " + short(d.Revision[:min(len(d.Revision), 12)], longName)
	}
	if d.Branch != "" {
		text += " of " + short(d.Branch, longName)
	}
	return text
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
