// Package googlechat tells a space of Google Chat what a run has found, as a
// card through the space's incoming webhook: one thread for each merge request.
//
// Google Chat knows a request by its requestId, so a message is never there
// twice, however often it is sent. A webhook cannot edit what it has posted.
package googlechat

import (
	_ "embed" // the manifest

	"github.com/plumbapi/plumb/integration"
)

//go:embed manifest.yaml
var manifestFile []byte

var manifest = integration.Embedded(manifestFile)

// Tool is the integration with Google Chat.
type Tool struct{}

// New returns the tool.
func New() Tool { return Tool{} }

// Manifest implements [integration.Tool].
func (Tool) Manifest() *integration.Manifest { return manifest() }

// The interfaces that the tool offers.
var (
	_ integration.Tool      = Tool{}
	_ integration.Previewer = Tool{}
)
