package parity_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// same matches other texts of the same descriptions with the lock of a
// product and sees that nothing is new: no finding, and a lock of the same
// bytes.
func (p *product) same(t *testing.T, rest, gql []byte) {
	t.Helper()
	p.sameFrom(t, check.Info, rest, gql, p.lock)
}

// sameFrom does so with findings of a severity and above, and another lock.
func (p *product) sameFrom(t *testing.T, least check.Severity, rest, gql []byte, lock string) {
	t.Helper()
	doc, err := openapi.Parse(p.restName, rest)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: p.gqlName, Data: gql})
	if err != nil {
		t.Fatal(err)
	}
	res, findings := p.check(t, doc, schema)
	for _, f := range p.fresh(findings) {
		if f.Severity >= least {
			t.Errorf("new: %s %s: %s", f.Severity, f.Rule, f.Message)
		}
	}
	if diff := cmp.Diff(strings.Split(lock, "\n"), strings.Split(lockText(t, parity.NewLock(res)), "\n")); diff != "" {
		t.Errorf("lock (-before +after):\n%s", diff)
	}
}

// TestEditsWithoutMeaning changes descriptions so that they say the same.
func TestEditsWithoutMeaning(t *testing.T) {
	t.Parallel()
	for _, p := range ownProducts(t) {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(4) {
				t.Run("order "+strconv.FormatUint(seed, 10), func(t *testing.T) {
					rest, gql := p.reordered(seed)
					p.same(t, rest, gql)
				})
			}
			t.Run("comments", func(t *testing.T) { p.same(t, commentedREST(p), commentedSDL(p)) })
			t.Run("descriptions", func(t *testing.T) { p.sameFrom(t, check.Warning, describedREST(p), describedSDL(p), p.lock) })
			t.Run("format", func(t *testing.T) {
				data, err := json.Marshal(p.doc.Root().Value())
				if err != nil {
					t.Fatal(err)
				}
				p.same(t, data, []byte(p.schema.SDL()))
			})
			t.Run("names of types without a counterpart", func(t *testing.T) {
				rest, gql, lock := p.renamed(t)
				p.sameFrom(t, check.Warning, rest, gql, lock)
			})
		})
	}
}

// TestEditsWithoutMeaningOfRealDescriptions does the same with those that
// nobody wrote for a test.
func TestEditsWithoutMeaningOfRealDescriptions(t *testing.T) {
	t.Parallel()
	for _, name := range somePairs() {
		t.Run(name[0], func(t *testing.T) {
			t.Parallel()
			p := realProduct(t, name[0], name[1], name[2])
			t.Run("order", func(t *testing.T) {
				rest, gql := p.reordered(1)
				p.same(t, rest, gql)
			})
			t.Run("descriptions", func(t *testing.T) { p.sameFrom(t, check.Warning, describedREST(p), describedSDL(p), p.lock) })
		})
	}
}

// commentedSDL puts a comment before every element.
func commentedSDL(p *product) []byte {
	var edits []edit
	for e := range p.schema.Elements() {
		if start, end := e.Base().Span(); end > 0 {
			edits = append(edits, edit{start, start, "# A note.\n"})
		}
	}
	return edited(p.gql, edits...)
}

// commentedREST puts a comment before every member that begins a line; JSON
// has no comments, and gets empty lines.
func commentedREST(p *product) []byte {
	var edits []edit
	eachNode(p.doc.Root(), func(n *openapi.Node) {
		start, end := n.KeyOffsets()
		line := bytes.LastIndexByte(p.rest[:start], '\n') + 1
		if end == 0 || len(bytes.TrimSpace(p.rest[line:start])) > 0 {
			return
		}
		if p.rest[0] == '{' {
			edits = append(edits, edit{line, line, "\n"})
			return
		}
		edits = append(edits, edit{line, line, "# A note.\n"})
	})
	return edited(p.rest, edits...)
}

// neutral is a sentence that names nothing.
const neutral = " It is as it was."

// describedSDL adds a sentence to every description, and describes what is not.
func describedSDL(p *product) []byte {
	var edits []edit
	for e := range p.schema.Elements() {
		start, end := e.Base().Span()
		from, to := e.Base().DescriptionSpan()
		switch {
		case end == 0:
		case to == 0 && e.Coordinate() != "":
			edits = append(edits, edit{start, start, strconv.Quote(strings.TrimSpace(neutral)) + " "})
		case to-from >= 6 && string(p.gql[to-3:to]) == `"""`:
			edits = append(edits, edit{to - 3, to - 3, neutral})
		case to > from:
			edits = append(edits, edit{to - 1, to - 1, neutral})
		}
	}
	return edited(p.gql, edits...)
}

// describedREST adds a sentence to every description.
func describedREST(p *product) []byte {
	var edits []edit
	eachNode(p.doc.Root(), func(n *openapi.Node) {
		if text, ok := n.Str(); ok && n.Key() == "description" && n.Parent().Key() != "properties" {
			data, err := json.Marshal(text + neutral)
			if err == nil {
				edits = append(edits, replaceNode(n, string(data)))
			}
		}
	})
	return edited(p.rest, edits...)
}

func eachNode(n *openapi.Node, visit func(*openapi.Node)) {
	if n.Parent() != nil {
		visit(n)
	}
	for _, c := range n.Children() {
		eachNode(c, visit)
	}
}

// renamed gives a type and a schema without counterparts other names. The lock
// has the schema under its other name.
func (p *product) renamed(t *testing.T) (rest, gql []byte, lock string) {
	t.Helper()
	rest, gql, lock = p.rest, p.gql, p.lock
	known := map[string]bool{}
	for _, typ := range p.res.Types {
		known[typ.GraphQL] = true
	}
	for _, f := range p.res.Fields {
		known[f.Type] = true
	}
	i := slices.IndexFunc(p.schema.Enums, func(typ *graphql.Type) bool { return !known[typ.Name] })
	if i >= 0 {
		name := p.schema.Enums[i].Name
		gql = bytes.ReplaceAll(gql, []byte(name), []byte("Quuxed"))
	}
	i = slices.IndexFunc(p.res.Types, func(typ *parity.Type) bool {
		return typ.Status == parity.StatusNone && typ.Confidence == 1
	})
	if i < 0 {
		return rest, gql, lock
	}
	typ := p.res.Types[i]
	for _, text := range []string{"/schemas/" + typ.Name + `"`, "    " + typ.Name + ":\n", `"` + typ.Name + `":`} {
		rest = bytes.ReplaceAll(rest, []byte(text), []byte(strings.ReplaceAll(text, typ.Name, "Quuxed")))
	}
	lines := strings.Split(strings.ReplaceAll(lock, "/schemas/"+typ.Name+`"`, `/schemas/Quuxed"`), "\n")
	from := slices.Index(lines, `"types": [`) + 1
	to := from + slices.Index(lines[from:], "],")
	for i := from; i < to; i++ {
		lines[i] = strings.TrimSuffix(lines[i], ",")
	}
	slices.Sort(lines[from:to])
	for i := from; i < to-1; i++ {
		lines[i] += ","
	}
	return rest, gql, strings.Join(lines, "\n")
}
