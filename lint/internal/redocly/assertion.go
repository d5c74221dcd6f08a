package redocly

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// Assertion is a configurable rule: what must hold of the objects of a kind, where
// what they are in is as it says.
type Assertion struct {
	id      string
	node    *openapi.Node
	subject *subject
	where   []*subject
}

// AssertionError says what is wrong with a configurable rule, at its place.
type AssertionError struct {
	Node *openapi.Node
	Text string
	// Plugin is an assertion that is a plugin's, "" where that is not the reason.
	Plugin string
}

func bad(n *openapi.Node, format string, args ...any) *AssertionError {
	return &AssertionError{Node: n, Text: fmt.Sprintf(format, args...)}
}

// subject is the objects of a kind, and what is asserted of them.
type subject struct {
	kind       string
	properties []string
	match      *ecma.Regexp
	in, out    []string
	hasIn      bool
	asserts    []assert
}

// assert is one assertion with its condition.
type assert struct {
	name      string
	condition *openapi.Node
	check     checker
}

// legacyKinds are older names of kinds, with which configurations may name them.
var legacyKinds = map[string]string{
	"DefinitionRoot": "Root", "ServerVariableMap": "ServerVariablesMap", "PathMap": "Paths", "PathsMap": "Paths",
	"CallbackMap": "CallbacksMap", "MediaTypeMap": "MediaTypesMap", "ExampleMap": "ExamplesMap",
	"EncodingsMap": "EncodingMap", "HeaderMap": "HeadersMap", "LinkMap": "LinksMap",
	"SecuritySchemeFlows": "OAuth2Flows", "ResponsesMap": "Responses",
}

// anyKind stands for objects of all kinds.
const anyKind = "any"

// NewAssertion reads a configurable rule.
func NewAssertion(id string, n *openapi.Node) (*Assertion, *AssertionError) {
	a := &Assertion{id: id, node: n}
	var err *AssertionError
	if a.subject, err = newSubject(n, true); err != nil {
		return nil, err
	}
	where := n.Get("where")
	if where != nil && !where.Is(openapi.Array) {
		return nil, bad(where, "where is %s; expected a list of subjects with assertions", where.Kind().WithArticle())
	}
	for _, w := range where.Children() {
		s, err := newSubject(w, false)
		if err != nil {
			return nil, err
		}
		a.where = append(a.where, s)
	}
	return a, nil
}

func newSubject(n *openapi.Node, last bool) (*subject, *AssertionError) {
	at := n.Get("subject")
	kind, ok := at.Get("type").Str()
	if !ok {
		return nil, bad(n, "subject has no type, the kind of object that it is about")
	}
	if newer := legacyKinds[kind]; newer != "" {
		kind = newer
	}
	if kind != anyKind && !typed.Known(kind) {
		return nil, bad(at.Get("type"), "there is no kind of object %q%s", kind, meantKind(kind))
	}
	if kind == anyKind && (!last || n.Get("where").Len() > 0) {
		return nil, bad(at.Get("type"), "subjects of any kind cannot have a where")
	}
	s := &subject{kind: kind}
	switch p := at.Get("property"); {
	case p.Is(openapi.Array):
		s.properties = texts(p)
	case ecma.Truthy(p):
		s.properties = []string{p.Text()}
	}
	if m := at.Get("matchParentKeys"); ecma.Truthy(m) {
		re, err := expression(m.Text())
		if err != nil {
			return nil, bad(m, "%v", err)
		}
		s.match = re
	}
	if in := at.Get("filterInParentKeys"); in.Is(openapi.Array) {
		s.in, s.hasIn = texts(in), true
	}
	if out := at.Get("filterOutParentKeys"); out.Is(openapi.Array) {
		s.out = texts(out)
	}
	return s, s.read(n.Get("assertions"), n)
}

func meantKind(kind string) string {
	if len(kind) > longest {
		return ""
	}
	if c := check.Closest(kind, typed.KnownNames()); c != "" {
		return fmt.Sprintf("; did you mean %q?", c)
	}
	return ""
}

func (s *subject) read(n, rule *openapi.Node) *AssertionError {
	if !n.Is(openapi.Object) {
		return bad(rule, "there are no assertions, a mapping of what must hold")
	}
	for _, m := range n.Children() {
		name := m.Key()
		if strings.Contains(name, "/") {
			return &AssertionError{Node: m, Plugin: name, Text: name + " is of a plugin"}
		}
		c, ok := checkers[name]
		if !ok {
			text := fmt.Sprintf("there is no assertion %q", short(name))
			if meant := check.Closest(short(name), assertionNames); meant != "" {
				text += fmt.Sprintf("; did you mean %q?", meant)
			}
			return bad(m, "%s", text)
		}
		switch {
		case c.keys && len(s.properties) > 0:
			return bad(m, "%s is about the names of members, so the subject can have no property", name)
		case c.values && len(s.properties) == 0:
			return bad(m, "%s is about a value, so the subject needs a property", name)
		}
		if problem := c.valid(m); problem != "" {
			return bad(m, "%s %s", name, problem)
		}
		s.asserts = append(s.asserts, assert{name, m, c})
	}
	return nil
}

