// Package webhooks is the command `plumb webhooks` with all below it: each
// reads descriptions or deliveries, lets package webhook and those beside it do
// the work, and hands on what comes of it. Files, the clock and the network are
// touched here only, and secrets come from the environment only.
package webhooks

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// New makes the command.
func New(e *env.Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "webhooks COMMAND",
		Short: "Generate typed webhook clients; record, send and check deliveries",
		Example: `  plumb webhooks events api/openapi.yaml
  plumb webhooks drift api/openapi.yaml api/payloads`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(commands(e)...)
	return cmd
}

// commands are all below plumb webhooks.
func commands(e *env.Env) []*cobra.Command {
	return []*cobra.Command{
		newGenerate(e),
		newEvents(e),
		newDrift(e),
		newFake(e),
		newVerify(e),
		newListen(e),
		newReplay(e),
		newSend(e),
	}
}
