package route

import (
	"slices"
	"strings"
)

// The bounds of what a description may ask of a lookup. A path beyond them
// finds no request.
const (
	maxSegments = 256
	maxWide     = 3  // parameters of a path that take slashes
	maxOptional = 3  // parts of a path that may be missing
	maxStretch  = 64 // segments that one takes that does not end the path
)

// segment is one segment of a path template.
type segment struct {
	// literals are the texts around the parameters, decoded; the parameters
	// are between them. One literal is a segment without parameters.
	literals []string
	// wide says that the segment is a parameter that takes slashes.
	wide bool
}

// literal reports whether the segment has no parameters.
func (s segment) literal() bool { return len(s.literals) == 1 && !s.wide }

// parameter reports whether the segment is one parameter and nothing else.
func (s segment) parameter() bool {
	return len(s.literals) == 2 && s.literals[0] == "" && s.literals[1] == ""
}

// variants returns the paths that a path with parts in parentheses stands for:
// "/files/(*path/){name}" is also "/files/{name}". Parentheses around neither
// a slash nor an asterisk are text, as OData has them.
func variants(path string) []string {
	list := []string{path}
	for range maxOptional {
		var next []string
		for _, p := range list {
			if open, end := optional(p); open >= 0 {
				next = append(next, p[:open]+p[end+1:], p[:open]+p[open+1:end]+p[end+1:])
			} else {
				next = append(next, p)
			}
		}
		list = next
	}
	return list
}

// optional returns the place of the first part that may be missing, its
// parentheses included; negative where there is none.
func optional(path string) (open, end int) {
	open = -1
	for i := range len(path) {
		switch {
		case i > 0 && path[i-1] == '\\':
		case path[i] == '(':
			open = i
		case path[i] == ')' && open >= 0:
			if strings.ContainsAny(path[open:i], "/*") {
				return open, i
			}
			open = -1
		}
	}
	return -1, -1
}

// parsePath splits a path below a base into segments; nil where there are too
// many. Names in wide are of parameters that take slashes.
func parsePath(base, path string, wide []string) []segment {
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	path = strings.NewReplacer(`\(`, "(", `\)`, ")").Replace(path)
	path = base + "/" + strings.TrimPrefix(path, "/")
	if strings.Count(path, "/") > maxSegments {
		return nil
	}
	var list []segment
	wides := 0
	for text := range strings.SplitSeq(path[1:], "/") {
		s := parseSegment(text, wide)
		if s.wide {
			wides++
		}
		if wides > maxWide {
			return nil
		}
		list = append(list, s)
	}
	return list
}

func parseSegment(text string, wide []string) segment {
	var s segment
	var p parameter
	for rest := text; ; rest = rest[p.end:] {
		next, ok := firstParameter(rest)
		if !ok {
			s.literals = append(s.literals, unescape(rest))
			break
		}
		p = next
		s.literals = append(s.literals, unescape(rest[:p.start]))
	}
	s.wide = s.parameter() && (p.asterisk || slices.Contains(wide, p.name))
	return s
}

// parameter is a place in a segment that takes a value.
type parameter struct {
	name       string
	start, end int
	asterisk   bool // "*name", not "{name}"
}

// firstParameter finds the first parameter of a text.
func firstParameter(text string) (parameter, bool) {
	for i := range len(text) {
		switch text[i] {
		case '{':
			if n := strings.IndexByte(text[i:], '}'); n >= 0 {
				return parameter{name: text[i+1 : i+n], start: i, end: i + n + 1}, true
			}
			return parameter{}, false
		case '*':
			end := i + 1
			for end < len(text) && wordByte(text[end]) {
				end++
			}
			if end > i+1 {
				return parameter{name: text[i+1 : end], start: i, end: end, asterisk: true}, true
			}
		}
	}
	return parameter{}, false
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// matches reports whether a decoded segment of a request has the form: its
// literals in their order, and at least one character for each parameter. The
// leftmost place of each literal is as good as any.
func matches(literals []string, s string) bool {
	s, begins := strings.CutPrefix(s, literals[0])
	s, ends := strings.CutSuffix(s, literals[len(literals)-1])
	if !begins || !ends {
		return false
	}
	for _, l := range literals[1 : len(literals)-1] {
		if s == "" {
			return false
		}
		at := strings.Index(s[1:], l) // the very first belongs to a parameter
		if at < 0 {
			return false
		}
		s = s[1+at+len(l):]
	}
	return s != ""
}
