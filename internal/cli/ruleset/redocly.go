package ruleset

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/lint/redocly"
	"github.com/plumbapi/plumb/openapi"
)

// redoclyPrefix stands before the names of Redocly's own rulesets.
const redoclyPrefix = "redocly:"

// ofRedocly is a configuration of Redocly CLI, or what it says of one file.
type ofRedocly struct {
	config *redocly.Config
	set    *redocly.Ruleset
}

// redoclyNamed returns the ruleset of Redocly that is named; ok is false where the
// name is of another kind.
func redoclyNamed(n Named) (f *File, ok bool, err error) {
	short, ok := strings.CutPrefix(n.Name, redoclyPrefix)
	if !ok {
		return nil, false, nil
	}
	config, known := redocly.Preset(short)
	if !known {
		return nil, true, env.Usagef("%s: there is no ruleset %s; it is one of %s", n.From, safe.Line(n.Name), redoclyPrefix+strings.Join(redocly.Presets(), ", "+redoclyPrefix))
	}
	return &File{Ruleset: ofRedocly{config, config.For("")}, Name: n.Name, Dir: n.Dir}, true, nil
}

// loadRedocly reads a configuration of Redocly CLI; ok is false where the file is
// none.
func loadRedocly(root *os.Root, name string) (set Ruleset, ok bool, err error) {
	files := root.FS()
	info, err := fs.Stat(files, name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > redocly.MaxBytes {
		return nil, false, nil //nolint:nilerr // what reads the file next says what is wrong
	}
	data, err := fs.ReadFile(files, name)
	if err != nil || !redocly.Is(name, data) {
		return nil, false, nil //nolint:nilerr // as above
	}
	config, err := (&redocly.Loader{FS: files}).Load(name)
	var wrong *redocly.Error
	switch {
	case errors.As(err, &wrong):
		return nil, true, redoclyError{wrong}
	case err != nil:
		return nil, true, err
	}
	return ofRedocly{config, config.For("")}, true, nil
}

type redoclyError struct{ wrong *redocly.Error }

func (e redoclyError) Error() string                   { return e.wrong.Error() }
func (e redoclyError) place() (check.Location, string) { return e.wrong.At, e.wrong.Text }

// Notes are sentences about what is in the configuration and is not run.
func (r ofRedocly) Notes() []string { return r.config.Notes }

func (r ofRedocly) Rules() []check.Meta {
	var metas []check.Meta
	for _, v := range []openapi.Version{openapi.V30, openapi.V31, openapi.V32, openapi.V20} {
		for _, m := range r.set.Rules(v).Metas() {
			if !slices.ContainsFunc(metas, func(o check.Meta) bool { return o.ID == m.ID }) {
				metas = append(metas, m)
			}
		}
	}
	return metas
}

func (r ofRedocly) Page(rule string) (page string, ok bool) { return "", redocly.Has(rule) }

func (r ofRedocly) Levels() []check.Level { return nil }

func (r ofRedocly) For(file string) Ruleset { return ofRedocly{r.config, r.config.For(file)} }
func (r ofRedocly) Ignores() []check.Ignore { return r.set.Ignores() }

// Listed are the ignores that name one finding each, so that one that names none is
// worth a word.
func (r ofRedocly) Listed() []check.Ignore { return r.set.Ignores() }

// Policy turns off plumb's own rules where nothing else is named: what a
// configuration of Redocly CLI finds is then all that is found.
func (r ofRedocly) Policy(p *check.Policy, alone bool) {
	if !alone {
		return
	}
	keep := check.PolicyRules()
	for _, m := range lint.Metas() {
		if !slices.ContainsFunc(keep, func(k check.Meta) bool { return k.ID == m.ID }) {
			p.Off[m.ID] = true
			delete(p.On, m.ID)
		}
	}
}

func (r ofRedocly) Run(ctx context.Context, d *Document, policy check.Policy) (*check.Report, error) {
	var rules check.Set[*openapi.Document]
	if d.OpenAPI != nil {
		rules = r.set.Rules(d.OpenAPI.Version())
	}
	rep, err := check.Run(ctx, rules, d.OpenAPI, policy)
	if err != nil {
		return nil, err
	}
	rep.Subjects = []string{d.Name}
	return rep, nil
}
