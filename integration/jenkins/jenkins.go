// Package jenkins starts a job of Jenkins with the outcome of a run as its
// parameters, so that a pipeline can go on, stop, or show the findings: as JUnit
// XML for the JUnit plugin, as SARIF for Warnings Next Generation.
//
// It is for a Jenkins that is not the one that runs plumb. Where plumb runs in a
// pipeline, `plumb check --report junit=plumb.xml` and the steps junit and
// recordIssues are all that is needed.
package jenkins

import (
	_ "embed" // the manifest

	"github.com/plumbapi/plumb/integration"
)

//go:embed manifest.yaml
var manifestFile []byte

var manifest = integration.Embedded(manifestFile)

// Tool is the integration with Jenkins.
type Tool struct{}

// New returns the tool.
func New() Tool { return Tool{} }

// Manifest implements [integration.Tool].
func (Tool) Manifest() *integration.Manifest { return manifest() }

var _ integration.Tool = Tool{}

// needsCrumb says whether a crumb is to be got before something is changed.
func needsCrumb(in integration.Inputs) bool { return in["edition"] == "2.0" }
