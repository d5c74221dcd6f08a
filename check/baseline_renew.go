package check

// Renew makes the baseline that follows b after a call: everything in the
// merged report is known (see [Report.Baseline]), and of b is kept what the
// call did not look at: another file, a rule that did not run. Looked are
// the reports that were merged. A nil b is empty.
func (b *Baseline) Renew(merged *Report, looked ...*Report) *Baseline {
	next := merged.Baseline()
	if b == nil {
		return next
	}
	looks := newLooks(looked)
	for print, k := range b.known {
		if !judged(looks, k.Rule, func(file string) bool { return file == k.File }) {
			next.known[print] = k
		}
	}
	return next
}
