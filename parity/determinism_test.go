package parity_test

import (
	"bytes"
	"encoding/json"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// facts are the bytes of a result. Places are not part of them.
func (p *product) facts(t *testing.T, rest, gql []byte) []byte {
	t.Helper()
	doc, err := openapi.Parse(p.restName, rest)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: p.gqlName, Data: gql})
	if err != nil {
		t.Fatal(err)
	}
	return factsOf(t, doc, schema)
}

func factsOf(t *testing.T, doc *openapi.Document, schema *graphql.Schema) []byte {
	t.Helper()
	res, err := parity.Match(t.Context(), doc, schema, parity.Options{})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.MarshalIndent(res, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// sameFacts fails with the first lines in which two results differ.
func sameFacts(t *testing.T, want, got []byte) {
	t.Helper()
	if bytes.Equal(want, got) {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			from := max(0, i-12)
			t.Errorf("line %d (-want +got):\n%s", i, cmp.Diff(a[from:min(i+3, len(a))], b[from:min(i+3, len(b))]))
			return
		}
	}
	t.Errorf("%d lines; want %d", len(b), len(a))
}

// TestDeterminism matches the same descriptions again and again, on one
// processor and on many, and in any order: every byte of the result stays. It
// is not parallel, since it changes the number of processors for all.
func TestDeterminism(t *testing.T) {
	products := ownProducts(t)
	runs, orders := 20, uint64(6)
	for _, p := range products {
		t.Run(p.name, func(t *testing.T) { determined(t, p, runs, orders) })
	}
	for _, name := range somePairs() {
		t.Run(name[0], func(t *testing.T) {
			determined(t, realProduct(t, name[0], name[1], name[2]), 2, 1)
		})
	}
}

func determined(t *testing.T, p *product, runs int, orders uint64) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	want := factsOf(t, p.doc, p.schema)
	for i := range runs {
		runtime.GOMAXPROCS([]int{8, 1, 2}[i%3])
		sameFacts(t, want, factsOf(t, p.doc, p.schema))
	}
	for seed := range orders {
		t.Run("order "+strconv.FormatUint(seed, 10), func(t *testing.T) {
			rest, gql := p.reordered(seed)
			sameFacts(t, want, p.facts(t, rest, gql))
		})
	}
}
