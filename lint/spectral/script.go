package spectral

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/script"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// isScript reports whether a ruleset is a program, by its name.
func isScript(name string) bool {
	switch path.Ext(name) {
	case ".js", ".mjs", ".cjs", ".ts":
		return !isURL(name)
	}
	return false
}

// scripts is the loader of scripts, one for all of a reading.
func (r *reading) scripts() *script.Loader {
	if r.programs == nil {
		r.programs = script.NewLoader(r.loader.FS, host(), script.DefaultLimits())
	}
	return r.programs
}

// host is what scripts get from here.
func host() script.Host {
	return script.Host{Functions: functionNames(), Function: callCore, Formats: formatNames, Rulesets: map[string]func() []byte{"spectral:oas": builtInJSON}}
}

// builtInJSON is spectral:oas as scripts see it: its rules with what is known of
// them here.
func builtInJSON() []byte {
	type rule struct {
		Description string         `json:"description"`
		Severity    int            `json:"severity"`
		Recommended bool           `json:"recommended"`
		Formats     []string       `json:"formats,omitempty"`
		Resolved    *bool          `json:"resolved,omitempty"`
		Given       string         `json:"given,omitempty"`
		Then        map[string]any `json:"then,omitempty"`
	}
	no := false
	var out bytes.Buffer
	out.WriteString(`{"rules":{`)
	for i, m := range builtInRules() {
		name, _ := json.Marshal(m.ID)
		said := rule{Description: m.Summary, Severity: numbered(m.Severity), Recommended: !m.OptIn}
		switch m.ID { // those that programs are known to change
		case "no-$ref-siblings":
			said.Given, said.Resolved, said.Formats = "$..[?(@property === '$ref')]", &no, []string{"oas2", "oas3_0"}
			said.Then = map[string]any{"function": refSiblings}
		case "typed-enum":
			said.Given, said.Then = "$..[?(@ && @.enum && @.type)]", map[string]any{"function": "typedEnum"}
		}
		text, _ := json.Marshal(said)
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(text)
	}
	out.WriteString("}}")
	return out.Bytes()
}

// refSiblings is the name of a function that rulesets do not name themselves:
// what stands beside a reference.
const refSiblings = "plumb:refSiblings"

func newRefSiblings(_, _ *openapi.Node) (checker, error) {
	return func(c *call) ([]problem, error) {
		var list []problem
		holder := c.at.Parent()
		route := c.route()
		if !c.value.Is(openapi.String) || len(route) == 0 {
			return nil, nil
		}
		for _, n := range holder.Children() {
			if n.Key() != "$ref" {
				list = append(list, problem{
					text: fmt.Sprintf("%q stands beside $ref and is ignored", n.Key()), whole: true,
					at: n, route: with(route[:len(route)-1], n.Key()), absolute: true,
				})
			}
		}
		return list, nil
	}, nil
}

// numbered is a severity as Spectral counts them.
func numbered(s check.Severity) int {
	switch s {
	case check.Error:
		return 0
	case check.Warning:
		return 1
	}
	return 2
}

// callCore is a call of a core function by a script.
func callCore(name string, value, options *openapi.Node) ([]script.Finding, error) {
	check, err := functions[name](options, openapi.NewString(name))
	if err != nil {
		var wrong *Error
		if errors.As(err, &wrong) {
			return nil, errors.New(wrong.Text)
		}
		return nil, err
	}
	problems, err := check(&call{doc: &Document{root: value}, target: target{value: value, at: value}})
	if err != nil {
		return nil, err
	}
	var list []script.Finding
	for _, p := range problems {
		text := p.text
		if !p.whole {
			text = fmt.Sprintf("%q %s", shown(value), text)
		}
		list = append(list, script.Finding{Message: text, Path: p.route})
	}
	return list, nil
}

// program reads a ruleset that is a program.
func (r *reading) program(name string) (*layer, error) {
	set, err := r.scripts().Ruleset(r.ctx, name)
	if err != nil {
		return nil, scriptError(name, err)
	}
	root, err := openapi.ParseTree(name, set.JSON)
	if err != nil {
		return nil, scriptError(name, err)
	}
	made := map[string]*script.Function{}
	maps.Copy(made, set.Functions)
	l, err := r.ruleset(name, root, made)
	var wrong *Error
	if errors.As(err, &wrong) && wrong.At.File == name && wrong.At.Element != "" {
		return nil, &Error{At: check.Location{File: name, Line: 1, Column: 1}, Text: "at " + wrong.At.Element + " of what the program exports: " + wrong.Text}
	}
	return l, err
}

