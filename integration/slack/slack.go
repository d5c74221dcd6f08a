// Package slack tells a channel of Slack what a run has found: one message for
// a merge request, which later runs edit, and one for each run of a branch that
// has news. Findings can be snoozed from the message; what comes back is a
// waiver (see [Tool.Receive]).
//
// It posts as a bot, or through an incoming webhook where there is no bot; a
// webhook can neither edit nor be asked what it has posted. It is not a client
// for Slack: it knows the four calls that it needs.
package slack

import (
	_ "embed" // the manifest

	"github.com/plumbapi/plumb/integration"
)

//go:embed manifest.yaml
var manifestFile []byte

var manifest = integration.Embedded(manifestFile)

// Tool is the integration with Slack.
type Tool struct{}

// New returns the tool.
func New() Tool { return Tool{} }

// Manifest implements [integration.Tool].
func (Tool) Manifest() *integration.Manifest { return manifest() }

// The interfaces that the tool offers.
var (
	_ integration.Tool      = Tool{}
	_ integration.Previewer = Tool{}
	_ integration.Receiver  = Tool{}
)

// byWebhook says whether messages go through an incoming webhook: where the
// edition says so, or says nothing and there is no bot.
func byWebhook(in integration.Inputs) bool {
	if edition := in["edition"]; edition != "" {
		return edition == "webhook"
	}
	return in["token"] == "" && in["webhook_url"] != ""
}
