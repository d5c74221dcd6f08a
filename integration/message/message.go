// Package message says a delivery in the words that every tool shares: a
// headline with the verdict, what is new and what has been mended, a few facts,
// and where the rest is read. A tool takes a Message, escapes its texts for its
// own markup, and fits it into its own limits with Fit and Cut.
//
// Words of its own are in the language of the delivery; what findings say is
// English, as rules are.
//
// It knows no tool and no markup but plain text and Markdown, which several
// tools take.
package message

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/internal/safe"
)

// Verdict says how the run ended.
type Verdict string

// The verdicts.
const (
	Passed     Verdict = "passed"
	Failed     Verdict = "failed"
	Incomplete Verdict = "incomplete"
)

// Message is a delivery, ready to be written. Every text is one line of valid
// UTF-8 without control characters; markup in it is not escaped.
type Message struct {
	// ID is that of the delivery, Product what was checked.
	ID, Product string
	// Language is the tag (BCP 47) of the language that it is in.
	Language string
	Verdict  Verdict
	// Headline is one sentence without a period: "tracker failed: 2 errors,
	// 1 warning; 1 new, 3 mended".
	Headline string
	// Facts are the context, few and short.
	Facts []Fact
	// Sections are in the order of their weight; none is empty.
	Sections []Section
	// URL is where the whole report is read; "" where it is not published.
	URL string
	// Quiet says that there is nothing to tell: the run passed, and nothing is
	// new, mended or due.
	Quiet bool
}

// Fact is one value with what it is, and that as a label: "Branch" and "main".
type Fact struct {
	Key          FactKey
	Label, Value string
}

// FactKey says what a fact is about, in whatever language its label is.
type FactKey string

// The keys of facts: of a delivery, then of a group.
const (
	Branch   FactKey = "branch"
	Revision FactKey = "revision"
	Change   FactKey = "change"
	Date     FactKey = "date"
	API      FactKey = "api"
	Rule     FactKey = "rule"
	Severity FactKey = "severity"
	Element  FactKey = "element"
)

// labels are the phrases of the labels of facts.
var labels = map[FactKey]phrase.Key{
	Branch: phrase.LabelBranch, Revision: phrase.LabelRevision, Change: phrase.LabelChange, Date: phrase.LabelDate,
	API: phrase.LabelAPI, Rule: phrase.LabelRule, Severity: phrase.LabelSeverity, Element: phrase.LabelElement,
}

// Kind says what the items of a section are.
type Kind string

// The kinds of sections, in their order.
const (
	Unfinished Kind = "unfinished" // what could not be checked
	New        Kind = "new"        // findings since the delivery before
	Events     Kind = "events"     // what happened beside findings
	Mended     Kind = "mended"     // findings that are gone
)

// Section is a list of things of one kind.
type Section struct {
	Kind  Kind
	Title string
	Items []Item
	// Total is how many there are, of which Items are the first.
	Total int
}

// More is how many items there are beyond those that are listed.
func (s *Section) More() int { return s.Total - len(s.Items) }

// Item is one line of a section.
type Item struct {
	// Severity is that of a finding, 0 of what is none; Word is the same as a
	// word in the message's language.
	Severity check.Severity
	Word     string
	// Rule is the rule's ID, or the event's type.
	Rule string
	// Text says what is wrong, or what happened.
	Text string
	// Place is "file:line", Element the API's element; either may be "".
	Place, Element string
	// URL leads to the item in the report; "" where that is not published.
	URL string
	// Fingerprint is that of the finding.
	Fingerprint string
}

// Where returns place and element as one text: "api.yaml:12, /paths/~1a".
func (i *Item) Where() string {
	switch {
	case i.Place == "" || i.Element == "":
		return i.Place + i.Element
	}
	return i.Place + ", " + i.Element
}

// Options bound a message.
type Options struct {
	// Items is how many items a section lists, 5 where it is 0; negative lists
	// all.
	Items int
	// Text is how many code points a text has at most, 300 where it is 0.
	Text int
}

// The defaults of Options.
const (
	DefaultItems = 5
	DefaultText  = 300
)

// FromDelivery makes the message of a delivery.
func FromDelivery(d *integration.Delivery, o Options) *Message {
	o.Items, o.Text = cmp.Or(o.Items, DefaultItems), cmp.Or(o.Text, DefaultText)
	w := writer{d: d, o: o, l: phrase.Of(d.Language)}
	m := &Message{ID: d.ID, Product: w.text(d.Product), Language: w.l.Tag, Verdict: verdict(d), URL: safe.Line(d.URL)}
	fresh, mended := bySeverity(d.New()), bySeverity(d.Fixed())
	title := phrase.TitleNew
	if d.Before == nil {
		title = phrase.TitleFindings
	}
	for _, s := range []Section{
		w.unfinished(), w.findings(New, w.l.Say(title), fresh), w.events(), w.findings(Mended, w.l.Say(phrase.TitleMended), mended),
	} {
		if s.Total > 0 {
			m.Sections = append(m.Sections, s)
		}
	}
	m.Quiet = m.Verdict == Passed && len(m.Sections) == 0
	m.Headline = w.headline(m, len(fresh), len(mended))
	m.Facts = w.facts()
	return m
}

