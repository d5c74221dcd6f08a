package integration

import (
	"time"

	"github.com/plumbapi/plumb/check"
)

// Term is for how long a suggested waiver holds.
const Term = 180 * 24 * time.Hour

// Suggest returns the waivers that follow from what people have decided in a
// tool: one for each finding whose object they have declined, in the order of
// the findings. Its reason names the object and the tool's own word; who answers
// for it is for whoever takes it over to say, so the owner is empty.
func Suggest(findings []check.Finding, states []State, now time.Time) []check.Waiver {
	declined := map[string]*State{}
	for i := range states {
		if !states[i].Declined {
			continue
		}
		for _, fingerprint := range states[i].Fingerprints {
			declined[fingerprint] = &states[i]
		}
	}
	var waivers []check.Waiver
	seen := map[check.Waiver]bool{}
	for i := range findings {
		f := &findings[i]
		s := declined[f.Fingerprint]
		if s == nil {
			continue
		}
		w := check.Waiver{
			Rule: f.Rule, File: f.Location.File, Element: f.Location.Element,
			Reason: s.Object + " was closed as " + s.Status,
			Until:  now.UTC().Truncate(24 * time.Hour).Add(Term),
		}
		if !seen[w] {
			seen[w] = true
			waivers = append(waivers, w)
		}
	}
	return waivers
}
