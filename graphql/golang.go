package graphql

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	gographql "github.com/graphql-go/graphql"

	"github.com/plumbapi/plumb/check"
)

// FromSchema makes the model of a graphql-go schema. That library keeps types
// and fields in maps, so they are in the order of their names. Places are
// those in the SDL of the schema, which is the text of its only source; name
// is what findings call it.
//
// The functions by which a graphql-go schema may define its fields are
// called. One that panics is an [*Error].
func FromSchema(schema gographql.Schema, name string) (result *Schema, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fail(ruleParse, check.Location{File: name}, nil, "a function of the schema panics: %v", r)
		}
	}()
	b := newBuilder()
	g := &goSchema{builder: b}
	def := &SchemaDefinition{}
	for _, op := range []struct {
		name string
		root *gographql.Object
	}{{"query", schema.QueryType()}, {"mutation", schema.MutationType()}, {"subscription", schema.SubscriptionType()}} {
		if op.root != nil {
			def.Operations = append(def.Operations, &OperationType{Operation: op.name, Type: &Reference{Name: op.root.Name()}})
		}
	}
	b.definitions = append(b.definitions, def)
	types := schema.TypeMap()
	for _, name := range slices.Sorted(maps.Keys(types)) {
		if !strings.HasPrefix(name, "__") {
			g.typeDefinition(types[name])
		}
	}
	for _, d := range schema.Directives() {
		if d != nil {
			b.directives = append(b.directives, &DirectiveDefinition{
				Node: Node{Name: d.Name, Description: d.Description}, Locations: d.Locations, Args: g.args(d.Args),
			})
		}
	}
	sdl, ok := b.sdl()
	if !ok {
		return nil, fail(ruleParse, check.Location{File: name}, nil, "the schema has a name that GraphQL does not allow")
	}
	return Parse(File{Name: name, Data: []byte(sdl)})
}

// sdl writes what was read, duplicates and all, as SDL. It is not possible
// where something has no form in SDL: a type that is cut off, a value that
// cannot be read.
func (b *builder) sdl() (string, bool) {
	if b.refs.byText[""] != nil || len(b.invalidValues) > 0 {
		return "", false
	}
	p := &printer{}
	for _, d := range b.definitions {
		p.schema(d)
	}
	for _, d := range b.directives {
		if !isBuiltInDirective(d.Name) {
			p.directiveDefinition(d)
		}
	}
	for _, t := range b.types {
		if !isBuiltInType(t.Name) {
			p.typeDefinition(t)
		}
	}
	return p.b.String(), !p.bad
}

// goSchema converts the types of a graphql-go schema.
type goSchema struct{ *builder }

func (g *goSchema) typeDefinition(typ gographql.Type) {
	t := &Type{Node: Node{Name: typ.Name(), Description: typ.Description()}}
	switch typ := typ.(type) {
	case *gographql.Scalar:
		t.Kind = Scalar
	case *gographql.Object:
		t.Kind = Object
		t.Fields = g.fields(typ.Fields())
		for _, i := range typ.Interfaces() {
			t.Interfaces = append(t.Interfaces, &Reference{Name: i.Name()})
		}
	case *gographql.Interface:
		t.Kind = Interface
		t.Fields = g.fields(typ.Fields())
	case *gographql.Union:
		t.Kind = Union
		for _, m := range typ.Types() {
			t.Members = append(t.Members, &Reference{Name: m.Name()})
		}
	case *gographql.Enum:
		t.Kind = Enum
		values := slices.SortedFunc(slices.Values(typ.Values()), func(a, b *gographql.EnumValueDefinition) int {
			return strings.Compare(a.Name, b.Name)
		})
		for _, v := range values {
			t.EnumValues = append(t.EnumValues, &EnumValue{Node: goNode(v.Name, v.Description, v.DeprecationReason)})
		}
	case *gographql.InputObject:
		t.Kind = InputObject
		fields := typ.Fields()
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			f := fields[name]
			t.InputFields = append(t.InputFields, g.input(name, f.PrivateDescription, f.Type, f.DefaultValue))
		}
	default:
		return
	}
	g.types = append(g.types, t)
}

func goNode(name, description, deprecation string) Node {
	n := Node{Name: name, Description: description}
	if deprecation != "" {
		n.Deprecated = &Deprecation{Reason: deprecation}
	}
	return n
}

func (g *goSchema) fields(defs gographql.FieldDefinitionMap) []*Field {
	var fields []*Field
	for _, name := range slices.Sorted(maps.Keys(defs)) {
		def := defs[name]
		fields = append(fields, &Field{
			Node: goNode(name, def.Description, def.DeprecationReason),
			Args: g.args(def.Args), Type: g.typeRef(def.Type),
		})
	}
	return fields
}

func (g *goSchema) args(args []*gographql.Argument) []*InputValue {
	sorted := slices.SortedFunc(slices.Values(args), func(a, b *gographql.Argument) int {
		return strings.Compare(a.PrivateName, b.PrivateName)
	})
	var values []*InputValue
	for _, a := range sorted {
		values = append(values, g.input(a.PrivateName, a.PrivateDescription, a.Type, a.DefaultValue))
	}
	return values
}

func (g *goSchema) input(name, description string, typ gographql.Type, value any) *InputValue {
	v := &InputValue{Node: goNode(name, description, ""), Type: g.typeRef(typ)}
	if value != nil {
		v.Default = goValue(value, typ, 0)
	}
	return v
}

func (g *goSchema) typeRef(typ gographql.Type) *TypeRef {
	switch typ := typ.(type) {
	case *gographql.List:
		return g.refs.listOf(g.typeRef(typ.OfType))
	case *gographql.NonNull:
		return g.refs.nonNull(g.typeRef(typ.OfType))
	case nil:
		panic(fmt.Errorf("a list or a non-null type has no inner type")) //nolint:forbidigo // FromSchema recovers
	}
	return g.refs.named(typ.Name())
}