func verdict(d *integration.Delivery) Verdict {
	switch {
	case !d.Report.Complete():
		return Incomplete
	case d.Failed():
		return Failed
	}
	return Passed
}

// bySeverity sorts findings, the worst first, else in their order.
func bySeverity(findings []check.Finding) []check.Finding {
	sorted := slices.Clone(findings)
	slices.SortStableFunc(sorted, func(a, b check.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	return sorted
}

type writer struct {
	d *integration.Delivery
	o Options
	l *phrase.Language
}

// text makes a text fit to be shown, and as short as the options say.
func (w *writer) text(s string) string { return Cut(safe.Brief(s), w.o.Text, Runes) }

func (w *writer) few(n int) int {
	if w.o.Items < 0 {
		return n
	}
	return min(n, w.o.Items)
}

func (w *writer) headline(m *Message, fresh, mended int) string {
	errors, warnings, infos := w.d.Report.Count()
	var counts []string
	for _, c := range []struct {
		n   int
		key phrase.Key
	}{{errors, phrase.Errors}, {warnings, phrase.Warnings}, {infos, phrase.Notes}} {
		if c.n > 0 {
			counts = append(counts, w.l.Count(c.key, c.n))
		}
	}
	if counts == nil {
		counts = []string{w.l.Say(phrase.NoFindings)}
	}
	verdict := map[Verdict]phrase.Key{Passed: phrase.Passed, Failed: phrase.Failed, Incomplete: phrase.Incomplete}[m.Verdict]
	headline := w.l.Say(verdict, "product", m.Product, "counts", w.l.List(counts...))
	var since []string
	if w.d.Before != nil && fresh > 0 {
		since = append(since, w.l.Count(phrase.CountNew, fresh))
	}
	if mended > 0 {
		since = append(since, w.l.Count(phrase.CountMended, mended))
	}
	if since == nil && w.d.Before != nil && len(w.d.Report.Findings) > 0 {
		since = []string{w.l.Say(phrase.NothingNew)}
	}
	if since == nil {
		return headline
	}
	return w.l.Say(phrase.Since, "outcome", headline, "since", w.l.List(since...))
}

// facts are the context in the order in which it is told.
func (w *writer) facts() []Fact {
	var facts []Fact
	add := func(key FactKey, value string) {
		if value != "" {
			facts = append(facts, w.fact(key, value))
		}
	}
	add(Branch, w.d.Branch)
	add(Revision, w.d.Revision[:min(len(w.d.Revision), 12)])
	if w.d.Change > 0 {
		add(Change, w.l.Number(w.d.Change))
	}
	if !w.d.At.IsZero() {
		add(Date, w.l.Time(w.d.At))
	}
	return facts
}

func (w *writer) fact(key FactKey, value string) Fact {
	return Fact{key, w.l.Say(labels[key]), w.text(value)}
}

func (w *writer) unfinished() Section {
	all := w.d.Report.Incomplete
	s := Section{Kind: Unfinished, Title: w.l.Say(phrase.TitleUnfinished), Total: len(all)}
	for _, i := range all[:w.few(len(all))] {
		s.Items = append(s.Items, Item{Rule: w.text(i.Rule), Text: w.text(i.Message), Place: w.text(i.File), URL: safe.Line(w.d.URL)})
	}
	return s
}

func (w *writer) findings(kind Kind, title string, all []check.Finding) Section {
	s := Section{Kind: kind, Title: title, Total: len(all)}
	for i := range all[:w.few(len(all))] {
		item := w.item(&all[i])
		if kind == Mended {
			item.URL = "" // the report of this run does not have it any more
		}
		s.Items = append(s.Items, item)
	}
	return s
}

func (w *writer) item(f *check.Finding) Item {
	item := Item{Severity: f.Severity, Word: w.l.Name(f.Severity.String()), Rule: w.text(f.Rule), Text: w.text(f.Message), Place: w.text(place(f.Location)), Element: w.text(f.Location.Element), Fingerprint: f.Fingerprint}
	item.URL = anchor(w.d.URL, f.Fingerprint)
	return item
}

// anchor is the address of a finding in plumb's own page of findings; a page
// without such an anchor opens at its top.
func anchor(url, fingerprint string) string {
	if url == "" || fingerprint == "" || strings.Contains(url, "#") {
		return safe.Line(url)
	}
	return safe.Line(url + "#f-" + fingerprint)
}

// place returns "file:line" of a location, as far as it is known.
func place(l check.Location) string {
	if l.File != "" && l.Line > 0 {
		return fmt.Sprintf("%s:%d", l.File, l.Line)
	}
	return l.File
}

func (w *writer) events() Section {
	all := w.d.Events
	s := Section{Kind: Events, Title: w.l.Say(phrase.TitleEvents), Total: len(all)}
	for _, e := range all[:w.few(len(all))] {
		text := e.Text
		if !e.Due.IsZero() {
			text = w.l.Say(phrase.Due, "text", text, "date", w.l.Date(e.Due))
		}
		s.Items = append(s.Items, Item{Rule: w.text(e.Type), Text: w.text(text), Element: w.text(e.Subject), URL: safe.Line(w.d.URL)})
	}
	return s
}
