// Package lifecycle is the command `plumb lifecycle` with all below it: each
// reads descriptions, or what is known of their past and their use, lets
// package lifecycle and those beside it find the facts, and hands facts and
// findings on.
package lifecycle

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// New makes the command.
func New(e *env.Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lifecycle COMMAND",
		Short: "Follow what is experimental, deprecated or removed, and when",
		Example: `  plumb lifecycle status api/openapi.yaml api/schema.graphql
  plumb lifecycle history --openapi api/openapi.yaml --tags 'v*'`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newStatus(e), newCalendar(e), newChangelog(e), newHistory(e), newUsage(e), newHeaders(e))
	return cmd
}
