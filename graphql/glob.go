package graphql

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// expand turns names and patterns into the paths of files, each once, in the
// order given. A pattern's matches are in lexical order.
func expand(fsys fs.FS, names []string) ([]string, error) {
	var paths []string
	for _, name := range names {
		matches, err := glob(fsys, name)
		if err != nil {
			return nil, err
		}
		for _, m := range matches {
			if !slices.Contains(paths, m) {
				paths = append(paths, m)
			}
		}
	}
	return paths, nil
}

// glob returns the files that a pattern matches. A name without any special
// character, or of a file that exists, stands for itself.
func glob(fsys fs.FS, pattern string) ([]string, error) {
	if !strings.ContainsAny(pattern, `*?[`) {
		return []string{pattern}, nil
	}
	if _, err := fs.Stat(fsys, pattern); err == nil {
		return []string{pattern}, nil
	}
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, fmt.Errorf("load %s: %w", pattern, err)
	}
	parts := strings.Split(pattern, "/")
	fixed := 0 // leading parts without a special character
	for fixed < len(parts)-1 && !strings.ContainsAny(parts[fixed], `*?[\`) {
		fixed++
	}
	root := path.Join(append([]string{"."}, parts[:fixed]...)...)
	var paths []string
	err := fs.WalkDir(fsys, root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir() && matchParts(parts, strings.Split(p, "/")):
			paths = append(paths, p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", pattern, err)
	}
	if len(paths) == 0 {
		return nil, unreadable(pattern, errNoMatch)
	}
	return paths, nil
}

// matchParts reports whether the elements of a path match those of a
// pattern, of which ** matches any number of elements.
func matchParts(pattern, elements []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			for i := range len(elements) + 1 {
				if matchParts(pattern[1:], elements[i:]) {
					return true
				}
			}
			return false
		}
		if len(elements) == 0 {
			return false
		}
		if ok, _ := path.Match(pattern[0], elements[0]); !ok {
			return false
		}
		pattern, elements = pattern[1:], elements[1:]
	}
	return len(elements) == 0
}
