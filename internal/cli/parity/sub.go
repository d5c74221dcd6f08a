package parity

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/safe"
	paritylib "github.com/plumbapi/plumb/parity"
)

// one prepares a command that looks at one pair: two arguments, else the API
// of plumb.yaml.
func (f *subFlags) one(e *env.Env, args []string) (*loader, *pair, error) {
	if err := f.source.Validate(args); err != nil {
		return nil, nil, err
	}
	if err := f.pair.validate(); err != nil {
		return nil, nil, err
	}
	p, err := project.Open(e, f.config, names.Config())
	if err != nil {
		return nil, nil, err
	}
	pairs, err := f.pair.pairs(p, args)
	if err != nil {
		return nil, nil, err
	}
	if len(pairs) > 1 {
		return nil, nil, severalAPIs(pairs)
	}
	if err := f.pair.place(p, pairs); err != nil {
		return nil, nil, err
	}
	l := &loader{env: e, project: p}
	if l.loader, err = f.source.Loader(p, "plumb/"+version.Number); err != nil {
		return nil, nil, err
	}
	return l, &pairs[0], nil
}

// severalAPIs is the error of a command that looks at one pair.
func severalAPIs(pairs []pair) error {
	var names []string
	for i := range pairs {
		names = append(names, pairs[i].name)
	}
	return env.Usagef("plumb.yaml has several APIs; name one with --api: %s", strings.Join(names, ", "))
}

// result reads and matches a pair. What cannot be read or is no pair is an
// error with exit code 3.
func (l *loader) result(ctx context.Context, p *pair, opts paritylib.Options) (*paritylib.Result, error) {
	stop := progress.Start(l.env, false, func() string { return "reading and matching" })
	defer stop()
	p.opts = opts
	if err := l.load(ctx, p, false); err != nil {
		return nil, err
	}
	if p.failed() {
		return nil, unreadable(l.project, p)
	}
	res, err := l.match(ctx, p)
	var strangers *paritylib.NotAPairError
	if errors.As(err, &strangers) {
		return nil, env.Incompletef("%w", strangers)
	}
	return res, err
}

// unreadable says what of a pair cannot be read, a line for each finding.
func unreadable(p *project.Project, of *pair) error {
	var lines []string
	for _, d := range of.docs {
		for _, f := range d.Failed {
			lines = append(lines, placed(p, f))
		}
	}
	return env.Incompletef("%s", strings.Join(lines, "\n"))
}

func placed(p *project.Project, f check.Finding) string {
	at := p.Shown(f.Location.File)
	if f.Location.Line > 0 {
		at += fmt.Sprintf(":%d:%d", f.Location.Line, f.Location.Column)
	}
	return safe.Line(at + ": " + f.Message)
}

// again is how the pair is named in another call: its arguments, or its API
// where plumb.yaml has several, as a shell takes them.
func (p *pair) again() string {
	switch {
	case p.name == "":
		return " " + safe.ShellWord(project.PublicURL(p.args[0])) + " " + safe.ShellWord(project.PublicURL(p.args[1]))
	case p.several:
		return " --api " + safe.ShellWord(p.name)
	}
	return ""
}
