package k6

import (
	"errors"
	"fmt"
	"net/url"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
)

// mostOperations is how many operations a script may count. k6 keeps a
// sub-metric for each bucket of each, about 1,300 for one.
const mostOperations = 100

// Refusal is what k6 cannot do as the plan wants it.
type Refusal struct {
	// Location is where the plan wants it.
	Location check.Location
	// Problem says what, and what can be done instead.
	Problem string
}

// Error says where and what.
func (r *Refusal) Error() string {
	switch {
	case r.Location.File == "":
		return r.Problem
	case r.Location.Line == 0:
		return r.Location.File + ": " + r.Problem
	}
	return fmt.Sprintf("%s:%d: %s", r.Location.File, r.Location.Line, r.Problem)
}

// Check finds everything in a plan that a script cannot do; the error joins a
// [*Refusal] for each.
func Check(plan *perf.Plan) error {
	var problems []error
	at := func(l check.Location, format string, args ...any) {
		problems = append(problems, &Refusal{Location: l, Problem: fmt.Sprintf(format, args...)})
	}
	for i := range plan.Sessions {
		if len(keptNames(&plan.Sessions[i])) > mostKept {
			at(plan.Sessions[i].Location, "session %q keeps more than %d values, which are the most in a script", plan.Sessions[i].Name, mostKept)
		}
	}
	for i := range plan.Pools {
		at(plan.Pools[i].Location, "pool %q cannot be used in k6, whose virtual users share no data; use a file of data, or plumb perf run", plan.Pools[i].Name)
	}
	for i := range plan.Targets {
		t := &plan.Targets[i]
		u, err := url.Parse(t.URL)
		switch {
		case err != nil:
			at(t.Location, "the URL of target %q cannot be read", t.Name)
		case u.Scheme == "unix":
			at(t.Location, "target %q is a unix socket, to which k6 cannot send", t.Name)
		case u.Scheme == "h2c":
			at(t.Location, "target %q is HTTP/2 without TLS, which k6 cannot send", t.Name)
		case u.Scheme != "http" && u.Scheme != "https":
			at(t.Location, "target %q has the scheme %q; k6 sends to http and https", t.Name, u.Scheme)
		}
	}
	sent := 0
	for i, in := range used(plan) {
		if !in {
			continue
		}
		if sent++; sent == mostOperations+1 {
			at(plan.Operations[i].Location, "k6 can count at most %d operations by bucket; split the plan, or use plumb perf run", mostOperations)
		}
	}
	return errors.Join(problems...)
}
