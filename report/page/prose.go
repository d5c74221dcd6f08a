package page

import (
	"html/template"
	"strings"
)

// Prose renders the small Markdown that rules explain themselves in:
// paragraphs, lists with hyphens, fenced code, code spans and strong text.
// Everything else, HTML too, is shown as it is written.
func Prose(markdown string) template.HTML {
	var b strings.Builder
	var block []string
	flush := func() {
		writeBlock(&b, block)
		block = nil
	}
	lines := strings.Split(markdown, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t\r")
		switch {
		case strings.HasPrefix(line, "```"):
			flush()
			var code []string
			for i++; i < len(lines) && !strings.HasPrefix(lines[i], "```"); i++ {
				code = append(code, lines[i])
			}
			b.WriteString(`<pre class="frame">` + escape(strings.Join(code, "\n")) + "</pre>\n")
		case line == "":
			flush()
		default:
			block = append(block, line)
		}
	}
	flush()
	return template.HTML(b.String())
}

// writeBlock writes lines without a blank one between them: text, and a list
// from the first line that is an item.
func writeBlock(b *strings.Builder, lines []string) {
	var text, items []string
	for _, line := range lines {
		item, isItem := strings.CutPrefix(line, "- ")
		switch {
		case isItem:
			items = append(items, item)
		case items != nil:
			items[len(items)-1] += " " + strings.TrimSpace(line)
		default:
			text = append(text, line)
		}
	}
	if text != nil {
		b.WriteString("<p>" + inline(strings.Join(text, " ")) + "</p>\n")
	}
	if items == nil {
		return
	}
	b.WriteString("<ul>\n")
	for _, item := range items {
		b.WriteString("<li>" + inline(item) + "</li>\n")
	}
	b.WriteString("</ul>\n")
}

// inline renders code spans and strong text. A mark without its twin is text.
func inline(s string) string {
	var b strings.Builder
	for s != "" {
		at := strings.IndexAny(s, "`*")
		if at < 0 {
			break
		}
		mark, tag := "`", "code"
		if strings.HasPrefix(s[at:], "**") {
			mark, tag = "**", "strong"
		}
		inner, rest, ok := strings.Cut(s[at+len(mark):], mark)
		if s[at:at+len(mark)] != mark || !ok || inner == "" {
			b.WriteString(escape(s[:at+1]))
			s = s[at+1:]
			continue
		}
		b.WriteString(escape(s[:at]) + "<" + tag + ">" + escape(inner) + "</" + tag + ">")
		s = rest
	}
	return b.String() + escape(s)
}

func escape(s string) string { return template.HTMLEscapeString(s) }
