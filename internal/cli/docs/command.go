// Package docs is the command `plumb docs` with all below it: the reference
// site of a product.
package docs

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// New makes the command.
func New(e *env.Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "docs COMMAND",
		Short: "Build the reference of REST, GraphQL and webhooks as one site",
		Example: `  plumb docs build api/openapi.yaml api/schema.graphql
  plumb docs build --output public --base-url https://docs.example.com/api/ api/openapi.yaml`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newBuild(e), newServe(e))
	return cmd
}
