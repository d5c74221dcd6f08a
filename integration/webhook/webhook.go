// Package webhook sends what plumb found as signed events to an address of
// one's own: Standard Webhooks 1.0.0, or CloudEvents 1.0 with the same
// signature. The events are report.completed, finding.opened, finding.fixed,
// api.breaking_change, slo.breached and lifecycle.sunset; each is small and
// says where the rest is read.
//
// It is for one receiver of one's own. Products that send webhooks to their
// users have webhook/send, with an outbox and days of attempts.
package webhook

import (
	_ "embed" // for the manifest

	"github.com/plumbapi/plumb/integration"
)

//go:embed manifest.yaml
var manifestFile []byte

var manifest = integration.Embedded(manifestFile)

// Tool is the integration. It has no state.
type Tool struct{}

// New returns the integration.
func New() Tool { return Tool{} }

// Manifest implements integration.Tool.
func (Tool) Manifest() *integration.Manifest { return manifest() }

// Fake implements integration.Tool.
func (Tool) Fake(inputs integration.Inputs) integration.Fake { return newFake(inputs) }
