package usage

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
)

// walker goes through the text of a query once and finds what it uses, without
// making a tree: logs have many texts and each is looked at for one thing. It
// takes some texts that a strict parser refuses; those that such a parser takes
// it takes in the same sense.
//
// Once bad is set, nothing is read any more.
type walker struct {
	*queries
	text  string
	at    int
	depth int
	bad   bool
	def   *definition // the one at hand
	hits  *[]int      // where hits go: those of the definition, or of a variable
}

// definition is an operation or a fragment by itself.
type definition struct {
	operation
	spreads []string // names of the fragments that it spreads
	strange bool
}

const (
	maxQueryDepth = 1000 // how deep selections and values may nest
	maxOperations = 200  // of one text
)

// read finds what a text uses.
func (q *queries) read(text string) *document {
	w := &walker{queries: q, text: text}
	operations, fragments := w.definitions()
	if w.bad || len(operations) == 0 || len(operations) > maxOperations {
		return &document{}
	}
	d := &document{valid: true}
	for _, op := range operations {
		op.reach(fragments)
		d.strange = d.strange || op.strange
		d.operations = append(d.operations, op.operation)
	}
	return d
}

// reach adds what the fragments use that an operation spreads, over any number
// of steps. What a fragment uses depends on its own type alone.
func (d *definition) reach(fragments map[string]*definition) {
	if len(d.spreads) == 0 {
		return
	}
	seen := map[string]bool{}
	for queue := slices.Clone(d.spreads); len(queue) > 0; queue = queue[1:] {
		name := queue[0]
		f := fragments[name]
		if seen[name] || f == nil {
			continue
		}
		seen[name] = true
		d.strange = d.strange || f.strange
		for _, index := range f.hits {
			if !slices.Contains(d.hits, index) {
				d.hits = append(d.hits, index)
			}
		}
		queue = append(queue, f.spreads...)
	}
}

func (w *walker) definitions() (operations []*definition, fragments map[string]*definition) {
	for !w.bad {
		c := w.peek()
		if c == '"' { // a description
			w.string()
			c = w.peek()
		}
		if c == 0 {
			if w.at < len(w.text) {
				w.bad = true
			}
			return operations, fragments
		}
		d := &definition{}
		w.def, w.hits = d, &d.hits
		if c == '{' {
			w.selections(w.schema.Query, false)
			operations = append(operations, d)
			continue
		}
		switch w.name() {
		case "query":
			w.operation(w.schema.Query)
			operations = append(operations, d)
		case "mutation":
			w.operation(w.schema.Mutation)
			operations = append(operations, d)
		case "subscription":
			w.operation(w.schema.Subscription)
			operations = append(operations, d)
		case "fragment":
			d.name = w.name()
			w.variableDefinitions()
			if w.name() != "on" {
				w.bad = true
			}
			on := w.condition(w.name(), false)
			w.directives(false)
			w.selections(on, false)
			if fragments == nil {
				fragments = map[string]*definition{}
			}
			if fragments[d.name] == nil {
				fragments[d.name] = d
			}
		default:
			w.bad = true
		}
	}
	return operations, fragments
}

func (w *walker) operation(root *graphql.Type) {
	if isNameStart(w.peek()) {
		w.def.name = w.name()
	}
	w.variableDefinitions()
	w.directives(false)
	w.selections(root, false)
}

func (w *walker) variableDefinitions() {
	if !w.take('(') {
		return
	}
	for !w.bad {
		if w.peek() == '"' {
			w.string()
		}
		w.expect('$')
		name := w.name()
		w.expect(':')
		t := w.schema.Type(w.typeName())
		if t == nil || !t.IsInput() {
			w.def.strange, t = true, nil
		}
		v := variable{name: name, typ: t}
		if w.take('=') {
			w.hits = &v.hits
			w.value(t, true)
			w.hits = &w.def.hits
		}
		w.directives(false)
		if w.deep[t] {
			w.def.variables = append(w.def.variables, v)
		}
		if w.take(')') {
			return
		}
	}
}

// typeName reads a type and returns the name inside its wrappers.
func (w *walker) typeName() string {
	wrappers := 0
	for w.take('[') {
		if wrappers++; wrappers > maxQueryDepth {
			w.bad = true
			return ""
		}
	}
	name := w.name()
	w.take('!')
	for range wrappers {
		w.expect(']')
		w.take('!')
	}
	return name
}

// enter goes one level deeper; leave must follow where it is true.
func (w *walker) enter() bool {
	if w.depth++; w.depth > maxQueryDepth {
		w.bad = true
	}
	return !w.bad
}

// selections reads a selection set. Quiet says that nothing in it counts: it
// is below what the schema does not have, or introspection. On is nil below a
// type that the schema does not have.
func (w *walker) selections(on *graphql.Type, quiet bool) {
	w.expect('{')
	if !w.enter() {
		return
	}
	for !w.bad {
		if w.peek() == '.' {
			w.fragment(on, quiet)
		} else {
			w.field(on, quiet)
		}
		if w.take('}') {
			break
		}
	}
	w.depth--
}

func (w *walker) fragment(on *graphql.Type, quiet bool) {
	if !strings.HasPrefix(w.text[w.at:], "...") {
		w.bad = true
		return
	}
	w.at += 3
	name := ""
	if isNameStart(w.peek()) {
		name = w.name()
	}
	if name != "" && name != "on" {
		if !quiet {
			w.def.spreads = append(w.def.spreads, name)
		}
		w.directives(quiet)
		return
	}
	if name == "on" {
		on = w.condition(w.name(), quiet)
	}
	w.directives(quiet)
	w.selections(on, quiet)
}

func (w *walker) condition(name string, quiet bool) *graphql.Type {
	t := w.schema.Type(name)
	if t == nil && !quiet {
		w.def.strange = true
	}
	return t
}

func (w *walker) field(on *graphql.Type, quiet bool) {
	name := w.name()
	if w.take(':') {
		name = w.name()
	}
	var def *graphql.Field
	known := false
	if !quiet && !strings.HasPrefix(name, "__") {
		if on != nil {
			def = on.Field(name)
		}
		if known = def != nil; known {
			w.hit(def)
		} else {
			w.def.strange = true
		}
	}
	if w.take('(') {
		for !w.bad {
			arg := w.name()
			w.expect(':')
			var t *graphql.Type
			if known {
				t = w.argument(def.Arg(arg))
			}
			w.value(t, false)
			if w.take(')') {
				break
			}
		}
	}
	w.directives(quiet)
	if w.peek() == '{' {
		var of *graphql.Type
		if known {
			of = def.Type.Type()
		}
		w.selections(of, !known)
	}
}

// argument counts an argument and returns its type.
func (w *walker) argument(a *graphql.InputValue) *graphql.Type {
	if a == nil {
		w.def.strange = true
		return nil
	}
	w.hit(a)
	return a.Type.Type()
}

func (w *walker) directives(quiet bool) {
	for w.take('@') {
		var def *graphql.DirectiveDefinition
		if name := w.name(); !quiet {
			def = w.schema.Directive(name)
		}
		if def != nil {
			w.hit(def)
		}
		if !w.take('(') {
			continue
		}
		for !w.bad {
			name := w.name()
			w.expect(':')
			var t *graphql.Type
			if def != nil {
				if a := def.Arg(name); a != nil {
					t = w.argument(a)
				}
			}
			w.value(t, false)
			if w.take(')') {
				break
			}
		}
	}
}

func (w *walker) hit(e graphql.Element) {
	if index, ok := w.watched[e]; ok && !slices.Contains(*w.hits, index) {
		*w.hits = append(*w.hits, index)
	}
}
