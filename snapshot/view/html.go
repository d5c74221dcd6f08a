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
	"github.com/plumbapi/plumb/report/page"
)

//go:embed report.tmpl
var source string

var bodyTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Funcs(template.FuncMap{
		"n": words.Number, "line": safe.Line, "day": day, "last": func(i, n int) bool { return i == n-1 },
	}).Parse(source))
})

// HTML writes one page that needs nothing else: no file beside it, no network, no
// script but to sort tables and change colours.
func HTML(w io.Writer, in Input) error {
	v := newView(in)
	var body strings.Builder
	if err := bodyTemplate().Execute(&body, v.page()); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return page.Write(w, page.Page{
		Title: v.title(), Lead: v.lead(), Status: v.status(), Context: v.context(), Numbers: v.numbers(),
		Body: template.HTML(body.String()), Foot: v.foot(),
	})
}

// context is one line about what the page is made from.
func (v *view) context() string {
	at := v.now.At.Format("2 Jan 2006, 15:04") + " UTC"
	revision := v.now.Revision
	if len(revision) == 40 && !strings.ContainsFunc(revision, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) }) {
		revision = revision[:10]
	}
	if revision != "" {
		at += " · " + safe.Line(revision)
	}
	n := 0
	for _, s := range v.in.History {
		if s != v.now && s.At.Before(v.now.At) {
			n++
		}
	}
	if n > 0 {
		at += " · beside " + words.Count(n, "earlier snapshot")
	}
	return at
}

func (v *view) foot() string {
	tool := "plumb report"
	if v.now.Tool != "" {
		tool = safe.Line(v.now.Tool)
	}
	return "Written by " + tool + ". plumb report --format csv has every operation, plumb check every finding."
}

// numbers are the few that matter, over all APIs.
func (v *view) numbers() []page.Number {
	var list []page.Number
	match, whole := 0, 0
	kept, budgets := 0, 0
	part, all := 0, 0
	errors, lint := 0, false
	for _, a := range v.apis {
		if p := a.now.Parity; p != nil {
			s := p.RESTToGraphQL.Share()
			match, whole = match+s.Part, whole+s.Whole
		}
		if s := a.now.SLO; s != nil {
			kept, budgets = kept+s.Count("pass"), budgets+len(s.Operations)
		}
		if d := a.now.Docs; d != nil {
			s := d.Total().Described()
			part, all = part+s.Part, all+s.Whole
		}
		if l := a.now.Lint; l != nil {
			errors, lint = errors+l.Errors, true
		}
	}
	mark := func(bad bool, status string) string {
		if bad {
			return status
		}
		return ""
	}
	if whole > 0 {
		list = append(list, page.Number{Value: words.Percent(float64(match) / float64(whole)), Label: "of REST is in GraphQL"})
	}
	if budgets > 0 {
		list = append(list, page.Number{Value: words.Number(kept) + " of " + words.Number(budgets), Label: "budgets kept", Status: mark(kept < budgets, "warning")})
	}
	if lint {
		list = append(list, page.Number{Value: words.Number(errors), Label: "lint errors", Status: mark(errors > 0, "error")})
	}
	if all > 0 {
		list = append(list, page.Number{Value: words.Percent(float64(part) / float64(all)), Label: "described"})
	}
	overdue, due := 0, 0
	for _, a := range v.apis {
		overdue += v.count(a, "lifecycle.overdue")
		due += v.count(a, "lifecycle.due_90")
	}
	if overdue > 0 {
		list = append(list, page.Number{Value: words.Number(overdue), Label: "overdue", Status: "error"})
	}
	list = append(list, page.Number{Value: words.Number(due), Label: "due in 90 days"})
	met, asked := v.met()
	if asked > 0 {
		list = append(list, page.Number{Value: strconv.Itoa(met) + " of " + strconv.Itoa(asked), Label: "criteria met"})
	}
	return list
}
