package view

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// Markdown writes a result for a note: a table of the versions in which
// something happened, then a table of the events, newest first. It has no
// heading; what is found wrong comes from package report.
func Markdown(w io.Writer, res *history.Result, o Options) error {
	t, m := newTelling(res, o), bufio.NewWriter(w)
	m.WriteString(safe.Markdown(t.lead()) + ".\n")
	if !o.Element {
		markdownVersions(m, t, &o)
	}
	shown := t.lives[:min(len(t.lives), limit(&o))]
	if len(shown) > 0 {
		m.WriteString("\n| element | version | date | event | detail |\n| --- | --- | --- | --- | --- |\n")
	}
	for _, l := range shown {
		for _, e := range l.events {
			v := &res.Versions[e.Version]
			m.WriteString("| " + safe.MarkdownCell(safe.MarkdownCode(l.Name)) + " | " + safe.Markdown(v.Name) + " | " + date(v.Time) +
				" | " + phrase(e.Kind) + " | " + safe.Markdown(safe.Brief(t.detail(l.Life, e))) + " |\n")
		}
	}
	if n := len(t.lives) - len(shown); n > 0 {
		m.WriteString("\nand " + words.Count(n, "more element") + "\n")
	}
	if t.plain > 0 {
		m.WriteString("\n" + words.Count(t.plain, "element") + " only appeared\n")
	}
	return m.Flush()
}

func markdownVersions(m *bufio.Writer, t *telling, o *Options) {
	head := "\n| version | date | elements | appeared | deprecated | removed | other |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
	left, n := 0, 0
	for i := range t.res.Versions {
		at := len(t.res.Versions) - 1 - i
		v, by := &t.res.Versions[at], t.by[at]
		note := unread(v)
		if len(by) == 0 && note == "" {
			continue
		}
		if n++; n > manyVersions && !o.All {
			left++
			continue
		}
		m.WriteString(head)
		head = ""
		name := safe.Markdown(v.Name)
		if note != "" {
			name += " (" + note + ")"
		}
		cells := []string{name, date(v.Time), words.Number(elements(v))}
		for _, n := range []int{by[history.Appeared], by[history.Deprecated], by[history.Removed], t.others(at)} {
			cells = append(cells, words.Number(n))
		}
		m.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	if left > 0 {
		m.WriteString("\nand " + words.Count(left, "version") + " before\n")
	}
}
