package integrations

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/integration/catalog/view"
	"github.com/plumbapi/plumb/integration/tools"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
)

// newShow makes the command `plumb integrations show`.
func newShow(e *env.Env) *cobra.Command {
	f := &catalogFlags{env: e}
	color := env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"}
	cmd := &cobra.Command{
		Use:   "show [flags] NAME",
		Short: "Say what an integration needs, and what each check of it has seen",
		Long: `NAME is an integration of plumb or, with --catalog, one of your own. What it needs
is told by the names of environment variables; values are never shown.

Exit codes: 0 shown, 2 wrong usage, no such integration or a manifest that is
wrong, 3 interrupted.`,
		Example: `  plumb integrations show slack
  plumb integrations show jira --color never`,
		Args: oneName("show"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := f.project()
			if err != nil {
				return err
			}
			entries, err := f.entries(p, args)
			if err != nil {
				return err
			}
			results, err := f.grade(cmd.Context(), entries, false)
			if err != nil {
				return err
			}
			return written(view.One(e.Stdout, results[0], e.Color(color.Value)))
		},
		ValidArgsFunction: completeNames,
	}
	f.register(cmd, true)
	cmd.Flags().Var(&color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	output.CompleteChoice(cmd, "color", &color)
	return cmd
}

// oneName asks for one integration.
func oneName(verb string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch len(args) {
		case 0:
			return env.Usagef("%s needs an integration: plumb integrations %s slack (plumb integrations list lists them)", verb, verb)
		case 1:
			return nil
		}
		return env.Usagef("%s takes one integration, not %d", verb, len(args))
	}
}

// completeNames completes the names of integrations.
func completeNames(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return tools.Names(), cobra.ShellCompDirectiveNoFileComp
}
