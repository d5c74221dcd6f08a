package message

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// Plain writes the message as plain text, a line for each thing, with the
// address at the end. It ends with a line break.
func (m *Message) Plain() string {
	var b strings.Builder
	b.WriteString(m.Headline + "\n")
	if line := m.Context(); line != "" {
		b.WriteString(line + "\n")
	}
	for i := range m.Sections {
		s := &m.Sections[i]
		fmt.Fprintf(&b, "\n%s (%s)\n", s.Title, words.Number(s.Total))
		for j := range s.Items {
			b.WriteString("- " + s.Items[j].Line() + "\n")
		}
		if more := s.More(); more > 0 && len(s.Items) > 0 {
			fmt.Fprintf(&b, "- and %s more\n", words.Number(more))
		}
	}
	if m.URL != "" {
		b.WriteString("\nWhole report: " + m.URL + "\n")
	}
	return b.String()
}

// Lead is the headline after the sign of the verdict: "✗ tracker failed: 2
// errors". The words alone say the same.
func (m *Message) Lead() string {
	sign, _, _ := strings.Cut(m.Verdict.Mark(), " ")
	return sign + " " + m.Headline
}

// Line is an item as one line of plain text: "error operation-tags: … (place)".
func (i *Item) Line() string {
	var b strings.Builder
	if i.Severity != 0 {
		b.WriteString(i.Severity.String() + " ")
	}
	if i.Rule != "" {
		b.WriteString(i.Rule + ": ")
	}
	b.WriteString(i.Text)
	if where := i.Where(); where != "" {
		b.WriteString(" (" + where + ")")
	}
	return b.String()
}

// Context is the line of facts: "Branch main · Revision 0123456789ab".
func (m *Message) Context() string {
	parts := make([]string, len(m.Facts))
	for i, f := range m.Facts {
		parts[i] = f.Label + " " + f.Value
	}
	return strings.Join(parts, " · ")
}

// Markdown writes the message as Markdown that GitLab and GitHub show alike. No
// text in it is markup, link, mention or reference, whatever the descriptions
// hold. It ends with a line break.
func (m *Message) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** %s\n", m.Verdict.Mark(), safe.Markdown(m.Headline))
	for i := range m.Sections {
		s := &m.Sections[i]
		fmt.Fprintf(&b, "\n**%s** (%s)\n\n", safe.Markdown(s.Title), words.Number(s.Total))
		for j := range s.Items {
			b.WriteString("- " + s.Items[j].Markdown() + "\n")
		}
		if more := s.More(); more > 0 && len(s.Items) > 0 {
			fmt.Fprintf(&b, "- and %s more\n", words.Number(more))
		}
	}
	foot := safe.Markdown(m.Context())
	if m.URL != "" {
		if foot != "" {
			foot += " · "
		}
		foot += "[whole report](<" + safe.MarkdownURL(m.URL) + ">)"
	}
	if foot != "" {
		b.WriteString("\n" + foot + "\n")
	}
	return b.String()
}

// Markdown is an item as one line of Markdown.
func (i *Item) Markdown() string {
	var b strings.Builder
	if i.Severity != 0 {
		b.WriteString("**" + i.Severity.String() + "** ")
	}
	if i.Rule != "" {
		b.WriteString(safe.MarkdownCode(i.Rule) + " ")
	}
	b.WriteString(safe.Markdown(i.Text))
	if where := i.Where(); where != "" {
		b.WriteString(" · " + safe.MarkdownCode(where))
	}
	return b.String()
}

// Mark is the verdict in a word for the head of a note: never a colour or a
// sign alone.
func (v Verdict) Mark() string {
	switch v {
	case Passed:
		return "✓ passed"
	case Failed:
		return "✗ failed"
	}
	return "– incomplete"
}
