package policy

import (
	"maps"

	"github.com/plumbapi/plumb/check"
)

// Overlay puts on top of a policy what another one says, which wins: levels of
// rules; and takes over what is set aside.
func Overlay(to, top *check.Policy) {
	for rule, off := range top.Off {
		if off {
			to.Off[rule] = true
			delete(to.On, rule)
		}
	}
	for rule, on := range top.On {
		if on {
			to.On[rule] = true
			delete(to.Off, rule)
		}
	}
	maps.Copy(to.Severity, top.Severity)
	to.Ignores, to.Waivers, to.Baseline, to.Now = top.Ignores, top.Waivers, top.Baseline, top.Now
}

// Bare is a policy without the baseline: what was found in a revision is
// compared, known or not.
func Bare(p check.Policy) check.Policy {
	p.Baseline = nil
	return p
}
