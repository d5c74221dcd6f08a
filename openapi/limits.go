package openapi

import (
	"strings"

	"github.com/plumbapi/plumb/check"
)

// maxDepth is how deep a description may nest. Real ones stay under 60.
const maxDepth = 1000

// maxValues is how many values a source may hold. The largest published
// description known has 350,000; a source of the largest size that is made of
// nothing else would need gigabytes.
const maxValues = 2_000_000

// maxExpansion is how many values aliases may add to a document. An alias
// bomb of nine lines would otherwise stand for a billion.
const maxExpansion = 1_000_000

// checkValues refuses a YAML text that may hold too many values before yaml.v4
// makes its own tree of it, which takes several times what ours takes. Before
// every value but the first stands one of the counted characters; in a text of
// mostly prose they are fewer than one in thirty, so that what is refused is
// larger than 30 MB or made to be refused.
func checkValues(s *Source) error {
	if len(s.text) <= maxValues {
		return nil
	}
	count := 0
	for _, c := range []string{"\n", ",", ":", "[", "{"} {
		count += strings.Count(s.text, c)
	}
	if count <= maxValues {
		return nil
	}
	return fail(ruleUnreadable, check.Location{File: s.name}, nil, "the document may hold more than 2,000,000 values")
}
