package deliver

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/perf"
)

// Hook delivers what plumb check or plumb report has come to.
type Hook struct {
	flags Flags
	plan  *Plan
}

// Register implements check.Hook.
func (h *Hook) Register(cmd *cobra.Command) { h.flags.Register(cmd) }

// Prepare implements check.Hook.
func (h *Hook) Prepare(_ *env.Env, p *project.Project) (err error) {
	h.plan, err = h.flags.Open(p)
	return err
}

// Done implements check.Hook.
func (h *Hook) Done(ctx context.Context, r *gates.Result) error {
	if !h.plan.Any() {
		return nil
	}
	d := &integration.Delivery{Report: r.Report, FailOn: r.FailOn, Events: events(r.Outcomes, r.Env.Now())}
	code, err := h.plan.Send(ctx, d, env.Clean)
	if err != nil {
		return err
	}
	return env.Done(code)
}

// near is how long before its end an element is told.
const near = 30 * 24 * time.Hour

// events are what a run has seen that is worth a message of its own: what breaks
// clients, what goes within a month, budgets that were not kept.
func events(outcomes []*gates.Outcome, now time.Time) (list []integration.Event) {
	for _, o := range outcomes {
		for i := range o.APIs {
			list = append(list, breaking(&o.APIs[i])...)
			list = append(list, sunsets(o.APIs[i].Calendar, now)...)
			list = append(list, breached(o.APIs[i].Judgement)...)
		}
	}
	return list
}

func breaking(a *gates.API) (list []integration.Event) {
	for _, c := range a.Comparisons {
		for i := range c.Changes {
			if change := &c.Changes[i]; change.Level == check.Error {
				list = append(list, integration.Event{Type: "api.breaking_change", Subject: change.Subject, Text: change.Message})
			}
		}
	}
	return list
}

func sunsets(c *lifecycle.Calendar, now time.Time) (list []integration.Event) {
	if c == nil {
		return nil
	}
	for i := range c.Entries {
		e := &c.Entries[i]
		if e.Status == lifecycle.Ahead && !e.Gone.Date.IsZero() && e.Gone.Date.Before(now.Add(near)) {
			list = append(list, integration.Event{Type: "lifecycle.sunset", Subject: e.Name, Text: e.Name + " goes", Due: e.Gone.Date})
		}
	}
	return list
}

func breached(j *perf.Judgement) (list []integration.Event) {
	if j == nil {
		return nil
	}
	for _, o := range j.Operations {
		if o.Verdict == perf.Fail {
			list = append(list, integration.Event{Type: "slo.breached", Subject: o.Operation, Text: o.Reason})
		}
	}
	return list
}
