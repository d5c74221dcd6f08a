package lifecycle_test

import (
	"testing"

	"github.com/plumbapi/plumb/lifecycle"
)

// The place of every element is that of its name in the source, and its
// pointer leads there.
func TestCorpusPlaces(t *testing.T) {
	t.Parallel()
	doc := corpusDocument(t, "github/rest/api.github.com.json")
	for _, e := range lifecycle.Inspect(doc).Elements {
		n, err := doc.Lookup(doc.Root(), "#"+e.Location.Element)
		if err != nil {
			t.Fatalf("%s: %v", e.Name, err)
		}
		if n.KeyLocation() != e.Location {
			t.Fatalf("%s is at %v, want %v", e.Name, e.Location, n.KeyLocation())
		}
	}
}
