package check

import (
	"slices"
	"strconv"
)

// identify makes the findings of one rule whole: no nil in what is written
// as JSON, the order of [Finding.Compare], and a fingerprint that no other
// of them has. It takes the findings over.
func identify(findings []Finding) []Finding {
	for i := range findings {
		f := &findings[i]
		if f.Related == nil {
			f.Related = []Related{}
		}
		if f.Properties == nil {
			f.Properties = map[string]any{}
		}
	}
	findings = sorted(findings)
	taken := make(map[string]int, len(findings))
	numbered := false
	for i := range findings {
		f := &findings[i]
		f.Fingerprint = fingerprint(f)
		if _, ok := taken[f.Fingerprint]; ok {
			renumber(f, taken)
			numbered = true
		}
		taken[f.Fingerprint] = 1
	}
	if numbered { // KEY#10 sorts before KEY#2
		findings = sorted(findings)
	}
	return findings
}

// renumber gives a finding whose fingerprint is taken the next key, and so a
// fingerprint, that is not. The values of taken are the last number used.
func renumber(f *Finding, taken map[string]int) {
	first, key := f.Fingerprint, f.Key
	for n := taken[first] + 1; ; n++ {
		f.Key = key + "#" + strconv.Itoa(n)
		f.Fingerprint = fingerprint(f)
		if _, ok := taken[f.Fingerprint]; !ok {
			taken[first] = n
			return
		}
	}
}

func fingerprint(f *Finding) string {
	return Fingerprint(f.Rule, f.Location.File, f.Location.Element, f.Key)
}

// sorted returns the findings in the order of [Finding.Compare], those that
// it cannot tell apart in the order given. Rules mostly report in source
// order, and then this is one look at each; else indexes are sorted, because
// findings are large.
func sorted(findings []Finding) []Finding {
	if slices.IsSortedFunc(findings, func(a, b Finding) int { return a.Compare(&b) }) {
		return findings
	}
	order := make([]int, len(findings))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if c := findings[a].Compare(&findings[b]); c != 0 {
			return c
		}
		return a - b
	})
	out := make([]Finding, len(findings))
	for i, from := range order {
		out[i] = findings[from]
	}
	return out
}

// compareSuppressed orders suppressed findings as [Finding.Compare] does.
func compareSuppressed(a, b *Suppressed) int { return a.Compare(&b.Finding) }

// mergeRuns merges sorted runs into one new slice, never nil. Of equals the
// one of the earlier run comes first.
func mergeRuns[T any](runs [][]T, compare func(a, b *T) int) []T {
	total := 0
	heads := make([][]T, 0, len(runs)) // what is left of each run that is not empty
	for _, run := range runs {
		if len(run) > 0 {
			total += len(run)
			heads = append(heads, run)
		}
	}
	out := make([]T, 0, total)
	if len(heads) == 1 {
		return append(out, heads[0]...)
	}
	heap := make([]int, len(heads)) // indexes of heads, the least head first
	for i := range heap {
		heap[i] = i
	}
	less := func(i, j int) bool {
		c := compare(&heads[heap[i]][0], &heads[heap[j]][0])
		return c < 0 || c == 0 && heap[i] < heap[j]
	}
	sink := func(i int) {
		for {
			least := i
			for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
				if less(child, least) {
					least = child
				}
			}
			if least == i {
				return
			}
			heap[i], heap[least] = heap[least], heap[i]
			i = least
		}
	}
	for i := len(heap)/2 - 1; i >= 0; i-- {
		sink(i)
	}
	for len(heap) > 0 {
		run := &heads[heap[0]]
		out = append(out, (*run)[0])
		if *run = (*run)[1:]; len(*run) == 0 {
			heap[0] = heap[len(heap)-1]
			heap = heap[:len(heap)-1]
		}
		sink(0)
	}
	return out
}
