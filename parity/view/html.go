package view

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/report/page"
)

//go:embed html.tmpl
var htmlSource string

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("parity").Funcs(template.FuncMap{
		"count":   words.Count,
		"n":       words.Number,
		"percent": words.Percent,
		"line":    safe.Line,
	}).Parse(htmlSource))
})

// HTML writes a result as one page that needs nothing else: the operations of
// REST by tag beside what corresponds in GraphQL and why, the other
// direction, types and their fields. It can be read without JavaScript; with
// it the lists can be searched, filtered and sorted, and the view is in the
// address. For a page that has the findings too, see [Facts].
func HTML(w io.Writer, res *parity.Result, o Options) error {
	var body strings.Builder
	if err := writeSections(&body, API{res, o}, 0); err != nil {
		return err
	}
	title := "plumb parity"
	if o.Name != "" {
		title += ": " + safe.Line(o.Name)
	}
	return page.Write(w, page.Page{Title: title, Lead: lead(res), Numbers: numbers(res), Body: template.HTML(body.String())})
}

// sections is what the template shows of one API.
type sections struct {
	Name   string
	Prefix string // of the IDs and of the state, for pages of several APIs
	Skew   *parity.Skew

	Directions []direction
	Min        float64
	Review     int
	Groups     []htmlGroup
	Gaps       []htmlGap

	Operations, Roots htmlList
	Types             htmlList
	Decisions         []parity.Decision
}

// htmlGroup is a row of the table by tag.
type htmlGroup struct {
	parity.Group
	Order int
	// Match and Partial are the ends of the bar's parts, in percent.
	MatchTo, PartialTo string
}

type htmlGap struct {
	Element, Reason, Group, Href string
}

// htmlList is a list of rows, with what it can be filtered by.
type htmlList struct {
	Rows     []htmlRow
	Statuses []htmlFacet
	Bands    []htmlFacet
	Groups   []string
	New      int
}

type htmlFacet struct {
	Name string
	N    int
}

// htmlRow is an operation, a root field or a schema, and what corresponds.
type htmlRow struct {
	ID, Group string
	Again     bool // the row before it has the same group
	Method    string
	Name      string
	Status    parity.Status
	Reason    parity.Reason
	Band      parity.Band
	New       bool
	Rank      int
	Certain   int // confidence in percent
	Peers     []htmlPeer
	Facts     facts
	Fields    []htmlField
	Names     facts
	Marks     string // deprecated, experimental, exempt
}

type htmlPeer struct{ Name, Href string }

// htmlFact is something that is known of a row, in one or several lines.
type htmlFact struct {
	Name  string
	Lines []string
}

// htmlField is a field of a type that is not alike on both sides.
type htmlField struct {
	REST, GraphQL string
	Kind          parity.FieldKind
	Note          string
}

// writeSections writes an API as the sections of a page. Number is its
// place on the page, from 0.
func writeSections(w io.Writer, a API, number int) error {
	s := newSections(a, number)
	if err := htmlTemplate().Execute(w, s); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return nil
}

func newSections(a API, number int) *sections {
	res := a.Result
	s := &sections{Name: safe.Line(a.Options.Name), Min: res.Min, Review: review(res), Decisions: res.Decisions}
	if number > 0 {
		s.Prefix = fmt.Sprintf("a%d-", number+1)
	}
	if res.Skew.Found {
		s.Skew = &res.Skew
	}
	s.Directions = []direction{
		{"REST → GraphQL", "operation", res.Score.RESTToGraphQL, ""},
		{"GraphQL → REST", "root field", res.Score.GraphQLToREST, ""},
	}
	for i, g := range res.Score.Groups {
		row := htmlGroup{Group: g, Order: i}
		if total := g.Total - g.Exempt; total > 0 {
			row.MatchTo, row.PartialTo = permille(g.Match, total), permille(g.Match+g.Partial, total)
		}
		s.Groups = append(s.Groups, row)
	}
	rows := newRows(s.Prefix, res, &a.Options)
	s.Operations, s.Roots, s.Types = rows.operations(), rows.roots(), rows.types()
	for _, g := range res.Gaps {
		s.Gaps = append(s.Gaps, htmlGap{safe.Line(g.Element), safe.Line(g.Reason), safe.Line(g.Group), rows.ids[g.Element]})
	}
	return s
}

// permille writes a part of a whole in percent with one decimal place, as SVG
// takes it.
func permille(n, of int) string { return fmt.Sprintf("%.1f", 100*float64(n)/float64(of)) }
