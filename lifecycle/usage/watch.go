package usage

import (
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/internal/route"
	"github.com/plumbapi/plumb/openapi"
)

// watch is what is looked for, and how it is found in a call. It is immutable
// once made.
type watch struct {
	elements []watched
	apis     []api
	schemas  []*queries
	// coordinates are the watched elements of GraphQL by coordinate.
	coordinates map[string][]int
	endpoints   []string
}

// watched is one element that is looked for.
type watched struct {
	lifecycle.Element
	// sunset is the first second of the day when it is gone, 0 where nobody
	// said.
	sunset int64
	seen   visibility
}

// visibility is where the use of an element can be seen.
type visibility uint8

const (
	inNoLog   visibility = iota // in bodies, cookies: no log has them
	inHeaders                   // in recorded traffic
	inQuery                     // in the query of a request
	inRequest                   // in every request
)

// api is one REST API.
type api struct {
	router *route.Router
	// routes are what is looked for in the requests of a route, by its index.
	routes []routed
}

// routed are the watched elements of one operation.
type routed struct {
	operation int // -1 where it is not watched itself
	query     []param
	header    []param
}

// param is a watched parameter.
type param struct {
	name    string
	element int
}

func newWatch(o *Options) (*watch, error) {
	w := &watch{coordinates: map[string][]int{}, endpoints: o.Endpoints}
	for _, doc := range o.REST {
		w.addREST(doc, o)
	}
	for _, schema := range o.GraphQL {
		w.addGraphQL(schema, o)
	}
	return w, nil
}

// wanted reports whether the use of an element matters.
func (o *Options) wanted(s *lifecycle.State) bool {
	return s.Deprecated || o.Experimental && s.Stability != lifecycle.Unstated && s.Stability != lifecycle.Stable
}

func (w *watch) add(e lifecycle.Element, seen visibility, o *Options) int {
	if o.Policy != nil {
		e.State.Sunset = o.Policy.For(e.Surface).Releases.Complete(e.State.Sunset)
	}
	one := watched{Element: e, seen: seen}
	if at := e.State.Sunset.Date; !at.IsZero() {
		one.sunset = at.Unix()
	}
	w.elements = append(w.elements, one)
	return len(w.elements) - 1
}

func (w *watch) addREST(doc *openapi.Document, o *Options) {
	router := route.New(doc, route.Options{Bases: o.Bases})
	a := api{router: router, routes: make([]routed, len(router.Routes()))}
	// Operations are found by the place at which they are written: two paths
	// may share one.
	type place struct{ file, pointer string }
	byPlace := map[place][]int{}
	byName := map[string][]int{}
	for i, r := range router.Routes() {
		a.routes[i].operation = -1
		node := r.Operation.Node
		at := place{node.Source().Name(), node.Pointer()}
		byPlace[at] = append(byPlace[at], i)
	}
	for _, e := range o.Carriers.Inspect(doc).Elements {
		if e.Kind == lifecycle.Operation {
			byName[e.Operation] = byPlace[place{e.Location.File, e.Location.Element}]
		}
		if e.Surface != lifecycle.REST || !o.wanted(&e.State) {
			continue
		}
		switch in, name := parameterOf(&e); {
		case e.Kind == lifecycle.Operation:
			index := w.add(e, inRequest, o)
			for _, r := range byName[e.Operation] {
				a.routes[r].operation = index
			}
		case in == "query":
			index := w.add(e, inQuery, o)
			for _, r := range byName[e.Operation] {
				a.routes[r].query = append(a.routes[r].query, param{name, index})
			}
		case in == "header":
			index := w.add(e, inHeaders, o)
			for _, r := range byName[e.Operation] {
				a.routes[r].header = append(a.routes[r].header, param{name, index})
			}
		default:
			w.add(e, inNoLog, o)
		}
	}
	w.apis = append(w.apis, a)
}

// parameterOf returns where a parameter stands, and its name: "query", "sort".
func parameterOf(e *lifecycle.Element) (in, name string) {
	if e.Kind != lifecycle.Parameter {
		return "", ""
	}
	in, name, _ = strings.Cut(strings.TrimPrefix(e.Name, e.Operation+" "), " ")
	return in, name
}

func (w *watch) addGraphQL(schema *graphql.Schema, o *Options) {
	elements := map[string]int{}
	for _, e := range o.Carriers.InspectGraphQL(schema).Elements {
		if !o.wanted(&e.State) {
			continue
		}
		seen := inRequest
		if e.Kind == lifecycle.Type {
			seen = inNoLog
		}
		index := w.add(e, seen, o)
		elements[e.Name] = index
		w.coordinates[e.Name] = append(w.coordinates[e.Name], index)
	}
	w.schemas = append(w.schemas, newQueries(schema, elements))
}

// endpoint reports whether GraphQL is served at a path.
func (w *watch) endpoint(path []byte) bool {
	if w.endpoints == nil {
		return hasSuffix(path, "/graphql")
	}
	for _, e := range w.endpoints {
		if string(path) == e {
			return true
		}
	}
	return false
}

func hasSuffix(b []byte, suffix string) bool {
	return len(b) >= len(suffix) && string(b[len(b)-len(suffix):]) == suffix
}
