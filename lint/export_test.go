package lint

import (
	"maps"
	"slices"
)

// Characterized are the IDs of the rules of which something is said for a
// session.
func Characterized() []string {
	return slices.Sorted(maps.Keys(merged(ways, blind)))
}

func merged(w map[string]way, s map[string]sight) map[string]bool {
	ids := map[string]bool{}
	for id := range w {
		ids[id] = true
	}
	for id := range s {
		ids[id] = true
	}
	return ids
}
