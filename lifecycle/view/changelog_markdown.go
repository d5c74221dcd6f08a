package view

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
)

// ChangelogMarkdown writes a changelog as a Markdown document: which version
// the changes call for, what breaks, what is deprecated, what is new, what
// else changed, each by resource. Texts that were reworded are counted.
func ChangelogMarkdown(w io.Writer, l *lifecycle.Changelog, o ChangelogOptions) error {
	c := newChangelog(l, o)
	m := bufio.NewWriter(w)
	m.WriteString("# " + safe.Markdown(c.Title+": "+c.Base+" → "+c.Revision) + "\n\n" + safe.Markdown(c.Lead) + ".\n")
	if !l.Empty() {
		m.WriteString("\n" + safe.Markdown(strings.Join(c.Versions, " ")) + "\n")
	}
	told := false
	for i, s := range c.Sections {
		if !told && l.Sections[i].Effect != lifecycle.Breaking {
			markdownLife(m, c.Announcements)
			told = true
		}
		markdownSection(m, &s)
	}
	if !told {
		markdownLife(m, c.Announcements)
	}
	return m.Flush()
}

func markdownSection(m *bufio.Writer, s *section) {
	m.WriteString("\n## " + s.Title + "\n")
	if s.Intro != "" {
		m.WriteString("\n" + s.Intro + "\n")
	}
	if s.ID == string(lifecycle.Editorial) {
		m.WriteString("\n" + words.Count(s.Count, "text") + " in " + words.Count(len(s.Groups), "place") + ".\n")
		return
	}
	for _, g := range s.Groups {
		m.WriteString("\n### " + safe.Markdown(g.Name) + "\n\n")
		for _, it := range g.Items {
			m.WriteString("- ")
			for _, p := range it.Parts {
				m.WriteString(markdownPart(p))
			}
			if it.Why != "" {
				m.WriteString(" " + safe.Markdown(it.Why))
			}
			if len(it.Notes) > 0 {
				m.WriteString(" (" + safe.Markdown(strings.Join(it.Notes, ", ")) + ")")
			}
			m.WriteByte('\n')
			for _, name := range it.Names {
				m.WriteString("  - " + safe.MarkdownCode(name) + "\n")
			}
		}
	}
}

// markdownPart keeps the spaces at the ends of a text.
func markdownPart(p part) string {
	if p.Code {
		return safe.MarkdownCode(p.Text)
	}
	trimmed := strings.TrimSpace(p.Text)
	if trimmed == "" {
		return p.Text
	}
	before, after, _ := strings.Cut(p.Text, trimmed)
	return before + safe.Markdown(trimmed) + after
}

func markdownLife(m *bufio.Writer, groups []lifeTable) {
	if len(groups) == 0 {
		return
	}
	m.WriteString("\n## Deprecations\n")
	for _, g := range groups {
		m.WriteString("\n### " + g.Title + "\n\n")
		if len(g.Heads) == 0 {
			for _, r := range g.Rows {
				m.WriteString("- " + safe.MarkdownCode(r.Element) + "\n")
			}
			continue
		}
		m.WriteString("| Element | " + strings.Join(g.Heads, " | ") + " |\n|---" + strings.Repeat("|---", len(g.Heads)) + "|\n")
		for _, r := range g.Rows {
			m.WriteString("| " + safe.MarkdownCell(safe.MarkdownCode(r.Element)))
			if r.New {
				m.WriteString(" (new)")
			}
			for _, c := range r.Cells {
				text := safe.Markdown(c.Text)
				if c.Code && c.Text != "" {
					text = safe.MarkdownCell(safe.MarkdownCode(c.Text))
				}
				m.WriteString(" | " + text)
			}
			m.WriteString(" |\n")
		}
	}
}
