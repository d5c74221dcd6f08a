// Package spectral runs rulesets that were written for Spectral, unmodified:
// rules with JSONPath, functions and formats, aliases, extends and overrides,
// over any JSON or YAML text.
//
// A [Loader] reads a ruleset with all that it extends into a [Ruleset].
// vacuum's rulesets have the same format, and are read too.
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
	// Notes are sentences about what is in the ruleset and is not run here.
	Notes []string

	rules     []*definition
	levels    []level
	overrides []override
	ignores   []check.Ignore
	parts     []check.Level // for parts of files
	keys      [2]level      // what is said of keys that are no strings, and that are given twice
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
// has. Alone says that no other ruleset counts: the rules of spectral:oas that
// this one does not extend are turned off.
func (r *Ruleset) Policy(p *check.Policy, alone bool) {
	if alone {
		for _, m := range builtInRules() {
			p.Off[m.ID] = true
			delete(p.On, m.ID)
		}
	}
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
}

// Ignores are what the ruleset, as it is for a file, turns off in a part of it.
func (r *Ruleset) Ignores() []check.Ignore { return slices.Clone(r.ignores) }

// Levels are the severities that findings have in parts of files.
func (r *Ruleset) Levels() []check.Level { return slices.Clone(r.parts) }

// Keys is what parserOptions say of keys that are given twice, or else of those
// that are no strings: whether they are set aside, and their severity, 0 where
// nothing is said. The findings are those of [openapi.KeyProblem].
func (r *Ruleset) Keys(twice bool) (off bool, severity check.Severity) {
	l := r.keys[0]
	if twice {
		l = r.keys[1]
	}
	return l.off, l.severity
}

// Page is the address of the page about one of the ruleset's own rules, "" where
// it names none, and whether the rule is one of them.
func (r *Ruleset) Page(rule string) (page string, ok bool) {
	for _, d := range r.rules {
		if d.name == rule {
			return d.page, true
		}
	}
	return "", false
}

// Rules are the ruleset's own, in the order of their names, ready for
// [check.Run] over a [Document]. Those that the ruleset leaves off are opt-in.
func (r *Ruleset) Rules() check.Set[*Document] {
	set := make(check.Set[*Document], len(r.rules))
	for i, d := range r.rules {
		set[i] = d.rule()
	}
	if rule := r.recognized(); rule != nil && !slices.ContainsFunc(set, func(own *check.Rule[*Document]) bool { return own.ID == rule.ID }) {
		set = append(set, rule)
	}
	slices.SortFunc(set, func(a, b *check.Rule[*Document]) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return set
}
