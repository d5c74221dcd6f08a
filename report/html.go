package report

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report/page"
)

//go:embed html.tmpl
var htmlSource string

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("findings").Funcs(template.FuncMap{
		"prose": page.Prose,
		"count": words.Count,
		"n":     words.Number,
	}).Parse(htmlSource))
})

// HTML writes the report as one page that needs nothing else: no network, no
// other file, and no JavaScript to read it. With JavaScript the list can be
// searched, filtered and sorted, and the view is in the address. Code frames
// come from opts.Source.
func HTML(w io.Writer, rep *check.Report, opts Options) error {
	var body strings.Builder
	content := newHTMLReport(rep, &opts)
	if render := opts.facts().HTML; render != nil {
		var err error
		if content.Facts, err = render(); err != nil {
			return fmt.Errorf("write HTML: %w", err)
		}
	}
	if err := htmlTemplate().Execute(&body, content); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	tool := opts.tool()
	return page.Write(w, page.Page{
		Title:   opts.title(),
		Lead:    htmlLead(rep, &opts),
		Status:  htmlStatus(rep),
		Context: opts.Context,
		Numbers: htmlNumbers(rep, &opts),
		Body:    template.HTML(body.String()),
		Foot:    strings.TrimSpace(tool.Name + " " + tool.Version),
	})
}

// htmlReport is what the template shows.
type htmlReport struct {
	Findings   []htmlFinding
	Severities []htmlSeverity
	Rules      []htmlRule
	Suppressed []htmlSuppressed
	Incomplete []check.Incomplete
	Facts      template.HTML
	Told       int
	Open       bool
}

type htmlFinding struct {
	ID, Severity, Place, Rule, Help, Message string
	Words                                    string // more to find it by
	Rank                                     int
	Frame                                    *htmlFrame
	Facts                                    []htmlFact
}

type htmlFrame struct {
	Number                         int
	HasContext                     bool
	Context, Before, Marked, After string
}

type htmlFact struct{ Name, Value string }

type htmlSeverity struct {
	Name string
	N    int
}

type htmlRule struct {
	ID, Severity, Summary, Rationale, Help string
	N                                      int
	Listed                                 bool
}

type htmlSuppressed struct {
	Place, Rule, Message, By, Reason string
}

// Findings up to openUpTo show their detail at once. Those beyond detailUpTo
// have none, so that a browser opens a page of ten thousand quickly; search
// still finds them by their element. Where facts tell the same, those beyond
// toldUpTo are not listed at all, the least severe.
const (
	openUpTo   = 20
	detailUpTo = 2000
	toldUpTo   = 1200
	frameCells = 60
)

func newHTMLReport(rep *check.Report, opts *Options) *htmlReport {
	r := &htmlReport{Incomplete: unexplained(rep), Open: len(rep.Findings) <= openUpTo}
	src := newSources(opts.Source)
	list, details := ordered(rep, opts.Sort), detailUpTo
	all := list
	if told := opts.facts().Told; told > 0 {
		list = slices.DeleteFunc(ordered(rep, "severity"), func(f *check.Finding) bool { return f.Severity <= told })
		list = list[:min(len(list), toldUpTo)]
		r.Told, details = len(all)-len(list), detailUpTo/10
	}
	ids := map[string]bool{}
	for i, f := range list {
		h := htmlFinding{
			ID: "f-" + f.Fingerprint, Severity: f.Severity.String(), Rank: int(f.Severity),
			Place: safe.Line(placeName(f.Location)), Rule: f.Rule, Help: opts.helpURL(f.Rule),
			Message: safe.Brief(f.Message),
		}
		if f.Fingerprint == "" || ids[h.ID] {
			h.ID = fmt.Sprintf("f%d", i+1)
		}
		ids[h.ID] = true
		if i < details {
			h.Frame, h.Facts = htmlFrameOf(src, f), htmlFacts(f)
		} else {
			h.Words = f.Location.Element
			if r.Told > 0 {
				h.Help = "" // the list of rules has it
			}
		}
		r.Findings = append(r.Findings, h)
	}
	for _, severity := range []check.Severity{check.Error, check.Warning, check.Info} {
		n := 0
		for _, f := range list {
			if f.Severity == severity {
				n++
			}
		}
		if n > 0 {
			r.Severities = append(r.Severities, htmlSeverity{severity.String(), n})
		}
	}
	r.Rules = htmlRules(rep, all, opts)
	for i := range rep.Suppressed {
		s := &rep.Suppressed[i]
		r.Suppressed = append(r.Suppressed, htmlSuppressed{
			Place: safe.Line(placeName(s.Location)), Rule: s.Rule,
			Message: safe.Brief(s.Message), By: s.By, Reason: safe.Line(s.Reason),
		})
	}
	return r
}

