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

// Group is the findings of one rule about one element: what one object of a
// tracker is about, since they are mended together.
type Group struct {
	// Fingerprint names the group, 32 lower-case hexadecimal digits: the hash
	// of product, rule and element, which no edit of a file changes.
	Fingerprint string
	// Product is what was checked.
	Product string
	// Rule and Element are what the findings have in common. They are as the
	// findings have them: shown, they are made safe.
	Rule, Element string
	// Severity is that of the worst finding.
	Severity check.Severity
	// Findings are in the order of the report, at least one.
	Findings []check.Finding
	// URL is where the report is; "" where it is not published.
	URL string
	// Language is that of the delivery.
	Language string
}

// Groups returns the groups of a delivery's findings, the worst first, else in
// the order of the report.
func Groups(d *integration.Delivery) []Group { return groups(d, d.Report.Findings) }

// KnownGroups returns the fingerprints of the groups of findings that a run has
// seen and the policy has set aside: they are not to be told, and not gone.
func KnownGroups(d *integration.Delivery) map[string]bool {
	known := map[string]bool{}
	for i := range d.Report.Suppressed {
		f := &d.Report.Suppressed[i].Finding
		known[fingerprint(d.Product, f)] = true
	}
	return known
}

// GroupsBefore returns the fingerprints of the groups of the delivery before.
func GroupsBefore(d *integration.Delivery) map[string]bool {
	before := map[string]bool{}
	for i := range d.Before {
		before[fingerprint(d.Product, &d.Before[i])] = true
	}
	return before
}

func fingerprint(product string, f *check.Finding) string {
	return check.Fingerprint(f.Rule, product, f.Location.Element, "group")
}

func groups(d *integration.Delivery, findings []check.Finding) []Group {
	var all []Group
	index := map[string]int{}
	for _, f := range findings {
		key := fingerprint(d.Product, &f)
		i, ok := index[key]
		if !ok {
			i = len(all)
			index[key] = i
			all = append(all, Group{Fingerprint: key, Product: d.Product, Rule: f.Rule, Element: f.Location.Element, URL: d.URL, Language: d.Language})
		}
		all[i].Findings = append(all[i].Findings, f)
		all[i].Severity = max(all[i].Severity, f.Severity)
	}
	slices.SortStableFunc(all, func(a, b Group) int { return cmp.Compare(b.Severity, a.Severity) })
	return all
}

// Title is one line on the group, without markup: "operation-tags: has no tags
// (GET /a)".
func (g *Group) Title() string {
	title := g.Rule + ": " + g.Findings[0].Message
	if g.Element != "" {
		title += " (" + g.Element + ")"
	}
	return safe.Brief(title)
}

// Items are the findings as items, as many as asked for; negative is all.
func (g *Group) Items(most int) []Item {
	if most < 0 {
		most = len(g.Findings)
	}
	w := g.writer(Options{Text: DefaultText})
	var items []Item
	for i := range g.Findings[:min(most, len(g.Findings))] {
		items = append(items, w.item(&g.Findings[i]))
	}
	return items
}

// Message is the group as a message with one section, which tools write as
// they write others. It names no run, so that equal groups give equal messages.
func (g *Group) Message(o Options) *Message {
	o.Items, o.Text = cmp.Or(o.Items, DefaultItems), cmp.Or(o.Text, DefaultText)
	w := g.writer(o)
	m := &Message{
		Product: w.text(g.Product), Language: w.l.Tag, Verdict: Failed, URL: safe.Line(g.URL), Headline: w.text(g.Title()),
		Facts: []Fact{w.fact(API, g.Product), w.fact(Rule, g.Rule), w.fact(Severity, w.l.Name(g.Severity.String()))},
	}
	if g.Element != "" {
		m.Facts = append(m.Facts, w.fact(Element, g.Element))
	}
	m.Sections = []Section{w.findings(New, w.l.Count(phrase.Places, len(g.Findings)), g.Findings)}
	return m
}

func (g *Group) writer(o Options) writer {
	return writer{d: &integration.Delivery{URL: g.URL}, o: o, l: phrase.Of(g.Language)}
}

// Digest is a hash of what an object says of the group, by which a tracker sees
// that there is nothing to update. Lines, dates and addresses of runs are no
// part of it: they change with every run. Nor is the language: one that is
// changed is what the next change of the group is told in.
func (g *Group) Digest() string {
	var b strings.Builder
	for i := range g.Findings {
		f := &g.Findings[i]
		fmt.Fprintf(&b, "%s %s %q %q\n", f.Fingerprint, f.Severity, f.Message, f.Location.File)
	}
	return check.Fingerprint(g.Rule, g.Product, g.Element, b.String())[:16]
}
