package report

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// fewItems is how many findings a note shows before its details.
const fewItems = 5

// Markdown writes the report as a note for a merge request: the verdict, the
// one thing to do first, the next four findings, and behind a fold the rest up to
// opts.Limit. Findings come worst first. It is GitHub's and GitLab's dialect,
// and reads well as plain text.
func Markdown(w io.Writer, rep *check.Report, opts Options) error {
	m := &markdownWriter{Writer: bufio.NewWriter(w), opts: &opts}
	list := ordered(rep, "severity")
	m.lead(rep, list)
	m.incomplete(rep)
	if write := opts.facts().Markdown; write != nil {
		if err := write(m); err != nil {
			return err
		}
		m.WriteByte('\n')
	}
	m.items(list[min(len(list), 1):min(len(list), fewItems)])
	m.rest(list)
	m.rules(list)
	m.foot(rep)
	return m.Flush()
}

type markdownWriter struct {
	*bufio.Writer
	opts *Options
}

// lead writes the verdict and the one thing to do.
func (m *markdownWriter) lead(rep *check.Report, list []*check.Finding) {
	verdict := tally(rep)
	if s := m.opts.facts().Verdict; s != "" {
		verdict = safe.Markdown(s) + ", " + verdict
	}
	if !rep.Complete() {
		verdict = "incomplete, " + verdict
	}
	m.WriteString("### " + safe.Markdown(m.opts.title()) + ": " + verdict + "\n\n")
	switch {
	case len(list) > 0:
		m.WriteString("**Fix first:** " + m.item(list[0]) + "\n\n")
	case !rep.Complete():
		m.WriteString("The checks could not finish, so that this is not a pass.\n\n")
	}
}

// items writes findings as a list.
func (m *markdownWriter) items(list []*check.Finding) {
	for _, f := range list {
		m.WriteString("- **" + f.Severity.String() + "** " + m.item(f) + "\n")
	}
	if len(list) > 0 {
		m.WriteByte('\n')
	}
}

func (m *markdownWriter) item(f *check.Finding) string {
	s := safe.Markdown(safe.Brief(f.Message)) + " (" + m.rule(f.Rule) + ")"
	if at := m.place(f.Location); at != "" {
		s = at + " " + s
	}
	return s
}

// rest writes what follows the first items, folded, as a table.
func (m *markdownWriter) rest(list []*check.Finding) {
	if len(list) <= fewItems {
		return
	}
	list = list[fewItems:]
	shown := list[:min(len(list), max(m.opts.limit()-fewItems, 0))]
	if len(shown) == 0 {
		m.WriteString("And " + words.Count(len(list), "more finding") + ".\n\n")
		return
	}
	m.WriteString("<details>\n<summary>" + words.Count(len(list), "more finding") + "</summary>\n\n" +
		"| severity | place | finding | rule |\n| --- | --- | --- | --- |\n")
	for _, f := range shown {
		m.WriteString("| " + f.Severity.String() + " | " + safe.MarkdownCell(m.place(f.Location)) + " | " +
			safe.Markdown(safe.Brief(f.Message)) + " | " + safe.MarkdownCell(m.rule(f.Rule)) + " |\n")
	}
	m.WriteByte('\n')
	if n := len(list) - len(shown); n > 0 {
		m.WriteString("And " + words.Number(n) + " more: " + safe.Markdown(m.opts.more()) + "\n\n")
	}
	m.WriteString("</details>\n\n")
}

// rules writes how often each rule found something, folded, where that says
// more than the list.
func (m *markdownWriter) rules(list []*check.Finding) {
	counts := byRule(list)
	if len(list) <= fewItems || len(counts) < 2 {
		return
	}
	m.WriteString("<details>\n<summary>By rule</summary>\n\n" +
		"| rule | severity | findings |\n| --- | --- | ---: |\n")
	shown := counts[:min(len(counts), manyRules)]
	for _, c := range shown {
		m.WriteString("| " + safe.MarkdownCell(m.rule(c.rule)) + " | " + c.severity.String() + " | " + words.Number(c.n) + " |\n")
	}
	if n := len(counts) - len(shown); n > 0 {
		m.WriteString("\nAnd " + words.Count(n, "more rule") + ".\n")
	}
	m.WriteString("\n</details>\n\n")
}

func (m *markdownWriter) incomplete(rep *check.Report) {
	parts := unexplained(rep)
	for _, p := range parts {
		m.WriteString("- **incomplete**")
		if p.File != "" {
			m.WriteString(" " + safe.MarkdownCode(m.opts.path(p.File)))
		}
		if p.Rule != "" {
			m.WriteString(" " + safe.MarkdownCode(p.Rule))
		}
		m.WriteString(" " + safe.Markdown(safe.Brief(p.Message)) + "\n")
	}
	if len(parts) > 0 {
		m.WriteByte('\n')
	}
}

// foot writes one line of context.
func (m *markdownWriter) foot(rep *check.Report) {
	var parts []string
	for _, s := range []string{m.opts.Context, extent(rep, m.opts), setAside(rep)} {
		if s != "" {
			parts = append(parts, safe.Markdown(s))
		}
	}
	if parts != nil {
		m.WriteString(strings.Join(parts, " · ") + "\n")
	}
}

func (m *markdownWriter) place(at check.Location) string {
	at.File = m.opts.path(at.File)
	if name := placeName(at); name != "" {
		return safe.MarkdownCode(name)
	}
	return ""
}

func (m *markdownWriter) rule(id string) string {
	if link := m.opts.helpURL(id); link != "" {
		return "[" + safe.Markdown(id) + "](<" + safe.MarkdownURL(link) + ">)"
	}
	return safe.MarkdownCode(id)
}
