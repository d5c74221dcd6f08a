package parity

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/decisions"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/revision"
	paritylib "github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/view"
	"github.com/plumbapi/plumb/report"
)

// diffFlags are the flags of `plumb parity diff`.
type diffFlags struct {
	subFlags
	base                  string
	format, failOn, color env.Choice
}

// newDiff makes the command `plumb parity diff`.
func newDiff(e *env.Env) *cobra.Command {
	f := &diffFlags{}
	cmd := &cobra.Command{
		Use:   "diff [flags] [OLD_REST OLD_GRAPHQL] [NEW_REST NEW_GRAPHQL]",
		Short: "Say which gaps a change opens and closes",
		Long: `Four descriptions are the pair as it was and as it is. With --base REV two are
enough, or none where plumb.yaml names them: they are compared with what they
were in that revision of git. Decisions of parity.yaml hold for both; the lock
is not looked at.

A gap that was opened is an error, one that grew wider (a field, an argument or
a value that one side lost) a warning, another counterpart is worth knowing.

Exit codes: 0 nothing at or above --fail-on, 1 the change makes it worse, 2
wrong usage or configuration, 3 something could not be read.`,
		Example: `  plumb parity diff --base HEAD api/openapi.yaml api/schema.graphql
  plumb parity diff HEAD:api/openapi.yaml HEAD:api/schema.graphql api/openapi.yaml api/schema.graphql`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), e, args) },
	}
	f.register(cmd)
	f.format = env.Choice{Noun: "format", Words: []string{"text", "json", "markdown"}, Value: "text"}
	f.failOn = env.Choice{Noun: "severity", Words: []string{"error", "warning", "info", "never"}, Value: "error"}
	f.color = env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"}
	flags := cmd.Flags()
	flags.StringVar(&f.base, "base", "", "compare with the descriptions as they were in this git `REVISION`")
	flags.VarP(&f.format, "format", "f", "format of what is said")
	flags.Var(&f.failOn, "fail-on", "the lowest severity at which the exit code is 1")
	flags.Var(&f.color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	output.CompleteChoice(cmd, "format", &f.format)
	output.CompleteChoice(cmd, "fail-on", &f.failOn)
	output.CompleteChoice(cmd, "color", &f.color)
	return cmd
}

func (f *diffFlags) run(ctx context.Context, e *env.Env, args []string) error {
	var before []string
	switch {
	case len(args) == 4 && f.base != "":
		return env.Usagef("--base names what is compared with, and so do the first two of four descriptions")
	case len(args) == 4:
		before, args = args[:2], args[2:]
	case f.base == "":
		return env.Usagef("diff takes four descriptions, or --base REVISION: plumb parity diff --base origin/main api/openapi.yaml api/schema.graphql")
	}
	if err := f.source.Validate(append(append([]string{}, before...), args...)); err != nil {
		return err
	}
	l, now, err := f.one(e, args)
	if err != nil {
		return err
	}
	defer l.loader.Close()
	was := &pair{files: now.files}
	if before != nil {
		was.args = [2]string{before[0], before[1]}
	} else if err := l.atBase(ctx, was, now, f.base); err != nil {
		return err
	}
	was.files.Lock, now.files.Lock = decisions.File{}, decisions.File{}
	opts := f.pair.options(l.project)
	base, err := l.result(ctx, was, opts)
	if err != nil {
		return err
	}
	res, err := l.result(ctx, now, opts)
	if err != nil {
		return err
	}
	change := paritylib.Diff(base, res)
	switch f.format.Value {
	case "json":
		err = report.Value(e.Stdout, change)
	case "markdown":
		err = view.ChangeMarkdown(e.Stdout, change)
	default:
		err = view.Change(e.Stdout, change, view.Options{Width: e.Width, Color: e.Color(f.color.Value)})
	}
	if err != nil {
		return env.Incompletef("%w", err)
	}
	if worse(change, f.failOn.Value) {
		return env.Done(env.Findings)
	}
	return nil
}

// worse reports whether a change is one at or above a severity.
func worse(c *paritylib.Change, failOn string) bool {
	switch failOn {
	case "error":
		return len(c.Opened) > 0
	case "warning":
		return c.Worse()
	case "info":
		return c.Worse() || len(c.Counterparts) > 0
	}
	return false
}

// atBase loads a pair as it was in a revision.
func (l *loader) atBase(ctx context.Context, was, now *pair, rev string) error {
	if l.project.Repository == "" {
		return env.Usagef("--base compares with git, and %s is in no git repository", l.env.Dir)
	}
	for i, arg := range now.args {
		if project.IsURL(arg) || arg == "-" {
			return env.Usagef("--base compares files with what they were in git, and %s is not a file", project.PublicURL(arg))
		}
		if _, ok := project.Inside(l.project.Repository, l.env.Path(arg)); !ok {
			return env.Usagef("--base compares files with what they were in git, and %s is outside the repository %s", arg, l.project.Repository)
		}
		d, found, err := l.loader.At(ctx, rev, arg)
		var unknown *revision.UnknownError
		switch {
		case errors.As(err, &unknown):
			return env.Usagef("--base: %w", err)
		case err != nil:
			return err
		case !found:
			return env.Usagef("--base: %s has no %s; a comparison needs the pair as it was", rev, arg)
		}
		was.docs[i], was.args[i] = d, rev+":"+arg
	}
	return nil
}
