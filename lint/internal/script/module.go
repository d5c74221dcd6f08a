package script

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/dop251/goja"
)

// maxSource bounds one file, in bytes.
const maxSource = 4 << 20

// module is a file that has been compiled.
type module struct {
	program *goja.Program // nil for JSON
	data    []byte        // JSON
	err     error
}

// module returns a compiled file.
func (l *Loader) module(file string) (*module, error) {
	l.mu.Lock()
	m := l.modules[file]
	l.mu.Unlock()
	if m != nil {
		return m, m.err
	}
	m = &module{}
	m.program, m.data, m.err = l.compile(file)
	l.mu.Lock()
	defer l.mu.Unlock()
	if known := l.modules[file]; known != nil {
		return known, known.err
	}
	l.modules[file] = m
	l.files = append(l.files, file)
	return m, m.err
}

func (l *Loader) compile(file string) (*goja.Program, []byte, error) {
	data, err := l.read(file)
	if err != nil {
		return nil, nil, err
	}
	if path.Ext(file) == ".json" {
		if !json.Valid(data) {
			return nil, nil, &Error{File: file, Text: "this is not JSON"}
		}
		return nil, data, nil
	}
	program, err := transform(file, string(data), l.isModule(file))
	return program, nil, err
}

func (l *Loader) read(file string) ([]byte, error) {
	if l.fsys == nil || !fs.ValidPath(file) {
		return nil, &Error{File: file, Text: "the file is outside the folder that rulesets are read from"}
	}
	info, err := fs.Stat(l.fsys, file)
	if err != nil {
		return nil, &Error{File: file, Text: bare(err)}
	}
	if info.Size() > maxSource {
		return nil, &Error{File: file, Text: fmt.Sprintf("the file has %d bytes, and %d are the most", info.Size(), maxSource)}
	}
	data, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		return nil, &Error{File: file, Text: bare(err)}
	}
	return data, nil
}

// bare is an error without the operation and the path, which are told with it.
func bare(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// isModule reports whether a file is an ES module by its name or its package.
func (l *Loader) isModule(file string) bool {
	switch path.Ext(file) {
	case ".mjs", ".mts", ".ts":
		return true
	case ".cjs", ".cts":
		return false
	}
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		if p := l.manifest(dir); p != nil {
			return p.Type == "module"
		}
		if dir == "." || path.Base(dir) == "node_modules" {
			return false
		}
	}
}

// manifest is what is read of a package.json.
type manifest struct {
	Main    string          `json:"main"`
	Type    string          `json:"type"`
	Exports json.RawMessage `json:"exports"`
}

func (l *Loader) manifest(dir string) *manifest {
	data, err := l.read(path.Join(dir, "package.json"))
	if err != nil {
		return nil
	}
	var p manifest
	if json.Unmarshal(data, &p) != nil {
		return nil
	}
	return &p
}

// Resolve returns the file that a module means by a name: a path relative to its
// own file, or a package in a folder node_modules beside it or above.
func (l *Loader) Resolve(from, name string) (string, error) {
	l.mu.Lock()
	file, known := l.found[[2]string{from, name}]
	l.mu.Unlock()
	if known {
		return file, nil
	}
	file, err := l.resolve(from, name)
	if err == nil {
		l.mu.Lock()
		l.found[[2]string{from, name}] = file
		l.mu.Unlock()
	}
	return file, err
}

func (l *Loader) resolve(from, name string) (string, error) {
	missing := fmt.Errorf("there is no module %q here: modules are files beside the ruleset and packages in its node_modules", name)
	switch {
	case l.fsys == nil:
		return "", missing
	case name == "." || name == ".." || strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../"):
		if file, ok := l.file(path.Join(path.Dir(from), name)); ok {
			return file, nil
		}
		return "", missing
	case name == "" || name[0] == '/' || strings.Contains(name, ":") || strings.Contains(name, `\`):
		return "", missing
	}
	pkg, sub := splitPackage(name)
	for dir := path.Dir(from); ; dir = path.Dir(dir) {
		if path.Base(dir) != "node_modules" {
			folder := path.Join(dir, "node_modules", pkg)
			if info, err := fs.Stat(l.fsys, folder); err == nil && info.IsDir() {
				if file, ok := l.inPackage(folder, sub); ok {
					return file, nil
				}
			}
		}
		if dir == "." || dir == "/" {
			return "", missing
		}
	}
}

// splitPackage parts the name of a package from the path in it.
func splitPackage(name string) (pkg, sub string) {
	parts := strings.SplitN(name, "/", 3)
	if name[0] == '@' && len(parts) > 1 {
		return parts[0] + "/" + parts[1], strings.Join(parts[2:], "/")
	}
	return parts[0], strings.Join(parts[1:], "/")
}

// inPackage is the file that a package has for a path in it, "" for the package.
func (l *Loader) inPackage(folder, sub string) (string, bool) {
	p := l.manifest(folder)
	if p != nil && len(p.Exports) > 0 {
		if target, ok := exportOf(p.Exports, sub); ok {
			return l.file(path.Join(folder, target))
		}
	}
	if sub != "" {
		return l.file(path.Join(folder, sub))
	}
	if p != nil && p.Main != "" {
		if file, ok := l.file(path.Join(folder, p.Main)); ok {
			return file, true
		}
	}
	return l.file(path.Join(folder, "index"))
}

// file finds a file as it is named, with an extension, or as a folder.
func (l *Loader) file(name string) (string, bool) {
	if !fs.ValidPath(name) {
		return "", false
	}
	info, err := fs.Stat(l.fsys, name)
	if err == nil && info.Mode().IsRegular() {
		return name, true
	}
	for _, ext := range []string{".js", ".cjs", ".mjs", ".json", ".ts"} {
		if other, err := fs.Stat(l.fsys, name+ext); err == nil && other.Mode().IsRegular() {
			return name + ext, true
		}
	}
	if err != nil || !info.IsDir() {
		return "", false
	}
	if p := l.manifest(name); p != nil && p.Main != "" && path.Clean(p.Main) != "." {
		if file, ok := l.file(path.Join(name, p.Main)); ok {
			return file, true
		}
	}
	for _, index := range []string{"index.js", "index.cjs", "index.mjs", "index.json"} {
		if other, err := fs.Stat(l.fsys, path.Join(name, index)); err == nil && other.Mode().IsRegular() {
			return path.Join(name, index), true
		}
	}
	return "", false
}
