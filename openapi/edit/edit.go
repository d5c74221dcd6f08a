// Package edit makes the edits of a description's text that change its tree in
// one place: a member put in or taken out, a key renamed, a value replaced, a
// list in another order. Comments, order, line ends, indentation and every
// byte elsewhere stay as they are, in JSON and in YAML, block style and flow.
//
// It is careful where it is not sure: what stands behind an alias or a merge
// key, keys given twice, block scalars that keep what follows them and the
// like give no edits. It applies nothing; that is what package check/fix does.
package edit

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Editor makes edits for the nodes of a document. The edits of one call belong
// together and hold for the text as it is; an edit that may not go with
// another touches it, so that fix.Texts keeps them apart. Calls return nil
// where the change cannot be made with certainty.
//
// An Editor remembers what it has seen of the texts. It is not for concurrent
// use; one that is made anew costs nothing. The zero Editor is ready.
type Editor struct {
	sources map[*openapi.Source]facts
	layouts map[*openapi.Node]*layout
	owned   map[*openapi.Node][]bool
}

// facts are what edits need to know of a text as a whole.
type facts struct {
	editable bool
	eol      string
	unit     int  // spaces of one level
	dented   bool // lists are indented below their key
	aliases  bool // some value may be the copy of another
}

// of returns the facts of a source.
func (e *Editor) of(src *openapi.Source) facts {
	if f, ok := e.sources[src]; ok {
		return f
	}
	f := readFacts(src.Text(), src.Format())
	if e.sources == nil {
		e.sources = map[*openapi.Source]facts{}
	}
	e.sources[src] = f
	return f
}

// Style is what edits go by of a text as a whole: its indentation, its line ends.
// Two texts of the same style, and of the same form where an edit is made, get the
// same edits. It is comparable.
type Style struct{ facts facts }

// StyleOf returns the style of a text.
func StyleOf(text string, format openapi.Format) Style { return Style{readFacts(text, format)} }

func readFacts(text string, format openapi.Format) facts {
	f := facts{editable: true, eol: "\n", unit: 2, dented: true}
	if i := strings.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		f.eol = "\r\n"
	}
	if format == openapi.JSON {
		return f
	}
	for _, strange := range []string{"\u0085", "\u2028", "\u2029", "!!merge"} {
		f.editable = f.editable && !strings.Contains(text, strange)
	}
	if strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		f.editable = false
	}
	f.aliases = strings.Contains(text, "*")
	if strings.Contains(text, "<<") {
		for _, at := range mergeKey.FindAllStringIndex(text, -1) {
			f.editable = f.editable && mergedAlias.MatchString(text[at[1]:])
		}
	}
	begin := text[:min(len(text), 1<<16)]
	if m := nested.FindStringSubmatch(begin); m != nil && len(m[1]) <= 8 {
		f.unit = len(m[1])
	}
	if m := listed.FindStringSubmatch(begin); m != nil {
		f.dented = len(m[2]) > len(m[1])
	}
	return f
}

var (
	// mergeKey matches a merge key, and mergedAlias what may follow it: aliases
	// only, for a mapping that is written there is in no tree.
	mergeKey    = regexp.MustCompile(`<<["']?[ \t]*:`)
	mergedAlias = regexp.MustCompile(`^[ \t]*(\*[^\s,\[\]{}]+|\[[ \t]*\*[^\s,\[\]{}]+([ \t]*,[ \t]*\*[^\s,\[\]{}]+)*[ \t]*\])[ \t]*(#[^\r\n]*)?(\r?\n|$)`)
	// nested matches the first key below one at the begin of a line.
	nested = regexp.MustCompile(`(?m)^[\w$"'-]+:[ \t]*\r?\n( +)[^\s#-]`)
	// listed matches a list below a key.
	listed = regexp.MustCompile(`(?m)^( *)[\w$"'-]+:[ \t]*\r?\n( *)- `)
)

// editable reports whether a value stands where it seems to: not in the copy
// that an alias made, nor within a value that others copy.
func (e *Editor) editable(n *openapi.Node) bool {
	src := n.Source()
	if src == nil {
		return false
	}
	f := e.of(src)
	if !f.editable || src.Format() == openapi.JSON {
		return f.editable
	}
	for ; n != nil; n = n.Parent() {
		start, _ := n.Offsets()
		if p := n.Parent(); p != nil && !e.own(p)[n.Index()] {
			return false
		}
		if f.aliases && anchored(src.Text(), start) {
			return false
		}
	}
	return true
}

// own says of each child of a container whether it is written there. Aliases
// and merge keys bring in others, whose places are before those around them.
func (e *Editor) own(p *openapi.Node) []bool {
	if list := e.owned[p]; list != nil {
		return list
	}
	list := make([]bool, p.Len())
	last, _ := p.Offsets()
	for i, c := range p.Children() {
		start, end := c.Offsets()
		from := start
		if p.Is(openapi.Object) {
			kstart, kend := c.KeyOffsets()
			from, end = kstart, max(end, kend)
			list[i] = kstart >= last && start >= kend && c.Index() == i
		} else {
			list[i] = start >= last
		}
		if from >= last {
			last = max(last, end)
		}
	}
	if e.owned == nil {
		e.owned = map[*openapi.Node][]bool{}
	}
	e.owned[p] = list
	return list
}

// anchored reports whether a value that starts at an offset has an anchor that
// an alias may name.
func anchored(text string, start int) bool {
	i := start
	for i < len(text) && (text[i] == '&' || text[i] == '!') {
		end := i + 1
		for end < len(text) && !strings.ContainsRune(" \t\r\n,[]{}", rune(text[end])) {
			end++
		}
		if text[i] == '&' && strings.Contains(text, "*"+text[i+1:end]) {
			return true
		}
		i = skip(text, end)
	}
	return false
}

// anchor matches what may be an anchor.
var anchor = regexp.MustCompile(`&([^\s,\[\]{}]+)`)

// namedElsewhere reports whether a range of a YAML text may hold an anchor
// that is in use.
func (e *Editor) namedElsewhere(src *openapi.Source, start, end int) bool {
	if src.Format() == openapi.JSON || !e.of(src).aliases {
		return false
	}
	text := src.Text()
	for _, m := range anchor.FindAllStringSubmatch(text[start:end], -1) {
		if strings.Contains(text, "*"+m[1]) {
			return true
		}
	}
	return false
}

// one makes the edit of one range.
func one(src *openapi.Source, start, end int, text string) []check.Edit {
	return []check.Edit{{File: src.Name(), Start: start, End: end, NewText: text}}
}

// skip returns the offset behind white space and comments.
func skip(text string, i int) int {
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

// skipSpaces returns the offset behind spaces and tabs.
func skipSpaces(text string, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
		i++
	}
	return i
}

// lineEnd returns where the line ends that an offset is on, its line break
// left out.
func lineEnd(text string, i int) int {
	j := strings.IndexByte(text[i:], '\n')
	if j < 0 {
		return len(text)
	}
	if j += i; j > i && text[j-1] == '\r' {
		return j - 1
	}
	return j
}

// nextLine returns where the line after the one begins that an offset is on.
func nextLine(text string, i int) int {
	j := strings.IndexByte(text[i:], '\n')
	if j < 0 {
		return len(text)
	}
	return i + j + 1
}

// lineStart returns where the line begins that an offset is on.
func lineStart(text string, i int) int { return strings.LastIndexByte(text[:i], '\n') + 1 }

// column returns how far an offset is into its line, in bytes.
func column(text string, i int) int { return i - lineStart(text, i) }
