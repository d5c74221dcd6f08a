package lifecycle

import (
	"context"
	"time"

	"github.com/plumbapi/plumb/check"
)

var exceptionExpired = &rule{
	Meta: meta("exception-expired", "An exception from the policy must not outlive its last day.",
		"From that day on the policy holds again for the elements. Remove the exception, or have its owner renew it with a "+
			"reason that still holds.", check.Warning, "policy"),
	Check: checkExceptionExpired,
}

func checkExceptionExpired(_ context.Context, p *pass) error {
	policy := p.Subject.Policy
	if policy == nil || p.Subject.Now.IsZero() {
		return nil
	}
	for i := range policy.Exceptions {
		x := &policy.Exceptions[i]
		if x.expired(p.Subject.Now) {
			p.Reportf(x.At, "the exception for %q ended on %s; %s answers for it", x.Element, x.Until.Format(time.DateOnly), x.Owner)
		}
	}
	return nil
}
