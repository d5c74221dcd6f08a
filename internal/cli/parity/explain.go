package parity

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/parity/view"
	"github.com/plumbapi/plumb/report"
)

// newExplain makes the command `plumb parity explain`.
func newExplain(e *env.Env) *cobra.Command {
	f := &subFlags{}
	format := env.Choice{Noun: "format", Words: []string{"text", "json"}, Value: "text"}
	color := env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"}
	cmd := &cobra.Command{
		Use:   "explain [flags] ELEMENT [REST GRAPHQL]",
		Short: "Say what corresponds to an operation, a field or a type, and why",
		Long: `An ELEMENT is an operation ("GET /issues/{id}", or its operationId), a
coordinate of GraphQL (Query.issue, Issue.title), a schema, a type, or a
property (Issue.title). What is said of an operation: the path that was
consumed, each signal with its weight in log-odds, the runner-up, and the
evidence in which the two differ most.

Exit codes: 0 it was explained, 2 wrong usage, or no such element, 3 something
could not be read.`,
		Example: `  plumb parity explain "GET /projects/{project_id}" api/openapi.yaml api/schema.graphql
  plumb parity explain Mutation.createIssue api/openapi.yaml api/schema.graphql`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 && len(args) != 3 {
				return env.Usagef(`explain takes an element, and the descriptions where plumb.yaml does not name them: plumb parity explain "GET /issues" api/openapi.yaml api/schema.graphql`)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			x, opts, err := f.explain(cmd.Context(), e, args)
			if err != nil {
				return err
			}
			if format.Value == "json" {
				return report.Value(e.Stdout, x)
			}
			opts.Width, opts.Color = e.Width, e.Color(color.Value)
			return x.Text(e.Stdout, opts)
		},
	}
	f.register(cmd)
	cmd.Flags().VarP(&format, "format", "f", "format of the output")
	cmd.Flags().Var(&color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	output.CompleteChoice(cmd, "format", &format)
	output.CompleteChoice(cmd, "color", &color)
	descriptions := cmd.ValidArgsFunction
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return descriptions(cmd, args, begun)
		}
		return f.elements(cmd.Context(), e), cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

func (f *subFlags) explain(ctx context.Context, e *env.Env, args []string) (*view.Explanation, view.Options, error) {
	l, p, err := f.one(e, args[1:])
	if err != nil {
		return nil, view.Options{}, err
	}
	defer l.loader.Close()
	res, err := l.result(ctx, p, f.pair.options(l.project))
	if err != nil {
		return nil, view.Options{}, err
	}
	x, err := view.Explain(res, args[0])
	var unknown *view.UnknownError
	switch {
	case errors.As(err, &unknown) && unknown.Closest != "":
		return nil, view.Options{}, env.Usagef("%w", unknown)
	case unknown != nil:
		return nil, view.Options{}, env.Usagef("%w (plumb parity --format csv%s lists operations and root fields)", unknown, p.again())
	}
	return x, view.Options{Shown: l.project.Shown}, err
}

// elements are what a shell completes: those of the API of plumb.yaml, since
// descriptions that come as arguments are not typed yet.
func (f *subFlags) elements(ctx context.Context, e *env.Env) []string {
	l, p, err := f.one(e, nil)
	if err != nil {
		return nil
	}
	defer l.loader.Close()
	if ctx == nil {
		ctx = context.Background()
	}
	res, err := l.result(ctx, p, f.pair.options(l.project))
	if err != nil {
		return nil
	}
	return view.Names(res)
}
