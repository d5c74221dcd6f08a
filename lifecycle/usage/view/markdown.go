package view

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/usage"
)

// Markdown writes a result for a note: what was read, a table of the elements
// that are called, and the names of those that are not. It has no heading;
// what is found wrong comes from package report.
func Markdown(w io.Writer, res *usage.Result, o Options) error {
	t, m := newTelling(res, o), bufio.NewWriter(w)
	m.WriteString(safe.Markdown(t.lead()) + ". " + safe.Markdown(t.window()) + "; " + safe.Markdown(t.reading()) + ".\n")
	for _, l := range t.totals() {
		m.WriteString("\n- " + safe.Markdown(l))
	}
	m.WriteString("\n")
	shown := t.called
	if !o.All {
		shown = shown[:min(len(shown), manyCalled)]
	}
	if len(shown) > 0 {
		m.WriteString("\n| still called | calls | share | consumers | share | last | |\n| --- | ---: | ---: | ---: | ---: | --- | --- |\n")
	}
	for _, e := range shown {
		cells := []string{
			safe.MarkdownCell(safe.MarkdownCode(e.Name)), number(e.Calls), words.Percent(e.Share), about(e.Exact) + words.Number(e.Consumers),
			words.Percent(e.ConsumerShare), date(e.Last), string(e.Verdict),
		}
		m.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	if n := len(t.called) - len(shown); n > 0 {
		m.WriteString("\nand " + words.Count(n, "more element") + "\n")
	}
	t.markdownSilent(m)
	for _, l := range t.trouble() {
		first, _, _ := strings.Cut(l, "\n")
		m.WriteString("\n" + safe.Markdown(first) + "\n")
	}
	return m.Flush()
}

func (t *telling) markdownSilent(m *bufio.Writer) {
	for _, v := range []struct {
		verdict usage.Verdict
		head    string
	}{{usage.Unused, "Safe to remove"}, {usage.Unclear, "Not clear"}, {usage.Unseen, "Not to be seen in these logs"}} {
		var names []string
		var list []*usage.Element
		for _, e := range t.silent {
			if e.Verdict == v.verdict {
				list = append(list, e)
				names = append(names, safe.MarkdownCode(e.Name))
			}
		}
		if len(list) == 0 {
			continue
		}
		more := ""
		if n := len(names) - manySilent; n > 0 && !t.opts.All {
			names, more = names[:manySilent], " and "+words.Number(n)+" more"
		}
		m.WriteString("\n" + v.head + " (" + words.Number(len(list)) + ", " + safe.Markdown(reason(list)) + "): " + strings.Join(names, ", ") + more + "\n")
	}
}
