package docs

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
)

// maxWatched bounds how many files are looked at each time.
const maxWatched = 20_000

// stamps says in one text when the files of the site were written last: those
// in the folders of the descriptions, since descriptions refer to others, the
// guides and the pages.
func (c *inputs) stamps() string {
	var b strings.Builder
	seen := map[string]bool{}
	file := func(path string) {
		if info, err := os.Stat(path); err == nil && !seen[path] {
			seen[path] = true
			fmt.Fprintf(&b, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
		}
	}
	for _, arg := range c.args {
		if project.IsURL(arg) {
			continue
		}
		folder := filepath.Dir(c.env.Path(arg))
		if source.IsPattern(folder) {
			folder = c.env.Dir
		}
		_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil || len(seen) > maxWatched:
				return fs.SkipAll
			case d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != folder, d.IsDir() && d.Name() == "node_modules":
				return fs.SkipDir
			case isDescription(path):
				file(path)
			}
			return nil
		})
	}
	for _, name := range c.attach.files() {
		file(c.env.Path(name))
	}
	if c.theme != "" {
		file(c.env.Path(c.theme))
	}
	if c.templates != "" {
		slots, _ := filepath.Glob(filepath.Join(c.env.Path(c.templates), "*"))
		for _, path := range slots {
			file(path)
		}
	}
	for _, page := range c.pages {
		file(c.env.Path(page))
	}
	if c.guides != "" {
		guides, _ := filepath.Glob(filepath.Join(c.env.Path(c.guides), "*.md"))
		for _, path := range guides {
			file(path)
		}
	}
	return b.String()
}

func isDescription(path string) bool {
	switch filepath.Ext(path) {
	case ".yaml", ".yml", ".json", ".graphql", ".graphqls", ".gql":
		return true
	}
	return false
}
