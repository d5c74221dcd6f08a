package gates

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// Hook is what another part of plumb does with what a run has come to: keeps it,
// or brings it to where people are. It brings its own flags, and does nothing
// where they do not ask for it.
type Hook interface {
	// Register adds the flags to the command.
	Register(cmd *cobra.Command)
	// Prepare checks the flags before anything is read.
	Prepare(e *env.Env, p *project.Project) error
	// Done takes the run when its report has been written. An error that is an
	// [env.Exit] decides the exit code where the run itself was clean or had
	// findings; another is said, and the exit code stands.
	Done(ctx context.Context, r *Result) error
}

// Result is what a call has come to.
type Result struct {
	Env *env.Env
	// Project is that of the working directory: names in Report are by it.
	Project *project.Project
	// Outcomes are those of each project that was checked, in order: one, but
	// in a repository of several.
	Outcomes []*Outcome
	// Report has the findings of all of them.
	Report *check.Report
	// FailOn is the least severity that fails the call; 0 where none does.
	FailOn check.Severity
	// ChangedFrom is the revision that it was compared with; "" for none.
	ChangedFrom string
}

// Hand hands on what a call has come to, and ends it: code is its exit code,
// which stands unless a hook insists on another.
func Hand(ctx context.Context, hooks []Hook, r *Result, code int) error {
	for _, h := range hooks {
		err := h.Done(ctx, r)
		var exit *env.Exit
		switch {
		case err == nil:
		case errors.As(err, &exit):
			code = max(code, exit.Code)
			if text := env.Message(err); text != "" {
				r.Env.Say("plumb: %s", text)
			}
		default:
			r.Env.Say("plumb: %s", env.Message(err))
		}
	}
	return env.Done(code)
}
