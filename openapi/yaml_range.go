package openapi

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// The YAML parser says where values start, in lines and columns. Where they
// end is found in the text.

// yamlLines returns where the lines of a text start for a YAML parser, for
// which a line also ends with NEL, LS or PS; nil where the text has none of
// these, so that its lines are those of [Source.Position].
func yamlLines(text string) []uint32 {
	if !strings.Contains(text, "\u0085") && !strings.Contains(text, "\u2028") && !strings.Contains(text, "\u2029") {
		return nil
	}
	lines := []uint32{0}
	for i, r := range text {
		switch r {
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				continue
			}
		case '\n', '\u0085', '\u2028', '\u2029':
		default:
			continue
		}
		lines = append(lines, uint32(i+utf8.RuneLen(r)))
	}
	return lines
}

// offset returns the byte offset at which a node of the parser starts.
func (b *yamlBuilder) offset(y *yaml.Node) uint32 {
	if b.lines == nil {
		return uint32(b.src.Offset(y.Line, y.Column))
	}
	if y.Line < 1 {
		return 0
	}
	if y.Line > len(b.lines) {
		return uint32(len(b.src.text))
	}
	at := int(b.lines[y.Line-1])
	for column := y.Column; column > 1 && at < len(b.src.text); column-- {
		_, size := utf8.DecodeRuneInString(b.src.text[at:])
		at += size
	}
	return uint32(at)
}

// flowEnd finds the end of a mapping or sequence in flow style: behind the
// bracket that follows its last child.
func flowEnd(text string, from uint32) uint32 {
	for i := int(from); i < len(text); i++ {
		switch text[i] {
		case ']', '}':
			return uint32(i + 1)
		case '#':
			if i = lineEnd(text, i); i >= len(text) {
				return uint32(len(text))
			}
		}
	}
	return from
}

// writtenEnd finds where a value ends of which no node is made.
func (b *yamlBuilder) writtenEnd(y *yaml.Node) uint32 {
	start := b.offset(y)
	switch y.Kind {
	case yaml.ScalarNode:
		return b.scalarEnd(y, start)
	case yaml.AliasNode:
		return start + uint32(len("*"+y.Value))
	}
	end := start
	for _, c := range y.Content {
		end = max(end, b.writtenEnd(c))
	}
	if y.Style&yaml.FlowStyle != 0 {
		end = flowEnd(b.tree, end)
	}
	return end
}

// lineEnd returns the offset of the line break at or behind i, or the text's
// length.
func lineEnd(text string, i int) int {
	if j := strings.IndexAny(text[i:], "\r\n"); j >= 0 {
		return i + j
	}
	return len(text)
}

// scalarEnd finds where a scalar ends that starts at an offset, its anchor and
// tag included.
func (b *yamlBuilder) scalarEnd(y *yaml.Node, start uint32) uint32 {
	i := skipProperties(b.tree, int(start))
	rest := b.tree[i:]
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0 && strings.HasPrefix(rest, `"`):
		return uint32(i + doubleQuotedEnd(rest))
	case y.Style&yaml.SingleQuotedStyle != 0 && strings.HasPrefix(rest, "'"):
		return uint32(i + singleQuotedEnd(rest))
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return uint32(followText(b.tree, min(lineEnd(b.tree, i)+1, len(b.tree)), y.Value))
	case y.Value == "":
		return start + uint32(len(strings.TrimRight(b.tree[start:i], " \t\r\n")))
	case strings.HasPrefix(rest, y.Value):
		return uint32(i + len(y.Value))
	}
	return uint32(followText(b.tree, i, y.Value))
}

// skipProperties returns the offset behind the anchor and the tag of a value,
// and behind the white space and comments that follow them.
func skipProperties(text string, i int) int {
	for i < len(text) && (text[i] == '&' || text[i] == '!') {
		ends := " \t\r\n,[]{}"
		if strings.HasPrefix(text[i:], "!<") {
			ends = ">"
		}
		j := strings.IndexAny(text[i:], ends)
		if j < 0 {
			return len(text)
		}
		if i += j; ends == ">" {
			i++
		}
		i = skipBlank(text, i)
	}
	return i
}

func skipBlank(text string, i int) int {
	for i < len(text) {
		switch text[i] {
		case ' ', '\t', '\r', '\n':
			i++
		case '#':
			i = lineEnd(text, i)
		default:
			return i
		}
	}
	return i
}

func doubleQuotedEnd(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

func singleQuotedEnd(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] != '\'' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '\'' {
			i++
			continue
		}
		return i + 1
	}
	return len(text)
}

// followText returns the offset behind the last character of value when its
// characters are matched one by one from offset i: folding and indentation
// change nothing but white space.
func followText(text string, i int, value string) int {
	end := i
	for _, r := range value {
		if yamlSpace(r) {
			continue
		}
		for i < len(text) {
			c, size := utf8.DecodeRuneInString(text[i:])
			if !yamlSpace(c) {
				break
			}
			i += size
		}
		got, size := utf8.DecodeRuneInString(text[i:])
		if got != r {
			return end
		}
		i += size
		end = i
	}
	return end
}

func yamlSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\r', '\n', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}
