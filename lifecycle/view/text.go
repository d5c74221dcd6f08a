package view

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/lifecycle"
)

// textWriter keeps the first error of its bufio.Writer until Flush.
type textWriter struct {
	*bufio.Writer
	color bool
	width int
}

func newText(w io.Writer, o *Options) *textWriter {
	t := &textWriter{Writer: bufio.NewWriter(w), color: o.Color, width: o.Width}
	if t.width <= 0 {
		t.width = textWidth
	}
	return t
}

func (t *textWriter) paint(style, s string) string {
	return ink.Paint(t.color, style, s)
}

// status paints a text in the colour of a status.
func (t *textWriter) status(s lifecycle.Status, text string) string {
	switch s {
	case lifecycle.Overdue:
		return t.paint(ink.Red, text)
	case lifecycle.Removable:
		return t.paint(ink.Yellow, text)
	case lifecycle.Ahead:
		return t.paint(ink.Cyan, text)
	}
	return t.paint(ink.Dim, text)
}

// wrapped writes pieces of text behind a head of so many columns, in lines of
// the terminal's width; below the head where too little is left beside it. A
// piece is kept on one line.
func (t *textWriter) wrapped(head string, indent int, list ...string) {
	t.WriteString(strings.TrimRight(head, " "))
	if len(list) == 0 {
		t.WriteByte('\n')
		return
	}
	room := t.width - indent
	if room < 20 {
		indent = 2 + kindWidth + 4
		room = max(t.width-indent, 20)
		t.WriteString("\n" + safe.Spaces(indent))
	} else {
		t.WriteString(safe.Spaces(indent - safe.Cells(plain(strings.TrimRight(head, " ")))))
	}
	pieces := make([]string, len(list))
	for i, piece := range list {
		pieces[i] = strings.TrimSpace(piece)
	}
	t.WriteString(strings.Join(safe.Fill(pieces, room), "\n"+safe.Spaces(indent)) + "\n")
}

// lines writes a sentence in lines of the terminal's width.
func (t *textWriter) lines(style, text string) {
	for _, line := range safe.Fill(strings.Fields(text), t.width) {
		t.WriteString(t.paint(style, line) + "\n")
	}
}

// plain takes off the styles that paint has put on.
func plain(s string) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, s, _ = strings.Cut(after, "m")
	}
}
