package guide

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
)

// mend reports a finding with a fix, which may be nil.
func mend(p *pass, at check.Location, fix *check.Fix, format string, args ...any) {
	p.Report(check.Finding{Location: at, Message: fmt.Sprintf(format, args...), Fix: fix})
}
