// Package view shows what package catalog found, to people: as a table for a
// terminal and as a small site of static pages, one to search and one for each
// integration, that work without a network and without JavaScript. It decides
// nothing.
package view

import (
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// List writes a line for each integration: name, category, level, score, and
// what stands in the way of the next level.
func List(w io.Writer, results []*catalog.Result, color bool) error {
	width, category := len("integration"), len("category")
	for _, r := range results {
		width = max(width, safe.Cells(r.Entry.Manifest.Name))
		category = max(category, len(r.Entry.Manifest.Category))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", ink.Paint(color, ink.Dim, fmt.Sprintf("%s  %s  level     score  what is missing for the next", safe.Pad("integration", width), safe.Pad("category", category))))
	for _, r := range results {
		m := r.Entry.Manifest
		fmt.Fprintf(&b, "%s  %s  %s  %5.1f  %s\n", safe.Pad(safe.Line(m.Name), width), safe.Pad(safe.Line(m.Category), category), safe.Pad(r.Level.String(), 8), r.Score, next(r))
	}
	fmt.Fprintf(&b, "%s\n", ink.Paint(color, ink.Dim, tally(results)))
	_, err := io.WriteString(w, b.String())
	return err
}

// next says what stands in the way of the next level.
func next(r *catalog.Result) string {
	if r.Level == catalog.Lovable {
		return "nothing"
	}
	var ids []string
	for _, o := range r.Missing(r.Level + 1) {
		ids = append(ids, o.Check.ID)
	}
	return strings.Join(ids, " ")
}

// tally counts integrations by level, the highest first.
func tally(results []*catalog.Result) string {
	var parts []string
	levels := catalog.Levels()
	for i := len(levels) - 1; i >= -1; i-- {
		level := catalog.Planned
		if i >= 0 {
			level = levels[i]
		}
		n := 0
		for _, r := range results {
			if r.Level == level {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, level))
		}
	}
	return words.Count(len(results), "integration") + ": " + strings.Join(parts, ", ")
}

// One writes all that is known of one integration.
func One(w io.Writer, r *catalog.Result, color bool) error {
	m := r.Entry.Manifest
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", ink.Paint(color, ink.Bold, safe.Line(m.Title)), safe.Line(m.Description))
	fmt.Fprintf(&b, "%s, score %.1f of 10 · %s · %s · auth %s · %s\n", r.Level, r.Score, safe.Line(m.Category), safe.Line(strings.Join(m.Direction, " and ")), safe.Line(m.Auth), safe.Line(m.Owner))
	if len(m.Inputs) > 0 {
		b.WriteString("\ninputs\n")
		width := 0
		for _, in := range m.Inputs {
			width = max(width, safe.Cells(in.Env))
		}
		for _, in := range m.Inputs {
			need := "optional"
			if in.Required {
				need = "required"
			}
			fmt.Fprintf(&b, "  %s  %s  %s\n", safe.Pad(safe.Line(in.Env), width), need, safe.Line(in.Help))
		}
	}
	for _, level := range catalog.Levels() {
		holds, of := r.Count(level)
		fmt.Fprintf(&b, "\n%s  %d of %d\n", ink.Paint(color, ink.Bold, level.String()), holds, of)
		for i := range r.Outcomes {
			if o := &r.Outcomes[i]; o.Check.Level == level {
				fmt.Fprintf(&b, "  %s %s  %s\n", mark(o, color), o.Check.ID, safe.Line(o.Reason))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func mark(o *catalog.Outcome, color bool) string {
	switch o.Status {
	case catalog.Passed:
		return ink.Paint(color, ink.Green, "✓")
	case catalog.Irrelevant:
		return ink.Paint(color, ink.Dim, "–")
	}
	return ink.Paint(color, ink.Red, "✗")
}
