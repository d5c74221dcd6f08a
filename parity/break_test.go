package parity_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/parity"
)

// breakage is one change to one of two descriptions, by which they agree less
// than before.
type breakage struct {
	kind, element string
	rest, gql     []edit
	// names are what a finding may speak of: the element and its counterparts.
	names []string
}

// seen returns the finding that tells of the breakage, nil where none does.
func (b *breakage) seen(findings []check.Finding) *check.Finding {
	for i, f := range findings {
		if f.Severity == check.Info {
			continue
		}
		for _, name := range b.names {
			if speaksOf(f, name) {
				return &findings[i]
			}
		}
	}
	return nil
}

// speaksOf reports whether a finding names an element.
func speaksOf(f check.Finding, name string) bool {
	if f.Location.Element == name || strings.Contains(f.Message, strconv.Quote(name)) {
		return true
	}
	return slices.ContainsFunc(f.Related, func(r check.Related) bool { return r.Location.Element == name })
}

// breakages are all the ways to break what is surely matched, in a fixed
// order.
func breakages(p *product) []breakage {
	b := &breaker{product: p, doc: p.doc}
	b.learn()
	b.breakGraphQL()
	b.breakREST()
	return b.all
}

// sampled picks at most n breakages of each kind.
func sampled(all []breakage, n int, seed uint64) []breakage {
	r := rand.New(rand.NewPCG(seed, 1))
	byKind := map[string][]breakage{}
	var kinds []string
	for _, b := range all {
		if byKind[b.kind] == nil {
			kinds = append(kinds, b.kind)
		}
		byKind[b.kind] = append(byKind[b.kind], b)
	}
	var out []breakage
	for _, kind := range kinds {
		list := byKind[kind]
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		out = append(out, list[:min(n, len(list))]...)
	}
	return out
}

// broken counts what became of breakages.
type broken struct {
	kinds       []string
	made, found map[string]int
	misses      []string
}

func (r *broken) add(t testing.TB, p *product, b breakage) {
	if r.made == nil {
		r.made, r.found = map[string]int{}, map[string]int{}
	}
	if r.made[b.kind] == 0 {
		r.kinds = append(r.kinds, b.kind)
	}
	r.made[b.kind]++
	_, fresh := p.changed(t, b.kind+" "+b.element, b.rest, b.gql)
	if b.seen(fresh) != nil {
		r.found[b.kind]++
		return
	}
	miss := fmt.Sprintf("%s: %s %s", p.name, b.kind, b.element)
	for _, f := range fresh {
		miss += fmt.Sprintf("\n\t%s %s: %s", f.Severity, f.Rule, f.Message)
	}
	r.misses = append(r.misses, miss)
}

// report prints what was found of each kind and fails below the share.
func (r *broken) report(t testing.TB, least int, share float64) {
	t.Helper()
	made, found := 0, 0
	for _, kind := range r.kinds {
		t.Logf("%-24s %4d of %4d", kind, r.found[kind], r.made[kind])
		made, found = made+r.made[kind], found+r.found[kind]
	}
	for _, m := range r.misses {
		t.Logf("missed: %s", m)
	}
	t.Logf("%d of %d breakages found", found, made)
	if made < least || float64(found) < share*float64(made) {
		t.Errorf("%d of %d breakages found; want %.0f %% of at least %d", found, made, 100*share, least)
	}
}

// TestSeededBreaks breaks what corresponds in the project's own descriptions,
// one thing at a time, and sees that the rules tell.
func TestSeededBreaks(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("hundreds of comparisons take long")
	}
	n := breaksOfAKind(t, 5)
	var all broken
	for _, p := range ownProducts(t) {
		for _, b := range sampled(breakages(p), n, 1) {
			all.add(t, p, b)
		}
	}
	all.report(t, 200, 0.97)
}

// breaksOfAKind is how often each product is broken in each way: as often as
// PLUMB_BREAKS says where the environment has that.
func breaksOfAKind(t testing.TB, n int) int {
	t.Helper()
	if text := os.Getenv("PLUMB_BREAKS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatalf("PLUMB_BREAKS: %v", err)
		}
	}
	return n
}

// TestSeededBreaksOfRealDescriptions does the same with descriptions that
// nobody wrote for a test: one pair in some ways only, unless PLUMB_BREAKS is
// set.
func TestSeededBreaksOfRealDescriptions(t *testing.T) {
	t.Parallel()
	n, most := breaksOfAKind(t, 1), 8
	if n > 1 {
		most = math.MaxInt
	}
	for i, name := range somePairs() {
		t.Run(name[0], func(t *testing.T) {
			t.Parallel()
			p := realProduct(t, name[0], name[1], name[2])
			list := sampled(breakages(p), n, 7)
			if len(list) > most {
				r := rand.New(rand.NewPCG(uint64(i), 3))
				r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
				list = list[:most]
			}
			var all broken
			for _, b := range list {
				all.add(t, p, b)
			}
			all.report(t, 8, 0.97)
		})
	}
}

// somePairs are one of the pairs, all of them where PLUMB_BREAKS is set.
func somePairs() [][3]string {
	if os.Getenv("PLUMB_BREAKS") != "" {
		return realPairs
	}
	return realPairs[len(realPairs)-1:]
}

// realPairs are descriptions of the corpus: name, REST, GraphQL.
var realPairs = [][3]string{
	{"github", "github/rest/api.github.com.json", "github/graphql/schema.graphql"},
	{"gitlab", "gitlab/rest/openapi_v2.2024-07.yaml", "gitlab/graphql/schema.16.3.graphql"},
}

// sure is the confidence from which a pair is relied on.
const sure = 0.9

// surely reports whether a field is one of a pair that is relied on.
func surely(f *parity.Field, types map[string]*parity.Type) bool {
	t := types[f.Schema]
	return f.REST != "" && f.GraphQL != "" && f.Confidence >= sure && t != nil && t.GraphQL == f.Type && t.Confidence >= sure
}
