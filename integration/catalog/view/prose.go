package view

import (
	"html/template"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/report/page"
)

// prose renders the Markdown of an integration's page: what page.Prose renders,
// and tables.
func prose(markdown string) template.HTML {
	var b strings.Builder
	var text, table []string
	fenced := false
	flush := func() {
		if text != nil {
			b.WriteString(string(focusable(page.Prose(strings.Join(text, "\n")))))
		}
		if table != nil {
			writeTable(&b, table)
		}
		text, table = nil, nil
	}
	for line := range strings.Lines(markdown) {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		line = line[:indent] + safe.Line(strings.TrimRight(line[indent:], "\r\n"))
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		isRow := !fenced && strings.HasPrefix(line, "|")
		if isRow && table == nil || !isRow && table != nil {
			flush()
		}
		if isRow {
			table = append(table, line)
		} else {
			text = append(text, line)
		}
	}
	flush()
	return template.HTML(b.String()) //nolint:gosec // page.Prose has escaped it
}

// writeTable writes rows between bars as a table; the second is the line below
// the heads.
func writeTable(b *strings.Builder, rows []string) {
	if len(rows) < 2 {
		b.WriteString(string(page.Prose(strings.Join(rows, "\n"))))
		return
	}
	b.WriteString("<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>")
	for _, c := range cells(rows[0]) {
		b.WriteString("<th scope=\"col\">" + c + "</th>")
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range rows[2:] {
		b.WriteString("<tr>")
		for _, c := range cells(row) {
			b.WriteString("<td>" + c + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table></div>\n")
}

// cells are the cells of a row, rendered.
func cells(row string) (list []string) {
	row = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(row), "|"), "|")
	for c := range strings.SplitSeq(strings.ReplaceAll(row, `\|`, "\x00"), "|") {
		c = strings.TrimSpace(strings.ReplaceAll(c, "\x00", "|"))
		html := strings.TrimSpace(string(page.Prose(safe.Line(c))))
		list = append(list, strings.TrimSuffix(strings.TrimPrefix(html, "<p>"), "</p>"))
	}
	return list
}

// focusable lets the keyboard scroll what is wider than the page.
func focusable(html template.HTML) template.HTML {
	return template.HTML(strings.ReplaceAll(string(html), `<pre class="frame">`, `<pre class="frame" tabindex="0">`)) //nolint:gosec // what page.Prose has escaped
}
