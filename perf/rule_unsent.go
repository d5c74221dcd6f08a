package perf

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/words"
)

var unsent = &check.Rule[*Assessment]{
	Meta: check.Meta{
		ID:      "perf-unsent",
		Summary: "Every request that was due has been sent.",
		Rationale: "A tool that leaves out what it cannot send tests a lower load than the plan says, just when the service is slow. Here " +
			"such requests count: where all workers waited for answers (`workers` bounds how many), they missed every budget; where " +
			"the generator was late, data was used up or a session had ended, a budget is not said to be kept unless it would be " +
			"with all of them missing it.",
		Severity: check.Warning, Tags: []string{"perf"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Assessment]) error {
		for _, s := range p.Subject.Subjects() {
			u := s.Measured.Unsent
			if u.Total() == 0 || s.Judged.Verdict == Invalid && len(p.Subject.Judgement.Reasons) == 0 {
				continue
			}
			var causes []string
			for _, c := range []struct {
				n   uint64
				why string
			}{{u.Busy, "all workers waited for answers"}, {u.Late, "the generator was late"}, {u.Empty, "there was no data"}, {u.Broken, "their sessions had ended before"}} {
				if c.n > 0 {
					causes = append(causes, words.Number(int(c.n))+" since "+c.why)
				}
			}
			message := fmt.Sprintf("%s of %s not sent: %s", shareOf(u.Total(), s.Measured.Due, 2), number(s.Measured.Due, "request"), strings.Join(causes, ", "))
			s.report(p, "unsent", message, map[string]any{"busy": u.Busy, "late": u.Late, "empty": u.Empty, "broken": u.Broken, "due": s.Measured.Due})
		}
		return nil
	},
}
