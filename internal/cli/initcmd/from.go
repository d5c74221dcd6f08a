package initcmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/ruleset"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/openapi"
)

// linters are those whose configuration is taken over, each with what reads it.
var linters = []struct {
	name string
	read func(*move, context.Context) error
}{
	{"spectral", (*move).spectral},
	{"redocly", (*move).redocly},
	{"vacuum", (*move).vacuum},
}

// move is what is taken over of the configuration of another linter.
type move struct {
	linter string
	dir    string // the folder, absolute
	folder string // the folder as a person reads it

	extends []string     // the rulesets
	apis    []config.API // that the configuration names; nil where it names none
	ignores []check.Ignore

	taken, left []string // what became of each part, with its file and line
}

// maxConfig bounds a file of another linter, in bytes.
const maxConfig = 4 << 20

// from reads what is taken over. The error is wrong usage or a wrong file.
func (o *options) from(ctx context.Context, dir, folder string) (*move, error) {
	m := &move{linter: o.linter, dir: dir, folder: folder, extends: []string{ruleset.Default}}
	if o.linter == "" {
		return m, nil
	}
	var names []string
	for _, l := range linters {
		if l.name == o.linter {
			m.extends = nil
			return m, l.read(m, ctx)
		}
		names = append(names, l.name)
	}
	return nil, env.Usagef("--from: %w", env.Unknown("linter", o.linter, names))
}

// spectral takes over the ruleset that Spectral looks for, in its order.
func (m *move) spectral(ctx context.Context) error {
	name := m.first(".spectral.yml", ".spectral.yaml", ".spectral.json", ".spectral.js")
	if name == "" {
		return env.Usagef("--from spectral: %s has no .spectral.yaml, .yml, .json or .js", m.folder)
	}
	_, err := m.keep(ctx, name, check.Location{File: name, Line: 1})
	return err
}

// keep reads a ruleset in a file and keeps it in use. At is where it is named.
func (m *move) keep(ctx context.Context, name string, at check.Location) (*ruleset.Set, error) {
	named := ruleset.Named{Name: "./" + filepath.ToSlash(name), Dir: m.dir, From: m.shown(at.File)}
	set, err := ruleset.Read(ctx, ruleset.Place{Root: m.dir, Shown: func(path string) string {
		if rel, err := filepath.Rel(m.dir, path); err == nil {
			return m.shown(rel)
		}
		return path
	}}, []ruleset.Named{named})
	if err != nil {
		return nil, err
	}
	m.extends = append(m.extends, named.Name)
	own := 0
	for _, r := range set.Rules() {
		if _, is := set.Page(r.ID); is {
			own++
		}
	}
	m.take(at, "%s stays in use under lint.extends: its rules, severities and overrides count as they are (%s of its own)",
		named.Name, words.Count(own, "rule"))
	for _, f := range set.Files() {
		if r, ok := f.Ruleset.(interface{ Notes() []string }); ok {
			for _, note := range r.Notes() {
				m.left = append(m.left, m.shown("")+note)
			}
		}
	}
	return set, nil
}

// ignore takes over what is set aside, where there is a rule of the name.
func (m *move) ignore(i check.Ignore, own []check.Meta) {
	known := func(r check.Meta) bool { return r.Named(i.Rule) }
	if !slices.ContainsFunc(own, known) && !slices.ContainsFunc(rulebook.Of(rulebook.Lint), known) {
		m.leave(i.At, "%s is no rule that runs, so nothing of it has to be set aside", i.Rule)
		return
	}
	i.Reason = fmt.Sprintf("set aside for %s, %s:%d", m.linter, i.At.File, i.At.Line)
	m.ignores = append(m.ignores, i)
	where := i.Element
	if where == "" {
		where = "the whole document"
	}
	m.take(i.At, "%s at %s is under lint.ignore", i.Rule, where)
}

// take notes what became a part of plumb.yaml, and leave what did not.
func (m *move) take(at check.Location, format string, args ...any) {
	m.taken = append(m.taken, fmt.Sprintf("%s:%d: %s", m.shown(at.File), at.Line, fmt.Sprintf(format, args...)))
}

func (m *move) leave(at check.Location, format string, args ...any) {
	m.left = append(m.left, fmt.Sprintf("%s:%d: %s", m.shown(at.File), at.Line, fmt.Sprintf(format, args...)))
}

// shown is the path of a file of the folder as a person reads it.
func (m *move) shown(name string) string {
	switch {
	case m.folder == ".":
		return filepath.ToSlash(name)
	case name == "":
		return filepath.ToSlash(filepath.Clean(m.folder)) + "/"
	}
	return filepath.ToSlash(filepath.Join(m.folder, name))
}

// first is the first of the files that is there, "" where none is.
func (m *move) first(names ...string) string {
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(m.dir, name)); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}

// file reads a mapping of the folder, YAML or JSON; nil where nothing is in it. The
// error is wrong usage, with the line where there is one, but for a file that is
// [missing].
func (m *move) file(name string) (*openapi.Node, error) {
	root, err := os.OpenRoot(m.dir)
	if err != nil {
		return nil, env.Usagef("%s: %w", m.folder, env.Bare(err))
	}
	defer func() { _ = root.Close() }()
	f, err := root.Open(filepath.FromSlash(name))
	switch {
	case missing(err):
		return nil, err
	case err != nil:
		return nil, env.Usagef("%s: %w", m.shown(name), env.Bare(err))
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return nil, env.Usagef("%s: %w", m.shown(name), env.Bare(err))
	}
	n, err := form.Read(name, data, maxConfig)
	var wrong *form.FileError
	if errors.As(err, &wrong) {
		wrong.Name = m.shown(name)
		return nil, env.Usagef("%w", wrong)
	}
	if n != nil && !n.Is(openapi.Object) {
		return nil, m.wrong(n, "the file is %s; expected a mapping", n.Kind().WithArticle())
	}
	return n, err
}

// wrong is wrong usage at a place of a file.
func (m *move) wrong(n *openapi.Node, format string, args ...any) error {
	at := n.Location()
	return env.Usagef("%s", safe.Line(fmt.Sprintf("%s:%d:%d: %s", m.shown(at.File), at.Line, at.Column, fmt.Sprintf(format, args...))))
}

// missing reports whether an error says that a file is not there.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// tell says what was taken over and what was not, and why.
func (m *move) tell(w io.Writer, width int) {
	for _, part := range []struct {
		head  string
		lines []string
	}{{"taken over:", m.taken}, {"left out:", m.left}} {
		if len(part.lines) == 0 {
			continue
		}
		_, _ = fmt.Fprintln(w, part.head)
		for _, line := range part.lines {
			_, _ = fmt.Fprintln(w, "  "+safe.Wrap(safe.Line(line), 4, width))
		}
	}
}
