package parity

import (
	"cmp"
	"fmt"
	"slices"
)

// version is that of a product, as descriptions name it: "introduced in 16.3".
type version struct{ major, minor int }

// String returns "16.3".
func (v version) String() string { return fmt.Sprintf("%d.%d", v.major, v.minor) }

func (v version) compare(w version) int {
	return cmp.Or(cmp.Compare(v.major, w.major), cmp.Compare(v.minor, w.minor))
}

// newestVersion returns the latest version such that so many mentions are of
// it or of a later one.
func (t *times) newestVersion(mentions int) (version, bool) {
	list := t.sortedVersions()
	for i := len(list) - 1; i >= 0; i-- {
		if mentions -= t.versions[list[i]]; mentions <= 0 {
			return list[i], true
		}
	}
	return version{}, false
}

func (t *times) sortedVersions() []version {
	list := make([]version, 0, len(t.versions))
	for v := range t.versions {
		list = append(list, v)
	}
	slices.SortFunc(list, version.compare)
	return list
}

// versionLead compares the versions that both sides speak of. They must be
// those of one product: several are on both sides. How far apart they are is
// counted in versions that one of the sides knows.
func versionLead(rest, gql *times) lead {
	r, rok := rest.newestVersion(2)
	g, gok := gql.newestVersion(2)
	if !rok || !gok {
		return lead{}
	}
	both, all := 0, gql.sortedVersions()
	for _, v := range rest.sortedVersions() {
		if gql.versions[v] > 0 {
			both++
		} else {
			all = append(all, v)
		}
	}
	if both < 3 {
		return lead{}
	}
	slices.SortFunc(all, version.compare)
	l := lead{restAhead: r.compare(g) > 0}
	older, late := gql, r
	if !l.restAhead {
		older, late = rest, g
	}
	early, _ := older.newestVersion(1)
	behind := between(all, early, late)
	if behind < max(3, 2*older.stride(all)) {
		return lead{}
	}
	l.found, l.text = true, fmt.Sprintf("at least %d versions older", behind)
	oldSide, newSide := sides(l.restAhead)
	if l.restAhead {
		late, _ = rest.newestVersion(1)
	} else {
		late, _ = gql.newestVersion(1)
	}
	l.evidence = append(l.evidence, fmt.Sprintf("the latest version in which the %s says that something came is %s, that of the %s %s", oldSide, early, newSide, late))
	return l
}

// between counts the known versions after one, up to another.
func between(all []version, after, upTo version) int {
	n := 0
	for _, v := range all {
		if v.compare(after) > 0 && v.compare(upTo) <= 0 {
			n++
		}
	}
	return n
}

// stride is how many versions a side lets pass at the most without a word, of
// late.
func (t *times) stride(all []version) int {
	own := t.sortedVersions()
	own = own[max(len(own)-6, 0):]
	longest := 1
	for i := 1; i < len(own); i++ {
		longest = max(longest, between(all, own[i-1], own[i]))
	}
	return longest
}
