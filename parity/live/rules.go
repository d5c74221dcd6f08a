package live

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

// Rules returns the rules over a result, in the order in which they are
// documented.
func Rules() check.Set[*Result] { return nil }

// Metas describes the rules.
func Metas() []check.Meta { return Rules().Metas() }

// Check runs the rules over a result under the policy. A result that is not
// complete makes the report incomplete.
func Check(ctx context.Context, res *Result, policy check.Policy) (*check.Report, error) {
	return check.Run(ctx, Rules(), res, policy)
}