// scriptError is an error of a script at its place.
func scriptError(name string, err error) error {
	var e *script.Error
	if errors.As(err, &e) {
		return &Error{At: check.Location{File: e.File, Line: max(e.Line, 1), Column: max(e.Column, 1)}, Text: e.Text}
	}
	return &Error{At: check.Location{File: name, Line: 1, Column: 1}, Text: err.Error()}
}

// declared reads functions and functionsDir of a ruleset: the functions of its
// own that its rules may name.
func (r *reading) declared(name string, root *openapi.Node, made map[string]*script.Function) (map[string]maker, error) {
	own := map[string]maker{}
	for word, f := range made {
		own[word] = maker{function: f}
	}
	if made != nil {
		own[refSiblings] = maker{core: newRefSiblings}
	}
	list := root.Get("functions")
	if list.Len() == 0 {
		return own, nil
	}
	if !list.Is(openapi.Array) {
		return nil, wrong(list, "functions is a list of the names of functions")
	}
	if isURL(name) {
		return nil, wrong(list, "the ruleset is of another host, and functions of other hosts are not run")
	}
	dir := "functions"
	if d := root.Get("functionsDir"); d != nil {
		dir = d.Text()
	}
	for _, n := range list.Children() {
		which, options := n, (*openapi.Node)(nil)
		if n.Is(openapi.Array) {
			which, options = n.At(0), n.At(1)
		}
		text, ok := which.Str()
		if !ok || text == "" {
			return nil, wrong(n, `functions are named, alone or as ["name", the JSON Schema of its options]`)
		}
		file := path.Join(path.Dir(name), dir, text)
		if path.Ext(file) == "" {
			file += ".js"
		}
		f, err := r.scripts().Function(r.ctx, file)
		if err != nil {
			var e *script.Error
			if errors.As(err, &e) && e.Line > 0 {
				return nil, scriptError(file, err)
			}
			return nil, wrong(which, "%v", err)
		}
		m := maker{function: f}
		if options.Is(openapi.Object) {
			m.options = jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{ErrorMessage: true}).Compile(options)
		}
		own[strings.TrimSuffix(path.Base(text), path.Ext(text))] = m
	}
	return own, nil
}

// maker makes checkers of a function in JavaScript.
type maker struct {
	function *script.Function
	options  *jsonschema.Schema                                 // nil where they may be anything
	core     func(options, name *openapi.Node) (checker, error) // in its place, one of plumb's
}

func (m maker) make(options, name *openapi.Node) (checker, error) {
	if m.core != nil {
		return m.core(options, name)
	}
	if m.options != nil {
		errs, err := m.options.Validate(options, jsonschema.Mode{})
		if err != nil {
			return nil, wrong(name, "%v", err)
		}
		if len(errs) > 0 {
			at := options
			if at == nil {
				at = name
			}
			return nil, wrong(at, "the options of %s: %s", name.Text(), errs[0].Message())
		}
	}
	return func(c *call) ([]problem, error) {
		route := c.route()
		found, err := c.doc.session(m.function).Call(c.ctx, m.function, script.Call{
			Value: c.value, Options: options, Resolved: c.resolved, Path: route,
			Rule: script.Rule{Name: c.rule.name, Description: c.rule.description, Message: c.rule.message, Severity: numbered(c.rule.severity), Resolved: c.resolved},
		})
		if err != nil {
			return nil, err
		}
		var list []problem
		for _, f := range found {
			p := problem{text: f.Message, whole: true}
			if f.HasPath && !slices.Equal(f.Path, route) {
				p.at, p.missing = c.doc.closest(f.Path, c.resolved)
				p.route, p.absolute = f.Path, true
			}
			list = append(list, p)
		}
		return list, nil
	}, nil
}

// session is the session of the document for the functions of a loader.
func (d *Document) session(f *script.Function) *script.Session {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.sessions[f.Loader()]
	if s == nil {
		if d.sessions == nil {
			d.sessions = map[*script.Loader]*script.Session{}
		}
		s = f.Loader().NewSession(script.Subject{
			Name: d.root.Location().File, Root: d.root, Follow: d.unrolled, References: d.references,
			Formats: slices.DeleteFunc(slices.Sorted(maps.Keys(d.formats)), func(f string) bool { return !d.formats[f] }),
		})
		d.sessions[f.Loader()] = s
	}
	return s
}

// closest is what a path from the root leads to, or as far as it leads, and the
// names that it leads no further by.
func (d *Document) closest(path []string, resolved bool) (at *openapi.Node, missing []string) {
	at = d.root
	for i, name := range path {
		next := at.Find(name)
		if next == nil {
			return at, path[i:]
		}
		if resolved {
			next = d.resolve(next)
		}
		at = next
	}
	return at, nil
}
