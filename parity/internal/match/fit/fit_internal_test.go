package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/parity/internal/match"
)

// toy are decisions in which the second evidence tells right from wrong, and
// the third would do the opposite of what it may.
func toy() []decision {
	var list []decision
	for range 20 {
		list = append(list,
			decision{product: "toy", weight: 1, match: true, evidence: [][]float64{{1, 1, 0}, {1, 0, 1}}, right: []bool{true, false}},
			decision{product: "toy", weight: 1, none: true, evidence: [][]float64{{1, 0, 1}}, right: []bool{false}})
	}
	return list
}

func TestFit(t *testing.T) {
	t.Parallel()
	w := fit(toy(), []int{0, 1, 1})
	if w[0] >= 0 || w[1] <= 1 || w[2] != 0 {
		t.Errorf("weights %v, want a prior below 0, the second above 1, the third held at 0", w)
	}
	if diff := cmp.Diff(score{hit: 20}, judge(toy(), "toy", w), cmp.AllowUnexported(score{})); diff != "" {
		t.Errorf("choices (-want +got):\n%s", diff)
	}
	if got := judge(toy(), "other", w); got != (score{}) {
		t.Errorf("another product has %v", got)
	}
}

func TestDecide(t *testing.T) {
	t.Parallel()
	var l label
	if err := json.Unmarshal([]byte(`{"operation": "GET /pets", "status": "match", "graphql": "Query.pets", "also": ["Query.search"]}`), &l); err != nil {
		t.Fatal(err)
	}
	options := []match.Observed{{Name: "Query.search", Evidence: []float64{1}}, {Name: "Query.pets", Evidence: []float64{2}}, {Name: "Query.cats", Evidence: []float64{3}}}
	d := l.decide(product{Name: "shop", Weight: 1}, options)
	if diff := cmp.Diff([]bool{true, false}, d.right); diff != "" || d.none || !d.match {
		t.Errorf("right (-want +got):\n%s\nnone %v, match %v; what the label is indifferent to is left out", diff, d.none, d.match)
	}
	l.GraphQL = names{"Query.dogs"}
	if d := l.decide(product{Weight: 1}, options); !d.none || d.weight != 0.5 {
		t.Errorf("none %v, weight %v: what is not among the options can only be left alone", d.none, d.weight)
	}
}

// TestEveryWeightIsFitted sees that weights.go has a weight for each kind of
// evidence, on its side of zero.
func TestEveryWeightIsFitted(t *testing.T) {
	t.Parallel()
	tables, err := readTables("..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join("..", "weights.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		for i, sign := range table.signs() {
			_, after, ok := strings.Cut(string(text), "\t"+table.names[i]+":")
			if !ok {
				t.Errorf("%s has no weight", table.names[i])
				continue
			}
			value, _, _ := strings.Cut(strings.TrimSpace(after), ",")
			if negative := strings.HasPrefix(value, "-"); value != "0.00" && value != "-0.00" && (sign > 0 && negative || sign < 0 && !negative) {
				t.Errorf("%s is %s, on the wrong side of zero", table.names[i], value)
			}
		}
	}
}
