package view

import (
	"math"
	"strings"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
)

// The widths of the table's columns, with the two spaces before each.
const (
	numberCells = 2 + 7
	shareCells  = 2 + len("100.0 %")
	barCells    = 20
	leastBar    = 10
	leastTag    = 12
)

// groups writes the table by tag, the largest tags first.
func (t *textWriter) groups(list []parity.Group) {
	if len(list) == 0 {
		return
	}
	shown := list
	if !t.opts.All && len(list) > manyGroups+1 {
		shown = list[:manyGroups]
	}
	tag := len("99 more")
	for _, g := range shown {
		tag = max(tag, safe.Cells(safe.Line(g.Tag)))
	}
	tag = min(tag, max(t.width-4*numberCells-shareCells-2-leastBar, leastTag))
	bar := min(barCells, t.width-tag-4*numberCells-shareCells-2)
	if bar < leastBar {
		bar = 0
	}
	t.WriteString("\n" + t.paint(ink.Dim, safe.Pad("tag", tag)+"      ops    match  partial     none") + "\n")
	for _, g := range shown {
		t.group(g, tag, bar)
	}
	if rest := list[len(shown):]; len(rest) > 0 {
		t.group(parity.Group{Tag: words.Number(len(rest)) + " more", Breadth: sum(rest)}, tag, bar)
	}
}

// sum adds groups up.
func sum(list []parity.Group) parity.Breadth {
	var b parity.Breadth
	for _, g := range list {
		b.Total, b.Match, b.Partial, b.None = b.Total+g.Total, b.Match+g.Match, b.Partial+g.Partial, b.None+g.None
		b.Exempt += g.Exempt
	}
	if n := b.Total - b.Exempt; n > 0 {
		b.Share = float64(b.Match) / float64(n)
	}
	return b
}

// group writes a row of the table.
func (t *textWriter) group(g parity.Group, tag, bar int) {
	row := safe.Pad(cut(safe.Line(g.Tag), tag), tag)
	for _, n := range []int{g.Total, g.Match, g.Partial, g.None} {
		row += right(n, numberCells)
	}
	if bar > 0 {
		row += "  " + t.bar(g.Breadth, bar)
	}
	percent := words.Percent(g.Share)
	t.WriteString(row + safe.Spaces(shareCells-safe.Cells(percent)) + percent + "\n")
}

// bar draws a breadth: matches in full, to an eighth of a cell, partial
// counterparts in grey, what has none as dots. Nothing that is there is drawn
// as nothing, and only all of it fills the bar. What is exempt is no part.
func (t *textWriter) bar(b parity.Breadth, cells int) string {
	total := b.Total - b.Exempt
	if total <= 0 {
		return t.paint(ink.Dim, strings.Repeat("·", cells))
	}
	part := func(n, of int) int { return int(math.Round(float64(n) / float64(total) * float64(of))) }
	eighths := part(b.Match, cells*8)
	switch {
	case b.Match == total:
		eighths = cells * 8
	case b.Match > 0:
		eighths = min(max(eighths, 1), cells*8-8)
	}
	full := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		full += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	from := (eighths + 7) / 8
	to := max(part(b.Match+b.Partial, cells), from)
	switch {
	case b.Partial == 0:
		to = from
	case b.None <= b.Exempt:
		to = cells
	default:
		to = min(max(to, from+1), cells-1)
	}
	to = max(to, from)
	return t.paint(ink.Green, full) + t.paint(ink.Yellow, strings.Repeat("▒", to-from)) + t.paint(ink.Dim, strings.Repeat("·", cells-to))
}

// cut shortens a printable text to a number of columns.
func cut(s string, width int) string {
	if safe.Cells(s) <= width {
		return s
	}
	used := 0
	for i, r := range s {
		n := safe.Cells(string(r))
		if used+n > width-1 {
			return s[:i] + "…"
		}
		used += n
	}
	return s
}
