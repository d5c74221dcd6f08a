package rest

// matching says which of two lists of schemas, as allOf, anyOf and oneOf have
// them, are the same schema of both versions. The order of the lists means
// nothing.
type matching struct {
	pairs          [][2]int // base, revision
	added, removed []int
}

// maxComparisons is how many pairs of schemas in two lists are compared to find
// those that are alike. In longer lists those alike must be written alike.
const maxComparisons = 1 << 16

// match pairs what goes by one name, then what is alike, then what has one
// title, then the one that is left where one is left on both sides. What is
// left of a name on one side and written out alike on the other has not
// changed, and is in neither list.
func (c *comparison) match(base, revision []use) matching {
	var m matching
	if len(base) == 0 && len(revision) == 0 {
		return m
	}
	taken := make([]bool, len(revision))
	var inline []int
	for i, u := range base {
		if u.inline() {
			inline = append(inline, i)
			continue
		}
		j := find(revision, taken, func(v use) bool { return v.ref == u.ref })
		if j < 0 {
			m.removed = append(m.removed, i)
			continue
		}
		taken[j] = true
		m.pairs = append(m.pairs, [2]int{i, j})
	}
	inline = c.matchAlike(&m, base, revision, inline, taken)
	inline = matchTitles(&m, base, revision, inline, taken)
	left := unmatched(revision, taken, true)
	if len(inline) == 1 && len(left) == 1 && base[inline[0]].text(kwTitle) == "" && revision[left[0]].text(kwTitle) == "" {
		m.pairs = append(m.pairs, [2]int{inline[0], left[0]})
		taken[left[0]] = true
		inline = nil
	}
	m.removed = append(m.removed, inline...)
	m.added = append(unmatched(revision, taken, false), unmatched(revision, taken, true)...)
	c.dropMoved(&m, base, revision)
	return m
}

// matchAlike pairs schemas that are written out and alike, and returns what is
// left of the base's.
func (c *comparison) matchAlike(m *matching, base, revision []use, inline []int, taken []bool) []int {
	var left []int
	few := len(inline)*len(revision) <= maxComparisons
	for _, i := range inline {
		j := find(revision, taken, func(v use) bool {
			return v.inline() && (c.sameText(base[i].node, v.node) || few && c.same(base[i].schema, v.schema, false))
		})
		if j < 0 {
			left = append(left, i)
			continue
		}
		taken[j] = true
	}
	return left
}

// matchTitles pairs schemas that are written out and have one title.
func matchTitles(m *matching, base, revision []use, inline []int, taken []bool) []int {
	var left []int
	seen := map[string]bool{"": true}
	for _, i := range inline {
		title := base[i].text(kwTitle)
		j := -1
		if !seen[title] {
			j = find(revision, taken, func(v use) bool { return v.inline() && v.text(kwTitle) == title })
		}
		if j < 0 {
			left = append(left, i)
			continue
		}
		taken[j], seen[title] = true, true
		m.pairs = append(m.pairs, [2]int{i, j})
	}
	return left
}

// dropMoved drops what is a reference on one side and written out alike on the
// other.
func (c *comparison) dropMoved(m *matching, base, revision []use) {
	if len(m.removed)*len(m.added) > maxComparisons {
		return
	}
	for d := 0; d < len(m.removed); d++ {
		i := m.removed[d]
		for a, j := range m.added {
			if base[i].inline() == revision[j].inline() || !c.same(base[i].schema, revision[j].schema, true) {
				continue
			}
			m.added = append(m.added[:a:a], m.added[a+1:]...)
			m.removed = append(m.removed[:d:d], m.removed[d+1:]...)
			d--
			break
		}
	}
}

func find(list []use, taken []bool, ok func(use) bool) int {
	for j, u := range list {
		if !taken[j] && ok(u) {
			return j
		}
	}
	return -1
}

func unmatched(list []use, taken []bool, inline bool) []int {
	var left []int
	for j, u := range list {
		if !taken[j] && u.inline() == inline {
			left = append(left, j)
		}
	}
	return left
}
