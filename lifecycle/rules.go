package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

type (
	rule = check.Rule[*Subject]
	pass = check.Pass[*Subject]
)

// since is the version that first had these rules.
const since = "0.1.0"

// Rules returns the rules over descriptions as they are today, in the order in
// which they are documented. Those over what happened are in lifecycle/history,
// those over what a server does in lifecycle/server.
func Rules() check.Set[*Subject] {
	return check.Set[*Subject]{
		// What is said can be read.
		sunsetFormat,
		deprecatedFormat,
		stabilityLevelInvalid,

		// When it goes.
		deprecatedNeedsSunset,
		deprecatedNeedsDate,
		sunsetNeedsDeprecated,
		sunsetBeforeDeprecation,
		sunsetPassed,
		noticeTooShort,
		exceptionExpired,

		// What comes instead.
		deprecatedNeedsReplacement,
		replacementMissing,
		replacementDeprecated,
		replacementLessStable,
		deprecatedRequiredParameter,

		// How far it has come.
		stableUsesUnstable,
		timeboxExceeded,
		experimentStale,
		experimentVisible,

		// On both surfaces.
		twinDeprecatedUnevenly,
	}
}

// Check runs the rules over descriptions under the policy of findings. The
// report names no subjects: the caller knows the documents. The error says
// that the run could not take place, never that there are findings.
func Check(ctx context.Context, s *Subject, policy check.Policy) (*check.Report, error) {
	return check.Run(ctx, Rules(), s, policy)
}

// report reports a finding about an element. A shared element says how often
// it is used.
func (e place) report(p *pass, format string, args ...any) {
	f := check.Finding{Location: e.Location, Key: e.Name, Message: message(e, format, args)}
	if e.uses > 1 {
		f.Properties = map[string]any{"uses": e.uses}
	}
	p.Report(f)
}
