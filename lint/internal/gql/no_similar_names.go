package gql

import (
	"context"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noSimilarNames = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-similar-names",
		Summary: "Two names must not differ in their case or in underscores only.",
		Rationale: "`userName` and `username` look alike, complete to each other, and become the same name in languages and " +
			"databases that do not tell cases apart. Compared are types, the fields of one type, the arguments of one " +
			"field and the fields of one input object. Deprecated ones are left alone, for they may be the old " +
			"spelling.",
		Severity: check.Warning, Tags: []string{"graphql", "naming", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkNoSimilarNames,
}

func checkNoSimilarNames(_ context.Context, p *pass) error {
	s := p.Subject
	reportSimilar(p, s.Types)
	for _, t := range s.Types {
		reportSimilar(p, t.Fields)
		reportSimilar(p, t.InputFields)
	}
	for _, f := range s.Fields {
		reportSimilar(p, f.Args)
	}
	return nil
}

// reportSimilar reports each element whose name is, but for case and
// underscores, that of one before it.
func reportSimilar[E graphql.Element](p *pass, elements []E) {
	var few [48]uint64 // hashes of most lists, without a map
	var first map[uint64]int32
	if len(elements) > len(few) {
		first = make(map[uint64]int32, len(elements))
	}
	for i, e := range elements {
		key := foldedHash(e.Base().Name)
		j := int32(-1)
		if first == nil {
			j = int32(slices.Index(few[:i], key))
			few[i] = key
		} else if known, ok := first[key]; ok {
			j = known
		} else {
			first[key] = int32(i)
		}
		if j >= 0 {
			reportPair(p, elements[j], e)
		}
	}
}

func reportPair(p *pass, known, e graphql.Element) {
	a, b := known.Base().Name, e.Base().Name
	if a == b || folded(a) != folded(b) || isRetired(known) || isRetired(e) {
		return
	}
	reportRelatedf(p, e.Location(), "", check.Related{Message: "the first of the two", Location: known.Location()},
		"%s is hard to tell from %q", called(e), a)
}

// folded returns a name in small letters without underscores.
func folded(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), "_", "")
}

// foldedHash hashes what folded returns, with FNV-1a.
func foldedHash(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		c := name[i]
		if c == '_' {
			continue
		}
		if isUpper(c) {
			c += 'a' - 'A'
		}
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}
