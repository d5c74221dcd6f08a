package regex

import (
	"slices"
	"sort"
	"unicode"
)

// set is a set of characters.
type set struct {
	ranges  [][2]rune
	tables  []*unicode.RangeTable
	not     []*unicode.RangeTable // whose complement is in the set
	sets    []*set
	negated bool
}

func (s *set) add(low, high rune) { s.ranges = append(s.ranges, [2]rune{low, high}) }

// done puts the ranges in order.
func (s *set) done() {
	slices.SortFunc(s.ranges, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	merged := s.ranges[:0]
	for _, r := range s.ranges {
		if n := len(merged); n > 0 && r[0] <= merged[n-1][1]+1 {
			merged[n-1][1] = max(merged[n-1][1], r[1])
			continue
		}
		merged = append(merged, r)
	}
	s.ranges = merged
}

// has reports whether a character is in the set as it is written.
func (s *set) has(r rune) bool { return s.holds(r) != s.negated }

func (s *set) holds(r rune) bool {
	i := sort.Search(len(s.ranges), func(i int) bool { return s.ranges[i][1] >= r })
	if i < len(s.ranges) && s.ranges[i][0] <= r {
		return true
	}
	for _, t := range s.tables {
		if unicode.Is(t, r) {
			return true
		}
	}
	for _, t := range s.not {
		if !unicode.Is(t, r) {
			return true
		}
	}
	return slices.ContainsFunc(s.sets, func(in *set) bool { return in.has(r) })
}

// matches is has, for expressions that may ignore case.
func (s *set) matches(r rune, f Flags) bool {
	if !f.IgnoreCase {
		return s.has(r)
	}
	if s.holds(r) {
		return !s.negated
	}
	own := canonical(r, f.Unicode)
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		if canonical(other, f.Unicode) == own && s.holds(other) {
			return !s.negated
		}
	}
	return s.negated
}

// canonical is what characters that differ in case alone have in common.
func canonical(r rune, full bool) rune {
	if r < 128 {
		if 'a' <= r && r <= 'z' && !full {
			return r - 32
		}
		if !full {
			return r
		}
	}
	if full {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}
	if upper := unicode.ToUpper(r); upper >= 128 {
		return upper
	}
	return r
}

// The sets that have a letter.
var (
	digits = &set{ranges: [][2]rune{{'0', '9'}}}
	words  = &set{ranges: [][2]rune{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}}
	spaces = &set{ranges: [][2]rune{{9, 13}, {' ', ' '}, {0xa0, 0xa0}, {0x1680, 0x1680}, {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}, {0xfeff, 0xfeff}}}
)

// lettered is the set of \d, \D, \w, \W, \s or \S; nil for other letters.
func lettered(c rune) *set {
	switch c {
	case 'd':
		return digits
	case 'w':
		return words
	case 's':
		return spaces
	case 'D':
		return &set{sets: []*set{digits}, negated: true}
	case 'W':
		return &set{sets: []*set{words}, negated: true}
	case 'S':
		return &set{sets: []*set{spaces}, negated: true}
	}
	return nil
}

func isWord(r rune) bool { return words.has(r) }

func isLineEnd(r rune) bool { return r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029 }

// property is the set of \p{…}; nil where it has no name that is known.
func property(name, value string) *set {
	table := func(t *unicode.RangeTable) *set { return &set{tables: []*unicode.RangeTable{t}} }
	switch name {
	case "Script", "sc", "Script_Extensions", "scx":
		if t := unicode.Scripts[value]; t != nil {
			return table(t)
		}
		return nil
	case "General_Category", "gc":
		name = value
	default:
		if value != "" {
			return nil
		}
	}
	switch name {
	case "Any":
		return &set{ranges: [][2]rune{{0, unicode.MaxRune}}}
	case "ASCII":
		return &set{ranges: [][2]rune{{0, 127}}}
	case "Alphabetic", "Alpha":
		return &set{tables: []*unicode.RangeTable{unicode.L, unicode.Nl, unicode.Other_Alphabetic}}
	case "Uppercase", "Upper":
		return &set{tables: []*unicode.RangeTable{unicode.Lu, unicode.Other_Uppercase}}
	case "Lowercase", "Lower":
		return &set{tables: []*unicode.RangeTable{unicode.Ll, unicode.Other_Lowercase}}
	}
	if full := unicode.CategoryAliases[name]; full != "" {
		name = full
	}
	if t := unicode.Categories[name]; t != nil {
		return table(t)
	}
	if t := unicode.Properties[name]; t != nil {
		return table(t)
	}
	return nil
}
