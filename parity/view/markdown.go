package view

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
)

// fewGroups is how many tags a note shows before it folds the table.
const fewGroups = 8

// Markdown writes a result for a note in a merge request: the numbers, the
// largest gaps, and the table by tag, folded where it is long. It has no
// heading; what is found wrong comes from package report.
func Markdown(w io.Writer, res *parity.Result, o Options) error {
	m := bufio.NewWriter(w)
	if o.Name != "" {
		m.WriteString("**" + safe.Markdown(o.Name) + "**\n\n")
	}
	if res.Skew.Found {
		m.WriteString("**Version skew:** " + safe.Markdown(res.Skew.Text) + "\n\n")
	}
	m.WriteString("| direction | all | match | partial | none | breadth | with partial |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	markdownRow(m, "REST → GraphQL", res.Score.RESTToGraphQL)
	markdownRow(m, "GraphQL → REST", res.Score.GraphQLToREST)
	m.WriteString("\n" + strings.Join(markdownParts(res, &o), " · ") + "\n")
	markdownGaps(m, res.Gaps)
	markdownGroups(m, res.Score.Groups)
	return m.Flush()
}

func markdownRow(m *bufio.Writer, name string, b parity.Breadth) {
	m.WriteString("| " + name)
	for _, n := range []int{b.Total, b.Match, b.Partial, b.None} {
		m.WriteString(" | " + words.Number(n))
	}
	m.WriteString(" | " + words.Percent(b.Share) + " | " + words.Percent(b.WithPartial) + " |\n")
}

// markdownParts are the other parts of the score.
func markdownParts(res *parity.Result, o *Options) []string {
	s := &res.Score
	parts := []string{"depth " + share(s.Depth) + " of fields", "fidelity " + share(s.Fidelity) + " alike", "lifecycle " + share(s.Lifecycle) + " agree"}
	if o.Usage {
		parts = append(parts, words.Percent(s.RESTToGraphQL.Weighted)+" by usage")
	}
	if res.Min > 0 {
		parts = append(parts, "at least "+words.Percent(res.Min)+" asked for")
	}
	if n := review(res); n > 0 {
		parts = append(parts, words.Count(n, "decision")+" to review")
	}
	return parts
}

func markdownGaps(m *bufio.Writer, list []parity.Gap) {
	if len(list) == 0 {
		return
	}
	m.WriteString("\n**Largest gaps**\n\n")
	for _, g := range list[:min(len(list), fewGaps)] {
		m.WriteString("- " + safe.MarkdownCode(g.Element))
		if g.Reason != "" {
			m.WriteString(": " + safe.Markdown(g.Reason))
		}
		m.WriteByte('\n')
	}
	if n := len(list) - fewGaps; n > 0 {
		m.WriteString("- and " + words.Number(n) + " more\n")
	}
}

func markdownGroups(m *bufio.Writer, list []parity.Group) {
	if len(list) == 0 {
		return
	}
	folded := len(list) > fewGroups
	if folded {
		m.WriteString("\n<details>\n<summary>By tag</summary>\n")
	}
	m.WriteString("\n| tag | operations | match | partial | none | breadth | with partial |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, g := range list {
		markdownRow(m, safe.Markdown(g.Tag), g.Breadth)
	}
	if folded {
		m.WriteString("\n</details>\n")
	}
}
