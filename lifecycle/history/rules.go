package history

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

// Rules returns the rules over a history, in the order in which they are
// documented.
func Rules() check.Set[*Case] {
	return check.Set[*Case]{
		// How things go.
		removedWithoutDeprecation,
		removedBeforeSunset,
		removedTooEarly,
		removedOffCadence,

		// What was said of it.
		sunsetShortened,
		sunsetDeleted,
		deprecationBackdated,
		arrivedDeprecated,

		// Going back and forth.
		stabilityDecreased,
		deprecationFlapping,
		reintroducedAfterRemoval,
		experimentUnfinished,
	}
}

// Check runs the rules over a case under the policy, which says which findings
// count. The error says that the run could not take place, never that there
// are findings. The report names no subjects: the caller knows the files.
func Check(ctx context.Context, c *Case, policy check.Policy) (*check.Report, error) {
	return check.Run(ctx, Rules(), c, policy)
}
