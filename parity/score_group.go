package parity

import (
	"cmp"
	"slices"
	"strings"
)

// groupTally sums up one tag.
type groupTally struct {
	operations, roots tally
	missing           int
}

// sortGroups returns the tags, those with the most operations first.
func sortGroups(groups map[string]*groupTally) []Group {
	list := make([]Group, 0, len(groups))
	for _, tag := range sortedKeys(groups) {
		g := groups[tag]
		list = append(list, Group{Tag: tag, Breadth: g.operations.breadth(), GraphQLToREST: g.roots.breadth(), Missing: g.missing})
	}
	slices.SortStableFunc(list, func(a, b Group) int {
		return cmp.Or(b.Total-a.Total, b.GraphQLToREST.Total-a.GraphQLToREST.Total, strings.Compare(a.Tag, b.Tag))
	})
	return list
}
