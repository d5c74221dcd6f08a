package message

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/internal/safe"
)

// Plain writes the message as plain text, a line for each thing, with the
// address at the end. It ends with a line break.
func (m *Message) Plain() string {
	l := phrase.Of(m.Language)
	var b strings.Builder
	b.WriteString(m.Headline + "\n")
	if line := m.Context(); line != "" {
		b.WriteString(line + "\n")
	}
	for i := range m.Sections {
		s := &m.Sections[i]
		fmt.Fprintf(&b, "\n%s (%s)\n", s.Title, l.Number(s.Total))
		for j := range s.Items {
			b.WriteString("- " + s.Items[j].Line() + "\n")
		}
		if more := s.More(); more > 0 && len(s.Items) > 0 {
			b.WriteString("- " + l.Count(phrase.More, more) + "\n")
		}
	}
	if m.URL != "" {
		b.WriteString("\n" + l.Say(phrase.ReportAt, "url", m.URL) + "\n")
	}
	return b.String()
}

// Lead is the headline after the sign of the verdict: "✗ tracker failed: 2
// errors". The words alone say the same.
func (m *Message) Lead() string {
	return m.Verdict.sign() + " " + m.Headline
}

// Left says how many items of a section are not listed, "" where all are: "and
// 3 more", or "3 in the report" where none is.
func (m *Message) Left(s *Section) string {
	l := phrase.Of(m.Language)
	switch more := s.More(); {
	case more <= 0:
		return ""
	case len(s.Items) == 0:
		return l.Count(phrase.InReport, more)
	default:
		return l.Count(phrase.More, more)
	}
}

// Count is how many things a section is about, as the language writes numbers.
func (m *Message) Count(s *Section) string { return phrase.Of(m.Language).Number(s.Total) }

// Line is an item as one line of plain text: "error operation-tags: … (place)".
func (i *Item) Line() string {
	var b strings.Builder
	if i.Severity != 0 {
		b.WriteString(i.Word + " ")
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
	l := phrase.Of(m.Language)
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** %s\n", m.Mark(), safe.Markdown(m.Headline))
	for i := range m.Sections {
		s := &m.Sections[i]
		fmt.Fprintf(&b, "\n**%s** (%s)\n\n", safe.Markdown(s.Title), l.Number(s.Total))
		for j := range s.Items {
			b.WriteString("- " + s.Items[j].Markdown() + "\n")
		}
		if more := s.More(); more > 0 && len(s.Items) > 0 {
			b.WriteString("- " + l.Count(phrase.More, more) + "\n")
		}
	}
	foot := safe.Markdown(m.Context())
	if m.URL != "" {
		if foot != "" {
			foot += " · "
		}
		foot += "[" + l.Say(phrase.WholeReportIn) + "](<" + safe.MarkdownURL(m.URL) + ">)"
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
		b.WriteString("**" + i.Word + "** ")
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
func (m *Message) Mark() string {
	word := map[Verdict]phrase.Key{Passed: phrase.MarkPassed, Failed: phrase.MarkFailed, Incomplete: phrase.MarkIncomplete}[m.Verdict]
	return m.Verdict.sign() + " " + phrase.Of(m.Language).Say(word)
}

func (v Verdict) sign() string {
	switch v {
	case Passed:
		return "✓"
	case Failed:
		return "✗"
	}
	return "–"
}
