package oas

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// exampleChecker checks examples against schemas, each schema compiled once.
type exampleChecker struct {
	report   once
	compiler *jsonschema.Compiler
	runs     map[jsonschema.Mode]*jsonschema.Run
}

func newExampleChecker(p *pass) *exampleChecker {
	doc := p.Subject
	return &exampleChecker{
		report:   once{p: p},
		compiler: jsonschema.NewCompiler(jsonschema.DialectOf(doc.Version()), jsonschema.ForDocument(doc)),
		runs:     map[jsonschema.Mode]*jsonschema.Run{},
	}
}

// check checks a value against a schema.
//
// A schema with a reference that leads nowhere is not checked: that is
// another problem's finding. A schema that makes no sense is reported at the
// value, if it is the first of those that the schema is for or nothing can be
// said of the others either. Schemas that hold themselves are checked as any
// other, which Spectral cannot do.
func (c *exampleChecker) check(value, schema *openapi.Node, mode jsonschema.Mode, first bool) error {
	s := c.compiler.Compile(schema)
	if value.Has("$ref") {
		value = c.stand(value)
	}
	survey := s.Survey()
	problem := survey.Fatal
	if survey.Problem != nil && first {
		problem = survey.Problem
	}
	switch {
	case problem != nil:
		c.report.Report(value, "schema", fmt.Sprintf("value cannot be checked: its schema is invalid, %s (line %d)",
			problem.Message, problem.Node.Location().Line))
		return nil
	case survey.Dangling != nil:
		return nil
	}
	run := c.runs[mode]
	if run == nil {
		run = jsonschema.NewRun(mode, c.stand)
		c.runs[mode] = run
	}
	errs, err := run.Validate(s, value)
	if err != nil {
		return fmt.Errorf("check the value at %s: %w", value.Pointer(), err)
	}
	if errs == nil {
		return nil
	}
	for _, e := range tellingErrors(value, errs) {
		at := e.Instance
		c.report.Report(at, mistakeKey(e), e.Message())
	}
	return nil
}

// stand follows references within values. The specification knows none there,
// but descriptions that are assembled from parts have them.
func (c *exampleChecker) stand(v *openapi.Node) *openapi.Node {
	doc := c.report.p.Subject
	at := v
	for range maxValueRefs {
		ref, ok := at.Get("$ref").Str()
		if !ok {
			return at
		}
		target, err := doc.Lookup(at, ref)
		if err != nil {
			return v
		}
		at = target
	}
	return v
}

// maxValueRefs is how many references may follow one another in a value.
const maxValueRefs = 20

// tellingErrors chooses the errors that tell what is wrong with a value of
// which all alternatives fail: where anyOf fails, those further inside rather
// than its own; no wrong enums where something beside them is wrong too; of
// several enums at one place the first. It is the choice that Spectral makes.
func tellingErrors(root *openapi.Node, errs []jsonschema.Error) []*jsonschema.Error {
	if len(errs) == 1 {
		return []*jsonschema.Error{&errs[0]}
	}
	t := &errorTree{}
	prefix := root.Pointer()
	for i := range errs {
		at := t
		for _, step := range errorSteps(strings.TrimPrefix(errs[i].Instance.Pointer(), prefix)) {
			at = at.child(step)
		}
		at.errs = append(at.errs, &errs[i])
	}
	t.prune()
	return t.collect(nil)
}

// errorTree holds errors by the path of their values.
type errorTree struct {
	step     string
	errs     []*jsonschema.Error
	children []*errorTree
}

func (t *errorTree) child(step string) *errorTree {
	for _, c := range t.children {
		if c.step == step {
			return c
		}
	}
	c := &errorTree{step: step}
	t.children = append(t.children, c)
	return c
}

// errorSteps splits a pointer; an index belongs to the step before it. The
// value itself is a step too, beside its members.
func errorSteps(pointer string) []string {
	if pointer == "" {
		return []string{""}
	}
	var steps []string
	for step := range strings.SplitSeq(pointer[1:], "/") {
		index := strings.Trim(step, "0123456789") == "" && step != ""
		if n := len(steps); index && n > 0 && !strings.Contains(steps[n-1], "/") {
			steps[n-1] += "/" + step
		} else {
			steps = append(steps, step)
		}
	}
	return steps
}

func (t *errorTree) prune() {
	for i := 0; i < len(t.children); i++ {
		c := t.children[i]
		if len(c.children) > 0 && c.has("anyOf") {
			c.errs = nil
		}
		if c.onlyEnums() && len(t.children) > 1 {
			t.children = append(t.children[:i:i], t.children[i+1:]...)
			i--
		}
		c.prune()
	}
}

func (t *errorTree) has(keyword string) bool {
	for _, e := range t.errs {
		if e.Keyword == keyword {
			return true
		}
	}
	return false
}

func (t *errorTree) onlyEnums() bool {
	for _, e := range t.errs {
		if e.Keyword != "enum" {
			return false
		}
	}
	return len(t.errs) > 0
}

func (t *errorTree) collect(out []*jsonschema.Error) []*jsonschema.Error {
	if t.onlyEnums() {
		return append(out, t.errs[0])
	}
	out = append(out, t.errs...)
	for _, c := range t.children {
		out = c.collect(out)
	}
	return out
}
