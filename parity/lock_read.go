package parity

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// MaxLock is the largest parity.lock that is read: 32 MiB.
const MaxLock = 32 << 20

// ReadLock reads what [Lock.Write] wrote. The name is used for messages and
// places. A file that says nothing is a lock that knows nothing. The error is
// a *[FileError].
func ReadLock(name string, data []byte) (*Lock, error) {
	l := &Lock{Name: name, Matcher: MatcherVersion}
	root, err := form.Read(name, data, MaxLock)
	if err != nil || root == nil {
		return l, err
	}
	if v, ok := root.Get("version").Float(); ok && v > lockVersion {
		return nil, form.Errorf(name, root.Get("version").Location(),
			"version is %s; this plumb reads version %d", root.Get("version").Text(), lockVersion)
	}
	problems := form.Check(root, lockShape())
	if len(problems) == 0 {
		problems = l.read(root)
	}
	if len(problems) > 0 {
		return nil, form.Failed(name, problems)
	}
	l.sort()
	return l, nil
}

// lockShape is all that parity.lock may say.
func lockShape() *form.Shape {
	text := func(words ...string) *form.Shape { return &form.Shape{Kind: form.Text, Words: words} }
	number := &form.Shape{Kind: form.Number, Max: 1 << 31}
	status := text(string(StatusMatch), string(StatusPartial), string(StatusNone))
	entries := func(required []string, fields ...form.Field) *form.Shape {
		return &form.Shape{Kind: form.List, Item: &form.Shape{Kind: form.Mapping, Required: required, Fields: fields}}
	}
	return &form.Shape{Kind: form.Mapping, Required: []string{"version"}, Fields: []form.Field{
		{Key: "version", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: lockVersion}},
		{Key: "matcher", Shape: number},
		{Key: "operations", Shape: entries([]string{"operation", "status"},
			form.Field{Key: "operation", Shape: text()}, form.Field{Key: "status", Shape: status},
			form.Field{Key: "reason", Shape: text(reasonWords()...)},
			form.Field{Key: "graphql", Shape: &form.Shape{Kind: form.Texts, Item: text()}},
			form.Field{Key: "band", Shape: text(string(Auto), string(Review))})},
		{Key: "roots", Shape: entries([]string{"graphql", "status"},
			form.Field{Key: "graphql", Shape: text()}, form.Field{Key: "status", Shape: status})},
		{Key: "types", Shape: entries([]string{"rest", "status"},
			form.Field{Key: "rest", Shape: text()}, form.Field{Key: "status", Shape: status}, form.Field{Key: "graphql", Shape: text()},
			form.Field{Key: "band", Shape: text(string(Auto), string(Review))},
			form.Field{Key: "pairs", Shape: &form.Shape{Kind: form.Mapping, Item: text()}})},
		{Key: "fields", Shape: entries(nil, form.Field{Key: "rest", Shape: text()}, form.Field{Key: "graphql", Shape: text()})},
		{Key: "groups", Shape: entries([]string{"group"},
			form.Field{Key: "group", Shape: text()}, form.Field{Key: "none", Shape: number}, form.Field{Key: "partial", Shape: number},
			form.Field{Key: "root_none", Shape: number}, form.Field{Key: "root_partial", Shape: number}, form.Field{Key: "missing_fields", Shape: number})},
	}}
}

// read takes over what a sound file says and returns what it says twice.
func (l *Lock) read(root *openapi.Node) []form.Problem {
	var problems []form.Problem
	first := map[string]check.Location{}
	see := func(section, element string, n *openapi.Node) check.Location {
		at, key := n.Location(), section+"\x00"+element
		if before, ok := first[key]; ok && len(problems) < 20 {
			problems = append(problems, form.Problem{
				Line: at.Line, Column: at.Column,
				Message: fmt.Sprintf("%q is twice in %s; the first is at line %d", element, section, before.Line),
			})
		} else if !ok {
			first[key] = at
		}
		return at
	}
	if v, ok := root.Get("matcher").Int(); ok {
		l.Matcher = int(v)
	}
	for _, n := range root.Get("operations").Children() {
		op := LockedOperation{
			Operation: n.Get("operation").Text(), Status: Status(n.Get("status").Text()), Reason: Reason(n.Get("reason").Text()),
			GraphQL: coordinates(n.Get("graphql")), Band: Band(n.Get("band").Text()),
		}
		op.At = see("operations", template(op.Operation), n)
		l.Operations = append(l.Operations, op)
	}
	for _, n := range root.Get("roots").Children() {
		name := n.Get("graphql").Text()
		l.Roots = append(l.Roots, LockedRoot{GraphQL: name, Status: Status(n.Get("status").Text()), At: see("roots", name, n)})
	}
	for _, n := range root.Get("types").Children() {
		name := n.Get("rest").Text()
		l.Types = append(l.Types, LockedType{
			REST: name, Status: Status(n.Get("status").Text()), GraphQL: n.Get("graphql").Text(),
			Band: Band(n.Get("band").Text()), Pairs: textsByKey(n.Get("pairs")), At: see("types", name, n),
		})
	}
	for _, n := range root.Get("fields").Children() {
		l.Fields = append(l.Fields, LockedField{REST: n.Get("rest").Text(), GraphQL: n.Get("graphql").Text(), At: n.Location()})
	}
	for _, n := range root.Get("groups").Children() {
		name := n.Get("group").Text()
		l.Groups = append(l.Groups, LockedGroup{Group: name, At: see("groups", name, n), Counts: Counts{
			None: number(n, "none"), Partial: number(n, "partial"), Missing: number(n, "missing_fields"),
			RootNone: number(n, "root_none"), RootPartial: number(n, "root_partial"),
		}})
	}
	return problems
}

// textsByKey reads the texts of a mapping, nil where there are none.
func textsByKey(n *openapi.Node) map[string]string {
	if n.Len() == 0 {
		return nil
	}
	m := make(map[string]string, n.Len())
	for _, v := range n.Children() {
		m[v.Key()] = v.Text()
	}
	return m
}

func number(n *openapi.Node, key string) int {
	v, _ := n.Get(key).Int()
	return int(v)
}
