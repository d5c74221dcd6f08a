package view

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/snapshot"
)

// How many rows the page lists of what can be long; the CSV and the other
// commands have all.
const (
	shownGaps         = 10
	shownRules        = 10
	shownDeprecations = 20
	shownTags         = 25
)

// sheet is a table: what the page and the Markdown both show.
type sheet struct {
	ID, Title string
	// of is the API that it is about; "" for all.
	of string
	// Note is a line below the title, Rest one below the table.
	Note, Rest string
	Head       []column
	Rows       []row
}

// Region names the table among all of the page.
func (s *sheet) Region() string { return join(", ", s.Title, s.of) }

type column struct {
	Text    string
	Numeric bool
}

type row struct {
	Cells []cellView
}

// cellView is one cell. Mark is a class of the page; Bar is drawn beside the
// text.
type cellView struct {
	Text, Mark string
	Small      string // beside the text, as a change
	SmallMark  string
	Code       bool
	Numeric    bool
	Prose      bool // long, so that it is to wrap
	Bar        *bar
}

// Class is what the page has for the cell's look.
func (c cellView) Class() string {
	class := c.Mark
	if c.Prose {
		class = join(" ", "prose", class)
	}
	if c.Numeric {
		class = join(" ", "n", class)
	}
	return class
}

type pageView struct {
	Decisions []Decision
	Shown     []Decision
	Several   bool
	Glance    *sheet
	APIs      []apiPage
	Waivers   *sheet
	APICount  int
}

type apiPage struct {
	ID, Label, Headline, Status string
	Size                        string
	Charts                      []chart
	Values                      *sheet
	Criteria                    *sheet
	Sheets                      []*sheet
	NotRun                      []string
}

func (v *view) page() *pageView {
	p := &pageView{Decisions: v.decisions, Several: len(v.apis) > 1, Glance: v.glance(), Waivers: v.waivers(), APICount: len(v.apis)}
	for i, a := range v.apis {
		p.APIs = append(p.APIs, v.api(a, "api-"+strconv.Itoa(i+1)))
	}
	return p
}

func (v *view) api(a *apiView, id string) apiPage {
	series := snapshot.Trend(v.in.History, v.now, a.now)
	p := apiPage{
		ID: id, Label: a.label, Headline: a.headline, Status: a.status, Size: size(a.now),
		Charts: charts(id+"-chart", series), Values: values(id, series), Criteria: v.checklist(a, id),
	}
	for i := range a.now.Gates {
		if g := &a.now.Gates[i]; g.Skipped != "" {
			p.NotRun = append(p.NotRun, g.Name+": "+safe.Line(g.Skipped))
		}
	}
	for _, s := range []*sheet{v.going(a, id), levels(a, id), gaps(a, id), groups(id+"-teams", "By team", "Team", a.now.Teams), groups(id+"-tags", "By tag", "Tag", a.now.Tags), debt(a, id), coverage(a, id), driftSheet(a, id)} {
		if s != nil {
			p.Sheets = append(p.Sheets, s)
		}
	}
	for _, s := range append([]*sheet{p.Values, p.Criteria}, p.Sheets...) {
		if s != nil {
			s.of = a.label
		}
	}
	return p
}

func size(a *snapshot.API) string {
	var parts []string
	if n := a.Size.Operations; n > 0 {
		parts = append(parts, words.Count(n, "REST operation"))
	}
	if n := a.Size.RootFields; n > 0 {
		parts = append(parts, words.Count(n, "GraphQL root field"))
	}
	if n := a.Size.Webhooks; n > 0 {
		parts = append(parts, words.Count(n, "webhook"))
	}
	return strings.Join(parts, " · ")
}

func head(texts ...string) []column {
	list := make([]column, len(texts))
	for i, t := range texts {
		numeric := strings.HasPrefix(t, "#")
		list[i] = column{strings.TrimPrefix(t, "#"), numeric}
	}
	return list
}

// add adds a row; its cells get the alignment of their columns.
func (s *sheet) add(cells ...cellView) {
	for i := range cells {
		cells[i].Numeric = s.Head[i].Numeric
	}
	s.Rows = append(s.Rows, row{cells})
}

func text(s string) cellView { return cellView{Text: safe.Line(s)} }

func prose(s string) cellView { return cellView{Text: safe.Line(s), Prose: true} }

func code(s string) cellView { return cellView{Text: safe.Line(s), Code: true} }

func number(n int) cellView { return cellView{Text: words.Number(n)} }

// bad is a number that is red where it is not 0.
func bad(n int, mark string) cellView {
	c := number(n)
	if n > 0 {
		c.Mark = mark
	}
	return c
}

func percent(s snapshot.Share) cellView {
	if s.Whole <= 0 {
		return cellView{Text: "–"}
	}
	return cellView{Text: words.Percent(s.Value())}
}

// owner is who owns something.
func owner(name string) cellView {
	if name == "" {
		return cellView{Text: "nobody", Mark: "soft"}
	}
	return text(name)
}

