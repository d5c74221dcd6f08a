// Package lint is the command `plumb lint`: it reads descriptions, runs the
// rules of package lint over them under the project's policy, and hands the
// findings on.
package lint

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// options are the flags of the command.
type options struct {
	source source.Flags
	policy policy.Flags
	output output.Flags

	rulesets    []string
	changedFrom string
	timing      bool
	watch       bool
	poll        time.Duration

	fix, fixDryRun, fixUnsafe bool
}

// New makes the command.
func New(e *env.Env) *cobra.Command {
	o := &options{policy: policy.Flags{Check: rulebook.Lint}}
	cmd := &cobra.Command{
		Use:   "lint [flags] [DOCUMENT...]",
		Short: "Check API descriptions for errors and style",
		Long: `A DOCUMENT is an OpenAPI description (2.0 to 3.2, JSON or YAML) or a GraphQL
schema (SDL or introspection JSON); the content says which. It is given as

  a path                 api/openapi.yaml
  a pattern              'schema/**/*.graphql', one schema of many files
  - (standard input)     with --stdin-name for its references and reports
  a URL                  https://example.com/openapi.json
  a revision and path    main:api/openapi.yaml, read from git

Without a DOCUMENT those of plumb.yaml are checked.

A --ruleset with a dot or a slash is a file, such as .spectral.yaml: its rules run
over any JSON or YAML, and of spectral:oas those that it says. redocly.yaml runs as
Redocly CLI reads it, and redocly:recommended without a file. It may be a URL; what
a ruleset extends on other hosts is read with --allow-remote or --allow-host.

With --watch it goes on until an interrupt, which is exit code 0.

--fix mends in the files what a rule knows a certain change for, and reports what
remains; --fix-dry-run prints the change as a diff on standard output instead, and
findings go to --output and --report only. Comments, order and all other bytes stay.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 something could not be read or finished.`,
		Example: `  plumb lint api/openapi.yaml api/schema.graphql
  plumb lint --changed-from HEAD --format markdown api/openapi.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), e, o, args) },
	}
	o.register(cmd)
	o.policy.Own = func() []check.Meta { return o.own(cmd.Context(), e) }
	return cmd
}

func (o *options) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&o.rulesets, "ruleset", nil, "`NAME` of a ruleset, or FILE with one as Spectral or Redocly CLI reads it, to use instead of the configured ones; repeatable (default plumb:recommended)")
	flags.StringVar(&o.changedFrom, "changed-from", "", "report only what is new against this git `REVISION`")
	flags.BoolVar(&o.timing, "timing", false, "say on standard error how long each document took")
	flags.BoolVar(&o.watch, "watch", false, "lint again when a file changes, and say what is new and what is mended, until interrupted")
	flags.DurationVar(&o.poll, "poll", 500*time.Millisecond, "with --watch: how often to look whether a file has changed")
	flags.BoolVar(&o.fix, "fix", false, "change the files as the fixes of findings say, and report what remains")
	flags.BoolVar(&o.fixDryRun, "fix-dry-run", false, "print what --fix would change as a unified diff, and change nothing")
	flags.BoolVar(&o.fixUnsafe, "fix-unsafe", false, "with --fix or --fix-dry-run: also fixes that may change what a description means")
	o.source.Register(cmd)
	o.policy.Register(cmd)
	o.output.Register(cmd)
	output.CompleteWords(cmd, "ruleset", names.Rulesets)
}

// own are the rules that only the rulesets in files have, for a shell to complete:
// none where something is wrong, which the command itself tells.
func (o *options) own(ctx context.Context, e *env.Env) []check.Meta {
	p, err := o.policy.Project(e)
	if err != nil {
		return nil
	}
	sets, err := p.Rulesets(ctx, o.rulesets)
	if err != nil {
		return nil
	}
	return sets.Rules()
}

// run is the command.
func run(ctx context.Context, e *env.Env, o *options, args []string) error {
	if err := o.source.Validate(args); err != nil {
		return err
	}
	if err := o.validateFix(); err != nil {
		return err
	}
	if o.watch {
		return watch(ctx, e, o, args)
	}
	c, err := prepare(ctx, e, o, args)
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.check(ctx); err != nil {
		return err
	}
	if err := c.mend(ctx); err != nil {
		return err
	}
	return c.finish()
}
