package lint

import (
	"maps"
	"slices"
)

// Characterized are the IDs of the rules of which something is said for a
// session.
func Characterized() []string {
	ids := slices.Concat(
		slices.Collect(maps.Keys(ways)), slices.Collect(maps.Keys(blind)),
		slices.Collect(maps.Keys(byName)),
	)
	slices.Sort(ids)
	return slices.Compact(ids)
}
