// Package parity is the command `plumb parity`: it reads the REST description
// and the GraphQL schema of one product, lets package parity match and
// compare them, and hands facts and findings on.
package parity

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
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
	pair   pairFlags

	updateLock env.Choice
}

// New makes the command.
func New(e *env.Env) *cobra.Command {
	o := &options{policy: policy.Flags{Check: rulebook.Parity}, output: output.Flags{Formats: []string{"csv"}, DefaultLimit: 10}}
	cmd := &cobra.Command{
		Use:   "parity [flags] [REST GRAPHQL]",
		Short: "Match and compare what REST and GraphQL each offer",
		Long: `REST is an OpenAPI description (2.0 to 3.2), GRAPHQL a GraphQL schema (SDL or
introspection JSON) of the same product; the content says which is which. Each
is given as a path, a pattern, - for standard input, a URL or REVISION:PATH.

Without arguments every API of plumb.yaml that has both is compared.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 something could not be read or finished, or the two are not
of one product.`,
		Example: `  plumb parity api/openapi.yaml api/schema.graphql
  plumb parity --format html --output parity.html api/openapi.yaml api/schema.graphql`,
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), e, o, args) },
	}
	o.source.Register(cmd)
	o.policy.Register(cmd)
	o.output.Register(cmd)
	o.pair.register(cmd)
	o.pair.registerPolicy(cmd)
	o.updateLock = env.Choice{Noun: "way", Words: []string{"shrink", "all"}}
	cmd.Flags().Var(&o.updateLock, "update-lock", "write the decisions to the lock; gaps only shrink, unless all are taken over (default shrink)")
	cmd.Flags().Lookup("update-lock").NoOptDefVal = "shrink"
	output.CompleteChoice(cmd, "update-lock", &o.updateLock)
	cmd.AddCommand(newExplain(e), newSuggest(e), newDiff(e), newVerify(e))
	return cmd
}

// run is the command.
func run(ctx context.Context, e *env.Env, o *options, args []string) error {
	c, err := prepare(e, o, args)
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.compareAll(ctx); err != nil {
		return err
	}
	return c.finish()
}
