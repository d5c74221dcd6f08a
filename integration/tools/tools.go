// Package tools is the list of the integrations that plumb has. It is the one
// place that knows them all; nothing registers itself.
package tools

import (
	"io/fs"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/email"
	"github.com/plumbapi/plumb/integration/github"
	"github.com/plumbapi/plumb/integration/gitlab"
	"github.com/plumbapi/plumb/integration/googlechat"
	"github.com/plumbapi/plumb/integration/jama"
	"github.com/plumbapi/plumb/integration/jenkins"
	"github.com/plumbapi/plumb/integration/jira"
	"github.com/plumbapi/plumb/integration/rally"
	"github.com/plumbapi/plumb/integration/servicenow"
	"github.com/plumbapi/plumb/integration/slack"
	"github.com/plumbapi/plumb/integration/teams"
	"github.com/plumbapi/plumb/integration/webhook"
)

// All returns the tools, in the order in which they are documented.
func All() []integration.Tool {
	return []integration.Tool{
		slack.New(), teams.New(), googlechat.New(),
		jira.New(), servicenow.New(), rally.New(), jama.New(),
		jenkins.New(), gitlab.New(), github.New(),
		webhook.New(), email.New(),
	}
}

// Find returns the tool with the name, nil where there is none.
func Find(name string) integration.Tool {
	for _, t := range All() {
		if t.Manifest().Name == name {
			return t
		}
	}
	return nil
}

// Names returns the names of the tools, in order.
func Names() []string {
	var names []string
	for _, t := range All() {
		names = append(names, t.Manifest().Name)
	}
	return names
}

// Files returns the files of a tool's folder: manifest, documentation, schema,
// golden records, evidence, sources.
func Files(name string) (fs.FS, error) { return fs.Sub(integration.Folders(), name) }
