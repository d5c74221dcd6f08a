package parity

import (
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/safe"
	paritylib "github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/view"
	"github.com/plumbapi/plumb/report"
)

// facts are what people see before the findings.
func (c *call) facts(merged *check.Report) *report.Facts {
	var apis []view.API
	for i := range c.pairs {
		p := &c.pairs[i]
		if p.result == nil {
			continue
		}
		o := view.Options{All: c.opts.output.All(), Shown: c.project.Shown, Usage: p.opts.Usage != nil}
		if len(c.pairs) > 1 {
			o.Name = p.name
		}
		apis = append(apis, view.API{Result: p.result, Options: o})
	}
	facts := view.Facts(apis...)
	facts.Next = c.next(merged)
	return facts
}

// context names what was compared.
func (c *call) context() string {
	var pairs []string
	for i := range c.pairs {
		p := &c.pairs[i]
		s := c.project.Shown(p.docs[0].Name) + " and " + c.project.Shown(p.docs[1].Name)
		if p.several {
			s = p.name + ": " + s
		}
		pairs = append(pairs, s)
	}
	return strings.Join(pairs, "; ")
}

// next is what to do next: look at the worst finding that counts, else at the
// open decisions, else at the largest gap. It is "" where package report
// knows better.
func (c *call) next(merged *check.Report) string {
	if !merged.Complete() || len(c.pairs) != 1 {
		return ""
	}
	p := &c.pairs[0]
	explain := func(element string) string {
		return "plumb parity explain " + safe.ShellWord(element) + p.again()
	}
	if worst := c.opts.output.Worst(merged); worst != nil {
		if element := view.At(p.result, worst.Location); element != "" {
			return explain(element)
		}
		return ""
	}
	switch {
	case len(paritylib.Suggest(p.result)) > 0:
		return "plumb parity suggest" + p.again()
	case len(p.result.Gaps) > 0:
		return explain(p.result.Gaps[0].Element)
	}
	return ""
}

// members are the facts in the JSON envelope: those of the pair, or a list of
// them by API where plumb.yaml has several.
func (c *call) members() []report.Member {
	if len(c.pairs) == 1 {
		if c.pairs[0].result == nil {
			return nil
		}
		return members(c.pairs[0].result)
	}
	list := []named{}
	for i := range c.pairs {
		if p := &c.pairs[i]; p.result != nil {
			list = append(list, named{p.name, p.result})
		}
	}
	return []report.Member{{Name: "apis", Value: list}}
}

// named is the result of one of several APIs.
type named struct {
	Name string `json:"name"`
	*paritylib.Result
}

func members(r *paritylib.Result) []report.Member {
	return []report.Member{
		{Name: "score", Value: r.Score}, {Name: "skew", Value: r.Skew},
		{Name: "operations", Value: r.Operations}, {Name: "types", Value: r.Types}, {Name: "fields", Value: r.Fields},
		{Name: "roots", Value: r.Roots}, {Name: "inputs", Value: r.Inputs}, {Name: "traits", Value: r.Traits},
		{Name: "gaps", Value: r.Gaps}, {Name: "decisions", Value: r.Decisions},
	}
}
