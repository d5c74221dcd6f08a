// Package lint is the command `plumb lint`: it reads descriptions, runs the
// rules of package lint over them under the project's policy, and hands the
// findings on.
package lint

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/config"
)

// options are the flags of the command.
type options struct {
	output output.Flags

	config      string
	rulesets    []string
	rules       []string
	baseline    string
	update      bool
	changedFrom string
	stdinName   string
	allowRemote bool
	allowHosts  []string
	headers     []string
	timing      bool
}

// New makes the command.
func New(e *env.Env) *cobra.Command {
	o := &options{}
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

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 something could not be read or finished.`,
		Example: `  plumb lint api/openapi.yaml api/schema.graphql
  plumb lint --changed-from HEAD --format markdown api/openapi.yaml`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"yaml", "yml", "json", "graphql", "graphqls", "gql"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), e, o, args) },
	}
	o.register(cmd)
	return cmd
}

func (o *options) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&o.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringArrayVar(&o.rulesets, "ruleset", nil, "`NAME` of a ruleset to use instead of the configured ones; repeatable (default plumb:recommended)")
	flags.StringArrayVar(&o.rules, "rule", nil, "set a rule's level, as `ID=off|info|warning|error|on`; repeatable")
	flags.StringVar(&o.baseline, "baseline", "", "`FILE` of known findings, which do not count")
	flags.BoolVar(&o.update, "update-baseline", false, "write what is found now to the baseline")
	flags.StringVar(&o.changedFrom, "changed-from", "", "report only what is new against this git `REVISION`")
	flags.StringVar(&o.stdinName, "stdin-name", "", "`PATH` that stands for standard input")
	flags.BoolVar(&o.allowRemote, "allow-remote", false, "follow references to public hosts")
	flags.StringArrayVar(&o.allowHosts, "allow-host", nil, "follow references to this `HOST`, which may be private; repeatable")
	flags.StringArrayVar(&o.headers, "header", nil, "send a header to the hosts named in arguments, as `NAME: VALUE`; ${VAR} is taken from the environment; repeatable")
	flags.BoolVar(&o.timing, "timing", false, "say on standard error how long each document took")
	o.output.Register(cmd)
	output.CompleteWords(cmd, "ruleset", names.Rulesets)
	_ = cmd.RegisterFlagCompletionFunc("rule", completeRule)
	_ = cmd.RegisterFlagCompletionFunc("config", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml"}, cobra.ShellCompDirectiveFilterFileExt
	})
}

// completeRule completes ID, then =, then the level.
func completeRule(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	if id, _, ok := strings.Cut(begun, "="); ok {
		levels := config.Levels()
		for i := range levels {
			levels[i] = id + "=" + levels[i]
		}
		return levels, cobra.ShellCompDirectiveNoFileComp
	}
	return names.Described("="), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// validate checks what flags say to one another.
func (o *options) validate(args []string) error {
	stdins := 0
	for _, arg := range args {
		if arg == "-" {
			stdins++
		}
		if arg == "" {
			return env.Usagef("an argument is empty; expected a path, a URL, REVISION:PATH or -")
		}
	}
	switch {
	case stdins > 1:
		return env.Usagef("standard input (-) is named twice; it can be read once")
	case o.stdinName != "" && stdins == 0:
		return env.Usagef("--stdin-name names standard input, but no argument is -")
	}
	for _, name := range o.rulesets {
		if err := names.Ruleset(name); err != nil {
			return env.Usagef("--ruleset: %w", err)
		}
	}
	return nil
}

// run is the command.
func run(ctx context.Context, e *env.Env, o *options, args []string) error {
	if err := o.validate(args); err != nil {
		return err
	}
	c, err := prepare(e, o, args)
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.check(ctx); err != nil {
		return err
	}
	return c.finish()
}
