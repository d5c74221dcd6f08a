package check

import "strings"

// unchangedKey is what a finding of another revision is known again by. The
// file is no part of it: a revision is often read under another name.
type unchangedKey struct{ rule, element, key, message string }

// Unchanged moves the findings that base has too to Suppressed, with By
// "unchanged", so that only those remain that are new against base: the
// report of another revision of the same documents.
//
// Findings are compared by rule, element and key, and counted: where base
// has two and r has three alike, one is new. It is one whose message base
// does not have, if there is such a one, else the last in order. It does not
// matter whether base counted a finding or set it aside. A nil base changes
// nothing.
func (r *Report) Unchanged(base *Report) {
	if base == nil {
		return
	}
	exact := make(map[unchangedKey]int)
	alike := make(map[unchangedKey]int)
	for f := range base.all() {
		k := keyOf(f)
		exact[k]++
		k.message = ""
		alike[k]++
	}
	// First those whose message is the same, each of which uses one up, then
	// as many of the others as are left.
	same := make([]bool, len(r.Findings))
	take := func(f *Finding, exactly bool) bool {
		k := keyOf(f)
		if exactly && exact[k] == 0 {
			return false
		}
		exact[k]--
		k.message = ""
		if alike[k] == 0 {
			return false
		}
		alike[k]--
		return true
	}
	for i := range r.Suppressed {
		take(&r.Suppressed[i].Finding, true)
	}
	for i := range r.Findings {
		same[i] = take(&r.Findings[i], true)
	}
	var moved []Suppressed
	kept := make([]Finding, 0, len(r.Findings))
	for i := range r.Findings {
		if f := &r.Findings[i]; same[i] || take(f, false) {
			moved = append(moved, Suppressed{Finding: *f, By: byUnchanged})
		} else {
			kept = append(kept, *f)
		}
	}
	r.Findings = kept
	r.Suppressed = mergeRuns([][]Suppressed{r.Suppressed, moved}, compareSuppressed)
}

// keyOf leaves out the number that tells findings alike within one file
// apart; across files and revisions they are counted instead.
func keyOf(f *Finding) unchangedKey {
	key := strings.TrimRight(f.Key, "0123456789")
	if key == f.Key || !strings.HasSuffix(key, "#") {
		return unchangedKey{f.Rule, f.Location.Element, f.Key, f.Message}
	}
	return unchangedKey{f.Rule, f.Location.Element, key[:len(key)-1], f.Message}
}
