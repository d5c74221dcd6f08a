package view

import (
	"bufio"
	"io"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
)

// manyRows is how many rows a note has before it sums up.
const manyRows = 100

// CalendarMarkdown writes a calendar for a note or a page: a heading, the
// answer, and a table of what goes, the first to go first.
func CalendarMarkdown(w io.Writer, c *lifecycle.Calendar, o Options) error {
	m := bufio.NewWriter(w)
	m.WriteString("# What goes away, and when\n\n" + headline(c) + ", as of " + date(c.Today) + ".\n")
	if c.Policy != "" {
		m.WriteString("Ends in *italics* are given by no description; they are the earliest that the policy " + safe.MarkdownCode(c.Policy) + " allows.\n")
	}
	if len(c.Entries) > 0 {
		m.WriteString("\n| Gone | | Surface | Element | Deprecated | Use instead |\n| --- | --- | --- | --- | --- | --- |\n")
	}
	entries := c.Entries
	if !o.All && len(entries) > manyRows {
		entries = entries[:manyRows]
	}
	for i := range entries {
		e := &entries[i]
		gone := moment(e.Gone)
		if gone != "" && e.By == lifecycle.ByPolicy {
			gone = "*" + cell(gone) + "*"
		} else {
			gone = cell(gone)
		}
		status := standing(c, e)
		if e.Status == lifecycle.Overdue {
			status = "**" + status + "**"
		}
		m.WriteString("| " + gone + " | " + status + " | " + surfaceNames[e.Surface] + " | " + string(e.Kind) + " " + code(label(e)) +
			" | " + cell(moment(e.Since)) + " | " + code(e.Replacement) + " |\n")
	}
	if n := len(c.Entries) - len(entries); n > 0 {
		m.WriteString("\nand " + words.Count(n, "element") + " more (`--all` lists them).\n")
	}
	return m.Flush()
}

// code writes a name as code in a table's cell; nothing for nothing.
func code(s string) string {
	if s == "" {
		return ""
	}
	return safe.MarkdownCell(safe.MarkdownCode(safe.Brief(s)))
}

func cell(s string) string { return safe.MarkdownCell(safe.Markdown(s)) }
