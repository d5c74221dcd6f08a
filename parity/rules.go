package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

// Rules returns the rules over a result, in the order in which they are
// documented.
func Rules() check.Set[*Result] { return nil }

// Check runs the rules over a result under the policy. The report names both
// descriptions as its subjects. The error says that the run could not take
// place, never that there are findings.
func Check(ctx context.Context, res *Result, policy check.Policy) (*check.Report, error) {
	return check.Run(ctx, Rules(), res, policy)
}
