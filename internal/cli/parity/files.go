package parity

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/words"
	paritylib "github.com/plumbapi/plumb/parity"
)

// files are what stands beside two descriptions: decisions of people, earlier
// decisions, calls.
type files struct {
	decisions, lock, usage file
	// texts are what was read, by canonical name.
	texts map[string]string
}

// file is one of them.
type file struct {
	path string // absolute, "" where there is none
	must bool   // somebody named it, so it must be there
}

// place finds the files of each pair: what a flag names, what plumb.yaml
// names, else parity.yaml and parity.lock beside plumb.yaml. Where that has
// several APIs, each has files of its own, parity.NAME.yaml and
// parity.NAME.lock.
func (f *pairFlags) place(p *project.Project, pairs []pair) error {
	for i := range pairs {
		own := ""
		if pairs[i].several {
			own = "." + strings.Map(plain, pairs[i].name)
		}
		for _, n := range []struct {
			at                     *file
			key, typed, configured string
			otherwise              string
		}{
			{&pairs[i].files.decisions, "map", f.decisions, p.Config.Parity.Map, "parity" + own + ".yaml"},
			{&pairs[i].files.lock, "lock", f.lock, p.Config.Parity.Lock, "parity" + own + ".lock"},
			{&pairs[i].files.usage, "usage", f.usage, p.Config.Parity.Usage, ""},
		} {
			switch {
			case n.typed != "" && len(pairs) > 1:
				return env.Usagef("--%s is about one API, and %d are compared; name one with --api", n.key, len(pairs))
			case n.typed != "":
				*n.at = file{p.Env.Path(n.typed), true}
				p.Type(p.Canonical(n.at.path), n.typed)
			case n.configured != "" && own != "":
				return env.Usagef("parity.%s of plumb.yaml is about one API, and there are several; leave it out and name the files after the APIs: parity%s.yaml, parity%s.lock", n.key, own, own)
			case n.configured != "":
				*n.at = file{p.FromConfig(n.configured), n.key != "lock"}
			case n.otherwise != "":
				*n.at = file{filepath.Join(folder(p), n.otherwise), false}
			}
		}
	}
	return nil
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

// read reads the files of a pair into the options. A lock that is about to be
// written need not be there.
func (f *files) read(p *project.Project, o *paritylib.Options, writesLock bool) error {
	f.texts = map[string]string{}
	if data, name, err := f.open(p, f.decisions); err != nil {
		return err
	} else if name != "" {
		if o.Overrides, err = paritylib.ReadOverrides(name, data); err != nil {
			return wrong(p, name, err)
		}
		if o.Overrides.Usage != "" && !f.usage.must {
			f.usage = file{filepath.Join(filepath.Dir(f.decisions.path), filepath.FromSlash(o.Overrides.Usage)), true}
		}
	}
	lock := f.lock
	lock.must = lock.must && !writesLock
	if data, name, err := f.open(p, lock); err != nil {
		return err
	} else if name != "" {
		if o.Lock, err = paritylib.ReadLock(name, data); err != nil {
			return wrong(p, name, err)
		}
	}
	data, name, err := f.open(p, f.usage)
	if err != nil || name == "" {
		return err
	}
	delete(f.texts, name) // no finding is about a place in it
	if o.Usage, err = paritylib.ReadUsage(bytes.NewReader(data)); err != nil {
		return wrong(p, name, err)
	}
	return nil
}

// open reads a file, and returns its canonical name, "" where it is not there
// and need not be.
func (f *files) open(p *project.Project, at file) (data []byte, name string, err error) {
	if at.path == "" {
		return nil, "", nil
	}
	name = p.Canonical(at.path)
	data, err = readFile(at.path)
	switch {
	case errors.Is(err, os.ErrNotExist) && !at.must:
		return nil, "", nil
	case errors.Is(err, os.ErrNotExist):
		return nil, "", env.Usagef("%s: there is no such file", p.Shown(name))
	case err != nil:
		return nil, "", env.Usagef("%s cannot be read: %w", p.Shown(name), env.Bare(err))
	}
	f.texts[name] = string(data)
	return data, name, nil
}

// readFile reads a file of at most the size that the library takes, and one
// byte more.
func readFile(path string) ([]byte, error) {
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

// writeLock writes the lock of a pair, and returns a line about it. All takes
// new gaps and changed decisions in too.
func (c *call) writeLock(p *pair, all bool) (string, error) {
	lock := paritylib.NewLock(p.result)
	if all {
		lock = paritylib.FreshLock(p.result)
	}
	shown := c.project.Shown(c.project.Canonical(p.files.lock.path))
	if err := output.WriteFile(p.files.lock.path, shown, lock.Write); err != nil {
		return "", err
	}
	return shown + " has " + words.Count(len(lock.Operations), "operation") + " and " + words.Count(len(lock.Types), "type") + " now", nil
}
