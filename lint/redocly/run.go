package redocly

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/redocly"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// enabled is a rule that is on.
type enabled struct {
	id, summary string
	severity    check.Severity
	message     string // in place of the rule's own; {{message}} is that
	make        func() *typed.Rule
}

// Rules are the rules that are on for descriptions of a version, in the order in
// which they are documented, the configurable ones last. Over one document they
// are found in one walk.
func (r *Ruleset) Rules(v openapi.Version) check.Set[*openapi.Document] {
	list := r.enabled(v)
	walks := &walks{rules: list, done: map[*openapi.Document]*outcome{}}
	set := make(check.Set[*openapi.Document], len(list))
	for i, e := range list {
		set[i] = &check.Rule[*openapi.Document]{
			Meta: check.Meta{ID: e.id, Summary: e.summary, Rationale: e.summary, Severity: e.severity, Tags: []string{"ruleset"}},
			Check: func(ctx context.Context, p *check.Pass[*openapi.Document]) error {
				o := walks.over(ctx, p.Subject)
				for _, f := range o.findings[i] {
					p.Report(f)
				}
				return o.problems[i]
			},
		}
	}
	return set
}

// Has reports whether a rule is one of Redocly's, or a configurable one.
func Has(rule string) bool {
	return strings.HasPrefix(rule, "rule/") || redocly.Find(rule) != nil
}

func (r *Ruleset) enabled(v openapi.Version) []enabled {
	names, settings := r.layer.of(v)
	var list []enabled
	for _, rule := range redocly.Rules() {
		s := settings[rule.ID]
		if s == nil || s.level == offLevel || !rule.In(v) {
			continue
		}
		options := redocly.Options{Node: s.node}
		list = append(list, enabled{
			id: rule.ID, summary: rule.Summary, severity: s.level.severity(), message: s.node.Get("message").Text(),
			make: func() *typed.Rule { return rule.Make(options) },
		})
	}
	for _, name := range names {
		s := settings[name]
		if !strings.HasPrefix(name, "rule/") || s.level == offLevel || s.node == nil {
			continue
		}
		a, err := redocly.NewAssertion(name, s.node)
		if err != nil {
			continue // told of when it was read
		}
		list = append(list, enabled{
			id: name, summary: a.Summary(), severity: s.level.severity(), make: a.Rule,
		})
	}
	return list
}

// walks remembers what the walk over each document has found.
type walks struct {
	rules []enabled
	mu    sync.Mutex
	done  map[*openapi.Document]*outcome
}

// outcome is what a walk has found, by rule.
type outcome struct {
	once     sync.Once
	findings [][]check.Finding
	problems []error
}

func (w *walks) over(ctx context.Context, doc *openapi.Document) *outcome {
	w.mu.Lock()
	o := w.done[doc]
	if o == nil {
		o = &outcome{}
		w.done[doc] = o
	}
	w.mu.Unlock()
	o.once.Do(func() { o.walk(ctx, doc, w.rules) })
	return o
}

// walk walks over the document. Where a rule panics, it is left out and the others
// walk again.
func (o *outcome) walk(ctx context.Context, doc *openapi.Document, rules []enabled) {
	o.problems = make([]error, len(rules))
	for {
		o.findings = make([][]check.Finding, len(rules))
		var list []*typed.Rule
		index := map[*typed.Rule]int{}
		for i, e := range rules {
			if o.problems[i] != nil {
				continue
			}
			r := e.make()
			r.Report = o.reporter(i, e.message)
			index[r] = i
			list = append(list, r)
		}
		err := typed.New(doc, list).Run(ctx)
		var p *typed.PanicError
		if errors.As(err, &p) && p.Rule != nil {
			o.problems[index[p.Rule]] = p
			continue
		}
		for i := range o.problems {
			if err != nil && o.problems[i] == nil {
				o.problems[i] = err
			}
		}
		return
	}
}

// reporter gathers the findings of a rule.
func (o *outcome) reporter(i int, template string) func(typed.Place, *openapi.Node, string) {
	return func(at typed.Place, from *openapi.Node, message string) {
		if template != "" {
			message = strings.ReplaceAll(template, "{{message}}", message)
		}
		f := check.Finding{Location: at.Location(), Message: message}
		if from != nil && from.Source() != nil {
			f.Related = []check.Related{{Message: "referred to here", Location: from.Location()}}
		}
		o.findings[i] = append(o.findings[i], f)
	}
}
