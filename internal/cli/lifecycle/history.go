package lifecycle

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/promise"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// historyFlags are the flags of `plumb lifecycle history`.
type historyFlags struct {
	policy   policy.Flags
	output   output.Flags
	settings promise.Flags

	repo    string
	api     string
	openapi []string
	graphql []string
	tags    []string
	with    string
	since   string
	element string
}

// newHistory makes the command `plumb lifecycle history`.
func newHistory(e *env.Env) *cobra.Command {
	f := &historyFlags{policy: policy.Flags{Check: rulebook.Lifecycle}, output: output.Flags{Formats: []string{"csv"}}}
	cmd := &cobra.Command{
		Use:   "history [flags]",
		Short: "Say what happened to each element over the tags of a repository",
		Long: `The descriptions are read as each tag has them, oldest first, and compared: when
an element appeared, became stable, was deprecated, was given another sunset, was
removed, came back. Rules say where that was not in order: removed without notice
or before its sunset, a deprecation that is backdated, and so on.

Paths are relative to the top of the repository, with ./ to the working
directory, and may be patterns. Where a description was moved, name each of its
paths: the first that a tag has is taken. A file that was only renamed is
followed by itself. Without --openapi and --graphql those of plumb.yaml are
replayed.

Tags are ordered by the numbers in their names where all of them have one (15.10
comes after 15.9), else by time. Nothing is checked out; a bare repository does.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 a tag could not be read; the others are replayed.`,
		Example: `  plumb lifecycle history --openapi api/openapi.yaml --tags 'v*'
  plumb lifecycle history --graphql api/schema.graphql --element Project.wikiEnabled`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return env.Usagef("history takes no argument, and %q is one; name the descriptions with --openapi and --graphql", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), e) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.repo, "repo", "", "read this git `REPOSITORY` (default the one of the working directory)")
	flags.StringVar(&f.api, "api", "", "replay only the API of plumb.yaml with this `NAME`")
	flags.StringArrayVar(&f.openapi, "openapi", nil, "replay the OpenAPI description at this `PATH`; repeatable, the first that a tag has is taken")
	flags.StringArrayVar(&f.graphql, "graphql", nil, "replay the GraphQL schema at this `PATH`; repeatable, the first that a tag has is taken")
	flags.StringArrayVar(&f.tags, "tags", nil, "replay tags that match this `PATTERN`; repeatable (default all tags)")
	flags.StringVar(&f.with, "with", "", "replay this git `REVISION` after the last tag, such as HEAD")
	flags.StringVar(&f.since, "since", "", "show and judge only what happened after this `TAG`; those before are read all the same")
	flags.StringVar(&f.element, "element", "", "show and judge only the element with this `NAME`, such as \"GET /issues\"")
	f.settings.Register(cmd)
	f.policy.Register(cmd)
	f.output.Register(cmd)
	return cmd
}

// run is the command.
func (f *historyFlags) run(ctx context.Context, e *env.Env) error {
	c := &historyCall{flags: f, env: e, started: e.Now()}
	defer c.close()
	if err := c.prepare(ctx); err != nil {
		return err
	}
	if err := c.replay(ctx); err != nil {
		return err
	}
	if err := c.choose(); err != nil {
		return err
	}
	return c.finish(ctx)
}
