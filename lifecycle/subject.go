package lifecycle

import (
	"iter"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Subject is what the rules of this package look at: the descriptions of a
// product as they are today. It is to be passed as a pointer and not to be
// changed once rules run.
type Subject struct {
	// Inventories are the elements of every description, REST and GraphQL.
	Inventories []*Inventory
	// Documents are the OpenAPI descriptions that inventories were made of,
	// for rules about what refers to what; there may be none.
	Documents []*openapi.Document
	// Policy is what elements are judged by; nil means that there is none.
	Policy *Policy
	// Pairs are the operations of one product on both surfaces.
	Pairs []Pair
	// Now is the day that it is. The zero time lets no day be past.
	Now time.Time

	once  sync.Once
	index index
}

// Pair is a REST operation, "GET /users", and the GraphQL field that offers
// the same, "Query.users".
type Pair struct{ REST, GraphQL string }

// index is what rules look up.
type index struct {
	places []place
	byName map[string]*Element // surface, a space, name
	at     map[at]*Element     // by place
	paths  map[string]*Element // operations by their name with nameless parameters
	has    map[Surface]bool
}

// place is an element that says something. Those that share a place, such as
// the uses of a shared parameter, are one.
type place struct {
	*Element
	uses int
}

// at is a place in a file.
type at struct{ file, element string }

func (s *Subject) lookup() *index {
	s.once.Do(func() {
		x := index{byName: map[string]*Element{}, at: map[at]*Element{}, paths: map[string]*Element{}, has: map[Surface]bool{}}
		byPlace := map[check.Location]int{}
		for _, inv := range s.Inventories {
			for i := range inv.Elements {
				e := &inv.Elements[i]
				x.add(e)
				if e.State.IsZero() {
					continue
				}
				if k, ok := byPlace[e.Location]; ok && e.Kind == x.places[k].Kind {
					x.places[k].uses++
					continue
				}
				byPlace[e.Location] = len(x.places)
				x.places = append(x.places, place{e, 1})
			}
		}
		s.index = x
	})
	return &s.index
}

func (x *index) add(e *Element) {
	x.has[e.Surface] = true
	if key := string(e.Surface) + " " + e.Name; x.byName[key] == nil {
		x.byName[key] = e
	}
	if e.Surface == GraphQL {
		return
	}
	if key := (at{e.Location.File, e.Location.Element}); x.at[key] == nil {
		x.at[key] = e
	}
	if e.Kind == Operation {
		if key := nameless(e.Name); x.paths[key] == nil {
			x.paths[key] = e
		}
	}
}

// stated iterates over what says something of its life, each place once.
func (s *Subject) stated() iter.Seq[place] {
	return func(yield func(place) bool) {
		for _, e := range s.lookup().places {
			if !yield(e) {
				return
			}
		}
	}
}

// find returns the element of a surface with the name, nil where there is
// none.
func (s *Subject) find(surface Surface, name string) *Element {
	return s.lookup().byName[string(surface)+" "+name]
}

// String names the element as findings do: its kind and its name, quoted.
func (e *Element) String() string { return string(e.Kind) + ` "` + e.Name + `"` }

// nameless takes the names out of path parameters, which two descriptions of
// one path may call differently.
func nameless(operation string) string {
	if !strings.Contains(operation, "{") {
		return operation
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(operation, '{')
		end := strings.IndexByte(operation, '}')
		if open < 0 || end < open {
			b.WriteString(operation)
			return b.String()
		}
		b.WriteString(operation[:open+1] + "}")
		operation = operation[end+1:]
	}
}
