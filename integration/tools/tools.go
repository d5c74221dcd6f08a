// Package tools is the list of the integrations that plumb has. It is the one
// place that knows them all; nothing registers itself.
package tools

import (
	"github.com/plumbapi/plumb/integration"
)

// All returns the tools, in the order in which they are documented.
func All() []integration.Tool {
	return []integration.Tool{}
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
