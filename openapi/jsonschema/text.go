package jsonschema

import (
	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/openapi"
)

// Text tells JSON texts that match a schema from others in one pass, without a
// tree. It is for answers under load, nearly all of which match.
type Text struct {
	root *textSchema
}

// NewText compiles a schema further, for a side: Mode's Request and Response
// count. It must not run while another goroutine uses the compiler; what it
// returns is safe for concurrent use.
func NewText(s *Schema, m Mode) *Text {
	b := textBuilder{mode: m, done: map[*Schema]*textSchema{}}
	t := &Text{root: b.schema(s)}
	for len(b.queue) > 0 {
		next := b.queue[len(b.queue)-1]
		b.queue = b.queue[:len(b.queue)-1]
		b.fill(next)
	}
	return t
}

// Matches reports whether a text is JSON that matches the schema for sure. False
// means that it does not, or that a tree is needed to tell: keywords such as
// not and contains, and values beyond some bounds, are left to
// [Schema.Validate]. A text in which an object has a name twice may be judged
// otherwise than its tree, which has the last value only.
func (t *Text) Matches(text []byte) bool {
	r := textRun{s: jsonscan.View(text), steps: maxTextSteps}
	end, v := r.value(t.root, jsonscan.Space(r.s, 0), 0)
	return v == yes && jsonscan.Space(r.s, end) == len(r.s)
}

// maxTextSteps bounds the schemas that are applied for one text.
const maxTextSteps = 1_000_000

// verdict is what is known of a value.
type verdict uint8

const (
	yes verdict = iota
	no
	unknown
)

// textSchema is a schema as a pass over a text needs it.
type textSchema struct {
	from    *Schema
	always  bool
	verdict verdict // no or unknown: without a look at the value
	types   typeSet
	all     []*textSchema // allOf, and a $ref with siblings
	anyOf   []*textSchema
	oneOf   []*textSchema
	values  *textValues // enum and const
	number  *numberRules
	text    *stringRules
	array   *textArray
	object  *textObject
}

// textValues are the scalars of an enum.
type textValues struct {
	strings map[string]bool
	numbers []float64
	words   []string // true, false, null
}

type textArray struct {
	minItems, maxItems int
	prefix             []*textSchema
	rest               *textSchema // nil: anything
	unique             bool
}

type textObject struct {
	min, max   int
	properties []textProperty
	byName     map[string]int
	required   uint64      // bits of properties
	additional *textSchema // nil: anything
}

type textProperty struct {
	name   string
	schema *textSchema
	bit    uint64 // where it is required
}

type textBuilder struct {
	mode  Mode
	done  map[*Schema]*textSchema
	queue []*textSchema
}

func (b *textBuilder) schema(s *Schema) *textSchema {
	for range maxChain {
		if !s.refAlone || s.ref == nil || s.dynamic != "" {
			break
		}
		s = s.ref
	}
	t := b.done[s]
	if t == nil {
		t = &textSchema{from: s}
		b.done[s] = t
		b.queue = append(b.queue, t)
	}
	return t
}

func (b *textBuilder) list(list []*Schema) []*textSchema {
	if len(list) == 0 {
		return nil
	}
	out := make([]*textSchema, len(list))
	for i, s := range list {
		out[i] = b.schema(s)
	}
	return out
}

func (b *textBuilder) fill(t *textSchema) {
	s := t.from
	switch {
	case s.always:
		t.always = true
		return
	case s.never:
		t.verdict = no
		return
	case s.refAlone && s.ref == nil: // it leads nowhere, and says nothing
		t.always = true
		return
	case s.refAlone, s.dynamic != "", s.not != nil, s.test != nil:
		t.verdict = unknown
		return
	}
	t.types = s.types
	t.all = b.list(s.allOf)
	if s.ref != nil {
		t.all = append(t.all, b.schema(s.ref))
	}
	t.anyOf, t.oneOf = b.list(s.anyOf), b.list(s.oneOf)
	t.number, t.text = usefulNumber(s.number), usefulText(s.text)
	if !t.setValues(s) || !b.setArray(t, s.array) || !b.setObject(t, s.object) {
		t.verdict = unknown
	}
}

// usefulNumber and usefulText leave out rules that assert nothing, such as
// those of a format that is not known.
func usefulNumber(n *numberRules) *numberRules {
	if n == nil || *n == (numberRules{}) {
		return nil
	}
	return n
}

func usefulText(t *stringRules) *stringRules {
	if t == nil || t.maxLength < 0 && t.minLength <= 0 && t.pattern == nil && t.format == nil {
		return nil
	}
	return t
}

// setValues takes enum and const over, and reports whether they are scalars.
func (t *textSchema) setValues(s *Schema) bool {
	if s.enum != nil && s.constant != nil {
		return false
	}
	var list []*openapi.Node
	switch {
	case s.enum != nil:
		list = s.enum.node.Children()
	case s.constant != nil:
		list = []*openapi.Node{s.constant}
	default:
		return true
	}
	t.values = &textValues{strings: map[string]bool{}}
	for _, n := range list {
		switch n.Kind() {
		case openapi.String:
			t.values.strings[n.Text()] = true
		case openapi.Number:
			f, _ := n.Float()
			t.values.numbers = append(t.values.numbers, f)
		case openapi.Bool, openapi.Null:
			t.values.words = append(t.values.words, n.Text())
		default:
			return false
		}
	}
	return true
}

func (b *textBuilder) setArray(t *textSchema, a *arrayRules) bool {
	if a == nil {
		return true
	}
	if a.contains != nil || a.unevaluated != nil {
		return false
	}
	t.array = &textArray{minItems: a.minItems, maxItems: a.maxItems, prefix: b.list(a.prefix), unique: a.unique}
	if a.rest != nil {
		t.array.rest = b.schema(a.rest)
	}
	return true
}

func (b *textBuilder) setObject(t *textSchema, o *objectRules) bool {
	if o == nil {
		return true
	}
	if o.names != nil || o.dependencies != nil || o.dependents != nil || o.patterns != nil || o.unevaluated != nil || o.minProperties > 1 {
		return false
	}
	out := &textObject{min: o.minProperties, max: o.maxProperties, byName: map[string]int{}}
	for _, p := range o.properties {
		out.byName[p.name] = len(out.properties)
		out.properties = append(out.properties, textProperty{name: p.name, schema: b.schema(p.schema)})
	}
	if o.additional != nil {
		out.additional = b.schema(o.additional)
	}
	count := 0
	for _, q := range o.required {
		if q.readOnly && b.mode.Request || q.writeOnly && b.mode.Response {
			continue
		}
		i, ok := out.byName[q.name]
		if !ok {
			i = len(out.properties)
			out.byName[q.name] = i
			undeclared := out.additional
			if undeclared == nil {
				undeclared = &textSchema{always: true}
			}
			out.properties = append(out.properties, textProperty{name: q.name, schema: undeclared})
		}
		if count >= 64 {
			return false
		}
		out.properties[i].bit = 1 << count
		out.required |= 1 << count
		count++
	}
	t.object = out
	return true
}
