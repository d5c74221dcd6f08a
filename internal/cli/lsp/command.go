// Package lsp is the command `plumb lsp`: a language server on standard input
// and output, which lints what an editor has open as `plumb lint` would. What it
// says to the editor is the matter of package internal/lsp.
package lsp

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/lsp"
)

// New makes the command.
func New(e *env.Env) *cobra.Command {
	var rulesets []string
	delay := 150 * time.Millisecond
	cmd := &cobra.Command{
		Use:   "lsp [flags]",
		Short: "Lint descriptions in an editor while they are typed",
		Long: `A language server (LSP 3.17) on standard input and output, which an editor
starts. It shows what plumb lint finds in what is open, saved or not; explains
rules and references; offers fixes; leads to what a $ref names and back; renames
components with all that refers to them; completes references.

It goes by the plumb.yaml of each folder, as plumb lint does, and reads it anew
when it is saved. The guide docs/guides/editor.md says how an editor is set up.

Exit codes: 0 the editor has ended it, 1 it left without a shutdown request,
2 wrong usage, 3 the connection broke.`,
		Example: `  plumb lsp --help
  plumb lsp --ruleset plumb:all </dev/null || test $? = 1`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return env.Usagef("lsp takes no arguments, but was given %q; the editor says what is open", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return run(cmd.Context(), e, rulesets, delay)
		},
	}
	cmd.Flags().StringArrayVar(&rulesets, "ruleset", nil, "`NAME` of a ruleset, or FILE with one, instead of those of plumb.yaml; repeatable")
	cmd.Flags().DurationVar(&delay, "delay", delay, "how long to wait for the next change before linting")
	cmd.Flags().Bool("stdio", true, "speak on standard input and output, which is the only way there is")
	return cmd
}

// patience is how long a lint goes on before the editor shows that there is one.
const patience = 500 * time.Millisecond

func run(ctx context.Context, e *env.Env, rulesets []string, delay time.Duration) error {
	if delay < 0 {
		return env.Usagef("--delay %s is less than nothing", delay)
	}
	b, err := newBackend(ctx, e, rulesets)
	if err != nil {
		return err
	}
	err = lsp.Serve(ctx, stdio{e.Stdin, e.Stdout}, lsp.Options{
		Backend: b, Version: version.Number, Delay: delay, Patience: patience,
		Log: func(line string) { e.Say("plumb: %s", line) },
	})
	switch {
	case errors.Is(err, lsp.ErrNoShutdown):
		e.Say("plumb: %s", err)
		return env.Done(env.Findings)
	case err != nil && ctx.Err() == nil:
		return env.Incompletef("the connection to the editor broke: %w", err)
	}
	return nil
}

// stdio is standard input and output as one stream.
type stdio struct {
	io.Reader
	io.Writer
}

// Close ends nothing: the streams are the process's.
func (stdio) Close() error { return nil }
