package perf

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var contractViolation = &check.Rule[*Assessment]{
	Meta: check.Meta{
		ID:      "perf-contract-violation",
		Summary: "Under load, answers are still what the description promises.",
		Rationale: "Some faults only show under load: a page of HTML from a proxy, a list that ends early, a member that is missing since " +
			"what fills it has timed out. The status of such an answer is often 200. The share of answers that are held against " +
			"the description is `validate` in the plan; those that break it count as bad.",
		Severity: check.Warning, Tags: []string{"perf"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Assessment]) error {
		for _, s := range p.Subject.Subjects() {
			n := s.Measured.Bad.Contract
			if n == 0 {
				continue
			}
			message := fmt.Sprintf("%s of %s break the description", shareOf(n, s.Measured.Sent, 2), number(s.Measured.Sent, "answer"))
			if v := p.Subject.Plan.Validate; v > 0 && v < 1 {
				message += fmt.Sprintf(", of which %s were looked at", percent(v))
			}
			if classes := s.Measured.worst("response: "); len(classes) > 0 {
				message += ": " + strings.Join(classes, "; ")
			}
			s.report(p, "contract", message, map[string]any{"violations": n, "answers": s.Measured.Sent})
		}
		return nil
	},
}

// worst lists the three most frequent classes that begin with a prefix,
// without it.
func (m *Measured) worst(prefix string) []string {
	classes := slices.SortedFunc(maps.Keys(m.Classes), func(a, b string) int {
		return cmp.Or(cmp.Compare(m.Classes[b], m.Classes[a]), cmp.Compare(a, b))
	})
	var list []string
	for _, class := range classes {
		if rest, ok := strings.CutPrefix(class, prefix); ok && len(list) < 3 {
			list = append(list, fmt.Sprintf("%s (%d)", rest, m.Classes[class]))
		}
	}
	return list
}
