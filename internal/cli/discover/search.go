// Package discover finds the API descriptions of a project that nobody has
// listed, and which of them are of one API. It says what is there, and judges
// nothing.
package discover

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
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
	whole := map[string]bool{}       // GraphQL files that are the root of a schema
	payloads := map[string]bool{}    // folders
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
		if path.Ext(name) == ".http" {
			payloads[path.Dir(name)] = true
			return nil
		}
		begin := readBegin(fsys, name, 64<<10)
		kind, ok := source.Sniff(name, begin)
		switch {
		case !ok:
			f.beside(name, begin, payloads)
		case kind == source.GraphQL:
			folder := path.Dir(name)
			if schemas[folder] == nil {
				folders = append(folders, folder)
			}
			schemas[folder] = append(schemas[folder], name)
			whole[name] = schemaRoot.Match(readBegin(fsys, name, maxSchema))
		default:
			f.OpenAPI = append(f.OpenAPI, name)
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	f.GraphQL = joinSchemas(folders, schemas, whole)
	f.Payloads = slices.Sorted(maps.Keys(payloads))
	return f, nil
}

// beside takes a file that is no description: a load plan, or a payload where
// its folder says so.
func (f *Found) beside(name string, begin []byte, payloads map[string]bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml":
		if planTargets.Match(begin) && planOperations.Match(begin) {
			f.Plans = append(f.Plans, name)
		}
	case ".json":
		switch folder := path.Dir(name); strings.ToLower(path.Base(folder)) {
		case "payloads", "deliveries", "webhooks", "webhook-payloads", "webhook_payloads":
			if !bytes.Contains(begin, []byte(`"$schema"`)) {
				payloads[folder] = true
			}
		}
	}
}

// A load plan names the servers that it is for, and operations.
var (
	planTargets    = regexp.MustCompile(`(?m)^targets\s*:`)
	planOperations = regexp.MustCompile(`(?m)^operations\s*:`)
)

func candidate(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json", ".graphql", ".graphqls", ".gql", ".http":
		return true
	}
	return false
}

// maxSchema bounds how much of a schema is looked at for its root.
const maxSchema = 16 << 20

// readBegin reads the begin of a file, of at most so many bytes.
func readBegin(fsys fs.FS, name string, most int64) []byte {
	file, err := fsys.Open(name)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	begin, err := io.ReadAll(io.LimitReader(file, most))
	if err != nil {
		return nil
	}
	return begin
}

// joinSchemas takes the SDL files of one folder, and those below it, for one
// schema, unless several of them are the root of one.
func joinSchemas(folders []string, files map[string][]string, whole map[string]bool) []string {
	var schemas, homes []string
	roots := func(list []string) (n int) {
		for _, name := range list {
			if whole[name] {
				n++
			}
		}
		return n
	}
	for _, folder := range folders {
		if i := indexOfParent(homes, folder); i >= 0 && roots(files[homes[i]])+roots(files[folder]) < 2 {
			files[homes[i]] = append(files[homes[i]], files[folder]...)
			continue
		}
		homes = append(homes, folder)
	}
	for _, home := range homes {
		list := files[home]
		switch {
		case len(list) == 1:
			schemas = append(schemas, list[0])
		case roots(list) > 1:
			// Each is a schema; what is beside them is part of we do not know which.
			schemas = append(schemas, slices.DeleteFunc(list, func(name string) bool { return !whole[name] })...)
		case !sdlOnly(list) || home == "." || nested(homes, home):
			schemas = append(schemas, list...)
		default:
			schemas = append(schemas, home+"/"+pattern(home, list))
		}
	}
	return schemas
}

// nested reports whether a folder has another schema below it, which a pattern
// would take in.
func nested(homes []string, folder string) bool {
	return slices.ContainsFunc(homes, func(home string) bool { return strings.HasPrefix(home, folder+"/") })
}

// indexOfParent is the innermost of the folders that a folder is in; −1 where it
// is in none.
func indexOfParent(homes []string, folder string) int {
	best := -1
	for i, home := range homes {
		if home != "." && strings.HasPrefix(folder, home+"/") && (best < 0 || len(home) > len(homes[best])) {
			best = i
		}
	}
	return best
}

// schemaRoot matches what a schema has once: its operations, or the query type.
var schemaRoot = regexp.MustCompile(`(?m)^\s*(?:type\s+Query\b|schema\s*[@{]|\{?\s*"(?:data|__schema)")`)

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
