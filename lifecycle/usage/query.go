package usage

import (
	"github.com/plumbapi/plumb/graphql"
)

// queries finds what GraphQL operations use of one schema.
type queries struct {
	schema *graphql.Schema
	// watched are the elements that are looked for, with their indexes.
	watched map[graphql.Element]int
	// deep are the types of input whose values may use a watched element.
	deep map[*graphql.Type]bool
}

// document is what a text uses.
type document struct {
	valid   bool // it is a query
	strange bool // it names what the schema does not have
	// operations are those of the text. A server runs one of them.
	operations []operation
}

type operation struct {
	name string
	hits []int
	// variables are those whose values may use a watched element.
	variables []variable
}

type variable struct {
	name string
	typ  *graphql.Type
	// hits are what the default uses.
	hits []int
}

func newQueries(schema *graphql.Schema, elements map[string]int) *queries {
	q := &queries{schema: schema, watched: make(map[graphql.Element]int, len(elements)), deep: map[*graphql.Type]bool{}}
	for coordinate, index := range elements {
		if e, ok := schema.Lookup(coordinate); ok {
			q.watched[e] = index
		}
	}
	q.findDeep()
	return q
}

// findDeep goes from the types that have a watched element to those whose
// fields are of such a type.
func (q *queries) findDeep() {
	var queue []*graphql.Type
	mark := func(t *graphql.Type) {
		if !q.deep[t] {
			q.deep[t] = true
			queue = append(queue, t)
		}
	}
	for _, v := range q.schema.EnumValues {
		if _, ok := q.watched[v]; ok {
			mark(v.Parent())
		}
	}
	users := map[*graphql.Type][]*graphql.Type{}
	for _, f := range q.schema.InputFields {
		parent, ok := f.Parent().(*graphql.Type)
		if !ok {
			continue
		}
		if _, ok := q.watched[f]; ok {
			mark(parent)
		}
		if t := f.Type.Type(); t != nil {
			users[t] = append(users[t], parent)
		}
	}
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		for _, user := range users[t] {
			mark(user)
		}
	}
}
