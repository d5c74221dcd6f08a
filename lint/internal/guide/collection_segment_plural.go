package guide

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var collectionSegmentPlural = &rule{
	Meta: check.Meta{
		ID:      "collection-segment-plural",
		Summary: "The segment before the parameter of an item should be a plural.",
		Rationale: "`/pets/{id}` reads as one of the pets, and `/pets` as all of them; `/pet/{id}` leaves open what `/pet` is. " +
			"English plurals are told by their last letters and a list of others, so this rule must be asked for.",
		Severity: check.Info, Tags: []string{"openapi", "paths", "naming"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkCollectionSegmentPlural,
}

func checkCollectionSegmentPlural(_ context.Context, p *pass) error {
	seen := map[string]bool{}
	for _, path := range p.Subject.Root().Get("paths").Children() {
		before := ""
		for _, s := range segments(path.Key()) {
			if isTemplate(s) && before != "" && !seen[before] && isSingular(before) {
				seen[before] = true
				p.Reportf(path.KeyLocation(), "segment %q before %q is no plural", before, s)
			}
			if before = s; strings.ContainsAny(s, "{}") {
				before = ""
			}
		}
	}
	return nil
}

// otherPlurals are plurals without an s at the end, and words that have none.
var otherPlurals = []string{
	"children", "people", "men", "women", "media", "data", "metadata", "criteria", "indices", "matrices", "series",
	"species", "feet", "geese", "mice", "information", "equipment", "software", "hardware", "content", "staff",
	"feedback", "history", "traffic", "search", "inventory", "schemata", "fish", "sheep", "firmware", "storage",
}

// isSingular reports whether a segment of plain words ends in a word that is
// no plural. Versions and segments that no item can follow are none.
func isSingular(segment string) bool {
	if casingsOf(segment) == 0 || isVersion(segment) {
		return false
	}
	_, last := lastWord(segment)
	if len(last) < 3 || is(last, otherPlurals...) {
		return false
	}
	return !strings.HasSuffix(strings.ToLower(last), "s") || strings.HasSuffix(strings.ToLower(last), "ss")
}
