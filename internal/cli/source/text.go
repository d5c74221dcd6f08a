package source

import "github.com/plumbapi/plumb/internal/cli/project"

// Text returns the text of a file, by canonical name: of a source of one of the
// documents, or of plumb.yaml.
func Text(p *project.Project, name string, docs ...*Document) (string, bool) {
	for _, d := range docs {
		if text, ok := d.Text(name); ok {
			return text, true
		}
	}
	return p.ConfigText(name)
}
