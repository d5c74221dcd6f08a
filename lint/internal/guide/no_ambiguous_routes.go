package guide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var noAmbiguousRoutes = &rule{
	Meta: check.Meta{
		ID:      "no-ambiguous-routes",
		Summary: "No request may match two operations equally well.",
		Rationale: "`GET /pets/{name}/photos` and `GET /pets/mine/{what}` both match `GET /pets/mine/photos`, and routers differ in which they take. " +
			"A path with fewer parameters is preferred (`/pets/mine` to `/pets/{name}`), so only paths with equally many are compared; a parameter that is a number does not match a word. " +
			"Paths that differ in the names of parameters only are the business of `path-params`.",
		Severity: check.Warning, Tags: []string{"openapi", "paths", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkNoAmbiguousRoutes,
}

// maxRoutesPerShape bounds how many operations of one method, and of as many
// segments and parameters, are compared with one another.
const maxRoutesPerShape = 1000

// route is an operation as a router sees it.
type route struct {
	op         *openapi.Operation
	segments   []string // of the path; a parameter is templateMark or numberMark
	parameters int
}

// What stands for a parameter in a route: for one that is a number, and for
// any other.
const (
	templateMark = "{*}"
	numberMark   = "{0}"
)

func checkNoAmbiguousRoutes(ctx context.Context, p *pass) error {
	type shape struct {
		method               string
		segments, parameters int
	}
	known := map[shape][]route{}
	for _, r := range slices.Concat(openapi.Gather(p.Subject, p.Rule(), openapi.ThroughReferences, routes)...) {
		if err := ctx.Err(); err != nil {
			return err
		}
		op := r.op
		s := shape{op.Method, len(r.segments), r.parameters}
		for _, q := range known[s] {
			if ambiguous(q.segments, r.segments) {
				p.Report(check.Finding{
					Location: op.Node.KeyLocation(),
					Message:  fmt.Sprintf("%s matches the same requests as %s", op, q.op),
					Related:  seeAlso(q.op.Node.KeyLocation(), q.op.String()),
				})
				break
			}
		}
		if len(known[s]) < maxRoutesPerShape {
			known[s] = append(known[s], r)
		}
	}
	return nil
}

// routes returns the routes of the operations on paths.
func routes(d *openapi.Document) (found []route) {
	for _, op := range d.Operations() {
		if isRequest(op) && strings.HasPrefix(op.Path, "/") {
			found = append(found, routeOf(d, op))
		}
	}
	return found
}

func routeOf(d *openapi.Document, op *openapi.Operation) route {
	r := route{op: op, segments: strings.Split(op.Path, "/")}
	var declared []*openapi.Node
	for i, s := range r.segments {
		if !isTemplate(s) {
			continue
		}
		if r.parameters++; declared == nil {
			declared = d.Parameters(op)
		}
		r.segments[i] = templateMark
		for _, param := range declared {
			if param.Get("in").Text() == "path" && param.Get("name").Text() == s[1:len(s)-1] {
				if t := typesOf(d, parameterSchema(d, param)); t != 0 && t&^(integerType|numberType) == 0 {
					r.segments[i] = numberMark
				}
			}
		}
	}
	return r
}

// ambiguous reports whether some request matches both routes, which are of
// equal length and not of the same template.
func ambiguous(a, b []string) bool {
	same := true
	for i := range a {
		x, y := a[i], b[i]
		if isTemplate(x) && isTemplate(y) {
			continue
		}
		if x == y {
			continue
		}
		same = false
		if isTemplate(y) {
			x, y = y, x
		}
		switch x {
		case templateMark:
		case numberMark:
			if strings.Trim(y, "0123456789") != "" {
				return false
			}
		default:
			return false
		}
	}
	return !same
}
