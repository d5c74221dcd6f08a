package view

import (
	"bufio"
	"fmt"
	"io"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
)

// Suggestions writes open decisions for a person at a terminal, numbered from
// 1, each with its candidates. There are so many of them in all.
func Suggestions(w io.Writer, list []parity.Suggestion, all int, o Options) error {
	b := bufio.NewWriter(w)
	for i := range list {
		if err := Suggestion(b, i+1, &list[i], o); err != nil {
			return err
		}
		b.WriteByte('\n')
	}
	switch n := all - len(list); {
	case all == 0:
		b.WriteString("no decision is open\n")
	case n > 0:
		b.WriteString(words.Count(all, "open decision") + ", " + words.Number(n) + " not shown: --limit 0 lists all\n")
	default:
		b.WriteString(words.Count(all, "open decision") + "\n")
	}
	return b.Flush()
}

// Suggestion writes one open decision under its number.
func Suggestion(w io.Writer, number int, s *parity.Suggestion, o Options) error {
	t := &textWriter{Writer: bufio.NewWriter(w), opts: &o, width: o.Width}
	if t.width <= 0 {
		t.width = textWidth
	}
	t.WriteString(fmt.Sprintf("%3d  ", number) + t.paint(ink.Bold, safe.Line(s.Operation)) + "  now " + safe.Line(s.Now.String()) + "\n")
	column := 0
	for _, c := range s.Candidates {
		column = max(column, min(safe.Cells(safe.Line(c.Coordinate)), 40))
	}
	for i, c := range s.Candidates {
		status := string(c.Status)
		if c.Reason != "" {
			status += " (" + string(c.Reason) + ")"
		}
		head := fmt.Sprintf("     %d  ", i+1) + safe.Pad(safe.Line(c.Coordinate), column) + fmt.Sprintf("  %7s  ", words.Percent(c.Confidence))
		t.wrapped(head, safe.Cells(head), status+because(c.Evidence))
	}
	return t.Flush()
}

// because names the strongest evidence for and against a candidate.
func because(list []parity.Evidence) string {
	var most, least *parity.Evidence
	for i := range list {
		e := &list[i]
		if e.Weight > 0 && (most == nil || e.Weight > most.Weight) {
			most = e
		}
		if e.Weight < 0 && (least == nil || e.Weight < least.Weight) {
			least = e
		}
	}
	s := ""
	if most != nil {
		s += "; " + safe.Brief(most.Text)
	}
	if least != nil {
		s += "; but " + safe.Brief(least.Text)
	}
	return s
}
