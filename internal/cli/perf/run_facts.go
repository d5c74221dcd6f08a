package perf

import (
	"fmt"
	"io"

	"github.com/plumbapi/plumb/internal/words"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/report"
)

// runFacts shows an assessment.
func runFacts(a *perflib.Assessment) *report.Facts {
	return &report.Facts{
		Lead: string(a.Judgement.Verdict),
		Text: func(w io.Writer, _ int, _ bool) error {
			var err error
			for _, s := range a.Subjects() {
				p99 := "–"
				if s.Measured.Response != nil {
					if b, ok := s.Measured.Response.Quantile(0.99); ok {
						p99 = words.Duration(b.Mid())
					}
				}
				if _, e := fmt.Fprintf(w, "%-12s  %-30s  %s sent  p99 %s  %s\n", s.Judged.Verdict, s.Operation.Name, words.Number(int(s.Measured.Sent)), p99, s.Judged.Reason); e != nil {
					err = e
				}
			}
			return err
		},
	}
}
