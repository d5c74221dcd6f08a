// Package discover finds the API descriptions of a project that nobody has
// listed, and which of them are of one API. It says what is there, and judges
// nothing.
package discover

import (
	"context"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/config"
)

// Found are the descriptions of a project, in lexical order. Names are relative
// to the folder that was searched.
type Found struct {
	OpenAPI []string
	// GraphQL are paths, and patterns where a schema has many files.
	GraphQL []string
	// Configs are the folders below that have a plumb.yaml; what is in them is
	// theirs, and not looked at.
	Configs []string
	// Plans are load plans, Payloads folders with payloads of webhooks.
	Plans, Payloads []string
	// Cut says that the project is larger than what was looked at.
	Cut bool
}

// maxFiles and maxEntries bound the search: descriptions that are looked
// into, and entries that are looked at.
const (
	maxFiles   = 5_000
	maxEntries = 500_000
)

// skipped are folders that hold what others wrote.
func skipped(name string) bool {
	switch name {
	case "node_modules", "vendor", "third_party", "dist", "build", "target", "testdata":
		return true
	}
	return strings.HasPrefix(name, ".") && name != "."
}

// Search looks for descriptions below a folder. A file counts where its content
// says for certain what it is.
func Search(ctx context.Context, fsys fs.FS) (Found, error) {
	var f Found
	schemas := map[string][]string{} // folder → GraphQL files
	var folders []string
	entries, files := 0, 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			return nil //nolint:nilerr // what may not be read is left out
		}
		if entries++; entries > maxEntries || files > maxFiles {
			f.Cut = true
			return fs.SkipAll
		}
		if d.IsDir() {
			if skipped(d.Name()) {
				return fs.SkipDir
			}
			if _, err := fs.Stat(fsys, path.Join(name, config.FileName)); err == nil && name != "." {
				f.Configs = append(f.Configs, name)
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || !candidate(name) {
			return nil
		}
		files++
		kind, ok := sniff(fsys, name)
		switch {
		case !ok:
		case kind == source.GraphQL:
			folder := path.Dir(name)
			if schemas[folder] == nil {
				folders = append(folders, folder)
			}
			schemas[folder] = append(schemas[folder], name)
		default:
			f.OpenAPI = append(f.OpenAPI, name)
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	f.GraphQL = joinSchemas(folders, schemas)
	return f, nil
}

func candidate(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json", ".graphql", ".graphqls", ".gql":
		return true
	}
	return false
}

func sniff(fsys fs.FS, name string) (source.Kind, bool) {
	file, err := fsys.Open(name)
	if err != nil {
		return 0, false
	}
	defer func() { _ = file.Close() }()
	begin, err := io.ReadAll(io.LimitReader(file, 64<<10))
	if err != nil {
		return 0, false
	}
	return source.Sniff(name, begin)
}

// joinSchemas takes the SDL files of one folder, and those below it, for one
// schema.
func joinSchemas(folders []string, files map[string][]string) []string {
	var schemas []string
	var roots []string
	for _, folder := range folders {
		if i := indexOfParent(roots, folder); i >= 0 {
			files[roots[i]] = append(files[roots[i]], files[folder]...)
			continue
		}
		roots = append(roots, folder)
	}
	for _, root := range roots {
		list := files[root]
		switch {
		case len(list) == 1:
			schemas = append(schemas, list[0])
		case !sdlOnly(list) || root == ".":
			schemas = append(schemas, list...)
		default:
			schemas = append(schemas, root+"/"+pattern(root, list))
		}
	}
	return schemas
}

func indexOfParent(roots []string, folder string) int {
	for i, root := range roots {
		if root != "." && strings.HasPrefix(folder, root+"/") {
			return i
		}
	}
	return -1
}

// sdlOnly reports whether no file is introspection JSON, which is a schema of
// its own.
func sdlOnly(files []string) bool {
	for _, name := range files {
		if path.Ext(name) == ".json" || path.Ext(name) != path.Ext(files[0]) {
			return false
		}
	}
	return true
}

// pattern matches the files below a folder.
func pattern(root string, files []string) string {
	for _, name := range files {
		if path.Dir(name) != root {
			return "**/*" + path.Ext(files[0])
		}
	}
	return "*" + path.Ext(files[0])
}
