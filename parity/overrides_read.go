package parity

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

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
// usage: every problem with its place, at most twenty.
type FileError struct {
	Name     string
	Problems []FileProblem
}

// FileProblem is one thing that is wrong; lines and columns count from 1.
type FileProblem struct {
	Line, Column int
	Message      string
}

// Error returns each problem as "file:line:column: message", one a line,
// without the file where it has no name.
func (e *FileError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message)
		if e.Name != "" {
			lines[i] = e.Name + ":" + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// ReadOverrides reads a parity.yaml; it may be JSON too. The name is used for
// messages and places. A file that says nothing decides nothing. The error is
// a *[FileError].
func ReadOverrides(name string, data []byte) (*Overrides, error) {
	o := &Overrides{Name: name}
	root, err := parseFile(name, data, MaxOverrides)
	if err != nil || root == nil {
		return o, err
	}
	if v, ok := root.Get("version").Float(); ok && v > overridesVersion {
		at := root.Get("version").Location()
		return nil, fileError(name, at, "version is %s; this plumb reads version %d", root.Get("version").Text(), overridesVersion)
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
		return nil, fileProblems(name, problems)
	}
	return o, nil
}

// parseFile reads a text as a tree; nil where nothing is in it.
func parseFile(name string, data []byte, limit int) (*openapi.Node, error) {
	switch {
	case len(data) > limit:
		return nil, fileError(name, check.Location{}, "the file is larger than %d MiB", limit>>20)
	case !utf8.Valid(data):
		return nil, fileError(name, check.Location{}, "the file is not UTF-8 text")
	case says(data) == 0:
		return nil, nil
	}
	root, err := openapi.ParseTree(name, data)
	var e *openapi.Error
	if errors.As(err, &e) {
		return nil, fileError(name, e.Finding.Location, "%s", e.Finding.Message)
	}
	if err != nil {
		return nil, err
	}
	if problems := root.Source().Problems(); len(problems) > 0 {
		e := &FileError{Name: name}
		for _, f := range problems[:min(len(problems), 20)] {
			e.add(f.Location, f.Message)
		}
		return nil, e
	}
	if root.Is(openapi.Null) {
		return nil, nil
	}
	return root, nil
}

// says counts the lines that are neither empty nor comments.
func says(data []byte) (lines int) {
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line != "" && line[0] != '#' && line != "---" {
			lines++
		}
	}
	return lines
}

func fileError(name string, at check.Location, format string, args ...any) error {
	e := &FileError{Name: name}
	e.add(at, fmt.Sprintf(format, args...))
	return e
}

// longestMessage bounds what is told of a problem: a parser may quote what a
// file has of any length.
const longestMessage = 500

func (e *FileError) add(at check.Location, message string) {
	if len(message) > longestMessage {
		message = strings.ToValidUTF8(message[:longestMessage], "") + "…"
	}
	e.Problems = append(e.Problems, FileProblem{max(at.Line, 1), max(at.Column, 1), message})
}

func fileProblems(name string, problems []form.Problem) error {
	e := &FileError{Name: name}
	for _, p := range problems {
		e.Problems = append(e.Problems, FileProblem(p))
	}
	return e
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
