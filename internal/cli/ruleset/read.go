package ruleset

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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
	// Fetch gets a ruleset of another host; nil where none may be.
	Fetch func(ctx context.Context, url string) ([]byte, error)
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
	if isURL(n.Name) {
		set, err := loadSpectral(ctx, &spectral.Loader{FS: nothing{}, Fetch: p.Fetch}, n.Name)
		return p.made(&File{Name: n.Name, Dir: n.Dir}, set, err, n.From)
	}
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
	set, err := p.load(ctx, root, filepath.ToSlash(rel))
	return p.made(f, set, err, n.From)
}

// made is a file with its ruleset, or what is wrong with it.
func (p *Place) made(f *File, set Ruleset, err error, from string) (*File, error) {
	var at located
	switch {
	case errors.As(err, &at):
		where, text := at.place()
		file := where.File
		if !isURL(file) {
			file = p.Shown(filepath.Join(f.Dir, filepath.FromSlash(file)))
		}
		return nil, env.Usagef("%s", safe.Line(fmt.Sprintf("%s:%d:%d: %s", file, where.Line, where.Column, text)))
	case err != nil:
		return nil, env.Usagef("%s: %s", from, safe.Line(err.Error()))
	}
	f.Ruleset = set
	return f, nil
}

func isURL(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}

// nothing is the folder of a ruleset of another host: it sees no files of this one.
type nothing struct{}

func (nothing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// located is an error in a ruleset, with its place.
type located interface {
	error
	place() (check.Location, string)
}

// load reads a ruleset by the path of its file within a folder. Which linter it
// was written for is decided here.
func (p *Place) load(ctx context.Context, root *os.Root, name string) (Ruleset, error) {
	if set, is, err := loadRedocly(root, name); is {
		return set, err
	}
	loader := &spectral.Loader{FS: root.FS(), Fetch: p.Fetch}
	name, err := loader.Locate(name)
	if err != nil {
		return nil, err
	}
	return loadSpectral(ctx, loader, name)
}
