package spectral

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/jsonpath"
	"github.com/plumbapi/plumb/openapi"
)

// definition is one rule of a ruleset.
type definition struct {
	name string
	node *openapi.Node
	// message and description are as they are written, with {{…}}.
	message, description string
	page                 string
	severity             check.Severity
	off                  bool
	resolved             bool
	formats              []string // empty for all
	given                []given
	then                 []then
}

// given is a path, and the formats that it is for; empty for all.
type given struct {
	path    *jsonpath.Path
	formats []string
}

// then is what must hold of a value, or of a field of it.
type then struct {
	field field
	check checker
}

// definitionKeys are the members that a rule may have.
var definitionKeys = []string{"description", "message", "severity", "given", "then", "resolved", "recommended", "formats", "enabled", "documentationUrl", "tags", "type", "extends", "id", "category", "howToFix"}

// define reads a rule.
func define(n *openapi.Node, l *layer, formats []string) (*definition, error) {
	for _, m := range n.Children() {
		if !slices.Contains(definitionKeys, m.Key()) && !strings.HasPrefix(m.Key(), "x-") {
			return nil, &Error{At: m.KeyLocation(), Text: "a rule has no member " + m.Key() + closest(m.Key(), definitionKeys)}
		}
	}
	d := &definition{
		name: n.Key(), node: n, severity: check.Warning, formats: formats,
		message: n.Get("message").Text(), description: n.Get("description").Text(), page: n.Get("documentationUrl").Text(),
		resolved: !isFalse(n.Get("resolved")), off: isFalse(n.Get("recommended")) || isFalse(n.Get("enabled")),
	}
	if s := n.Get("severity"); s != nil {
		off, severity, err := severityOf(s)
		if err != nil {
			return nil, err
		}
		d.off = d.off || off
		if severity != 0 {
			d.severity = severity
		}
	}
	if f := n.Get("formats"); f != nil {
		var err error
		if d.formats, err = formatList(f); err != nil {
			return nil, err
		}
	}
	var err error
	if d.given, err = givens(n, l.aliases); err != nil {
		return nil, err
	}
	d.then, err = thens(n, l.functions)
	return d, err
}

func isFalse(n *openapi.Node) bool { return n.Is(openapi.Bool) && !n.IsTrue() }

// formatList reads names of formats.
func formatList(n *openapi.Node) ([]string, error) {
	var list []string
	for _, f := range n.Children() {
		name, ok := formatName(f.Text())
		if !ok {
			return nil, wrong(f, "%q is no format%s", f.Text(), closest(f.Text(), formatNames))
		}
		list = append(list, name)
	}
	return list, nil
}

// oneOrMore are the elements of an array, or the value alone.
func oneOrMore(n *openapi.Node) []*openapi.Node {
	if n.Is(openapi.Array) {
		return n.Children()
	}
	return []*openapi.Node{n}
}

// givens reads given.
func givens(rule *openapi.Node, aliases map[string]*openapi.Node) ([]given, error) {
	n := rule.Get("given")
	if n == nil || n.Is(openapi.Array) && n.Len() == 0 {
		return nil, wrong(rule, "the rule has no given: the JSONPath of the values that it is about")
	}
	var list []given
	for _, g := range oneOrMore(n) {
		text, ok := g.Str()
		if !ok {
			return nil, wrong(g, "given is a JSONPath, and this is %s", g.Kind().WithArticle())
		}
		expanded, err := expand(text, aliases, nil)
		if err != nil {
			return nil, wrong(g, "%v", err)
		}
		for _, e := range expanded {
			p, err := jsonpath.Parse(e.text)
			if err != nil {
				return nil, wrong(g, "%v", err)
			}
			list = append(list, given{p, e.formats})
		}
	}
	return list, nil
}

// expansion is a path without aliases, and the formats that it is for.
type expansion struct {
	text    string
	formats []string
}

// expand replaces the alias that a path begins with: #Name, or #Name and more.
func expand(text string, aliases map[string]*openapi.Node, within []string) ([]expansion, error) {
	if !strings.HasPrefix(text, "#") {
		return []expansion{{text: text}}, nil
	}
	end := strings.IndexAny(text, ".[^~")
	if end < 0 {
		end = len(text)
	}
	name, rest := text[1:end], text[end:]
	if slices.Contains(within, name) {
		return nil, fmt.Errorf("the alias %s leads to itself", name)
	}
	a := aliases[name]
	if a == nil {
		return nil, fmt.Errorf("there is no alias %s", name)
	}
	within = append(within[:len(within):len(within)], name)
	var list []expansion
	add := func(paths *openapi.Node, formats []string) error {
		for _, p := range oneOrMore(paths) {
			more, err := expand(p.Text(), aliases, within)
			if err != nil {
				return err
			}
			for _, e := range more {
				list = append(list, expansion{e.text + rest, append(e.formats, formats...)})
			}
		}
		return nil
	}
	if len(within) > 20 {
		return nil, fmt.Errorf("aliases lead from one to the next more than 20 times")
	}
	targets := a.Get("targets")
	if targets == nil {
		if given := a.Get("given"); given != nil {
			a = given
		}
		return list, add(a, nil)
	}
	for _, t := range targets.Children() {
		formats, err := formatList(t.Get("formats"))
		if err != nil {
			return nil, err
		}
		if err := add(t.Get("given"), formats); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// thens reads then.
func thens(rule *openapi.Node, own map[string]maker) ([]then, error) {
	n := rule.Get("then")
	if n == nil || n.Is(openapi.Array) && n.Len() == 0 {
		return nil, wrong(rule, "the rule has no then: what must hold of the values")
	}
	var list []then
	for _, t := range oneOrMore(n) {
		f := t.Get("function")
		name, ok := f.Str()
		if !ok {
			return nil, wrong(t, "then has no function")
		}
		make, ok := functions[name]
		if m, found := own[name]; found {
			make, ok = m.make, true
		}
		if !ok {
			return nil, wrong(f, "there is no function %s%s", name, closest(name, append(functionNames(), slices.Sorted(maps.Keys(own))...)))
		}
		c, err := make(t.Get("functionOptions"), f)
		if err != nil {
			return nil, err
		}
		at, err := parseField(t.Get("field"))
		if err != nil {
			return nil, err
		}
		list = append(list, then{at, c})
	}
	return list, nil
}
