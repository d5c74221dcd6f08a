// Package decisions finds and reads what stands beside the REST and the GraphQL
// description of an API: parity.yaml with what people decided, parity.lock with
// what was decided before, and how often operations are called.
package decisions

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	paritylib "github.com/plumbapi/plumb/parity"
)

// Files are what stands beside the two descriptions of an API: decisions of
// people, earlier decisions, calls.
type Files struct {
	Map, Lock, Usage File
	// Texts are what was read, by canonical name.
	Texts map[string]string
}

// File is one of them.
type File struct {
	// Path is absolute, "" where there is none.
	Path string
	// Must says that somebody named it, so that it has to be there.
	Must bool
}

// Flags are the names that a user has typed, "" where none.
type Flags struct{ Map, Lock, Usage string }

// Place finds the files of an API: what a flag names, what plumb.yaml names,
// else parity.yaml and parity.lock beside plumb.yaml. Where several APIs are
// compared, each has files of its own, parity.NAME.yaml and parity.NAME.lock;
// name is then that of the API, else "".
func Place(p *project.Project, typed Flags, name string) (Files, error) {
	var f Files
	own := ""
	if name != "" {
		own = "." + strings.Map(plain, name)
	}
	for _, n := range []struct {
		at                     *File
		key, typed, configured string
		otherwise              string
	}{
		{&f.Map, "map", typed.Map, p.Config.Parity.Map, "parity" + own + ".yaml"},
		{&f.Lock, "lock", typed.Lock, p.Config.Parity.Lock, "parity" + own + ".lock"},
		{&f.Usage, "usage", typed.Usage, p.Config.Parity.Usage, ""},
	} {
		switch {
		case n.typed != "":
			*n.at = File{p.Env.Path(n.typed), true}
			p.Type(p.Canonical(n.at.Path), n.typed)
		case n.configured != "" && own != "":
			return f, env.Usagef("parity.%s of plumb.yaml is about one API, and there are several; leave it out and name the files after the APIs: parity%s.yaml, parity%s.lock", n.key, own, own)
		case n.configured != "":
			*n.at = File{p.FromConfig(n.configured), n.key != "lock"}
		case n.otherwise != "":
			*n.at = File{filepath.Join(folder(p), n.otherwise), false}
		}
	}
	return f, nil
}

// folder is where the files are that nobody named.
func folder(p *project.Project) string {
	if p.ConfigPath != "" {
		return filepath.Dir(p.ConfigPath)
	}
	return p.Env.Dir
}

// plain keeps the name of an API from leaving the folder.
func plain(r rune) rune {
	if r == '/' || r == '\\' || r < ' ' {
		return '-'
	}
	return r
}

// Read reads the files of a pair into the options. A lock that is about to be
// written need not be there.
func (f *Files) Read(p *project.Project, o *paritylib.Options, writesLock bool) error {
	f.Texts = map[string]string{}
	if data, name, err := f.open(p, f.Map); err != nil {
		return err
	} else if name != "" {
		if o.Overrides, err = paritylib.ReadOverrides(name, data); err != nil {
			return wrong(p, name, err)
		}
		if o.Overrides.Usage != "" && !f.Usage.Must {
			f.Usage = File{filepath.Join(filepath.Dir(f.Map.Path), filepath.FromSlash(o.Overrides.Usage)), true}
		}
	}
	lock := f.Lock
	lock.Must = lock.Must && !writesLock
	if data, name, err := f.open(p, lock); err != nil {
		return err
	} else if name != "" {
		if o.Lock, err = paritylib.ReadLock(name, data); err != nil {
			return wrong(p, name, err)
		}
	}
	data, name, err := f.open(p, f.Usage)
	if err != nil || name == "" {
		return err
	}
	delete(f.Texts, name) // no finding is about a place in it
	if o.Usage, err = paritylib.ReadUsage(bytes.NewReader(data)); err != nil {
		return wrong(p, name, err)
	}
	return nil
}

// open reads a file, and returns its canonical name, "" where it is not there
// and need not be.
func (f *Files) open(p *project.Project, at File) (data []byte, name string, err error) {
	if at.Path == "" {
		return nil, "", nil
	}
	name = p.Canonical(at.Path)
	data, err = ReadFile(at.Path)
	switch {
	case errors.Is(err, os.ErrNotExist) && !at.Must:
		return nil, "", nil
	case errors.Is(err, os.ErrNotExist):
		return nil, "", env.Usagef("%s: there is no such file", p.Shown(name))
	case err != nil:
		return nil, "", env.Usagef("%s cannot be read: %w", p.Shown(name), env.Bare(err))
	}
	f.Texts[name] = string(data)
	return data, name, nil
}

// ReadFile reads a file of at most the size that the library takes, and one
// byte more.
func ReadFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, paritylib.MaxUsage+1))
}

// wrong is the error of a file that cannot be understood.
func wrong(p *project.Project, name string, err error) error {
	var file *paritylib.FileError
	if errors.As(err, &file) {
		file.Name = p.Shown(name)
		return env.Usagef("%w", file)
	}
	return env.Usagef("%s: %w", p.Shown(name), err)
}
