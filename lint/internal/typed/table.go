package typed

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/openapi"
)

// For returns the kinds of a version of OpenAPI.
func For(v openapi.Version) *Tree {
	switch v {
	case openapi.V20:
		return tree20()
	case openapi.V30:
		return tree30()
	case openapi.V31:
		return tree31()
	}
	return tree32()
}

var (
	tree20 = sync.OnceValue(func() *Tree { return build("oas2", table20) })
	tree30 = sync.OnceValue(func() *Tree { return build("oas3_0", table30) })
	tree31 = sync.OnceValue(func() *Tree { return build("oas3_1", table30, table31) })
	tree32 = sync.OnceValue(func() *Tree { return build("oas3_2", table30, table31, table32) })
)

// build reads tables, the later ones over the earlier. A line is one kind:
//
//	Name field:shape … *:shape !field,field ?field,field ~function ^function @
//
// "*" is what other members are, "!" what is required, "?" of what one must be
// there, "~" a function that says what is required, "^" one that says what is
// allowed, and "@" that extensions may be. "Name+" adds to what the tables before
// say of the kind, and "Name = Other" is the same as another. A list is "Name [Other]", a map of objects of a kind
// "Name {Other}".
//
// A shape is the name of a kind; [Kind], a list of them, {Kind} a map; a type of
// JSON, with =a|b for the values that may be and >=0 for numbers; list(text),
// list(=a|b); any, example, verbatim; or one of the choices.
func build(version string, tables ...string) *Tree {
	t := &Tree{Version: version, named: map[string]*Type{}, ids: map[string]int{}}
	lines := map[string][]string{}
	var order []string
	for _, table := range tables {
		for line := range strings.Lines(table) {
			words := strings.Fields(line)
			if len(words) == 0 {
				continue
			}
			name, adds := strings.CutSuffix(words[0], "+")
			if !slices.Contains(order, name) {
				order = append(order, name)
			}
			if adds {
				words = append(slices.Clone(lines[name]), words[1:]...)
			} else {
				words = words[1:]
			}
			lines[name] = words
		}
	}
	for _, name := range order {
		typ := &Type{Name: name}
		t.named[name] = typ
		t.types = append(t.types, typ)
	}
	for _, typ := range t.types {
		t.fill(typ, lines[typ.Name])
	}
	t.named[Extension.Name] = Extension
	t.Root = t.named["Root"]
	for _, typ := range t.types {
		t.number(typ)
	}
	for _, typ := range t.chosen {
		t.number(typ)
	}
	return t
}

// number gives kinds their numbers, those of one name the same.
func (t *Tree) number(typ *Type) {
	if typ == Extension || typ.byName != nil {
		return
	}
	if _, ok := t.ids[typ.Name]; !ok {
		t.ids[typ.Name] = len(t.ids) + 2 // 0 is Extension's, 1 that of scalars
	}
	typ.id = t.ids[typ.Name]
	typ.byName = make(map[string]int, len(typ.Fields))
	for i, f := range typ.Fields {
		typ.byName[f.Name] = i
		if !f.Shape.scalar() || typ.extension(f.Name) {
			typ.holding = append(typ.holding, f)
		}
	}
	each(typ, t.number)
}

// scalar reports whether a value is a scalar: there is nothing to walk in it, unless
// it is a reference after all.
func (s *Shape) scalar() bool {
	return s.Type == nil && s.Choose == nil && s.Kind != "" && s.Kind != "object" && s.Kind != "array"
}

// each calls f with the kinds of the members of a kind that the table names.
func each(typ *Type, f func(*Type)) {
	call := func(s *Shape) {
		if s != nil && s.Type != nil {
			f(s.Type)
		}
	}
	for _, field := range typ.Fields {
		call(field.Shape)
	}
	call(typ.Rest)
	call(typ.Items)
}

func (t *Tree) fill(typ *Type, words []string) {
	for _, w := range words {
		switch {
		case w == "@":
			typ.Extensible = true
		case w[0] == '[':
			typ.Items = t.shape(strings.Trim(w, "[]"))
		case w[0] == '{':
			typ.Rest = t.always(strings.Trim(w, "{}"))
		case w[0] == '!':
			need := strings.Split(w[1:], ",")
			typ.Required = func(*openapi.Node) []string { return need }
		case w[0] == '?':
			typ.Some = strings.Split(w[1:], ",")
		case w[0] == '~':
			typ.Required = pick(requirements, w[1:])
		case w[0] == '^':
			typ.Allowed = pick(allowances, w[1:])
		default:
			name, text, _ := strings.Cut(w, ":")
			s := t.shape(text)
			if name == "*" {
				typ.Rest = s
				continue
			}
			at := slices.IndexFunc(typ.Fields, func(f Field) bool { return f.Name == name })
			if at < 0 {
				typ.Fields = append(typ.Fields, Field{name, s})
			} else {
				typ.Fields[at].Shape = s
			}
		}
	}
}

// pick is a function of a table of them. Tables are the package's own, and a test
// builds them all.
func pick(table map[string]func(*openapi.Node) []string, name string) func(*openapi.Node) []string {
	f, ok := table[name]
	if !ok {
		panic(fmt.Sprintf("typed: no function %q", name)) //nolint:forbidigo // a fault of the table
	}
	return f
}

// always is the shape of what is of a kind in a map. Kinds in maps do not count as
// members when it is asked what can hold what.
func (t *Tree) always(name string) *Shape {
	s := t.shape(name)
	return &Shape{Choose: func(*openapi.Node, string) *Shape { return s }}
}

func (t *Tree) shape(text string) *Shape {
	if typ := t.named[text]; typ != nil {
		return &Shape{Type: typ}
	}
	if s := t.choice(text); s != nil {
		return s
	}
	switch {
	case text == "any":
		return &Shape{Any: true}
	case text == "example":
		return &Shape{}
	case text == "verbatim":
		return &Shape{Verbatim: true}
	case strings.HasPrefix(text, "["):
		of, as, _ := strings.Cut(strings.Trim(text, "[]"), "=")
		if as == "" {
			as = of + "List"
		}
		return &Shape{Type: &Type{Name: as, Items: t.shape(of)}}
	case strings.HasPrefix(text, "{"):
		of := strings.Trim(text, "{}")
		return &Shape{Type: &Type{Name: of + "Map", Rest: t.always(of)}}
	case strings.HasPrefix(text, "list("):
		return &Shape{Kind: "array", Item: t.shape(strings.TrimSuffix(text[len("list("):], ")"))}
	case strings.HasSuffix(text, ">=0"):
		return &Shape{Kind: strings.TrimSuffix(text, ">=0"), NotNegative: true}
	}
	kind, values, has := strings.Cut(text, "=")
	s := &Shape{Kind: kind}
	if kind == "text" {
		s.Kind = "string"
	}
	if has {
		s.Enum = strings.Split(values, "|")
	}
	return s
}
