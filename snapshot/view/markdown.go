package view

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
)

// Markdown writes the report for a wiki, an issue or a merge request. It has what
// the page has but the charts, whose values are a table.
func Markdown(w io.Writer, in Input) error {
	v := newView(in)
	b := bufio.NewWriterSize(w, 1<<16)
	md := safe.Markdown
	_, _ = fmt.Fprintf(b, "# %s\n\n**%s**\n\n%s\n", md(v.title()), md(v.lead()), md(v.context()))
	p := v.page()
	if p.Several {
		_, _ = fmt.Fprint(b, "\n## What changed\n\n")
		for i := range p.APIs {
			_, _ = fmt.Fprintf(b, "- **%s**: %s\n", md(p.APIs[i].Label), md(p.APIs[i].Headline))
		}
	} else if len(p.APIs) == 1 {
		_, _ = fmt.Fprintf(b, "\n%s\n", md(p.APIs[0].Headline))
	}
	_, _ = fmt.Fprint(b, "\n## To decide\n\n")
	for i, d := range v.decisions {
		about := ""
		if p.Several && d.API != "" {
			about = "**" + md(d.API) + "** "
		}
		by := ""
		if d.Due != "" {
			by = " by " + day(d.Due)
		}
		_, _ = fmt.Fprintf(b, "%d. %s%s. %s\n", i+1, about, md(d.What), md(join(" ", d.Do, paren(d.Owner+by))))
	}
	if len(v.decisions) == 0 {
		_, _ = fmt.Fprint(b, "Nothing is broken, overdue or about to end.\n")
	}
	markdownSheet(b, "##", p.Glance)
	for i := range p.APIs {
		a := &p.APIs[i]
		_, _ = fmt.Fprintf(b, "\n## %s\n", md(a.Label))
		if a.Size != "" {
			_, _ = fmt.Fprintf(b, "\n%s\n", md(a.Size))
		}
		if a.Values != nil {
			values := *a.Values
			values.Title = "Trend"
			markdownSheet(b, "###", &values)
		}
		markdownSheet(b, "###", a.Criteria)
		for _, s := range a.Sheets {
			markdownSheet(b, "###", s)
		}
		if len(a.NotRun) > 0 {
			_, _ = fmt.Fprintf(b, "\nNot run: %s.\n", md(strings.Join(a.NotRun, "; ")))
		}
	}
	markdownSheet(b, "##", p.Waivers)
	return b.Flush()
}

func paren(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	return "(" + s + ")"
}

// markdownSheet writes a table; columns of bars are left out.
func markdownSheet(b *bufio.Writer, level string, s *sheet) {
	if s == nil {
		return
	}
	_, _ = fmt.Fprintf(b, "\n%s %s\n", level, safe.Markdown(s.Title))
	if s.Note != "" {
		_, _ = fmt.Fprintf(b, "\n%s\n", safe.Markdown(s.Note))
	}
	_, _ = b.WriteString("\n|")
	line := "|"
	for i, c := range s.Head {
		if s.bars(i) {
			continue
		}
		_, _ = fmt.Fprintf(b, " %s |", safe.Markdown(c.Text))
		if c.Numeric {
			line += " ---: |"
		} else {
			line += " --- |"
		}
	}
	_, _ = b.WriteString("\n" + line + "\n")
	for _, r := range s.Rows {
		_, _ = b.WriteString("|")
		for i := range r.Cells {
			c := &r.Cells[i]
			if s.bars(i) {
				continue
			}
			text := safe.Markdown(c.Text)
			if c.Code {
				text = safe.MarkdownCell(safe.MarkdownCode(c.Text))
			}
			_, _ = fmt.Fprintf(b, " %s |", strings.TrimSpace(join(" ", text, safe.Markdown(paren(c.Small)))))
		}
		_, _ = b.WriteString("\n")
	}
	if s.Rest != "" {
		_, _ = fmt.Fprintf(b, "\n%s\n", safe.Markdown(s.Rest))
	}
}

// bars reports whether a column is drawn only.
func (s *sheet) bars(i int) bool {
	return len(s.Rows) > 0 && s.Rows[0].Cells[i].Bar != nil
}
