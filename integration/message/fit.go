package message

import (
	"sort"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Measure counts a text as a tool does. It is additive: what two texts have
// together is what their concatenation has.
type Measure func(string) int

// Runes counts Unicode code points; a byte that is not UTF-8 counts as one.
func Runes(s string) int { return utf8.RuneCountInString(s) }

// UTF16 counts UTF-16 code units, as JavaScript, Java and C# do.
func UTF16(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// Bytes counts bytes of UTF-8.
func Bytes(s string) int { return len(s) }

// Ellipsis is what [Cut] puts in the place of what it takes.
const Ellipsis = "…"

// Cut returns s where it is within the limit, else as much of its beginning as
// fits together with an ellipsis. It cuts between what readers see as
// characters (extended grapheme clusters of Unicode's UAX 29), so that no flag,
// emoji or accent comes apart, let alone a surrogate pair. A limit that is too
// small even for the ellipsis yields "".
func Cut(s string, limit int, measure Measure) string {
	if measure(s) <= limit {
		return s
	}
	room := limit - measure(Ellipsis)
	if room < 0 {
		return ""
	}
	used, end, state, rest := 0, 0, -1, s
	for rest != "" {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used += measure(cluster); used > room {
			break
		}
		end += len(cluster)
	}
	return s[:end] + Ellipsis
}

// Items is how many items all sections list.
func (m *Message) Items() int {
	n := 0
	for i := range m.Sections {
		n += len(m.Sections[i].Items)
	}
	return n
}

// Trim returns the message with its first n items only. Totals stay, so that
// what is left out is still counted.
func (m *Message) Trim(n int) *Message {
	trimmed := *m
	trimmed.Sections = make([]Section, len(m.Sections))
	for i, s := range m.Sections {
		s.Items = s.Items[:min(max(n, 0), len(s.Items))]
		n -= len(s.Items)
		trimmed.Sections[i] = s
	}
	return &trimmed
}

// Fit returns the message with as many of its items as fit, all where all do.
// Where not even none of them does, it returns the message without any: what
// remains has to be cut. The function is called some times, and must say yes to
// a message wherever it does to the same with more items.
func (m *Message) Fit(fits func(*Message) bool) *Message {
	if fits(m) {
		return m
	}
	return m.Trim(Largest(m.Items(), func(n int) bool { return fits(m.Trim(n)) }))
}

// Largest returns the largest number from 0 to n that fits, 0 where none does,
// by halving: what fits must fit with less too.
func Largest(n int, fits func(int) bool) int {
	return max(sort.Search(n, func(i int) bool { return !fits(i + 1) }), 0)
}
