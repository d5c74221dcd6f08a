package view

import (
	"slices"

	"github.com/plumbapi/plumb/lifecycle"
)

// lifeTable is the notices of one kind, as a table.
type lifeTable struct {
	Title string
	Heads []string
	Rows  []lifeRow
}

type lifeRow struct {
	Element string
	New     bool
	Cells   []lifeCell
}

// lifeCell is a lifeCell of a row; names are code.
type lifeCell struct {
	Text string
	Code bool
}

var lifeTexts = []struct {
	kind  lifecycle.AnnouncementKind
	title string
	heads []string
}{
	{lifecycle.Deprecation, "Deprecated", []string{"Since", "Goes", "Use instead", "Why"}},
	{lifecycle.Rescheduling, "Goes at another time", []string{"Was to go", "Goes", "Use instead"}},
	{lifecycle.Redirection, "Something else to use instead", []string{"Was", "Use instead"}},
	{lifecycle.Reactivation, "No longer deprecated", nil},
	{lifecycle.Maturation, "More stable than it was", []string{"Was", "Is"}},
	{lifecycle.Regression, "Less stable than it was", []string{"Was", "Is"}},
}

func lifeTables(list []lifecycle.Announcement) []lifeTable {
	var groups []lifeTable
	for _, t := range lifeTexts {
		g := lifeTable{Title: t.title, Heads: t.heads}
		for i := range list {
			if list[i].Kind == t.kind {
				g.Rows = append(g.Rows, newLifeRow(&list[i]))
			}
		}
		if len(g.Rows) > 0 {
			groups = append(groups, g.filled())
		}
	}
	return groups
}

// filled is the group without the columns in which no row says anything.
func (g lifeTable) filled() lifeTable {
	var heads []string
	keep := make([]bool, len(g.Heads))
	for i, head := range g.Heads {
		keep[i] = slices.ContainsFunc(g.Rows, func(r lifeRow) bool { return r.Cells[i].Text != "" })
		if keep[i] {
			heads = append(heads, head)
		}
	}
	for i, r := range g.Rows {
		var cells []lifeCell
		for j, c := range r.Cells {
			if keep[j] {
				cells = append(cells, c)
			}
		}
		g.Rows[i].Cells = cells
	}
	g.Heads = heads
	return g
}

func newLifeRow(n *lifecycle.Announcement) lifeRow {
	row := lifeRow{Element: n.Element.Name, New: n.New}
	is, was := &n.Element.State, &n.Was
	switch n.Kind {
	case lifecycle.Deprecation:
		row.Cells = []lifeCell{{Text: moment(is.Since)}, {Text: moment(is.Sunset)}, {is.Replacement, true}, {Text: is.Reason}}
	case lifecycle.Rescheduling:
		row.Cells = []lifeCell{{Text: moment(was.Sunset)}, {Text: moment(is.Sunset)}, {is.Replacement, true}}
	case lifecycle.Redirection:
		row.Cells = []lifeCell{{was.Replacement, true}, {is.Replacement, true}}
	case lifecycle.Maturation, lifecycle.Regression:
		row.Cells = []lifeCell{{Text: was.Stability.Rank().String()}, {Text: is.Stability.Rank().String()}}
	}
	return row
}