// Summary says in one sentence what the rule is about.
func (a *Assertion) Summary() string {
	names := make([]string, len(a.subject.asserts))
	for i, s := range a.subject.asserts {
		names[i] = s.name
	}
	of := a.subject.kind
	if len(a.subject.properties) > 0 {
		of = strings.Join(a.subject.properties, ", ") + " of " + of
	}
	return fmt.Sprintf("%s: %s.", of, strings.Join(names, ", "))
}

// Rule makes the rule for one walk.
func (a *Assertion) Rule() *typed.Rule {
	if a.subject.kind == anyKind {
		return &typed.Rule{Any: a.judge}
	}
	target := typed.Visitor{Enter: a.judge, Skip: a.subject.skip(false)}
	visitors := typed.Visitors{}
	if len(a.where) == 0 {
		visitors[a.subject.kind] = target
		return &typed.Rule{Visit: visitors}
	}
	// From the innermost: the last of where may be about the same objects.
	kinds, levels := []string{}, []typed.Visitor{}
	for i, w := range a.where {
		if w.kind == a.subject.kind && i == len(a.where)-1 {
			own, outer := target.Skip, w.skip(true)
			target.Skip = func(c *typed.Context) bool { return outer(c) || own(c) }
			continue
		}
		kinds, levels = append(kinds, w.kind), append(levels, typed.Visitor{Skip: w.skip(true)})
	}
	kinds, levels = append(kinds, a.subject.kind), append(levels, target)
	for i := len(levels) - 2; i >= 0; i-- {
		levels[i].In = typed.Visitors{kinds[i+1]: levels[i+1]}
	}
	visitors[kinds[0]] = levels[0]
	return &typed.Rule{Visit: visitors}
}

// skip says which objects are left out: by their names, and where asked by what is
// asserted of them.
func (s *subject) skip(asserted bool) func(c *typed.Context) bool {
	return func(c *typed.Context) bool {
		if s.match != nil {
			if found, err := finds(s.match, c.Key); !found || err != nil {
				return true
			}
		}
		if s.hasIn && !contains(s.in, c.Key) || contains(s.out, c.Key) {
			return true
		}
		return asserted && len(s.problems(c)) > 0
	}
}

// judge reports what does not hold of an object, once for each place.
func (a *Assertion) judge(c *typed.Context) {
	found := a.subject.problems(c)
	for i, p := range found {
		pointer := p.at.Pointer()
		same := func(o mistake) bool { return o.at.Node.Source() == p.at.Node.Source() && o.at.Pointer() == pointer }
		if slices.ContainsFunc(found[:i], same) {
			continue
		}
		var all []string
		for _, o := range found[i:] {
			if same(o) {
				all = append(all, o.text)
			}
		}
		c.Report(p.at, a.message(c, all))
	}
}

// message is what the rule says, with what it asks for filled in.
func (a *Assertion) message(c *typed.Context, problems []string) string {
	text := a.node.Get("message").Text()
	if text == "" {
		text = strings.Join(problems, "; ")
	} else {
		text = strings.NewReplacer(
			"{{problems}}", strings.Join(problems, "; "), "{{assertionName}}", a.id, "{{nodeType}}", a.subject.kind,
			"{{property}}", strings.Join(a.subject.properties, ", "), "{{key}}", short(c.Key),
			"{{pointer}}", "#"+c.Node.Pointer(), "{{file}}", path.Base(c.Node.Source().Name()),
		).Replace(text)
	}
	if suggest := a.node.Get("suggest"); suggest.Len() > 0 {
		var list []string
		for _, s := range suggest.Children() {
			list = append(list, quoted(s))
		}
		text += "; suggested: " + strings.Join(list, ", ")
	}
	return text
}

// mistake is one thing that does not hold.
type mistake struct {
	at   typed.Place
	text string
}

// problems are what does not hold of an object.
func (s *subject) problems(c *typed.Context) []mistake {
	var list []mistake
	for _, a := range s.asserts {
		base := c.At()
		if a.name == "ref" {
			base = c.RawAt()
		}
		if len(s.properties) == 0 {
			v := operand{c: c, base: base, raw: c.Raw, list: c.Node.Is(openapi.Array), names: !c.Node.Is(openapi.Array), node: c.Node}
			list = append(list, a.check.check(&v, a.condition)...)
			continue
		}
		for _, p := range s.properties {
			node := c.Walk.Resolve(c.Node.Get(p)).Node
			v := operand{c: c, base: base.Child(p), raw: c.Raw.Get(p), list: node.Is(openapi.Array), node: node}
			list = append(list, a.check.check(&v, a.condition)...)
		}
	}
	return list
}
