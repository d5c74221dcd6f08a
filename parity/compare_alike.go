package parity

import "slices"

// How much of its weight a word keeps that only says something of another.
const (
	auxWeight   = 0.05
	ownWeight   = 0.15
	lightWeight = 0.2
	manyWeight  = 0.3
	oneWeight   = 0.15
	nearCredit  = 0.72 // for words that may stand for one another
	byWeight    = 0.5  // of "by", which stands for a person
)

// alike says how alike the words of two names are, 0 to 1: the weight of
// what they share in that of all their words. The type's own words count
// little, and so do those that are marked as light: of the facts (counts,
// times, addresses) that both sides are known to be, the words that say so.
func (n *naming) alike(a, b *fieldName, own []int32, light mark) float64 {
	light |= lightWord | auxWord
	full := n.meager(a, own, light) || n.meager(b, own, light)
	shared, all := 0.0, 0.0
	var taken uint64 // words of b that stand for one of a
	for _, s := range a.stems {
		if i, ok := slices.BinarySearch(b.stems, s); ok {
			w := n.weight(s, own, light)
			if full {
				w = n.info[s].idf
			}
			shared, all = shared+w, all+w
			taken |= 1 << min(i, 63)
			continue
		}
		w := n.weight(s, own, light)
		if i := n.near(s, a, b, taken); i >= 0 {
			taken |= 1 << i
			w = max(w, n.weight(b.stems[i], own, light))
			shared += nearCredit * w
		}
		all += w
	}
	for i, t := range b.stems {
		switch {
		case taken&(1<<min(i, 63)) != 0:
		case n.repeats(t, a, b):
			all += n.weight(t, own, light) * lightWeight
		default:
			all += n.weight(t, own, light)
		}
	}
	shared, all = n.persons(a, b, shared, all)
	if all == 0 {
		return 0
	}
	return shared / all
}

// repeats reports whether a word of b says again what one says that both
// have: the status in merge state status.
func (n *naming) repeats(t int32, a, b *fieldName) bool {
	class := n.info[t].near
	return class != 0 && slices.ContainsFunc(a.stems, func(s int32) bool { return n.info[s].near == class && slices.Contains(b.stems, s) })
}

// near finds the word of b that may stand for the stem of a, -1 where there
// is none.
func (n *naming) near(s int32, a, b *fieldName, taken uint64) int {
	info := &n.info[s]
	for i, t := range b.stems {
		other := &n.info[t]
		if info.near == 0 && info.parts == nil && other.parts == nil || i > 62 || taken&(1<<i) != 0 || slices.Contains(a.stems, t) {
			continue
		}
		if info.near != 0 && info.near == other.near || slices.Contains(info.parts, t) || slices.Contains(other.parts, s) {
			return i
		}
	}
	return -1
}

// meager reports whether all words of a name are light ones: then they are
// what it is about.
func (n *naming) meager(f *fieldName, own []int32, light mark) bool {
	for _, s := range f.stems {
		if n.info[s].marks&(light|oneWord) == 0 && !slices.Contains(own, s) {
			return false
		}
	}
	return true
}

func (n *naming) weight(s int32, own []int32, light mark) float64 {
	info := &n.info[s]
	switch {
	case info.marks&auxWord != 0:
		return info.idf * auxWeight
	case slices.Contains(own, s):
		return info.idf * ownWeight
	case info.marks&light&manyWord != 0:
		return info.idf * manyWeight
	case info.marks&light != 0:
		return info.idf * lightWeight
	case info.marks&oneWord != 0:
		return info.idf * oneWeight
	}
	return info.idf
}

// persons weighs in "by": merged_by and mergeUser are alike.
func (n *naming) persons(a, b *fieldName, shared, all float64) (float64, float64) {
	if a.by == b.by {
		if a.by {
			return shared + byWeight, all + byWeight
		}
		return shared, all
	}
	other := a
	if a.by {
		other = b
	}
	for _, s := range other.stems {
		if n.info[s].near == n.person && n.person != 0 {
			return shared + n.info[s].idf, all
		}
	}
	return shared, all + byWeight
}
