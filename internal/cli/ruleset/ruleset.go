// Package ruleset reads what --ruleset and lint.extends name: rulesets of plumb
// by name, and files that were written for another linter. It is the one place
// that knows which files are rulesets; [Ruleset] is all that the commands know of
// one.
//
// Which rulesets count is for package project, what else is said of a rule for
// package policy.
package ruleset

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/lint/spectral"
	"github.com/plumbapi/plumb/openapi"
)

// Default is the ruleset where nobody names one.
const Default = "plumb:recommended"

// Ruleset is what a file asks for, whatever linter it was written for.
type Ruleset interface {
	// Rules describes the rules that only the ruleset has. What it leaves off is
	// opt-in.
	Rules() []check.Meta
	// Page is the address of the page about one of them, "" where there is none,
	// and whether it is one of them.
	Page(rule string) (page string, ok bool)
	// For returns the ruleset as it is for a file, by its path relative to the
	// folder that the ruleset was read from.
	For(file string) Ruleset
	// Policy puts into a policy what is said of plumb's rules. Alone says that no
	// ruleset counts but those in files.
	Policy(p *check.Policy, alone bool)
	// Ignores are the findings that the ruleset sets aside, and Levels the
	// severities that it gives to findings in some places.
	Ignores() []check.Ignore
	Levels() []check.Level
	// Run runs the ruleset's own rules over a document; nil where it has none for
	// documents such as this.
	Run(ctx context.Context, d *Document, policy check.Policy) (*check.Report, error)
}

// OfKeys is a ruleset that says how keys count that are given twice, or are no
// strings: whether they are set aside, and their severity, 0 for plumb's.
type OfKeys interface {
	Keys(twice bool) (off bool, severity check.Severity)
}

// Document is what rulesets look at: an OpenAPI description, or any other JSON or
// YAML text.
type Document struct {
	Name    string
	OpenAPI *openapi.Document // nil for any other text
	Text    *spectral.Document
}

// Named is the name of a ruleset, and where it was given.
type Named struct {
	// Name is as it was written.
	Name string
	// Dir is the folder, absolute, that a path is relative to.
	Dir string
	// From says where it was written, for errors: "--ruleset", "plumb.yaml:4:13".
	From string
}

// File is a ruleset in a file.
type File struct {
	Ruleset
	// Name is as it was written.
	Name string
	// Dir is the folder, absolute, that the ruleset was read from.
	Dir string
}

// Set are rulesets, a later one wins.
type Set struct{ list []entry }

// entry is one of them: a file, or a name.
type entry struct {
	name string
	file *File
}

// Read reads rulesets; none is the default. The error is wrong usage.
func Read(ctx context.Context, place Place, list []Named) (*Set, error) {
	s := &Set{}
	for _, n := range list {
		if f, is, err := redoclyNamed(n); is {
			if err != nil {
				return nil, err
			}
			s.list = append(s.list, entry{name: n.Name, file: f})
			continue
		}
		if !IsFile(n.Name) {
			if err := known(n.Name); err != nil {
				return nil, env.Usagef("%s: %w", n.From, err)
			}
			s.list = append(s.list, entry{name: n.Name})
			continue
		}
		f, err := place.read(ctx, n)
		if err != nil {
			return nil, err
		}
		s.list = append(s.list, entry{name: n.Name, file: f})
	}
	if len(s.list) == 0 {
		s.list = []entry{{name: Default}}
	}
	return s, nil
}

// Files are the rulesets in files.
func (s *Set) Files() []*File {
	var files []*File
	for i := range s.list {
		if s.list[i].file != nil {
			files = append(files, s.list[i].file)
		}
	}
	return files
}

// Rules describes the rules that only the rulesets in files have, each once.
func (s *Set) Rules() []check.Meta {
	var metas []check.Meta
	for _, f := range s.Files() {
		for _, m := range f.Rules() {
			if !slices.ContainsFunc(metas, func(known check.Meta) bool { return known.ID == m.ID }) {
				metas = append(metas, m)
			}
		}
	}
	return metas
}

// Page is the address of the page about a rule of a ruleset in a file, and
// whether it is one.
func (s *Set) Page(rule string) (string, bool) {
	for _, f := range s.Files() {
		if page, ok := f.Page(rule); ok {
			return page, true
		}
	}
	return "", false
}

// Policy is what the rulesets say of plumb's rules. For returns one in a file as
// it is for the document that the policy is for; nil for as it is for any.
func (s *Set) Policy(of func(*File) Ruleset) check.Policy {
	files := s.Files()
	alone := len(files) == len(s.list)
	policy := lint.Ruleset{}.Policy()
	if alone { // what keeps a description from being read is on all the same
		base, _ := lint.Lookup("spectral:oas")
		policy = base.Policy()
	}
	for i := range s.list {
		if f := s.list[i].file; f != nil {
			set := f.Ruleset
			if of != nil {
				set = of(f)
			}
			set.Policy(&policy, alone && f == files[0])
			continue
		}
		set, _ := lint.Lookup(s.list[i].name)
		for _, m := range lint.Metas() {
			if severity, ok := set.Rules[m.ID]; ok {
				delete(policy.Off, m.ID)
				policy.On[m.ID], policy.Severity[m.ID] = true, severity
			}
		}
	}
	return policy
}

// Severities are those of plumb's rules that the rulesets turn on, by ID.
func (s *Set) Severities() map[string]check.Severity {
	policy := s.Policy(nil)
	on := map[string]check.Severity{}
	for _, m := range lint.Metas() {
		if policy.Enabled(m) {
			on[m.ID] = policy.SeverityOf(m)
		}
	}
	return on
}
