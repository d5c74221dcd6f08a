package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/plumbapi/plumb/internal/cli/project"
)

// root opens the folder that references may not leave: the project's, the
// working directory or the file's own, the first that the file is in. The
// user typed the file's name, so it may be anywhere, also behind a symbolic
// link; what it refers to may not.
func (l *Loader) root(file string) (root *os.Root, name, prefix string, err error) {
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		real = file
	}
	for _, candidate := range []string{file, real} {
		for _, dir := range []string{l.Project.Root, l.Project.Env.Dir} {
			name, ok := project.Inside(dir, candidate)
			if !ok {
				continue
			}
			root, err := os.OpenRoot(dir)
			if err != nil {
				return nil, "", "", fmt.Errorf("the folder %s cannot be opened: %w", dir, err)
			}
			if _, err := root.Stat(name); err == nil {
				return root, name, l.prefix(dir), nil
			}
			_ = root.Close()
		}
	}
	dir := filepath.Dir(real)
	root, err = os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", "", errors.New("there is no such file")
	}
	if err != nil {
		return nil, "", "", fmt.Errorf("the folder %s cannot be opened: %w", dir, err)
	}
	return root, filepath.Base(real), l.prefix(dir), nil
}

// prefix returns what stands before the names of a folder in canonical
// names.
func (l *Loader) prefix(dir string) string {
	if name := l.Project.Canonical(dir); name != "." {
		return name
	}
	return ""
}
