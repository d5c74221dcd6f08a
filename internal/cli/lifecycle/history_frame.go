package lifecycle

import (
	"io/fs"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/output"
)

// around is how many lines before and behind a finding its code frame may
// show.
const around = 3

// frames gives the texts of files for code frames. A history has findings in
// many versions of large files, so that of each only the lines are kept that
// a frame may show; the others are empty.
func (c *historyCall) frames(rep *check.Report) output.Source {
	lines := map[string]map[int]bool{}
	mark := func(at check.Location) {
		if at.File == "" || at.Line == 0 {
			return
		}
		of := lines[at.File]
		if of == nil {
			of = map[int]bool{}
			lines[at.File] = of
		}
		for n := at.Line - around; n <= max(at.Line, min(at.EndLine, at.Line+around))+around; n++ {
			of[n] = true
		}
	}
	for i := range rep.Findings {
		mark(rep.Findings[i].Location)
		for _, r := range rep.Findings[i].Related {
			mark(r.Location)
		}
	}
	return func(name string) (string, bool) {
		text, ok := c.text(name)
		if !ok || lines[name] == nil {
			return text, ok
		}
		return sparse(text, lines[name]), true
	}
}

// sparse empties all lines but those that are marked.
func sparse(text string, keep map[int]bool) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		if n++; keep[n] {
			b.WriteString(line)
		} else {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// text returns the text of a file in a version, by canonical name. It is read
// again: a replay keeps no texts.
func (c *historyCall) text(name string) (string, bool) {
	for _, t := range c.tracks {
		for _, d := range t.failed {
			if text, ok := d.Text(name); ok {
				return text, true
			}
		}
	}
	of, file, ok := strings.Cut(name, ":/")
	if !ok {
		return c.project.ConfigText(name)
	}
	for _, t := range c.tags {
		if t.Name == of {
			text, err := fs.ReadFile(c.repo.At(t.Name, t.Object), file)
			return string(text), err == nil
		}
	}
	return "", false
}
