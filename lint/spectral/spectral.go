// Package spectral runs rulesets that were written for Spectral, unmodified:
// rules with JSONPath, functions and formats, aliases, extends and overrides,
// over any JSON or YAML text.
//
// A [Loader] reads a ruleset with all that it extends into a [Ruleset].
// spectral:oas is not run as a ruleset here: its rules are those of package lint
// that bear the same names, and [Ruleset.Policy] says which of them are on.
// [Ruleset.Rules] are the others.
//
// What a ruleset says is data. Its JSONPath and its regular expressions are
// bounded in the work that they can ask for.
package spectral

import (
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Ruleset is a ruleset with all that it extends.
type Ruleset struct {
	// Name is that of the file.
	Name string
	// Files are all that were read, the ruleset's first.
	Files []string

	rules     []*definition
	levels    []level
	overrides []override
	ignores   []check.Ignore
}

// level is what a ruleset says of a rule that package lint has.
type level struct {
	rule     string
	off      bool
	severity check.Severity // 0 keeps the rule's own
	at       check.Location
}

// Error says what is wrong with a ruleset, at its place.
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

// Policy puts into a policy what the ruleset says of the rules that package lint
// has. A policy that nothing else sets begins as that of the ruleset
// spectral:oas with all rules off.
func (r *Ruleset) Policy(p *check.Policy) {
	for _, l := range r.levels {
		if p.Off[l.rule] = l.off; l.off {
			continue
		}
		delete(p.Off, l.rule)
		p.On[l.rule] = true
		if l.severity != 0 {
			p.Severity[l.rule] = l.severity
		}
	}
	p.Ignores = append(p.Ignores, r.ignores...)
}

// Rules are the ruleset's own, in the order of their names, ready for
// [check.Run] over a [Document].
func (r *Ruleset) Rules() check.Set[*Document] {
	var set check.Set[*Document]
	for _, d := range r.rules {
		if !d.off {
			set = append(set, d.rule())
		}
	}
	slices.SortFunc(set, func(a, b *check.Rule[*Document]) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return set
}
