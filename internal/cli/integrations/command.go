// Package integrations is the command `plumb integrations` with all below it:
// each reads manifests, lets package catalog or a tool do the work, and hands on
// what comes of it. Files, the clock, the environment and the network are touched
// here and in package deliver only.
package integrations

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// New makes the command.
func New(e *env.Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "integrations COMMAND",
		Short: "Send what was found to the tools that teams work in; grade the catalog",
		Example: `  plumb integrations list
  plumb integrations test slack --dry-run`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newList(e), newShow(e), newTest(e), newSend(e), newStatus(e), newListen(e), newCheck(e), newScore(e), newExport(e))
	return cmd
}
