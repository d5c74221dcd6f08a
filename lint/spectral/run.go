package spectral

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/jsonpath"
	"github.com/plumbapi/plumb/lint/internal/oas"
	"github.com/plumbapi/plumb/lint/internal/script"
	"github.com/plumbapi/plumb/openapi"
)

// rule is the definition as a rule of package check.
func (d *definition) rule() *check.Rule[*Document] {
	summary := d.description
	if summary == "" {
		summary = d.name
	}
	return &check.Rule[*Document]{
		Meta: check.Meta{
			ID: d.name, Summary: summary, Rationale: d.description, Severity: d.severity,
			Tags: []string{"ruleset"}, OptIn: d.off,
		},
		Check: d.check,
	}
}

// found tells findings apart: where references lead to one place on several ways,
// what is wrong there is told once.
type found struct {
	at      *openapi.Node
	name    bool
	message string
}

// check runs the rule over a document.
func (d *definition) check(ctx context.Context, p *check.Pass[*Document]) error {
	doc := p.Subject
	if !applies(d.formats, doc) {
		return nil
	}
	seen, work := map[found]bool{}, maxWork
	for _, g := range d.given {
		if !applies(g.formats, doc) {
			continue
		}
		matches, err := g.path.Select(doc.tree(d.resolved))
		if err != nil {
			return fmt.Errorf("given %s: %w", g.path, err)
		}
		for _, m := range matches {
			if err := ctx.Err(); err != nil {
				return err
			}
			for _, t := range d.then {
				for _, target := range t.field.targets(doc, d.resolved, m) {
					if err := d.judge(p, &call{ctx: ctx, rule: d, doc: doc, target: target, resolved: d.resolved, work: &work}, t.check, seen); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// judge calls a function with a value, and reports what it finds.
func (d *definition) judge(p *check.Pass[*Document], c *call, f checker, seen map[found]bool) error {
	t := c.target
	problems, err := f(c)
	var threw *script.Error
	if errors.As(err, &threw) {
		return &check.FaultyRule{Err: err}
	}
	if err != nil {
		return err
	}
	for _, problem := range problems {
		at, missing := t.at, t.more[len(t.more)-t.missing:]
		switch {
		case problem.at != nil && problem.absolute:
			at, missing = problem.at, problem.missing
		case problem.at != nil:
			at, missing = problem.at, nil
		}
		message := d.say(problem, at, missing, t)
		f := found{at, t.name && problem.at == nil, message}
		if seen[f] {
			continue
		}
		seen[f] = true
		key := ""
		if len(problem.route) > 0 || t.value == nil || t.missing > 0 {
			route := problem.route
			if !problem.absolute {
				route = with(t.route(), problem.route...)
			}
			key = strings.Join(route, "/")
		}
		p.Report(check.Finding{Location: place(at, f.name), Key: key, Message: message})
	}
	return nil
}

func applies(formats []string, doc *Document) bool {
	return len(formats) == 0 || slices.ContainsFunc(formats, func(f string) bool { return doc.formats[f] })
}

// place is where a finding points: at the name of a member, where that is meant,
// else where findings of spectral:oas point.
func place(n *openapi.Node, name bool) check.Location {
	if _, end := n.KeyOffsets(); name && end > 0 {
		return n.KeyLocation()
	}
	return oas.Place(n)
}

var placeholder = regexp.MustCompile(`\{\{\s*(\w+)\s*\}\}`)

// say is the message of a finding: the rule's, with what it asks for filled in;
// else its description, else what the function says. As in Spectral, path and
// property are those of the place that the finding points at, behind references;
// property goes on with what is missing there.
func (d *definition) say(p problem, at *openapi.Node, missing []string, t target) string {
	property, value := jsonpath.NameOf(at), t.value
	switch {
	case len(missing) > 0 && at.Parent() == nil:
		property = missing[len(missing)-1]
	case len(missing) > 0:
		property += "." + strings.Join(missing, ".")
	}
	if p.at != nil {
		value = p.at
	}
	fill := func(in string) string {
		return strings.TrimSpace(placeholder.ReplaceAllStringFunc(in, func(m string) string {
			switch placeholder.FindStringSubmatch(m)[1] {
			case "error":
				return p.text
			case "property":
				return property
			case "path":
				return "#" + at.Pointer()
			case "description":
				return d.description
			case "value":
				return shown(value)
			}
			return ""
		}))
	}
	switch {
	case d.message != "":
		return fill(d.message)
	case d.description != "":
		return d.description
	}
	if p.whole {
		return p.text
	}
	return subject(property) + p.text
}

// subject begins a sentence about a property.
func subject(property string) string {
	if property == "" {
		return "the document "
	}
	return fmt.Sprintf("%q ", property)
}

// maxShown bounds how much of a value a message shows.
const maxShown = 80

// shown is a value in a message.
func shown(n *openapi.Node) string {
	switch {
	case n == nil:
		return "undefined"
	case n.Is(openapi.Object), n.Is(openapi.Array):
		return n.Kind().String()
	}
	text := n.Text()
	if len(text) > maxShown {
		text = strings.ToValidUTF8(text[:maxShown], "") + "…"
	}
	return text
}
