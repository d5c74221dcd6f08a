package usage

import (
	"bufio"
	"bytes"
)

// At most this much of a log tells its format; beyond, it is taken for granted.
const (
	sniffBytes = 64 << 10
	sniffLines = 50
)

// find returns the name of the format of a text, "" of an empty one, and leaves
// the text to be read. It depends on how the text begins alone: not on the pieces that the
// reader yields. No more is waited for than it takes, so that what is written
// live is counted as it comes. The reader holds sniffBytes.
func (f *format) find(in *bufio.Reader) string {
	if f.name != "" {
		return f.name
	}
	seen := 0
	for {
		_, err := in.Peek(seen + 1) // what keeps it from more is met again
		begin, _ := in.Peek(in.Buffered())
		if len(begin) == 0 {
			return ""
		}
		whole := err != nil || len(begin) == in.Size()
		if whole || bytes.IndexByte(begin[seen:], '\n') >= 0 {
			if name := f.of(begin, whole); name != "" {
				return name
			}
		}
		seen = len(begin)
	}
}

// of returns the name of the format of a log that begins with a text, "" where
// it takes more of the log to say. What it says of a text, it says of every
// longer one. Whole means that there is no more to be had; the last line may
// be cut off.
func (f *format) of(begin []byte, whole bool) string {
	text := bytes.TrimPrefix(begin, []byte("\xef\xbb\xbf"))
	first := true // of the lines that are not empty
	for range sniffLines {
		line, rest, ended := bytes.Cut(text, []byte("\n"))
		if !ended && !whole {
			return ""
		}
		line = bytes.TrimSpace(line)
		switch {
		case len(line) == 0:
		case line[0] == '{':
			if first {
				switch archive, known := isHAR(text[bytes.IndexByte(text, '{'):], whole); {
				case !known:
					return ""
				case archive:
					return HAR
				}
			}
			if isGraphQLLine(line) {
				return GitLabGraphQL
			}
			return JSONLines
		default:
			first = false
			var c call
			if f.text(line, &c, &lastTime{}) {
				return Combined
			}
		}
		text = rest
	}
	return Combined
}

// isHAR reports whether a text that begins with a brace is an archive: an
// object whose first member is that of an archive. It is not known where the
// text ends before that.
func isHAR(text []byte, whole bool) (archive, known bool) {
	const space = " \t\r\n" // of JSON
	text = bytes.TrimLeft(text[1:], space)
	for _, member := range []string{`"log"`, `"entries"`} {
		after, ok := bytes.CutPrefix(text, []byte(member))
		if !ok {
			if !whole && bytes.HasPrefix([]byte(member), text) {
				return false, false
			}
			continue
		}
		after = bytes.TrimLeft(after, space)
		if len(after) == 0 || after[0] != ':' {
			return false, whole || len(after) > 0
		}
		after = bytes.TrimLeft(after[1:], space)
		if len(after) == 0 {
			return true, whole
		}
		return after[0] == '{' || after[0] == '[', true
	}
	return false, true
}

func isGraphQLLine(line []byte) bool { return bytes.Contains(line, []byte(`"query_string"`)) }