// glanced are the metrics of the first table, with its column heads.
var glanced = []struct{ id, head string }{
	{"parity.breadth", "REST in GraphQL"}, {"parity.breadth_back", "GraphQL in REST"}, {"parity.depth", "Fields both have"},
	{"parity.fidelity", "Fields alike"}, {"parity.lifecycle", "Lifecycle agrees"}, {"slo.kept", "Budgets kept"}, {"lint.errors", "Lint errors"}, {"lint.debt", "Lint debt"},
	{"docs.described", "Described"}, {"docs.examples", "With example"}, {"webhooks.matching", "Payloads match"}, {"webhooks.places", "Webhook drift"},
	{"lifecycle.overdue", "Overdue"}, {"lifecycle.due_30", "Due in 30 days"}, {"lifecycle.due_90", "In 90 days"}, {"lifecycle.due_180", "In 180 days"},
}

// glance has a row for each metric and a column for each API: few APIs fit beside
// one another, and so it reads on a phone.
func (v *view) glance() *sheet {
	s := &sheet{ID: "glance", Title: "At a glance", Head: []column{{Text: ""}}}
	for _, a := range v.apis {
		s.Head = append(s.Head, column{a.label, true})
	}
	for _, g := range glanced {
		m := snapshot.FindMetric(g.id)
		cells := []cellView{text(g.head)}
		known := false
		for _, a := range v.apis {
			value, ok := m.Value(v.now, a.now)
			if !ok {
				cells = append(cells, cellView{Text: "not measured", Mark: "soft"})
				continue
			}
			known = true
			c := cellView{Text: m.Write(value)}
			if d := delta(a, m); d != nil {
				c.Small, c.SmallMark = difference(m, d), map[int]string{1: "good", -1: "error"}[m.Better(d.Was, d.Now)]
			}
			if value > 0 && (g.id == "lint.errors" || g.id == "lifecycle.overdue") {
				c.Mark = "error"
			}
			cells = append(cells, c)
		}
		if known {
			s.add(cells...)
		}
	}
	s.consumers(v)
	if len(s.Rows) == 0 {
		return nil
	}
	return s
}

// consumers adds who still uses what goes within 180 days or is overdue.
func (s *sheet) consumers(v *view) {
	cells := []cellView{text("Consumers of what is due or overdue")}
	known := false
	for _, a := range v.apis {
		n, counted := 0, false
		if l := a.now.Lifecycle; l != nil {
			for i := range l.Deprecations {
				d := &l.Deprecations[i]
				if d.Consumers != nil && (d.Status == "overdue" || v.now.Due(d, 180)) {
					n, counted = max(n, *d.Consumers), true
				}
			}
		}
		if !counted {
			cells = append(cells, cellView{Text: "not counted", Mark: "soft"})
			continue
		}
		known = true
		cells = append(cells, cellView{Text: "up to " + words.Number(n)})
	}
	if known {
		s.add(cells...)
	}
}

func delta(a *apiView, m *snapshot.Metric) *snapshot.Delta {
	if a.change == nil {
		return nil
	}
	return a.change.Delta(m.ID)
}

// difference writes how far a metric moved: +1.2, −3.
func difference(m *snapshot.Metric, d *snapshot.Delta) string {
	sign, by := "+", d.Now-d.Was
	if by < 0 {
		sign = "−"
	}
	if m.Percent {
		return sign + strconv.FormatFloat(math.Abs(by)*100, 'f', 1, 64)
	}
	return sign + words.Number(int(math.Abs(by)))
}

// values is the table beside the charts: a row for each snapshot, the newest
// first.
func values(id string, series []snapshot.Series) *sheet {
	s := &sheet{ID: id + "-values", Title: "Values", Head: head("Snapshot")}
	var shown []*snapshot.Series
	for _, name := range followed {
		for i := range series {
			if series[i].Metric == name && len(series[i].Points) > 1 {
				shown = append(shown, &series[i])
				s.Head = append(s.Head, column{capital(snapshot.FindMetric(name).Short), true})
			}
		}
	}
	if len(shown) == 0 {
		return nil
	}
	type at struct {
		when     int64
		name     string
		revision string
	}
	var moments []at
	for _, one := range shown {
		for _, p := range one.Points {
			m := at{p.At.Unix(), date(p.At), p.Revision}
			if !slices.ContainsFunc(moments, func(o at) bool { return o.when == m.when }) {
				moments = append(moments, m)
			}
		}
	}
	slices.SortFunc(moments, func(a, b at) int { return cmp.Compare(b.when, a.when) })
	for _, m := range moments {
		first := text(m.name)
		first.Small = short(m.revision)
		cells := []cellView{first}
		for _, one := range shown {
			c := cellView{Text: "–"}
			for _, p := range one.Points {
				if p.At.Unix() == m.when {
					c.Text = snapshot.FindMetric(one.Metric).Write(p.Value)
				}
			}
			cells = append(cells, c)
		}
		s.add(cells...)
	}
	return s
}

// short cuts a commit to what people read of it.
func short(revision string) string {
	if revision = safe.Line(revision); len(revision) >= 40 {
		return revision[:10]
	}
	return revision
}
