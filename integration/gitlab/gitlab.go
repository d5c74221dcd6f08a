// Package gitlab brings findings to GitLab: one note in the merge request,
// which later runs update, a status on the commit, and, if asked, an issue for
// each group of findings. It speaks REST API v4 of gitlab.com and of servers of
// one's own.
//
// Findings in the diff of a merge request are the business of report's format
// codequality, which GitLab reads itself.
package gitlab

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
