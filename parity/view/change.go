package view

import (
	"bufio"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
)

// fewChanges is how many entries of a list a note shows before it folds the
// rest.
const fewChanges = 5

// Change writes what a change does to the parity, for a person at a terminal:
// gaps opened, gaps that grew wider, other counterparts, gaps closed, and the
// parts of the score that moved.
func Change(w io.Writer, c *parity.Change, o Options) error {
	t := &textWriter{Writer: bufio.NewWriter(w), opts: &o, width: o.Width}
	if t.width <= 0 {
		t.width = textWidth
	}
	for _, l := range lists(c) {
		if len(l.rows) == 0 {
			continue
		}
		t.WriteString(t.paint(ink.Bold, l.title) + "\n")
		column := 0
		for _, r := range l.rows {
			column = max(column, min(safe.Cells(safe.Line(r.element)), t.width/2))
		}
		for _, r := range l.rows {
			head := "  " + l.sign + " " + safe.Pad(safe.Line(r.element), column) + "  "
			t.wrapped(head, safe.Cells(head), safe.Brief(r.text))
		}
		t.WriteByte('\n')
	}
	for _, s := range moved(c) {
		t.WriteString("  " + safe.Pad(s.name, len("breadth of GraphQL by weight")) + "  " + s.was + " → " + s.now + "  (" + s.delta + ")\n")
	}
	if len(moved(c)) > 0 {
		t.WriteByte('\n')
	}
	t.WriteString(verdict(c) + "\n")
	return t.Flush()
}

// ChangeMarkdown writes what a change does to the parity, for a note in a
// merge request.
func ChangeMarkdown(w io.Writer, c *parity.Change) error {
	m := bufio.NewWriter(w)
	m.WriteString("### plumb parity: " + verdict(c) + "\n")
	for _, l := range lists(c) {
		if len(l.rows) == 0 {
			continue
		}
		m.WriteString("\n**" + strings.ToUpper(l.title[:1]) + l.title[1:] + "**\n\n")
		for i, r := range l.rows {
			if i == fewChanges {
				m.WriteString("\n<details>\n<summary>" + words.Number(len(l.rows)-i) + " more</summary>\n\n")
			}
			m.WriteString("- " + safe.MarkdownCode(r.element) + " " + safe.Markdown(safe.Brief(r.text)) + "\n")
		}
		if len(l.rows) > fewChanges {
			m.WriteString("\n</details>\n")
		}
	}
	if list := moved(c); len(list) > 0 {
		m.WriteString("\n| score | before | after | change |\n| --- | ---: | ---: | ---: |\n")
		for _, s := range list {
			m.WriteString("| " + s.name + " | " + s.was + " | " + s.now + " | " + s.delta + " |\n")
		}
	}
	return m.Flush()
}

// verdict is the change in a line.
func verdict(c *parity.Change) string {
	if len(c.Opened)+len(c.Widened)+len(c.Counterparts)+len(c.Closed) == 0 {
		return "no gap opened, none closed"
	}
	return words.Count(len(c.Opened), "gap") + " opened, " + words.Number(len(c.Widened)) + " wider, " + words.Number(len(c.Closed)) + " closed"
}

// changes are entries of one kind.
type changes struct {
	title, sign string
	rows        []changed
}

type changed struct{ element, text string }

// lists are all entries, the worst first.
func lists(c *parity.Change) []changes {
	opened, wider := changes{title: "gaps opened", sign: "✗"}, changes{title: "gaps that grew wider", sign: "!"}
	others, closed := changes{title: "other counterparts", sign: "~"}, changes{title: "gaps closed", sign: "✓"}
	for _, g := range c.Opened {
		opened.rows = append(opened.rows, changed{g.Element, was(g)})
	}
	for _, x := range c.Widened {
		text := x.What + side(x.Side)
		if n := len(x.Operations); n > 1 {
			text += "; reaches " + words.Count(n, "operation")
		}
		wider.rows = append(wider.rows, changed{x.Element, text})
	}
	for _, x := range c.Counterparts {
		others.rows = append(others.rows, changed{x.Element, x.Was + " → " + x.Now})
	}
	for _, g := range c.Closed {
		closed.rows = append(closed.rows, changed{g.Element, was(g)})
	}
	return []changes{opened, wider, others, closed}
}

// was says what corresponded and corresponds.
func was(g parity.GapChange) string {
	text := or(g.Was, "new") + " → " + or(g.Now, "gone")
	if g.Was == "" {
		text = "new, " + or(g.Now, "none")
	}
	return text + side(g.Side)
}

// side says where a change was made.
func side(s parity.Side) string {
	switch s {
	case parity.RESTSide:
		return " (changed in REST)"
	case parity.GraphQLSide:
		return " (changed in GraphQL)"
	}
	return ""
}

type score struct{ name, was, now, delta string }

// moved are the parts of the score that changed.
func moved(c *parity.Change) []score {
	var list []score
	for _, s := range c.Scores {
		points := (s.Now - s.Was) * 100
		if math.Abs(points) < 0.05 {
			continue
		}
		list = append(list, score{scoreName(s.Name), words.Percent(s.Was), words.Percent(s.Now), signed(points)})
	}
	return list
}

// signed writes points with their sign: +0.3, −1.2.
func signed(points float64) string {
	text := strconv.FormatFloat(math.Abs(points), 'f', 1, 64)
	if points < 0 {
		return "−" + text
	}
	return "+" + text
}

// scoreName says what a part of the score is.
func scoreName(name string) string {
	switch name {
	case "rest_to_graphql":
		return "breadth of REST"
	case "rest_to_graphql_weighted":
		return "breadth of REST by weight"
	case "graphql_to_rest":
		return "breadth of GraphQL"
	case "graphql_to_rest_weighted":
		return "breadth of GraphQL by weight"
	}
	return strings.ReplaceAll(name, "_", " ")
}