func htmlFrameOf(src *sources, f *check.Finding) *htmlFrame {
	fr, ok := frameAt(src, f.Location, frameCells)
	if !ok {
		return nil
	}
	return &htmlFrame{
		Number: fr.line, HasContext: fr.hasContext, Context: fr.context,
		Before: fr.before, Marked: fr.marked, After: fr.after,
	}
}

// Previous is the number of the line before the marked one.
func (f *htmlFrame) Previous() int { return f.Number - 1 }

// htmlFacts lists what else is known about a finding.
func htmlFacts(f *check.Finding) []htmlFact {
	var facts []htmlFact
	if f.Location.Element != "" {
		facts = append(facts, htmlFact{"element", safe.Line(f.Location.Element)})
	}
	for _, r := range f.Related {
		value := placeName(r.Location)
		if r.Message != "" {
			value += ": " + r.Message
		}
		facts = append(facts, htmlFact{"see", safe.Line(value)})
	}
	if f.Fix != nil && f.Fix.Title != "" {
		facts = append(facts, htmlFact{"fix", safe.Line(f.Fix.Title)})
	}
	for _, name := range slices.Sorted(maps.Keys(f.Properties)) {
		facts = append(facts, htmlFact{safe.Line(name), safe.Line(propertyText(f.Properties[name]))})
	}
	return facts
}

// propertyText writes a measured value: text as it is, the rest as JSON.
func propertyText(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	if b, err := json.Marshal(v); err == nil {
		return string(b)
	}
	return fmt.Sprint(v)
}

// htmlRules lists the rules that found something, each once, in the order of
// byRule.
func htmlRules(rep *check.Report, list []*check.Finding, opts *Options) []htmlRule {
	metas := map[string]*check.Meta{}
	for i := range rep.Rules {
		metas[rep.Rules[i].ID] = &rep.Rules[i]
	}
	var rules []htmlRule
	at := map[string]int{}
	for _, c := range byRule(list) {
		if i, ok := at[c.rule]; ok { // counted under its worst severity already
			rules[i].N += c.n
			continue
		}
		at[c.rule] = len(rules)
		rule := htmlRule{ID: c.rule, Severity: c.severity.String(), N: c.n, Help: opts.helpURL(c.rule), Listed: c.severity > opts.facts().Told}
		if m := metas[c.rule]; m != nil {
			rule.Summary, rule.Rationale = m.Summary, m.Rationale
		}
		rules = append(rules, rule)
	}
	return rules
}

// htmlLead is the answer in a sentence. The numbers below it say the rest.
func htmlLead(rep *check.Report, opts *Options) string {
	if s := opts.facts().Lead; s != "" {
		return s
	}
	var s string
	switch errors, warnings, infos := rep.Count(); {
	case errors > 0:
		s = words.Count(errors, "error")
	case warnings > 0:
		s = "No errors, " + words.Count(warnings, "warning")
	case infos > 0:
		s = "No errors, no warnings, " + words.Number(infos) + " to know"
	default:
		s = "No findings"
	}
	if n := opts.documents(rep); n > 0 {
		s += " in " + words.Count(n, "document")
	}
	if !rep.Complete() {
		s += ", and the check did not finish"
	}
	return s
}

func htmlStatus(rep *check.Report) string {
	errors, warnings, infos := rep.Count()
	switch {
	case errors > 0 || !rep.Complete():
		return "error"
	case warnings > 0:
		return "warning"
	case infos > 0:
		return "info"
	}
	return "good"
}

func htmlNumbers(rep *check.Report, opts *Options) []page.Number {
	errors, warnings, infos := rep.Count()
	first := opts.facts().Numbers
	numbers := []page.Number{
		{Value: words.Number(errors), Label: "errors"},
		{Value: words.Number(warnings), Label: "warnings"},
		{Value: words.Number(infos), Label: "info"},
	}
	for i, status := range []string{"error", "warning", "info"} {
		if numbers[i].Value != "0" {
			numbers[i].Status = status
		}
	}
	if n := len(rep.Suppressed); n > 0 {
		numbers = append(numbers, page.Number{Value: words.Number(n), Label: "set aside"})
	}
	if n := len(rep.Rules); n > 0 {
		numbers = append(numbers, page.Number{Value: words.Number(n), Label: "rules"})
	}
	numbers = append(slices.Clip(first), numbers...)
	if opts.Duration > 0 {
		numbers = append(numbers, page.Number{Value: words.Duration(opts.Duration), Label: "time"})
	}
	return numbers
}
