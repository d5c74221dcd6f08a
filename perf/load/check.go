package load

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// Refused is why a plan is not sent at all; nothing was.
type Refused struct {
	// Limit is what is in the way, [Limitless] for a plan that cannot be sent.
	Limit Limit
	// Problem says so in a sentence, with the numbers.
	Problem string
}

// Limit is something that keeps a plan from being sent until it is raised.
type Limit string

// The limits.
const (
	Limitless     Limit = ""
	LimitRate     Limit = "rate"     // Options.MaxRate
	LimitDuration Limit = "duration" // Options.MaxDuration
	LimitHosts    Limit = "hosts"    // Options.AllowHosts
	LimitWrites   Limit = "writes"   // Options.AllowWrites
	LimitMachine  Limit = "machine"  // Options.Limits
)

// Error returns the problem.
func (e *Refused) Error() string { return e.Problem }

func refuse(limit Limit, format string, args ...any) error {
	return &Refused{Limit: limit, Problem: fmt.Sprintf(format, args...)}
}

// check joins a [*Refused] for everything that keeps a plan from being sent.
func check(plan *perf.Plan, s *schedule.Schedule, o *Options) error {
	var errs []error
	var peak float64
	for _, stage := range s.Stages() {
		peak = max(peak, stage.From, stage.To)
	}
	if peak > o.MaxRate {
		errs = append(errs, refuse(LimitRate, "the plan sends up to %g requests per second, and at most %g are allowed", peak, o.MaxRate))
	}
	if d := s.Duration(); d > o.MaxDuration {
		errs = append(errs, refuse(LimitDuration, "the plan lasts %s, and at most %s are allowed", d, o.MaxDuration))
	}
	errs = append(errs, checkWeights(plan)...)
	if !o.AllowWrites {
		for i := range plan.Operations {
			if op := &plan.Operations[i]; op.Write && sent(plan, i) {
				errs = append(errs, refuse(LimitWrites, "%s changes data", op.Name))
			}
		}
	}
	for i := range plan.Targets {
		if err := checkTarget(&plan.Targets[i], o); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func checkWeights(plan *perf.Plan) []error {
	var sum float64
	for i := range plan.Operations {
		sum += plan.Operations[i].Weight
	}
	for i := range plan.Sessions {
		session := &plan.Sessions[i]
		sum += session.Weight
		if len(session.Steps) == 0 {
			return []error{refuse(Limitless, "the session %q has no step", session.Name)}
		}
		for _, step := range session.Steps {
			if step.Operation < 0 || step.Operation >= len(plan.Operations) {
				return []error{refuse(Limitless, "the session %q has a step without an operation", session.Name)}
			}
		}
	}
	if !(sum > 0) {
		return []error{refuse(Limitless, "the plan sends nothing: no operation and no session has a weight")}
	}
	return nil
}

// sent reports whether a plan sends an operation at all.
func sent(plan *perf.Plan, operation int) bool {
	if plan.Operations[operation].Weight > 0 {
		return true
	}
	return slices.ContainsFunc(plan.Sessions, func(s perf.Session) bool {
		return s.Weight > 0 && slices.ContainsFunc(s.Steps, func(step perf.Step) bool { return step.Operation == operation })
	})
}

// checkTarget refuses what can be seen to be wrong without a connection.
// Names are resolved, and their addresses checked, when they are dialled.
func checkTarget(t *perf.Target, o *Options) error {
	u, err := url.Parse(t.URL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return refuse(Limitless, "the URL of target %q is none that requests can be sent to; expected http://HOST or https://HOST", t.Name)
	}
	host := u.Hostname()
	if o.UnixSocket != "" || allowed(host, o.AllowHosts) {
		return nil
	}
	if ip, err := netip.ParseAddr(host); err == nil && !near(ip) {
		return refuse(LimitHosts, "the target %q is at %s, which is neither a loopback nor a private address", t.Name, host)
	}
	return nil
}

// allowed reports whether the user named a host.
func allowed(host string, hosts []string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return slices.ContainsFunc(hosts, func(h string) bool {
		return strings.TrimSuffix(strings.ToLower(strings.Trim(h, "[]")), ".") == host
	})
}

// near reports whether an address is of this machine or of a private network
// (RFC 1918, RFC 4193). Link-local ones are not: clouds answer there.
func near(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified()
}

// orDefault returns d, or another duration where it is 0.
func orDefault(d, other time.Duration) time.Duration {
	if d == 0 {
		return other
	}
	return d
}
