package perf

import (
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
		case m != nil:
			r.document(n, m[1], m[2])
		case r.catalog.byName[n.Key()] == nil && strings.ContainsAny(n.Key(), "*?"):
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
		if !of.write && of.fillable() && (of.rest != nil || r.options.Document != nil && r.hasTarget(true)) {
			r.add(nil, of)
		}
	}
	if len(r.plan.Operations) == 0 {
		at := r.root
		if n := r.root.Get("operations"); n != nil {
			at = n
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
	case of == nil && len(r.catalog.offers) == 0:
		tell("unknown operation %.120q: the plan names no description that could have it", name)
	case of == nil && documentKey.MatchString(name):
		tell("unknown operation %.120q; it is not among the operations of the plan%s", name, meant(name, r.names()))
	case of == nil:
		tell("unknown operation %.120q%s", name, meant(name, r.catalog.names()))
	case r.catalog.twins[name] != nil:
		tell("%.120q is both %s and %s of %s; name it by method and path", name, of.name, r.catalog.twins[name].name, r.catalog.twins[name].description)
		return nil
	}
	return of
}

// add takes an operation of a description into the plan; n is nil for one that
// the file does not name in its operations.
func (r *planReader) add(n *openapi.Node, of *offer) int {
	op := Operation{Name: of.name, Write: of.write, Weight: 1, Tags: slices.Clone(of.tags), Location: n.KeyLocation()}
	if n == nil {
		op.Location = r.root.Location()
	}
	if of.rest != nil {
		op.Method, op.Path = strings.ToUpper(of.rest.Method), of.rest.Path
		if d := n.Get("document"); d != nil {
			r.wrong(d, "%s is an operation of REST and has no document", of.name)
		}
	} else {
		op.Document = r.build(n, of)
	}
	op.Target = r.target(n, of.name, of.field != nil, of.description)
	return r.take(n, op, of)
}

// build makes the document of a field of a schema.
func (r *planReader) build(n *openapi.Node, of *offer) string {
	at := n
	if n == nil {
		at = r.root
	}
	if d := n.Get("document"); d != nil {
		r.wrong(d, "the document of %s is made from the schema; name the operation \"query NAME\" or \"mutation NAME\" to give one", of.name)
		return ""
	}
	if r.options.Document == nil {
		r.fault(at, "%s has no document", of.name)
		return ""
	}
	text, err := r.options.Document(of.field)
	if err != nil {
		r.fault(at, "no document can be made for %s: %v", of.name, err)
	}
	return text
}

// document reads an operation of GraphQL that has a document.
func (r *planReader) document(n *openapi.Node, kind, name string) {
	op := Operation{Name: n.Key(), Write: kind == "mutation", Weight: 1, Location: n.KeyLocation()}
	d := n.Get("document")
	if d == nil {
		r.wrong(n, "%s has no document; give one, or name a field of the schema, such as Query.issues", n.Key())
	} else if text, ok := r.documentText(d); ok {
		op.Document = text
		r.sameOperation(d, text, kind, name)
	}
	op.Target = r.target(n, op.Name, true, "")
	r.take(n, op, nil)
}

// documentText returns the text of a document, which is in the plan or in a
// file.
func (r *planReader) documentText(d *openapi.Node) (string, bool) {
	text := d.Text()
	if strings.Contains(text, "{") {
		return text, true
	}
	if r.options.File == nil {
		r.fault(d, "the document %.120q is no GraphQL, and no files can be read", text)
		return "", false
	}
	data, err := r.options.File(text)
	if err != nil {
		r.fault(d, "the document %.120q cannot be read: %v", text, err)
		return "", false
	}
	return string(data), true
}

// sameOperation checks that a document holds the one operation that it is said
// to hold.
func (r *planReader) sameOperation(d *openapi.Node, text, kind, name string) {
	found, err := operationsOf(text)
	switch {
	case err != "":
		r.fault(d, "the document of %s %s %s", kind, name, err)
	case len(found) == 0:
		r.fault(d, "the document has no operation; expected %s %s", kind, name)
	case len(found) > 1:
		r.fault(d, "the document has %d operations; expected %s %s only", len(found), kind, name)
	case found[0].kind != kind || found[0].name != name && found[0].name != "":
		r.fault(d, "the document has %s; expected %s %s", found[0], kind, name)
	}
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
