package ruleset

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/lint/spectral"
)

// Place is where the files of rulesets are.
type Place struct {
	// Root is the folder, absolute, that a ruleset in it does not leave.
	Root string
	// Shown is the path of a file as a person reads it.
	Shown func(path string) string
}

// IsFile reports whether a ruleset is named by its path, or as a package with a
// scope: the names of plumb's own have neither dots nor slashes.
func IsFile(name string) bool { return strings.ContainsAny(name, `./\`) }

// Names are those of plumb's own rulesets.
func Names() []string {
	var names []string
	for _, r := range lint.Rulesets() {
		names = append(names, r.Name)
	}
	return names
}

func known(name string) error {
	names := Names()
	if slices.Contains(names, name) {
		return nil
	}
	return fmt.Errorf("%w (plumb rules lists the rules of each)", env.Unknown("ruleset", name, names))
}

// read reads one ruleset, and what it extends, within the place where it stands
// there, else within its own folder.
func (p *Place) read(ctx context.Context, n Named) (*File, error) {
	path := n.Name
	if !filepath.IsAbs(path) {
		path = filepath.Join(n.Dir, path)
	}
	f := &File{Name: n.Name, Dir: filepath.Dir(path)}
	if rel, err := filepath.Rel(p.Root, path); err == nil && filepath.IsLocal(rel) {
		f.Dir = p.Root
	}
	root, err := os.OpenRoot(f.Dir)
	if err != nil {
		return nil, env.Usagef("%s: %s: %w", n.From, safe.Line(n.Name), env.Bare(err))
	}
	// The folder stays open: functions may require more of it while they run.
	rel, err := filepath.Rel(f.Dir, path)
	if err != nil {
		return nil, env.Usagef("%s: %s: %w", n.From, safe.Line(n.Name), err)
	}
	set, err := load(ctx, root, filepath.ToSlash(rel))
	var at located
	switch {
	case errors.As(err, &at):
		where, text := at.place()
		return nil, env.Usagef("%s", safe.Line(fmt.Sprintf("%s:%d:%d: %s", p.Shown(filepath.Join(f.Dir, filepath.FromSlash(where.File))), where.Line, where.Column, text)))
	case err != nil:
		return nil, env.Usagef("%s: %s", n.From, safe.Line(err.Error()))
	}
	f.Ruleset = set
	return f, nil
}

// located is an error in a ruleset, with its place.
type located interface {
	error
	place() (check.Location, string)
}

// load reads a ruleset by the path of its file within a folder. Which linter it
// was written for is decided here.
func load(ctx context.Context, root *os.Root, name string) (Ruleset, error) {
	if set, is, err := loadRedocly(root, name); is {
		return set, err
	}
	loader := &spectral.Loader{FS: root.FS()}
	name, err := loader.Locate(name)
	if err != nil {
		return nil, err
	}
	return loadSpectral(ctx, loader, name)
}
