package parity_test

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// product is a pair of descriptions, and what is known of it with the lock
// that was written for it.
type product struct {
	name              string
	restName, gqlName string
	rest, gql         []byte
	doc               *openapi.Document
	schema            *graphql.Schema
	lock              string
	res               *parity.Result
	known             map[string]bool // fingerprints of its findings
}

// newProduct matches two descriptions and writes a lock for them.
func newProduct(t testing.TB, name, restName string, rest []byte, gqlName string, gql []byte) *product {
	t.Helper()
	p := &product{name: name, restName: restName, gqlName: gqlName, rest: rest, gql: gql, known: map[string]bool{}}
	var err error
	if p.doc, err = openapi.Parse(restName, rest); err != nil {
		t.Fatal(err)
	}
	if p.schema, err = graphql.Parse(graphql.File{Name: gqlName, Data: gql}); err != nil {
		t.Fatal(err)
	}
	p.res, err = parity.Match(t.Context(), p.doc, p.schema, parity.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.lock = lockText(t, parity.NewLock(p.res))
	res, findings := p.check(t, p.doc, p.schema)
	p.res = res
	for _, f := range findings {
		p.known[f.Fingerprint] = true
	}
	return p
}

// check matches descriptions with the lock of the product and runs the rules.
func (p *product) check(t testing.TB, doc *openapi.Document, schema *graphql.Schema) (*parity.Result, []check.Finding) {
	t.Helper()
	res, err := parity.Match(t.Context(), doc, schema, parity.Options{Lock: readLock(t, p.lock)})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := parity.Check(t.Context(), res, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	if !rep.Complete() {
		t.Fatalf("incomplete: %v", rep.Incomplete)
	}
	return res, rep.Findings
}

// changed reads the descriptions with edits, of which what says what they do,
// and returns the result and the findings that are new.
func (p *product) changed(t testing.TB, what string, rest, gql []edit) (*parity.Result, []check.Finding) {
	t.Helper()
	doc, schema := p.doc, p.schema
	var err error
	if len(rest) > 0 {
		if doc, err = openapi.Parse(p.restName, edited(p.rest, rest...)); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	if len(gql) > 0 {
		if schema, err = graphql.Parse(graphql.File{Name: p.gqlName, Data: edited(p.gql, gql...)}); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	res, findings := p.check(t, doc, schema)
	return res, p.fresh(findings)
}

// fresh are the findings that were not there before.
func (p *product) fresh(findings []check.Finding) []check.Finding {
	var list []check.Finding
	for _, f := range findings {
		if !p.known[f.Fingerprint] {
			list = append(list, f)
		}
	}
	return list
}

// ownProducts are the descriptions that were written for this project. One of
// them is there as JSON too.
func ownProducts(t testing.TB) []*product {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var list []*product
	for _, dir := range [...]string{"../testdata/tracker", "testdata/tasks", "testdata/depot"} {
		list = append(list, newProduct(t, filepath.Base(dir), "openapi.yaml", read(dir+"/openapi.yaml"), "schema.graphql", read(dir+"/schema.graphql")))
	}
	depot := list[len(list)-1]
	data, err := json.MarshalIndent(depot.doc.Root().Value(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(list, newProduct(t, "depot as JSON", "openapi.json", data, "schema.graphql", depot.gql))
}

// realProduct is one of those that nobody wrote for a test; the test is
// skipped where they are not there.
func realProduct(t testing.TB, name, rest, gql string) *product {
	t.Helper()
	if testing.Short() {
		t.Skip("real descriptions take long")
	}
	read := func(name string) []byte {
		dir := cmp.Or(os.Getenv("PLUMB_CORPUS"), filepath.Join("..", "..", "shared", "corpus"))
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Skipf("the corpus is not here (PLUMB_CORPUS): %v", err)
		}
		return data
	}
	return newProduct(t, name, filepath.Base(rest), read(rest), filepath.Base(gql), read(gql))
}
