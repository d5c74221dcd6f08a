// Package route finds the operation of an OpenAPI description that a request
// is for, from the method and the path alone. It is fast enough to stand
// before every request of a server and to read access logs with.
//
// It takes no values out of paths, knows no hosts and validates nothing: the
// description is taken as it is, sound or broken.
package route

import (
	"net/url"
	"strings"
	"unsafe"

	"github.com/plumbapi/plumb/openapi"
)

// Router finds operations. It is immutable and safe for concurrent use.
type Router struct {
	root   node
	routes []Route
}

// Route is an operation that requests can be for.
type Route struct {
	Operation *openapi.Operation
	// Index is the place of the route in [Router.Routes].
	Index int
}

// Options is how a Router is made.
type Options struct {
	// Bases are the paths below which the API is served, such as "/api/v4";
	// "" is the root. Nil takes those of the description: the paths of its
	// servers' URLs, at whichever level they stand, or its basePath (2.0).
	Bases []string
	// Also are such paths beside those.
	Also []string
}

// New makes the router of a description's paths. Webhooks and callbacks are no
// part of it.
//
// A segment of a path is a literal, one parameter, or both mixed, such as
// "{base}...{head}" and "{id}:cancel". A parameter takes one or more
// characters and no slash, unless its description has x-multi-segment: true or
// it is written "*name" as Grape and Rails do, whose parts in parentheses may be
// missing too. What is more literal wins, from the left; a path that lacks the
// method leaves the request to the next.
//
// Of two operations that the same requests are for, the first one is found.
func New(doc *openapi.Document, o Options) *Router {
	r := &Router{}
	paths := newBases(doc, o)
	for _, op := range doc.Operations() {
		if op.Origin == openapi.FromPath {
			r.routes = append(r.routes, Route{Operation: op, Index: len(r.routes)})
		}
	}
	for i := range r.routes {
		route := &r.routes[i]
		wide := multiSegment(doc, route.Operation)
		for _, base := range paths.of(route.Operation) {
			for _, p := range variants(route.Operation.Path) {
				r.root.insert(parsePath(base, p, wide), route)
			}
		}
	}
	r.root.settle()
	return r
}

// Routes returns the routes in source order, also those that no request can
// reach. The slice must not be changed.
func (r *Router) Routes() []Route { return r.routes }

// Find returns the route of a request, nil where there is none. The target is
// what stands in a request line: a path with its percent-encoding, or a whole
// URL; what follows a "?" or a "#" does not count.
//
// HEAD finds GET where HEAD is not described. A slash at the end may be there
// or not. Methods are told apart by case. Find allocates nothing; its time is
// bounded by the number of paths, whatever the target.
func (r *Router) Find(method, target string) *Route { return find(&r.root, method, target) }

// FindBytes is Find for text that is not a string.
func (r *Router) FindBytes(method, target []byte) *Route {
	// The strings live no longer than the call, and nothing keeps them.
	return find(&r.root, unsafe.String(unsafe.SliceData(method), len(method)), unsafe.String(unsafe.SliceData(target), len(target)))
}

// FindURL is Find for the URL of a request that a server got.
func (r *Router) FindURL(method string, u *url.URL) *Route {
	switch {
	case u.RawPath != "" && encodes(u.RawPath, u.Path):
		return walkPath(&r.root, method, u.RawPath)
	case strings.Contains(u.Path, "%"):
		return walkPath(&r.root, method, u.EscapedPath())
	}
	return walkPath(&r.root, method, u.Path)
}
