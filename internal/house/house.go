// Package house writes the project's own generated files and checks the
// project's own promises: a page for every rule, a reference for every
// command, the configuration schema, and the text of the public API. It
// documents plumb, not the descriptions that plumb reads.
package house

//go:generate go run ./generate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files maps slash-separated paths within the module to contents.
type Files map[string][]byte

// Owned are the folders and files that hold nothing but generated files: what
// stands there and is not generated any more is an orphan.
func Owned() []string {
	return []string{"docs/rules", "docs/cli", "docs/integrations", "docs/integration.schema.json", "docs/api", "docs/config.schema.json", "docs/parity.schema.json", "docs/slo.schema.json", "docs/changes"}
}

// Generate renders every generated file. Root is the folder of the module.
func Generate(root string) (Files, error) {
	files := Files{}
	rulePages(files)
	graphqlChangePage(files)
	openapiChangePage(files)
	if err := commandPages(files); err != nil {
		return nil, err
	}
	configSchema(files)
	if err := integrationPages(files); err != nil {
		return nil, err
	}
	if err := apiText(files, root); err != nil {
		return nil, err
	}
	return files, nil
}

// Stale compares the files with what stands below root, both ways, and
// returns a line for each difference: missing, out of date, orphan.
func Stale(root fs.FS, files Files, owned []string) ([]string, error) {
	var stale []string
	for _, name := range sortedNames(files) {
		got, err := fs.ReadFile(root, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			stale = append(stale, name+" is missing")
		case err != nil:
			return nil, err
		case !bytes.Equal(got, files[name]):
			stale = append(stale, name+" is out of date")
		}
	}
	for _, place := range owned {
		err := fs.WalkDir(root, place, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				if errors.Is(err, fs.ErrNotExist) {
					return nil
				}
				return err
			}
			if _, ok := files[name]; !ok {
				stale = append(stale, name+" is generated no more")
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return stale, nil
}

// Write writes the files below root and removes orphans from owned places.
func Write(root string, files Files, owned []string) error {
	for _, place := range owned {
		if err := os.RemoveAll(filepath.Join(root, filepath.FromSlash(place))); err != nil {
			return fmt.Errorf("clear %s: %w", place, err)
		}
	}
	for _, name := range sortedNames(files) {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return err
		}
	}
	return nil
}

func sortedNames(files Files) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.SortFunc(names, strings.Compare)
	return names
}
