package view

import (
	"io"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
)

// What fits on a screen.
const (
	textWidth  = 100
	fewEntries = 8 // of one day
	fewGroups  = 15
)

// CalendarText writes a calendar for a person at a terminal: a heading for
// each day or release, and below it what goes.
func CalendarText(w io.Writer, c *lifecycle.Calendar, o Options) error {
	t := newText(w, &o)
	t.lines(ink.Bold, headline(c))
	if c.Policy != "" {
		t.lines(ink.Dim, "ends that no description gives are the earliest that the policy "+safe.Line(c.Policy)+" allows")
	}
	all := groups(c)
	shown := all
	if !o.All && len(all) > fewGroups {
		shown = all[:fewGroups]
	}
	name := t.nameWidth(shown, o.All)
	for i := range shown {
		t.group(c, &shown[i], name, o.All)
	}
	if rest := all[len(shown):]; len(rest) > 0 {
		n := 0
		for _, g := range rest {
			n += len(g.entries)
		}
		t.WriteString("\nand " + words.Count(n, "element") + " more at later moments, or without one (--all lists them)\n")
	}
	return t.Flush()
}

// kindWidth is the width of the column with surface and kind.
const kindWidth = 21

func (t *textWriter) group(c *lifecycle.Calendar, g *group, name int, all bool) {
	head := g.entries[0]
	line := t.paint(ink.Bold, g.heading())
	if g.status != lifecycle.Undated && g.status != lifecycle.Kept {
		line += "  " + t.status(g.status, standing(c, head))
	}
	if b := by(head); b != "" && g.status != lifecycle.Kept {
		line += t.paint(ink.Dim, ", "+b)
	}
	t.WriteString("\n" + line + "\n")
	entries := g.entries
	if !all && len(entries) > fewEntries {
		entries = entries[:fewEntries-1]
	}
	for _, e := range entries {
		kind := surfaceNames[e.Surface]
		if e.Surface != lifecycle.Webhooks || e.Kind != lifecycle.Operation {
			kind += " " + string(e.Kind)
		}
		text := "  " + t.paint(ink.Dim, safe.Pad(kind, kindWidth)) + "  " + safe.Pad(label(e), name)
		t.wrapped(text, 2+kindWidth+2+max(name, safe.Cells(label(e)))+2, instead(e)...)
	}
	if n := len(g.entries) - len(entries); n > 0 {
		t.WriteString("  " + safe.Spaces(kindWidth+2) + "and " + words.Number(n) + " more\n")
	}
}

// nameWidth is the width of the column of names: that of the longest one, but
// at most so much that half of the line is left.
func (t *textWriter) nameWidth(list []group, all bool) int {
	width := 0
	for i := range list {
		for k, e := range list[i].entries {
			if !all && k >= fewEntries {
				break
			}
			width = max(width, safe.Cells(label(e)))
		}
	}
	return min(width, max((t.width-kindWidth-4)*3/5, 20))
}

// label names an entry, with how many share it.
func label(e *lifecycle.Entry) string {
	text := safe.Line(e.Name)
	if e.Uses > 1 {
		text += " (used " + words.Number(e.Uses) + " times)"
	}
	return text
}

// instead says since when, and what to use.
func instead(e *lifecycle.Entry) []string {
	var parts []string
	if !e.Since.IsZero() {
		parts = append(parts, "since "+moment(e.Since))
	}
	if e.Replacement != "" {
		if len(parts) > 0 {
			parts[0] += ";"
		}
		parts = append(parts, "use "+safe.Brief(e.Replacement))
	}
	return parts
}
