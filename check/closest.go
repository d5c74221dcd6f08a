package check

import (
	"fmt"
	"strings"
)

// UnknownRuleError says that a policy or a caller names a rule that does not
// exist.
type UnknownRuleError struct {
	// Name is what was written.
	Name string
	// Closest is the known name most like it; empty where none is near.
	Closest string
	// At is where it is written; the zero Location where that is not known.
	At Location
}

// Error says which name is unknown, where, and which one may be meant.
func (e *UnknownRuleError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "unknown rule %q", e.Name)
	if e.At.File != "" {
		b.WriteString(" in " + e.At.File)
		if e.At.Line > 0 {
			fmt.Fprintf(&b, ":%d", e.At.Line)
		}
	}
	if e.Closest != "" {
		fmt.Fprintf(&b, "; did you mean %q?", e.Closest)
	}
	return b.String()
}

// longestName bounds, in bytes, the names that Closest compares: its time
// grows with the product of both lengths.
const longestName = 128

// Closest returns the one of names that is most like name, for "did you
// mean": the one with the fewest edits (a letter inserted, deleted, replaced
// or swapped with its neighbour, regardless of case), at most a third of
// name's length and at least two; else the shortest that contains a name of
// four letters or more. Of equals it is the first in names. It returns ""
// where none is near.
func Closest(name string, names []string) string {
	if name == "" || len(name) > longestName {
		return ""
	}
	lower := strings.ToLower(name)
	best, fewest := "", max(2, len(lower)/3)+1
	within := ""
	for _, candidate := range names {
		if candidate == "" || len(candidate) > longestName {
			continue
		}
		other := strings.ToLower(candidate)
		if d := edits(lower, other, fewest); d < fewest && d < len(candidate) {
			best, fewest = candidate, d
		}
		if len(lower) >= 4 && strings.Contains(other, lower) && (within == "" || len(candidate) < len(within)) {
			within = candidate
		}
	}
	if best == "" {
		return within
	}
	return best
}

// edits counts the edits between a and b (the restricted Damerau-Levenshtein
// distance, over bytes). It stops at limit.
func edits(a, b string, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	var rows [3][longestName + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		least := row[0]
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			d := min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, before[j-1]+1)
			}
			row[j+1] = d
			least = min(least, d)
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}

// ruleNames lists every ID, then every alias, in order.
func ruleNames(metas []Meta) []string {
	names := make([]string, 0, len(metas))
	for i := range metas {
		names = append(names, metas[i].ID)
	}
	for i := range metas {
		names = append(names, metas[i].Aliases...)
	}
	return names
}

// unknownRule makes the error for a name that is none of names.
func unknownRule(name string, at Location, names []string) *UnknownRuleError {
	return &UnknownRuleError{Name: name, Closest: Closest(name, names), At: at}
}
