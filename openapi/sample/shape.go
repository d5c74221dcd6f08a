package sample

import "github.com/plumbapi/plumb/openapi"

// shape is what several schemas that hold together ask of a value: a schema,
// what it refers to, its allOf, and the alternatives that were chosen.
type shape struct {
	nodes []*openapi.Node // every schema in it

	kinds kinds
	first kinds // the kind that is named first

	constant []*openapi.Node
	enums    []*openapi.Node
	formats  []string
	patterns []*openapi.Node

	minLength, maxLength int
	min, max             *bound
	multiples            []float64

	minItems, maxItems int
	unique             bool
	items              []*openapi.Node
	prefix             []*openapi.Node // lists of schemas by place
	contains           []*openapi.Node

	minMembers, maxMembers int
	members                []member
	required               []string
	additional             []*openapi.Node // schemas of members without a name
	byPattern              []*openapi.Node
	closed                 []*openapi.Node // schemas that allow no other members
	dependents             []*openapi.Node
	names                  []*openapi.Node
	forced                 map[string]string // discriminators

	readOnly, writeOnly bool
	checked             bool   // what is made has to be validated
	pending             *group // alternatives to be chosen from
}

type member struct {
	name    string
	schemas []*openapi.Node
}

type bound struct {
	value     float64
	exclusive bool
}

// group is a oneOf or anyOf, or an if with what follows from it.
type group struct {
	node    *openapi.Node // the list, or the condition
	schemas []*openapi.Node
	holder  *openapi.Node
}

// kinds is a set of types.
type kinds uint8

const (
	isNull kinds = 1 << iota
	isBoolean
	isInteger
	isNumber
	isString
	isArray
	isObject
	anyKind kinds = 1<<iota - 1
)

func kindsOf(name string) kinds {
	switch name {
	case "null":
		return isNull
	case "boolean":
		return isBoolean
	case "integer":
		return isInteger
	case "number":
		return isNumber | isInteger
	case "string", "file":
		return isString
	case "array":
		return isArray
	case "object":
		return isObject
	}
	return 0
}

// declare takes the properties of a schema in.
func (s *shape) declare(properties []*openapi.Node) {
	first := len(s.members) == 0
	if first {
		s.members = make([]member, 0, len(properties))
	}
next:
	for i, p := range properties {
		for k := range s.members {
			if !first && s.members[k].name == p.Key() {
				s.members[k].schemas = append(s.members[k].schemas, p)
				continue next
			}
		}
		s.members = append(s.members, member{p.Key(), properties[i : i+1 : i+1]})
	}
}

func (s *shape) member(name string) []*openapi.Node {
	for i := range s.members {
		if s.members[i].name == name {
			return s.members[i].schemas
		}
	}
	return nil
}

// whole reads a count; 0 where it is none.
func whole(v *openapi.Node) int {
	i, ok := v.Int()
	if !ok || i < 0 {
		return 0
	}
	return int(min(i, 1<<30))
}

func least(a, b int) int {
	if a < 0 {
		return b
	}
	return min(a, b)
}
