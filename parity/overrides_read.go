package parity

import (
	"fmt"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// maxExempt is how many patterns there may be: each is compared with every
// name.
const maxExempt = 2000

// overridesVersion is the newest version of parity.yaml that is read.
const overridesVersion = 1

// FileError says what is wrong with a parity.yaml, a parity.lock or a file of
// usage: every problem with its place, at most twenty. Its fields are Name and
// Problems.
type FileError = form.FileError

// FileProblem is one thing that is wrong: Line and Column, which count from 1,
// and Message.
type FileProblem = form.Problem

// ReadOverrides reads a parity.yaml; it may be JSON too. The name is used for
// messages and places. A file that says nothing decides nothing. The error is
// a *[FileError].
func ReadOverrides(name string, data []byte) (*Overrides, error) {
	o := &Overrides{Name: name}
	root, err := form.Read(name, data, MaxOverrides)
	if err != nil || root == nil {
		return o, err
	}
	if v, ok := root.Get("version").Float(); ok && v > overridesVersion {
		at := root.Get("version").Location()
		return nil, form.Errorf(name, at, "version is %s; this plumb reads version %d", root.Get("version").Text(), overridesVersion)
	}
	problems := form.Check(root, overridesShape())
	if len(problems) == 0 {
		o.read(root)
		problems = o.twice()
		if len(o.Exempt) > maxExempt {
			at := root.Get("exempt").Location()
			problems = append(problems, form.Problem{Line: at.Line, Column: at.Column, Message: fmt.Sprintf("exempt has more than %d entries", maxExempt)})
		}
	}
	if len(problems) > 0 {
		return nil, form.Failed(name, problems)
	}
	return o, nil
}

// read takes over what a sound file says.
func (o *Overrides) read(root *openapi.Node) {
	o.Direction = Direction(root.Get("direction").Text())
	o.Min, _ = root.Get("min").Float()
	o.Usage = root.Get("usage").Text()
	if root.Get("packs").Is(openapi.Array) {
		o.Packs = texts(root.Get("packs"))
	}
	for _, group := range root.Get("words").Children() {
		o.Words = append(o.Words, texts(group))
	}
	for _, n := range root.Get("groups").Children() {
		o.Groups = append(o.Groups, GroupPolicy{
			Tag: n.Get("tag").Text(), Need: Need(n.Get("parity").Text()),
			Direction: Direction(n.Get("direction").Text()), Note: note(n),
		})
	}
	for _, n := range root.Get("operations").Children() {
		o.Operations = append(o.Operations, OperationOverride{
			Operation: n.Get("operation").Text(), GraphQL: coordinates(n.Get("graphql")),
			Partial: Reason(n.Get("partial").Text()), Note: note(n),
		})
	}
	for _, n := range root.Get("types").Children() {
		o.Types = append(o.Types, TypeOverride{REST: n.Get("rest").Text(), GraphQL: unlessNone(n.Get("graphql").Text()), Note: note(n)})
	}
	for _, n := range root.Get("fields").Children() {
		o.Fields = append(o.Fields, FieldOverride{REST: n.Get("rest").Text(), GraphQL: unlessNone(n.Get("graphql").Text()), Note: note(n)})
	}
	for _, n := range root.Get("exempt").Children() {
		o.Exempt = append(o.Exempt, Exemption{
			Operation: n.Get("operation").Text(), GraphQL: n.Get("graphql").Text(),
			Type: n.Get("type").Text(), Field: n.Get("field").Text(), Note: note(n),
		})
	}
}

func note(n *openapi.Node) Note {
	until, _ := time.Parse(time.DateOnly, n.Get("until").Text())
	return Note{Reason: n.Get("reason").Text(), Owner: n.Get("owner").Text(), Until: until, At: n.Location()}
}

// coordinates reads one coordinate or a list of them; none is no coordinate.
func coordinates(n *openapi.Node) []string {
	if !n.Is(openapi.Array) {
		if text := unlessNone(n.Text()); text != "" {
			return []string{text}
		}
		return nil
	}
	var all []string
	for _, text := range texts(n) {
		if text != none {
			all = append(all, text)
		}
	}
	return all
}

func texts(n *openapi.Node) []string {
	all := make([]string, n.Len())
	for i, c := range n.Children() {
		all[i] = c.Text()
	}
	return all
}

func unlessNone(text string) string {
	if text == none {
		return ""
	}
	return text
}

// twice finds what is decided twice.
func (o *Overrides) twice() []form.Problem {
	var problems []form.Problem
	first := map[string]check.Location{}
	see := func(section, element string, at check.Location) {
		key := section + "\x00" + element
		if before, ok := first[key]; !ok {
			first[key] = at
		} else if len(problems) < 20 {
			problems = append(problems, form.Problem{
				Line: at.Line, Column: at.Column,
				Message: fmt.Sprintf("%q is decided twice in %s; the first is at line %d", element, section, before.Line),
			})
		}
	}
	for i := range o.Groups {
		see("groups", o.Groups[i].Tag, o.Groups[i].At)
	}
	for i := range o.Operations {
		see("operations", template(o.Operations[i].Operation), o.Operations[i].At)
	}
	for i := range o.Types {
		see("types", o.Types[i].REST, o.Types[i].At)
	}
	for i := range o.Fields {
		see("fields", o.Fields[i].REST, o.Fields[i].At)
	}
	return problems
}
