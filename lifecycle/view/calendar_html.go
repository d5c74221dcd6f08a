package view

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/report/page"
)

//go:embed calendar.tmpl
var calendarSource string

var calendarTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("calendar").Funcs(template.FuncMap{"n": words.Number}).Parse(calendarSource))
})

// CalendarHTML writes a calendar as one page that needs nothing else: a
// timeline, and a table that can be searched, filtered and sorted.
func CalendarHTML(w io.Writer, c *lifecycle.Calendar, o Options) error {
	var body strings.Builder
	if err := writeSections(&body, nil, c, &o); err != nil {
		return err
	}
	status := "good"
	if c.Count(lifecycle.Overdue) > 0 {
		status = "error"
	} else if len(c.Entries) > 0 {
		status = "info"
	}
	context := "as of " + date(c.Today)
	if c.Policy != "" {
		context += " · policy " + safe.Line(c.Policy)
	}
	return page.Write(w, page.Page{
		Title: "plumb lifecycle calendar", Lead: headline(c), Status: status, Context: context, Numbers: numbers(c), Body: template.HTML(body.String()),
	})
}

// sections is what the template shows.
type sections struct {
	Columns   []string
	Summaries []htmlSummary
	Chart     *chart
	Rows      []htmlRow
	Statuses  []htmlFacet
	Surfaces  []htmlFacet
}

type htmlSummary struct {
	Name  string
	Cells []htmlCell
}

type htmlCell struct {
	Value int
	Mark  string
}

type htmlFacet struct {
	Name string
	N    int
}

type htmlFact struct{ Name, Value string }

// htmlRow is an entry.
type htmlRow struct {
	ID, Gone, Name, Kind, Surface, Uses string
	Again                               bool // the row before it goes at the same moment
	Order, Rank, Days                   int
	DaysText                            string
	Status                              lifecycle.Status
	Mark, By, Instead                   string
	Facts                               []htmlFact
}

func writeSections(w io.Writer, summaries []lifecycle.Summary, c *lifecycle.Calendar, o *Options) error {
	s := sections{Chart: newChart(c)}
	cols := columns(summaries)
	for _, col := range cols {
		s.Columns = append(s.Columns, strings.ToUpper(col.head[:1])+col.head[1:])
	}
	for i := range summaries {
		row := htmlSummary{Name: surfaceNames[summaries[i].Surface]}
		for _, col := range cols {
			cell := htmlCell{Value: col.of(&summaries[i])}
			if cell.Value > 0 && col.head == "overdue" {
				cell.Mark = "error"
			}
			row.Cells = append(row.Cells, cell)
		}
		s.Summaries = append(s.Summaries, row)
	}
	s.rows(c, o)
	if err := calendarTemplate().Execute(w, &s); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return nil
}

func (s *sections) rows(c *lifecycle.Calendar, o *Options) {
	count := map[string]int{}
	order := 0
	for i := range c.Entries {
		e := &c.Entries[i]
		again := i > 0 && c.Entries[i-1].Gone == e.Gone && c.Entries[i-1].Status == e.Status
		if !again {
			order++
		}
		s.Rows = append(s.Rows, newRow(c, e, o, i, order, again))
		count[string(e.Status)]++
		count[string(e.Surface)]++
	}
	for _, status := range lifecycle.Statuses() {
		if n := count[string(status)]; n > 0 {
			s.Statuses = append(s.Statuses, htmlFacet{string(status), n})
		}
	}
	for _, surface := range []lifecycle.Surface{lifecycle.REST, lifecycle.GraphQL, lifecycle.Webhooks} {
		if n := count[string(surface)]; n > 0 {
			s.Surfaces = append(s.Surfaces, htmlFacet{surfaceNames[surface], n})
		}
	}
	if len(s.Surfaces) == 1 {
		s.Surfaces = nil
	}
}

func newRow(c *lifecycle.Calendar, e *lifecycle.Entry, o *Options, i, order int, again bool) htmlRow {
	g := group{gone: e.Gone, status: e.Status}
	r := htmlRow{
		ID: "life-" + strconv.Itoa(i+1), Gone: g.heading(), Name: safe.Line(e.Name), Kind: string(e.Kind), Surface: surfaceNames[e.Surface],
		Again: again, Order: order, Status: e.Status, Mark: statusMarks[e.Status], Instead: safe.Brief(e.Replacement), Days: 1 << 30,
	}
	if e.Status == lifecycle.Ahead {
		r.By = by(e)
	}
	for rank, status := range lifecycle.Statuses() {
		if status == e.Status {
			r.Rank = rank
		}
	}
	if e.Uses > 1 {
		r.Uses = words.Number(e.Uses)
	}
	if !e.Gone.Date.IsZero() {
		r.Days = days(c.Today, e.Gone.Date)
		r.DaysText = words.Number(r.Days)
		if r.Days < 0 {
			r.DaysText = "−" + words.Number(-r.Days)
		}
	}
	fact := func(name, value string) {
		if value != "" {
			r.Facts = append(r.Facts, htmlFact{name, value})
		}
	}
	fact("Stands", standing(c, e))
	fact("Deprecated", moment(e.Since))
	fact("Level", e.Stability.String())
	fact("Reason", safe.Brief(e.Reason))
	fact("Why", safe.Line(e.Why))
	fact("Said by", safe.Line(strings.Join(e.Carriers, ", ")))
	fact("Place", safe.Line(o.shown(e.Location.File))+":"+strconv.Itoa(e.Location.Line))
	return r
}
