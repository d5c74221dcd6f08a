// Package redocly runs configurations that were written for Redocly CLI: the rules
// under Redocly's names and severities, its rulesets minimal, recommended,
// recommended-strict and spec, configurable rules with assertions, what is said of
// single APIs, and the file of ignored problems.
//
// A [Loader] reads redocly.yaml with all that it extends into a [Config];
// [Config.For] is what it says of one description, and [Ruleset.Rules] are the
// rules of that, ready for [check.Run]. What rules find, and where, is what Redocly
// CLI 2.77 finds in OpenAPI descriptions; the words are plumb's.
//
// Plugins are JavaScript. They are not run, and [Config.Notes] says so.
package redocly

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Config is a configuration with all that it extends.
type Config struct {
	// Name is that of the file, or of a ruleset that has a name of its own.
	Name string
	// Files are all that were read, the configuration first.
	Files []string
	// Notes are sentences about what is in the configuration and is not run here.
	Notes []string

	top     *layer
	apis    []api
	ignores []check.Ignore
}

// api is what is said of one API.
type api struct {
	name, root string
	layer      *layer
}

// Error says what is wrong with a configuration, at its place.
type Error struct {
	At   check.Location
	Text string
}

// Error returns "file:line:column: text".
func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.At.File, e.At.Line, e.At.Column, e.Text)
}

func wrong(n *openapi.Node, format string, args ...any) error {
	return &Error{At: n.Location(), Text: fmt.Sprintf(format, args...)}
}

// Preset returns the configuration that extends one of the rulesets that have a
// name, such as recommended, and nothing else. Ok says whether there is one.
func Preset(name string) (c *Config, ok bool) {
	p := preset(name)
	if p == nil {
		return nil, false
	}
	return &Config{Name: "redocly:" + name, top: p}, true
}

// For returns the rules as they are for a description, whose name is relative to
// the folder that the configuration was read from: those of the API of which it is
// the root, else those of the configuration.
func (c *Config) For(file string) *Ruleset {
	r := &Ruleset{layer: c.top, ignores: c.ignores}
	for _, a := range c.apis {
		if a.root == file {
			r.layer = a.layer
			break
		}
	}
	return r
}

// Ruleset is what a configuration says of one description.
type Ruleset struct {
	layer   *layer
	ignores []check.Ignore
}

// Ignores are the findings that the configuration sets aside.
func (r *Ruleset) Ignores() []check.Ignore { return r.ignores }
