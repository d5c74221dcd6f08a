package initcmd

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/source"
)

// found are the descriptions of a project, in lexical order.
type found struct {
	openapi []string
	graphql []string // paths, and patterns where a schema has many files
	cut     bool     // the project is larger than what was looked at
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

// search looks for descriptions. A file counts where its content says for
// certain what it is.
func search(ctx context.Context, fsys fs.FS) (found, error) {
	var f found
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
			f.cut = true
			return fs.SkipAll
		}
		if d.IsDir() {
			if skipped(d.Name()) {
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
			f.openapi = append(f.openapi, name)
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	f.graphql = joinSchemas(folders, schemas)
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

// count says how much was found.
func (f found) count() string {
	noun := func(n int, one string) string {
		if n == 1 {
			return "1 " + one
		}
		return fmt.Sprintf("%d %ss", n, one)
	}
	text := noun(len(f.openapi), "OpenAPI description") + " and " + noun(len(f.graphql), "GraphQL schema")
	if f.cut {
		text += "; the project is large, and not all of it was searched"
	}
	return text
}
