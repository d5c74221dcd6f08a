// Package email sends what plumb found as mail: an RFC 5322 message with a text
// and an HTML alternative, over SMTP or into a file.
//
// A mail is posted like the requests of every other tool, to a URL with the
// scheme smtp, smtps or file, so that attempts, dry runs and fakes are those of
// all; [Sender] turns such requests into what they mean.
package email

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
