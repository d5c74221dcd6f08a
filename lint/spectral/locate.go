package spectral

import (
	"io/fs"
	"path"
	"strings"
)

// Locate returns the file of the loader's FS that a ruleset is in: the path
// itself; of a folder that is a package, the file that its package.json names; of
// @scope/name where there is no such path, that of the package in node_modules.
func (l *Loader) Locate(name string) (string, error) {
	r := &reading{loader: l}
	info, err := fs.Stat(l.FS, name)
	switch {
	case err == nil && info.IsDir():
		return r.entry(name)
	case err == nil || !strings.Contains(name, "@"):
		return name, nil // Load says that there is none
	}
	dir, scoped, _ := strings.Cut(name, "@")
	return r.locate(path.Join(dir, "ruleset"), "@"+scoped)
}
