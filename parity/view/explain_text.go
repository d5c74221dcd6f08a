package view

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
)

// Text writes the explanation for a person at a terminal.
func (x *Explanation) Text(w io.Writer, o Options) error {
	t := &textWriter{Writer: bufio.NewWriter(w), opts: &o, width: o.Width}
	if t.width <= 0 {
		t.width = textWidth
	}
	written := false
	part := func(write func()) {
		if written {
			t.WriteByte('\n')
		}
		written = true
		write()
	}
	if x.Root != nil {
		part(func() { t.explainRoot(x.Root) })
	}
	for i := range x.Operations {
		part(func() { t.explainOperation(&x.Operations[i]) })
	}
	for i := range x.Types {
		part(func() { t.explainType(&x.Types[i]) })
	}
	for _, f := range x.Fields {
		part(func() { t.explainField(f) })
	}
	if len(x.Considered) > 0 {
		part(func() { t.considered(x) })
	}
	return t.Flush()
}

// labelCells is the width of what names the lines of an explanation.
const labelCells = 14

// label writes a name and what it stands for, wrapped.
func (t *textWriter) label(name, text string) {
	if text == "" {
		return
	}
	t.wrapped("  "+t.paint(ink.Dim, safe.Pad(name, labelCells-2))+"  ", labelCells+2, safe.Brief(text))
}

// lines writes a name and several lines that it stands for.
func (t *textWriter) lines(name string, list []string) {
	for i, s := range list {
		if i > 0 {
			name = ""
		}
		t.label(name, s)
	}
}

// verdict writes what was decided: "match, 97 % sure".
func (t *textWriter) verdict(s parity.Status, reason parity.Reason, confidence float64) string {
	text := string(s)
	if reason != "" {
		text += " (" + string(reason) + ")"
	}
	return t.paint(styleOf(s), text) + ", " + words.Percent(confidence) + " sure"
}

func styleOf(s parity.Status) string {
	switch s {
	case parity.StatusMatch:
		return ink.Green
	case parity.StatusPartial:
		return ink.Yellow
	}
	return ink.Dim
}

func (t *textWriter) explainOperation(x *ExplainedOperation) {
	t.WriteString(t.paint(ink.Bold, safe.Line(x.Operation.Operation)) + "  " + t.verdict(x.Status, x.Reason, x.Confidence) + "\n")
	t.label("at", t.opts.place(x.Location))
	t.lines("GraphQL", x.GraphQL)
	t.label("path", x.Path)
	t.lines("because", x.Why)
	if x.Source != parity.Matched {
		t.label("decided by", source(x.Source))
	}
	t.label("exempt", x.Exempt)
	var rest, graphql, differ []string
	for _, in := range x.Inputs {
		switch {
		case in.GraphQL == "":
			rest = append(rest, in.REST)
		case in.REST == "":
			graphql = append(graphql, in.GraphQL)
		}
		for _, d := range in.Differences {
			differ = append(differ, strings.TrimSpace(in.REST+" "+in.GraphQL)+": "+difference(d))
		}
	}
	t.label("REST only", strings.Join(rest, ", "))
	t.label("GraphQL only", strings.Join(graphql, ", "))
	t.lines("differs", differ)
	for _, tr := range x.Traits {
		t.label(string(tr.Topic), trait(tr))
	}
	for i := range x.Candidates {
		c := &x.Candidates[i]
		name := "weighed"
		if i > 0 {
			name = "runner-up"
		}
		t.WriteString("\n  " + t.paint(ink.Dim, safe.Pad(name, labelCells-2)) + "  " + safe.Line(c.Coordinate) + "  " + t.verdict(c.Status, c.Reason, c.Confidence) + "\n")
		for _, e := range c.Evidence {
			t.wrapped(fmt.Sprintf("  %*s%+6.2f  ", labelCells, "", e.Weight), labelCells+10, safe.Brief(e.Text))
		}
	}
	if d := x.Decisive; d != nil {
		t.WriteByte('\n')
		t.label("decisive", fmt.Sprintf("%s: %+.2f for the first, %+.2f for the second", d.Text, d.First, d.Second))
	}
}

func (t *textWriter) explainRoot(r *parity.Root) {
	t.WriteString(t.paint(ink.Bold, safe.Line(r.Coordinate)) + "  " + t.verdict(r.Status, "", r.Confidence) + "\n")
	t.label("at", t.opts.place(r.Location))
	t.label("group", r.Group)
	t.lines("REST", r.Operations)
	t.label("exempt", r.Exempt)
	t.label("lifecycle", marks(r.Deprecated, r.Experimental, false))
}

func (t *textWriter) explainType(x *ExplainedType) {
	t.WriteString(t.paint(ink.Bold, safe.Line(x.Name)) + "  " + t.verdict(x.Status, "", x.Confidence) + "\n")
	t.label("at", t.opts.place(x.Location))
	t.label("GraphQL", x.GraphQL)
	t.lines("because", x.Why)
	t.label("or", strings.Join(x.Alternatives, ", "))
	if x.Source != parity.Matched && x.Source != "" {
		t.label("decided by", source(x.Source))
	}
	differ, names := fields(x.Fields)
	for _, f := range names {
		name, class, ok := strings.Cut(f.Name, ", ")
		if ok {
			class += ": "
		}
		t.label(name, class+strings.Join(f.Lines, ", "))
	}
	if len(differ) == 0 {
		return
	}
	t.WriteByte('\n')
	rest, graphql := len("REST"), len("GraphQL")
	for _, f := range differ {
		rest, graphql = max(rest, min(safe.Cells(f.REST), 32)), max(graphql, min(safe.Cells(f.GraphQL), 32))
	}
	t.WriteString("  " + t.paint(ink.Dim, safe.Pad("REST", rest)+"  "+safe.Pad("GraphQL", graphql)+"  kind") + "\n")
	for _, f := range differ {
		head := "  " + safe.Pad(or(f.REST, "–"), rest) + "  " + safe.Pad(or(f.GraphQL, "–"), graphql) + "  "
		t.wrapped(head, safe.Cells(head), strings.TrimSuffix(string(f.Kind)+": "+f.Note, ": "))
	}
}

func (t *textWriter) explainField(f *parity.Field) {
	name := f.REST
	if name == "" {
		name = f.GraphQL
	}
	t.WriteString(t.paint(ink.Bold, safe.Line(name)) + "  " + string(f.Kind))
	if f.Confidence > 0 && f.REST != "" && f.GraphQL != "" {
		t.WriteString(", " + words.Percent(f.Confidence) + " sure")
	}
	t.WriteByte('\n')
	t.label("REST", strings.TrimSpace(f.REST+"  "+f.RESTType))
	t.label("", t.opts.place(f.RESTLocation))
	t.label("GraphQL", strings.TrimSpace(f.GraphQL+"  "+f.GraphQLType))
	t.label("", t.opts.place(f.GraphQLLocation))
	t.label("class", string(f.Class))
	for _, d := range f.Differences {
		t.label("differs", difference(d))
	}
}

// considered lists the operations that a coordinate was thought of for.
func (t *textWriter) considered(x *Explanation) {
	t.WriteString(safe.Line(x.Element) + " was considered and not taken for\n")
	for i := range x.Considered {
		op := &x.Considered[i]
		for _, c := range op.Candidates {
			if c.Coordinate != x.Element {
				continue
			}
			text := words.Percent(c.Confidence)
			if len(op.GraphQL) > 0 {
				text += "; it is " + op.GraphQL[0]
			}
			t.wrapped("  "+safe.Line(op.Operation.Operation)+"  ", 4, safe.Line(text))
		}
	}
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}
