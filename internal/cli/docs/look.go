package docs

import (
	"path/filepath"

	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/watching"
)

// look looks at the files of the site: those in the folders of the descriptions,
// since descriptions refer to others, the guides, the pages and the templates.
func (c *inputs) look(l *watching.Look) {
	for _, arg := range c.args {
		if project.IsURL(arg) {
			continue
		}
		folder := filepath.Dir(c.env.Path(arg))
		if source.IsPattern(folder) {
			folder = c.env.Dir
		}
		l.Folder(folder, source.Extensions()...)
	}
	for _, name := range c.attach.files() {
		l.File(c.env.Path(name))
	}
	if c.theme != "" {
		l.File(c.env.Path(c.theme))
	}
	if c.templates != "" {
		slots, _ := filepath.Glob(filepath.Join(c.env.Path(c.templates), "*"))
		l.File(slots...)
	}
	for _, page := range c.pages {
		l.File(c.env.Path(page))
	}
	if c.guides != "" {
		guides, _ := filepath.Glob(filepath.Join(c.env.Path(c.guides), "*.md"))
		l.File(guides...)
	}
}
