package monitor

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// What a document is made of, beside strings and booleans. Keys are our own
// words or checked names; strings may hold anything.
type (
	// object is a mapping in its order.
	object []field
	field  struct {
		key   string
		value any
	}
	list []any
	// raw is a number as it is to be written.
	raw string
	// block is a text of our own making, printable and in lines, which is
	// written as it is.
	block string
)

// yaml writes a document.
func yaml(b *strings.Builder, o object) { writeObject(b, o, "") }

func writeObject(b *strings.Builder, o object, indent string) {
	for i, f := range o {
		if i > 0 {
			b.WriteString(indent)
		}
		b.WriteString(scalar(f.key))
		b.WriteByte(':')
		writeValue(b, f.value, indent)
	}
}

// writeValue writes what stands after a key.
func writeValue(b *strings.Builder, value any, indent string) {
	switch v := value.(type) {
	case object:
		if len(v) == 0 {
			b.WriteString(" {}\n")
			return
		}
		b.WriteString("\n" + indent + "  ")
		writeObject(b, v, indent+"  ")
	case list:
		if len(v) == 0 {
			b.WriteString(" []\n")
			return
		}
		b.WriteByte('\n')
		for _, item := range v {
			b.WriteString(indent + "  -")
			if o, ok := item.(object); ok && len(o) > 0 {
				b.WriteByte(' ')
				writeObject(b, o, indent+"    ")
			} else {
				writeValue(b, item, indent+"  ")
			}
		}
	case block:
		writeText(b, string(v), indent+"  ")
	case string:
		if isText(v) {
			writeText(b, v, indent+"  ")
			return
		}
		b.WriteString(" " + scalar(v) + "\n")
	case raw:
		b.WriteString(" " + string(v) + "\n")
	case bool:
		b.WriteString(" " + strconv.FormatBool(v) + "\n")
	}
}

// writeText writes lines as they are.
func writeText(b *strings.Builder, text, indent string) {
	body, ended := strings.CutSuffix(text, "\n")
	if ended {
		b.WriteString(" |\n")
	} else {
		b.WriteString(" |-\n")
	}
	for line := range strings.SplitSeq(body, "\n") {
		b.WriteString(indent + line + "\n")
	}
}

// isText tells whether a string has lines and can be written as they are.
func isText(text string) bool {
	if !strings.Contains(text, "\n") || text[0] == ' ' || !utf8.ValidString(text) {
		return false
	}
	body := strings.TrimSuffix(text, "\n")
	if body == "" || body[0] == '\n' || strings.HasSuffix(body, "\n") {
		return false
	}
	for _, r := range body {
		if r != '\n' && !strconv.IsPrint(r) {
			return false
		}
	}
	return true
}

// scalar writes a string: plain where every version of YAML reads it as that
// string, else in quotes, single ones where double ones would need escapes.
func scalar(text string) string {
	switch {
	case isPlain(text):
		return text
	case strings.ContainsAny(text, `"\`) && utf8.ValidString(text) && strings.IndexFunc(text, isHidden) < 0:
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return quote(text)
}

func isHidden(r rune) bool { return !strconv.IsPrint(r) }

func isPlain(text string) bool {
	if text == "" || strings.HasSuffix(text, ":") || strings.HasSuffix(text, " ") || strings.Contains(text, ": ") {
		return false
	}
	for i, r := range text {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', r == '_':
		case i > 0 && ('0' <= r && r <= '9' || r == '-' || r == '.' || r == '/' || r == ':' || r == ' '):
		default:
			return false
		}
	}
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return false
	}
	return true
}
