package openapi

import (
	"errors"
	"regexp"
	"sort"
	"strings"

	"go.yaml.in/yaml/v4"
)

// In YAML a region is a block of lines: those behind the line of its key, up to
// the line of the next key outside of it. It is read in a frame, which has the
// keys around it at their columns and a key behind it, so that the parser is in
// the state in which it would come there in the whole text.

// plainYAML reports whether the lines of a YAML text mean what they say wherever
// they stand: nothing has another name or a tag, and the text is one document
// whose lines end as other programs have it.
func (s *Source) plainYAML() bool {
	return !s.linked && !strings.HasPrefix(s.text, "%") && !marker.MatchString(s.text[s.root.start:]) && plainLines(s.text)
}

// marker is what begins or ends a document of a stream.
var marker = regexp.MustCompile(`\n(---|\.\.\.)`)

// plainLines reports whether the lines of a text are those of a YAML parser, and
// end in LF or CRLF.
func plainLines(text string) bool {
	return strings.Count(text, "\r") == strings.Count(text, "\r\n") && yamlLines(text) == nil
}

// isBlock reports whether a member of a mapping in block style is one, on lines
// of its own.
func (n *Node) isBlock() bool {
	for p := n; p != nil; p = p.parent {
		if p.src.text[p.start] == '{' {
			return false
		}
	}
	return n.indent() >= 0 && int(n.start) >= n.src.lineAfter(int(n.kend))
}

// indent returns the column of a key, from 0; -1 where it is not the first on its
// line.
func (n *Node) indent() int {
	start := n.src.lineOf(int(n.kstart))
	if strings.Trim(n.src.text[start:n.kstart], " ") != "" {
		return -1
	}
	return int(n.kstart) - start
}

// lineOf returns where the line of a place begins, lineAfter where the next does.
func (s *Source) lineOf(offset int) int {
	return int(s.lines[sort.Search(len(s.lines), func(i int) bool { return int(s.lines[i]) > offset })-1])
}

func (s *Source) lineAfter(offset int) int {
	if i := sort.Search(len(s.lines), func(i int) bool { return int(s.lines[i]) > offset }); i < len(s.lines) {
		return int(s.lines[i])
	}
	return len(s.text)
}

// block returns the lines of a member of a mapping.
func (n *Node) block() (from, to int) {
	from, to = n.src.lineAfter(int(n.kend)), len(n.src.text)
	for p := n; p.parent != nil; p = p.parent {
		if next := int(p.index) + 1; next < len(p.parent.kids) {
			to = n.src.lineOf(int(p.parent.kids[next].kstart))
			break
		}
	}
	return from, to
}

// frame is what stands around the lines of a region where they are read alone.
type frame struct {
	before, after string
	depth         int
}

// frameOf is that of the lines of a member of a mapping, frameIn that of the
// members themselves.
func frameOf(n *Node) frame {
	f := frameIn(n.parent)
	f.before += strings.Repeat(" ", n.indent()) + "key:\n"
	f.depth++
	return f
}

func frameIn(group *Node) frame {
	f := frame{after: strings.Repeat(" ", group.kids[0].indent()) + "next: 0\n"}
	for p := group; p.parent != nil; p = p.parent {
		f.before = strings.Repeat(" ", p.indent()) + "key:\n" + f.before
		f.depth++
	}
	return f
}

func (f frame) parse(name, part string) (*Source, error) {
	s := &Source{name: name, text: f.before + part + f.after, format: YAML}
	return s, parseYAML(s)
}

// parseBlock reads the lines of a region, nil where they are no block mapping, or
// do more than to say what is in it. Places are within the lines.
func parseBlock(part string, old *Node) (*Node, []badKey) {
	f := frameOf(old)
	members, badKeys, ok := f.members(part, old.src.name, f.depth-1)
	if !ok || len(members) != 1 || members[0].key != "key" || !members[0].Is(Object) {
		return nil, nil
	}
	return members[0], badKeys
}

// parseLines reads the lines of members of a mapping. Places are within the lines.
func parseLines(part string, group *Node) (members []*Node, badKeys []badKey, ok bool) {
	f := frameIn(group)
	if part == "" {
		return nil, nil, true
	}
	return f.members(part, group.src.name, f.depth)
}

// members reads lines in their frame and returns the mapping that is so deep in
// it, without what ends the frame.
func (f frame) members(part, name string, depth int) (members []*Node, badKeys []badKey, ok bool) {
	if !strings.HasSuffix(part, "\n") || !plainLines(part) {
		return nil, nil, false
	}
	s, err := f.parse(name, part)
	if err != nil || s.linked || len(s.duplicates) > 0 || len(s.problems) > 0 {
		return nil, nil, false
	}
	n := s.root
	for range depth {
		if !n.Is(Object) || len(n.kids) != 1 || n.kids[0].key != "key" {
			return nil, nil, false
		}
		n = n.kids[0]
	}
	last := n.Len() - 1
	if !n.Is(Object) || last < 0 || n.kids[last].key != "next" {
		return nil, nil, false
	}
	for _, c := range n.kids[:last] {
		if !c.isBlock() {
			return nil, nil, false
		}
		c.shift(-uint32(len(f.before)))
	}
	for _, k := range s.badKeys {
		if k.node.kstart != k.start-uint32(len(f.before)) {
			return nil, nil, false // a mapping or a list as a key
		}
	}
	return n.kids[:last], s.badKeys, true
}

// readAhead is how many bytes behind a region are read to see that the fault is
// within it: a parser looks for the colon of a key in less.
const readAhead = 8 << 10

// unreadableBlock returns why the lines of a region, which begin a line, cannot
// be read, nil where they can, or where what comes behind them has a say.
func unreadableBlock(part, behind string, old *Node, line int) *Error {
	if behind = behind[:min(len(behind), readAhead)]; !plainLines(part) {
		return nil
	}
	f := frameOf(old)
	alone := f.unreadable(part, old, line)
	f.after = behind[:strings.LastIndexByte(behind, '\n')+1]
	if beside := f.unreadable(part, old, line); alone == nil || beside == nil ||
		alone.Finding.Message != beside.Finding.Message || alone.Finding.Location != beside.Finding.Location {
		return nil
	}
	return alone
}

func (f frame) unreadable(part string, old *Node, line int) *Error {
	_, err := f.parse(old.src.name, part)
	var unreadable *Error
	var cause *yaml.LoadError
	if !errors.As(err, &unreadable) || !errors.As(err, &cause) || strings.Contains(cause.Message, "line ") {
		return nil
	}
	at := &unreadable.Finding.Location
	first := strings.Count(f.before, "\n") + 1
	if at.Line < first || at.Line >= first+strings.Count(part, "\n") {
		return nil
	}
	at.Line += line - first
	at.EndLine += line - first
	return unreadable
}
