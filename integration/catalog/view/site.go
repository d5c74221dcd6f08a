package view

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report/page"
)

//go:embed index.tmpl
var indexText string

//go:embed one.tmpl
var oneText string

// functions are what templates may call.
var functions = template.FuncMap{
	"line":  safe.Line,
	"count": words.Count,
	"prose": prose,
	"score": func(score float64) string { return fmt.Sprintf("%.1f", score) },
}

// The templates are read when a page is written: every command starts with this
// package, and few write one.
var (
	indexTemplate = sync.OnceValue(func() *template.Template { return parse("index", indexText) })
	oneTemplate   = sync.OnceValue(func() *template.Template { return parse("one", oneText) })
)

func parse(name, text string) *template.Template {
	return template.Must(template.New(name).Funcs(functions).Parse(text))
}

// Options are those of the site.
type Options struct {
	// Title names the catalog; "" means "Integrations".
	Title string
	// Home is a relative link to the site that the catalog is part of, "" for
	// none, and HomeTitle its text.
	Home, HomeTitle string
}

// Writer takes the files of the site.
type Writer interface {
	// Put writes a file, named by its slash-separated path. The data may not be
	// kept.
	Put(name string, data []byte) error
}

// Site writes index.html, a page NAME.html for each integration and a badge
// NAME.svg. Equal results give the same bytes.
func Site(w Writer, results []*catalog.Result, o Options) error {
	if o.Title == "" {
		o.Title = "Integrations"
	}
	if err := put(w, "index.html", index(results, o)); err != nil {
		return err
	}
	for _, r := range results {
		name := r.Entry.Manifest.Name
		if err := put(w, name+".html", one(r, o)); err != nil {
			return err
		}
		var badge bytes.Buffer
		if err := catalog.WriteBadge(&badge, r); err != nil {
			return err
		}
		if err := w.Put(name+".svg", badge.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func put(w Writer, name string, p page.Page) error {
	var b bytes.Buffer
	if err := page.Write(&b, p); err != nil {
		return err
	}
	return w.Put(name, b.Bytes())
}

// row is an integration in the list.
type row struct {
	*catalog.Result
	M         *integration.Manifest
	Rank      int
	Direction string
	Next      string
}

// facet is a filter with its values.
type facet struct {
	Name, Label string
	Values      []facetValue
}

type facetValue struct {
	Name string
	N    int
}

// index is the page that lists all.
func index(results []*catalog.Result, o Options) page.Page {
	var rows []row
	for _, r := range results {
		rows = append(rows, row{r, r.Entry.Manifest, int(r.Level), direction(r.Entry.Manifest), next(r)})
	}
	facets := []facet{
		facetOf("level", "Level", rows, func(r *row) string { return r.Level.String() }),
		facetOf("category", "Category", rows, func(r *row) string { return r.M.Category }),
		facetOf("direction", "Direction", rows, func(r *row) string { return r.Direction }),
		facetOf("auth", "Auth", rows, func(r *row) string { return r.M.Auth }),
	}
	slices.SortFunc(facets[0].Values, func(a, b facetValue) int {
		x, _ := catalog.ParseLevel(a.Name)
		y, _ := catalog.ParseLevel(b.Name)
		return int(y - x)
	})
	numbers := []page.Number{}
	for _, v := range facets[0].Values {
		numbers = append(numbers, page.Number{Value: words.Number(v.N), Label: v.Name})
	}
	return page.Page{
		Title: o.Title, Lead: words.Count(len(results), "integration") + ", each graded by what ran",
		Context: "An integration reaches a level when every check of it, and of those below, holds. Nothing rests on what a manifest says.",
		Numbers: numbers, Foot: "Written by plumb integrations export.",
		Body: render(indexTemplate(), struct {
			Rows    []row
			Facets  []facet
			Options Options
		}{rows, facets, o}),
	}
}

func facetOf(name, label string, rows []row, value func(*row) string) facet {
	f := facet{Name: name, Label: label}
	for i := range rows {
		v := safe.Line(value(&rows[i]))
		at := slices.IndexFunc(f.Values, func(fv facetValue) bool { return fv.Name == v })
		if at < 0 {
			f.Values = append(f.Values, facetValue{Name: v})
			at = len(f.Values) - 1
		}
		f.Values[at].N++
	}
	slices.SortFunc(f.Values, func(a, b facetValue) int { return strings.Compare(a.Name, b.Name) })
	return f
}

func direction(m *integration.Manifest) string {
	if len(m.Direction) > 1 {
		return "two-way"
	}
	return strings.Join(m.Direction, "")
}

// tier is a level with its checks, on the page of one integration.
type tier struct {
	Level     string
	Holds, Of int
	Status    string
	Outcomes  []outcome
}

type outcome struct {
	catalog.Outcome
	Word, Class string
}

// one is the page of an integration.
func one(r *catalog.Result, o Options) page.Page {
	m := r.Entry.Manifest
	var tiers []tier
	numbers := []page.Number{{Value: fmt.Sprintf("%.1f", r.Score), Label: "score of 10"}}
	for _, level := range catalog.Levels() {
		t := tier{Level: level.String(), Status: "good"}
		t.Holds, t.Of = r.Count(level)
		if t.Holds < t.Of {
			t.Status = "warning"
		}
		for _, out := range r.Outcomes {
			if out.Check.Level == level {
				t.Outcomes = append(t.Outcomes, outcome{out, word(out.Status), class(out.Status)})
			}
		}
		numbers = append(numbers, page.Number{Value: fmt.Sprintf("%d of %d", t.Holds, t.Of), Label: t.Level})
		tiers = append(tiers, t)
	}
	status := "warning"
	if r.Level >= catalog.Complete {
		status = "good"
	}
	lead := fmt.Sprintf("%s is %s", safe.Line(m.Title), r.Level)
	if missing := next(r); missing != "nothing" {
		lead += fmt.Sprintf("; for %s it lacks %s", r.Level+1, strings.ReplaceAll(missing, " ", ", "))
	}
	return page.Page{
		Title: safe.Line(m.Title), Lead: lead, Status: status, Context: safe.Line(m.Description), Numbers: numbers,
		Foot: "Graded on " + r.At.UTC().Format("2 Jan 2006") + ". Written by plumb integrations export.",
		Body: render(oneTemplate(), struct {
			M       *integration.Manifest
			Tiers   []tier
			Docs    []catalog.Section
			Limits  []string
			Options Options
		}{m, tiers, catalog.Sections(r.Entry.Files), limits(m), o}),
	}
}

func limits(m *integration.Manifest) (lines []string) {
	for _, name := range slices.Sorted(maps.Keys(m.Limits)) {
		lines = append(lines, fmt.Sprintf("%s %s", strings.ReplaceAll(name, "_", " "), words.Number(m.Limits[name])))
	}
	return lines
}

func word(s catalog.Status) string {
	switch s {
	case catalog.Passed:
		return "passed"
	case catalog.Irrelevant:
		return "not asked"
	case catalog.Unknown:
		return "no evidence"
	}
	return "failed"
}

func class(s catalog.Status) string {
	return map[catalog.Status]string{catalog.Passed: "good", catalog.Irrelevant: "soft", catalog.Unknown: "warning", catalog.Failed: check.Error.String()}[s]
}

func render(t *template.Template, data any) template.HTML {
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		panic(err) //nolint:forbidigo // the templates are ours and tested
	}
	return template.HTML(b.String()) //nolint:gosec // html/template has escaped it
}
