package parity

import (
	"math"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// valueClass is what a single value is, in terms that both sides share.
type valueClass uint8

const (
	openClass valueClass = iota // nothing is said of it
	boolClass
	intClass
	numberClass
	stringClass
	idClass
	dateClass
	urlClass
	enumClass
	objectClass
	jsonClass
)

// fieldValue is what a property, a parameter, a field or an argument has.
type fieldValue struct {
	class valueClass
	list  bool
	wide  bool // an integer of more than 32 bits
	day   bool // a date without a time
	mixed bool // an object or a string
	enum  []string
	// schema and typ are those of an object; target is what GraphQL type a
	// schema was matched to.
	schema *rest.Schema
	typ    *gql.Type
	target *gql.Type
	text   string // as a reader writes it
}

// restValue reads a schema.
func (c *comparer) restValue(s *rest.Schema) fieldValue {
	v := fieldValue{text: s.Type()}
	for depth := 0; s != nil && s.Kind == rest.Array && depth < 4; depth++ {
		v.list = true
		s = s.Items
	}
	if s == nil {
		return v
	}
	v.schema, v.enum = s, s.Enum
	switch {
	case len(s.Properties) > 0 || s.Kind == rest.Object:
		v.class, v.target, v.mixed = objectClass, c.target(s), s.Kind == rest.String
		if s.Open {
			v.class = jsonClass
		}
		v.enum = nil
	case s.Kind == rest.Boolean:
		v.class, v.enum = boolClass, nil
	case s.Kind == rest.Integer:
		v.class, v.wide = intClass, isWide(s)
	case s.Kind == rest.Number:
		v.class = numberClass
	case len(s.Enum) > 0:
		v.class = enumClass
	case s.Kind == rest.String:
		v.class = stringClass
		switch s.Format {
		case "date":
			v.class, v.day = dateClass, true
		case "date-time", "datetime", "timestamp":
			v.class = dateClass
		case "uri", "url", "uri-reference", "iri", "uri-template":
			v.class = urlClass
		}
	}
	return v
}

// isWide reports whether integers of a schema need more than 32 bits: by
// their format, their largest value, an example, or since they count the
// milliseconds of an epoch.
func isWide(s *rest.Schema) bool {
	switch s.Format {
	case "int64", "uint64", "uint32":
		return true
	}
	for _, n := range [...]*openapi.Node{s.Node.Get("maximum"), s.Node.Get("example"), s.Node.Get("examples").At(0), s.Node.Get("default")} {
		if f, ok := n.Float(); ok && (f > math.MaxInt32 || f < math.MinInt32) {
			return true
		}
	}
	d := strings.ToLower(s.Description)
	return strings.Contains(d, "epoch") && (strings.Contains(d, "millisecond") || strings.Contains(d, "microsecond"))
}

// target returns the type that a schema was matched to: its own, or that of
// the one schema that it wraps to make it nullable or to describe it.
func (c *comparer) target(s *rest.Schema) *gql.Type {
	if t, ok := c.targets[s]; ok {
		return t
	}
	t := c.p.typeOf[s]
	if t == nil && s.Name == "" {
		for _, key := range [...]string{"allOf", "oneOf", "anyOf"} {
			for _, part := range s.Node.Get(key).Children() {
				if inner := c.p.rest.Schema(part); inner != nil && inner != s && t == nil {
					t = c.p.typeOf[inner]
				}
			}
		}
	}
	c.targets[s] = t
	return t
}

// gqlValue reads what has a type by name: a scalar, or typ where it is none.
func (c *comparer) gqlValue(typ *gql.Type, scalar string, list bool, text string) fieldValue {
	v := fieldValue{list: list, typ: typ, text: text}
	switch {
	case typ == nil:
		v.scalar(scalar)
	case typ.Role == gql.Enum:
		v.class = enumClass
		for _, e := range typ.Source.EnumValues {
			v.enum = append(v.enum, e.Name)
		}
	default:
		v.class = objectClass
	}
	return v
}

// scalar says what a scalar is, by its name where it is not built in.
func (v *fieldValue) scalar(name string) {
	switch name {
	case "Int":
		v.class = intClass
		return
	case "Float":
		v.class = numberClass
		return
	case "Boolean":
		v.class = boolClass
		return
	case "ID":
		v.class = idClass
		return
	}
	v.class = stringClass
	words := word.Split(name)
	for i, w := range words {
		switch strings.TrimRight(w, "0123456789") {
		case "date", "time", "timestamp", "datetime", "instant":
			v.class = dateClass
			v.day = slices.Contains(words, "date") && !slices.Contains(words, "time") && !slices.Contains(words, "datetime")
		case "uri", "url":
			v.class = urlClass
		case "int", "long", "integer", "short":
			v.class, v.wide = intClass, w != "short"
		case "float", "decimal", "double", "number", "numeric":
			v.class = numberClass
		case "json", "any", "object", "map", "hash":
			v.class = jsonClass
		case "id", "uuid", "guid":
			if i == len(words)-1 {
				v.class = idClass
			}
		}
	}
}

// fit says how values of two sides go together, the best first.
type fit uint8

const (
	fits    fit = iota // alike
	open               // one side says nothing
	loose              // another scalar for what may be the same
	shaped             // the same in another shape
	clashes            // not the same thing
)

// relate compares what both sides have. The effect names the shape where it
// differs, as Difference.Effect does.
func (c *comparer) relate(r, g *fieldValue) (f fit, effect string) {
	switch {
	case r.class == intClass && !r.list && g.list && g.class == objectClass:
		return shaped, countVsList
	case r.list == g.list:
		return c.single(r, g)
	case r.list && g.class == jsonClass, g.list && r.class == openClass:
		return open, ""
	}
	switch {
	case r.class == boolClass || g.class == boolClass:
		return clashes, ""
	case r.list:
		return shaped, listVsSingle
	case r.class == objectClass || r.class == jsonClass:
		return shaped, singleVsList
	}
	return shaped, scalarVsList
}

// The effects of shapes.
const (
	countVsList    = "count-vs-list"
	singleVsList   = "single-vs-list"
	listVsSingle   = "list-vs-single"
	scalarVsList   = "scalar-vs-list"
	urlVsObject    = "url-vs-object"
	idVsObject     = "id-vs-object"
	scalarVsObject = "scalar-vs-object"
	objectVsScalar = "object-vs-scalar"
	wrappedEach    = "wrapped"
)

func (c *comparer) single(r, g *fieldValue) (f fit, effect string) {
	switch {
	case r.mixed && g.class != objectClass:
		return scalars[stringClass][g.class], ""
	case r.class == openClass || g.class == jsonClass && (r.class == jsonClass || r.class == openClass):
		return open, ""
	case r.class == objectClass || r.class == jsonClass:
		switch g.class {
		case objectClass:
			return fits, ""
		case jsonClass:
			return loose, ""
		case boolClass, intClass, numberClass, dateClass:
			return clashes, ""
		}
		return shaped, objectVsScalar
	case g.class == objectClass:
		switch r.class {
		case urlClass:
			return shaped, urlVsObject
		case boolClass, numberClass, dateClass:
			return clashes, ""
		case intClass, idClass:
			return shaped, idVsObject
		}
		return shaped, scalarVsObject
	}
	return scalars[r.class][g.class], ""
}

// scalars says how scalars go together, REST first.
var scalars = [jsonClass + 1][jsonClass + 1]fit{
	boolClass:   {clashes, fits, clashes, clashes, loose, clashes, clashes, clashes, loose, clashes, loose},
	intClass:    {clashes, clashes, fits, loose, loose, loose, loose, clashes, loose, clashes, loose},
	numberClass: {clashes, clashes, loose, fits, loose, clashes, loose, clashes, clashes, clashes, loose},
	stringClass: {clashes, loose, loose, loose, fits, fits, fits, fits, loose, clashes, loose},
	dateClass:   {clashes, clashes, loose, loose, loose, clashes, fits, clashes, clashes, clashes, loose},
	urlClass:    {clashes, clashes, clashes, clashes, fits, clashes, clashes, fits, clashes, clashes, loose},
	enumClass:   {clashes, loose, loose, clashes, loose, loose, clashes, clashes, fits, clashes, loose},
}
