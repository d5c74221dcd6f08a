package perf

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// maxPatterns and maxOperations bound what a plan may name: each pattern is
// compared with every operation.
const (
	maxPatterns   = 200
	maxOperations = 20_000
)

var documentKey = regexp.MustCompile(`^(query|mutation) ([_A-Za-z][_A-Za-z0-9]*)$`)

// operations reads what is sent: what is named itself, then what patterns add.
func (r *planReader) operations() {
	section := r.root.Get("operations")
	if section.Len() == 0 {
		r.allReads()
		return
	}
	var patterns []*openapi.Node
	for _, n := range section.Children() {
		switch m := documentKey.FindStringSubmatch(n.Key()); {
		case m != nil && n.Has("document"):
			r.document(n, m[1], m[2])
		case r.catalog.byName[n.Key()] == nil && strings.ContainsAny(n.Key(), "*?") && r.catalog.describesREST():
			patterns = append(patterns, n)
		default:
			if of := r.find(n.Key(), func(format string, args ...any) { r.wrong(n, format, args...) }); of != nil {
				r.add(n, of)
			}
		}
	}
	r.patterns(patterns)
}

// patterns adds the operations that patterns name and that are not named
// themselves.
func (r *planReader) patterns(patterns []*openapi.Node) {
	if len(patterns) > maxPatterns {
		r.wrong(patterns[maxPatterns], "there are more than %d patterns", maxPatterns)
		return
	}
	named := len(r.plan.Operations)
	by := map[*offer]*openapi.Node{}
	for _, n := range patterns {
		found := r.catalog.match(n.Key())
		if len(found) == 0 {
			r.wrong(n, "no operation of the descriptions matches %.120q", n.Key())
		}
		for _, of := range found {
			if i, ok := r.index[of]; ok && i < named {
				continue
			}
			if other := by[of]; other != nil {
				r.wrong(n, "%s is matched by %.120q in line %d too; name it itself", of.name, other.Key(), other.KeyLocation().Line)
				continue
			}
			by[of] = n
			r.add(n, of)
		}
	}
}

// allReads takes the reads of the descriptions that can be asked for without
// more.
func (r *planReader) allReads() {
	for _, of := range r.catalog.offers {
		if !of.write && of.fillable() && r.hasTarget(of.field != nil) && r.catalog.twins[of.name] == nil {
			r.add(nil, of)
		}
	}
	if len(r.plan.Operations) == 0 {
		at := r.root
		if n := r.root.Get("operations"); n != nil {
			at = n
		}
		if len(r.catalog.offers) == 0 {
			r.fault(at, "the plan names no operations, and no description has any; name what is to be sent, such as GET /issues: {}")
			return
		}
		r.fault(at, "the plan names no operations, and the descriptions have no read whose values are all known from examples or defaults")
	}
}

func (r *planReader) hasTarget(graphQL bool) bool {
	return slices.ContainsFunc(r.plan.Targets, func(t Target) bool { return t.GraphQL == graphQL })
}

// find looks an operation up by its name or its operationId. What is wrong is
// told.
func (r *planReader) find(name string, tell func(format string, args ...any)) *offer {
	of := r.catalog.byName[name]
	switch {
	case of == nil && !r.catalog.describesREST() && !documentKey.MatchString(name):
		return r.undescribed(name, tell)
	case of == nil && documentKey.MatchString(name):
		tell("unknown operation %.120q: no schema has such a field, and no document is given%s", name, meant(name, slices.Concat(r.plan.names(), r.catalog.names())))
	case of == nil:
		tell("unknown operation %.120q%s", name, meant(name, r.catalog.names()))
	case r.catalog.twins[name] != nil:
		tell("%.120q is both %s and %s of %s; name it by method and path", name, of.name, r.catalog.twins[name].name, r.catalog.twins[name].description)
		return nil
	}
	return of
}

var (
	plainKey  = regexp.MustCompile(`^([A-Z]+) (/\S*)$`)
	plainPath = regexp.MustCompile(`^([^{}]|\{[^{}/]+\})*$`)
)

// undescribed takes an operation by its method and path where no description
// says anything of operations of REST.
func (r *planReader) undescribed(name string, tell func(format string, args ...any)) *offer {
	m := plainKey.FindStringSubmatch(name)
	switch {
	case m == nil || !slices.Contains(methods, m[1]):
		tell("unknown operation %.120q: without a description of it, an operation is named by its method and path, such as GET /issues", name)
		return nil
	case strings.ContainsAny(m[2], "?#"):
		tell("%.120q has a query in its path; give that as query: {NAME: VALUE}", name)
		return nil
	case strings.Contains(m[2], "*"):
		tell("%.120q is a pattern, which finds operations in descriptions, and the plan names none; name the operation itself", name)
		return nil
	case !plainPath.MatchString(m[2]):
		tell("%.120q has a { or } in its path without its other half", name)
		return nil
	}
	if _, err := url.ParseRequestURI(pathParameter.ReplaceAllString(m[2], "x")); err != nil {
		tell("%.120q has a path that no URL has", name)
		return nil
	}
	of := &offer{name: name, method: m[1], path: m[2], write: writes(m[1])}
	r.catalog.byName[name] = of // the same for all that name it
	return of
}

// methods are those of operations that no description has.
var methods = []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}

// add takes an operation of a description into the plan; n is nil for one that
// the file does not name in its operations.
func (r *planReader) add(n *openapi.Node, of *offer) int {
	op := Operation{Name: of.name, Write: of.write, Weight: 1, Tags: slices.Clone(of.tags), Location: n.KeyLocation()}
	if n == nil {
		op.Location = r.root.Location()
	}
	if of.method != "" {
		op.Method, op.Path = of.method, of.path
		for _, key := range [...]string{"document", "depth"} {
			if d := n.Get(key); d != nil {
				r.wrong(d, "%s is an operation of REST and has no %s", of.name, key)
			}
		}
	} else {
		op.Document = r.build(n, of)
	}
	op.Target = r.target(n, of.name, of.field != nil, of.description)
	return r.take(n, op, of)
}

// take reads what all operations have.
func (r *planReader) take(n *openapi.Node, op Operation, of *offer) int {
	if len(r.plan.Operations) >= maxOperations {
		r.once("operations", r.root, "the plan has more than %d operations", maxOperations)
		return 0
	}
	if of != nil {
		if i, ok := r.index[of]; ok {
			r.wrong(n, "%s is named twice; the first is at line %d", of.name, r.plan.Operations[i].Location.Line)
			return i
		}
	}
	if w := n.Get("weight"); w != nil {
		op.Weight, _ = w.Float()
	}
	for _, t := range n.Get("tags").Children() {
		if !slices.Contains(op.Tags, t.Text()) {
			op.Tags = append(op.Tags, t.Text())
		}
	}
	for _, e := range n.Get("expect").Children() {
		status, ok := e.Int()
		if !ok {
			r.fault(e, "%s is no status", e.Text())
		}
		op.Expect = append(op.Expect, int(status))
	}
	for _, f := range n.Get("fill").Children() {
		op.Fills = append(op.Fills, Fill{Pool: f.Key(), Pointer: f.Text()})
	}
	if of != nil {
		r.index[of] = len(r.plan.Operations)
	}
	r.plan.Operations = append(r.plan.Operations, op)
	r.nodes = append(r.nodes, n)
	r.offers = append(r.offers, of)
	return len(r.plan.Operations) - 1
}
