// Package github brings findings to GitHub as a check run on the commit:
// a conclusion, a summary, and an annotation in the line of each finding. It
// speaks the REST API of version 2022-11-28, of github.com and of servers of
// one's own.
package github

import (
	_ "embed" // for the manifest

	"github.com/plumbapi/plumb/integration"
)

//go:embed manifest.yaml
var manifestFile []byte

var manifest = integration.Embedded(manifestFile)

// APIVersion is the version of the API that every request asks for.
const APIVersion = "2022-11-28"

// Tool is the integration. It has no state.
type Tool struct{}

// New returns the integration.
func New() Tool { return Tool{} }

// Manifest implements integration.Tool.
func (Tool) Manifest() *integration.Manifest { return manifest() }

// Fake implements integration.Tool.
func (Tool) Fake(inputs integration.Inputs) integration.Fake { return newFake(inputs) }
