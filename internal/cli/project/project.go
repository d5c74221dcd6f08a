// Package project knows where a command runs: the folder that paths are
// relative to, the git repository around it, its plumb.yaml, and the names
// under which files go.
//
// A file has one canonical name, so that a baseline made in one folder holds
// in another: its path relative to the project's root where it is inside,
// else its absolute path. What a person reads is the path as it was typed;
// what a code host reads is the path within the repository.
package project

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/ruleset"
	"github.com/plumbapi/plumb/internal/config"
)

// Project is the surroundings of one call. It is safe for concurrent use.
type Project struct {
	Env *env.Env
	// Root is the folder, absolute, that canonical names are relative to and
	// that references do not leave: the folder of plumb.yaml where the
	// working directory is in it, else the top of the repository, else the
	// working directory.
	Root string
	// Repository is the top folder of the git repository, "" where there is
	// none.
	Repository string
	// Config is what plumb.yaml says; that of an empty file where there is
	// none.
	Config *config.Config
	// ConfigPath is the absolute path of plumb.yaml, "" where there is none.
	ConfigPath string
	// Own describes the rules that only the rulesets in files have, where
	// plumb.yaml names one of them.
	Own []check.Meta

	mu          sync.Mutex
	typed       map[string]string // canonical name → as it was typed
	rulesets    *ruleset.Set      // those that plumb.yaml names, once they were asked for
	rulesetsErr error
}

// Open looks around from the working directory. A path of a configuration
// that is not "" is taken instead of the plumb.yaml that is found by going
// up from the working directory to the top of the repository.
func Open(e *env.Env, configPath string, names config.Names) (*Project, error) {
	p := &Project{Env: e, Repository: repository(e.Dir), Config: &config.Config{}, typed: map[string]string{}}
	switch {
	case configPath != "":
		p.ConfigPath = e.Path(configPath)
	default:
		p.ConfigPath = findConfig(e.Dir, p.Repository)
	}
	p.Root = p.root()
	if p.ConfigPath == "" {
		return p, nil
	}
	canonical := p.Canonical(p.ConfigPath)
	if configPath != "" {
		p.Type(canonical, configPath)
	}
	data, err := readFile(p.ConfigPath, config.MaxBytes)
	if err != nil {
		return nil, env.Usagef("%s: %s", p.Shown(canonical), reason(err))
	}
	names.Own = func(list []config.Extend) ([]check.Meta, error) {
		p.Config.Lint.Extends = list
		set, err := p.Rulesets(context.Background(), nil) // files, and programs under a limit of time
		if err != nil {
			return nil, err
		}
		p.Own = set.Rules()
		return p.Own, nil
	}
	p.Config, err = config.Parse(canonical, data, names)
	var wrong *config.Error
	if errors.As(err, &wrong) {
		wrong.Name = p.Shown(canonical)
		return nil, env.Usagef("%w", wrong)
	}
	if err != nil {
		return nil, err
	}
	p.rebase()
	return p, nil
}

func (p *Project) root() string {
	if p.ConfigPath != "" {
		dir := filepath.Dir(p.ConfigPath)
		if _, ok := Inside(dir, p.Env.Dir); ok {
			return dir
		}
	}
	if p.Repository != "" {
		return p.Repository
	}
	return p.Env.Dir
}

// rebase makes the patterns of plumb.yaml, which are relative to it,
// relative to the root, as the names are that they are compared with.
func (p *Project) rebase() {
	prefix, ok := Inside(p.Root, filepath.Dir(p.ConfigPath))
	if !ok || prefix == "." {
		return
	}
	for _, ignores := range [][]check.Ignore{p.Config.Lint.Ignores, p.Config.Lifecycle.Ignores, p.Config.Parity.Ignores, p.Config.Perf.Ignores, p.Config.Webhooks.Ignores, p.Config.Integrations.Ignores} {
		for i := range ignores {
			if file := &ignores[i].File; *file != "" {
				*file = path.Join(prefix, *file)
			}
		}
	}
	for i := range p.Config.Waivers {
		if file := &p.Config.Waivers[i].File; *file != "" {
			*file = path.Join(prefix, *file)
		}
	}
}

