package view

import (
	"bufio"
	"fmt"
	"io"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/perf"
)

// text writes an assessment for a terminal: why it is invalid as a whole, what
// a reader has to know, the operations, and what it comes to.
func text(w io.Writer, a *perf.Assessment, width int, color, all bool) error {
	b := bufio.NewWriter(w)
	for _, r := range a.Judgement.Reasons {
		fmt.Fprintf(b, "invalid: %s\n", safe.Line(r))
	}
	for _, n := range a.Judgement.Notes {
		fmt.Fprintf(b, "note: %s\n", safe.Line(n))
	}
	if len(a.Judgement.Reasons)+len(a.Judgement.Notes) > 0 {
		b.WriteByte('\n')
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return rows(a, width).Text(w, width, color, all)
}

// markdown writes the same for a note.
func markdown(w io.Writer, a *perf.Assessment, all bool) error {
	b := bufio.NewWriter(w)
	for _, r := range a.Judgement.Reasons {
		fmt.Fprintf(b, "- invalid: %s\n", safe.Markdown(r))
	}
	for _, n := range a.Judgement.Notes {
		fmt.Fprintf(b, "- %s\n", safe.Markdown(n))
	}
	if len(a.Judgement.Reasons)+len(a.Judgement.Notes) > 0 {
		b.WriteByte('\n')
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return rows(a, 0).Markdown(w, all)
}