// FromConfig returns a path of plumb.yaml, which is relative to the file, as
// an absolute path; without a file it is relative to the working directory.
// URLs stay as they are.
func (p *Project) FromConfig(path string) string {
	switch {
	case IsURL(path) || filepath.IsAbs(path):
		return path
	case p.ConfigPath == "":
		return p.Env.Path(path)
	}
	return filepath.Join(filepath.Dir(p.ConfigPath), path)
}

// Canonical returns the name of a file, given by its absolute path.
func (p *Project) Canonical(path string) string {
	if rel, ok := Inside(p.Root, path); ok {
		return rel
	}
	return filepath.ToSlash(path)
}

// Type notes that a canonical name was typed otherwise.
func (p *Project) Type(canonical, typed string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.typed[canonical]; !ok && canonical != "" {
		p.typed[canonical] = typed
	}
}

// Shown returns a canonical name as a person reads it: as it was typed, else
// relative to the working directory, else as it is.
func (p *Project) Shown(canonical string) string {
	p.mu.Lock()
	typed, ok := p.typed[canonical]
	p.mu.Unlock()
	if ok {
		return typed
	}
	path, ok := p.Path(canonical)
	if !ok {
		if !IsURL(canonical) {
			return strings.Replace(canonical, inRevision, ":", 1)
		}
		return canonical
	}
	if rel, err := filepath.Rel(p.Env.Dir, path); err == nil && !filepath.IsAbs(canonical) {
		return filepath.ToSlash(rel)
	}
	return canonical
}

// InRepository returns a canonical name as a path within the repository; as
// [Project.Shown] does where it is not inside one.
func (p *Project) InRepository(canonical string) string {
	if path, ok := p.Path(canonical); ok && p.Repository != "" {
		if rel, ok := Inside(p.Repository, path); ok {
			return rel
		}
	}
	return p.Shown(canonical)
}

// Path returns the absolute path of the file with the canonical name. It is
// false for what is no file: a URL, a file in a revision, standard input.
func (p *Project) Path(canonical string) (string, bool) {
	switch {
	case canonical == "", IsURL(canonical), strings.HasPrefix(canonical, "<"), strings.Contains(canonical, inRevision):
		return "", false
	case filepath.IsAbs(canonical):
		return canonical, true
	}
	return filepath.Join(p.Root, filepath.FromSlash(canonical)), true
}

// ConfigText returns the text of plumb.yaml, where that is the file with the
// canonical name.
func (p *Project) ConfigText(canonical string) (string, bool) {
	path, ok := p.Path(canonical)
	if !ok || path != p.ConfigPath {
		return "", false
	}
	data, err := os.ReadFile(path)
	return string(data), err == nil
}

// inRevision stands between the revision and the path in the canonical name
// of a file in a revision, which is shown as REV:path.
const inRevision = ":/"

// IsURL reports whether an argument is an http or https URL.
func IsURL(arg string) bool {
	return strings.HasPrefix(arg, "http://") || strings.HasPrefix(arg, "https://")
}

// PublicURL returns a URL without what may be secret in it: user, password,
// query and fragment. What is no URL it returns as it is.
func PublicURL(rawURL string) string {
	if !IsURL(rawURL) {
		return rawURL
	}
	u, err := url.Parse(rawURL)
	if err != nil {
		rawURL, _, _ = strings.Cut(rawURL, "?")
		return rawURL
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

// Inside returns the slash-separated path of a file relative to a folder,
// and whether it is inside it. Both are absolute.
func Inside(folder, path string) (string, bool) {
	rel, err := filepath.Rel(folder, path)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// repository returns the folder at or above dir that holds .git, or "".
func repository(dir string) string {
	for {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// findConfig looks for plumb.yaml from dir up to top; where there is no top,
// in dir only.
func findConfig(dir, top string) string {
	for {
		path := filepath.Join(dir, config.FileName)
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
		if top == "" || dir == top {
			return ""
		}
		dir = filepath.Dir(dir)
	}
}

// readFile reads a file of at most limit bytes and one more.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, limit+1))
}

// reason says why a file could not be opened, without its path.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file; plumb init writes one"
	case errors.Is(err, fs.ErrPermission):
		return "the file may not be read: permission denied"
	}
	return env.Bare(err).Error()
}
