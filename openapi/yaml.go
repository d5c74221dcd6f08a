package openapi

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"go.yaml.in/yaml/v4"
)

// maxExpansion is how many values aliases may add to a document. An alias
// bomb of nine lines would otherwise stand for a billion.
const maxExpansion = 1_000_000

// parseYAML builds the tree of a YAML source from its first document.
// Aliases become copies of what they stand for, merge keys are merged, keys
// that are no strings become strings and a problem.
func parseYAML(s *Source) error {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(s.text), &doc); err != nil {
		return yamlError(s, err)
	}
	if doc.Kind == 0 || len(doc.Content) == 0 {
		return fail(ruleParser, check.Location{File: s.name}, nil, "the document is empty; expected an OpenAPI description")
	}
	b := yamlBuilder{src: s, tree: s.text}
	s.Position(0) // the line table, for offsets
	root, err := b.value(doc.Content[0], nil, 0)
	if err != nil {
		return err
	}
	s.root = root
	return nil
}

type yamlBuilder struct {
	src      *Source
	tree     string
	slab     slab
	stack    []*Node
	expanded int          // values that aliases have added
	open     []*yaml.Node // anchors that are being expanded
}

func (b *yamlBuilder) value(y *yaml.Node, parent *Node, depth int) (*Node, error) {
	if depth > maxDepth {
		return nil, b.fail(y, "values nest deeper than 1,000 levels")
	}
	if len(b.open) > 0 {
		if b.expanded++; b.expanded > maxExpansion {
			return nil, b.fail(b.open[0], "aliases expand to more than 1,000,000 values")
		}
	}
	if y.Kind == yaml.AliasNode {
		return b.alias(y, parent, depth)
	}
	n := b.slab.node()
	n.src, n.parent = b.src, parent
	n.start = uint32(b.src.Offset(y.Line, y.Column))
	switch y.Kind {
	case yaml.MappingNode:
		n.kind = Object
		return n, b.mapping(y, n, depth+1)
	case yaml.SequenceNode:
		n.kind = Array
		return n, b.sequence(y, n, depth+1)
	}
	n.text = y.Value
	n.kind = scalarKind(y)
	if n.kind == Null {
		n.text = "null"
	} else if n.kind == Bool {
		n.text = strings.ToLower(y.Value)
	}
	n.end = b.scalarEnd(y, n.start)
	return n, nil
}

func (b *yamlBuilder) alias(y *yaml.Node, parent *Node, depth int) (*Node, error) {
	for _, o := range b.open {
		if o == y.Alias {
			return nil, b.fail(y, "alias %q stands inside the value that it names", y.Value)
		}
	}
	b.enter(y.Alias)
	n, err := b.value(y.Alias, parent, depth)
	b.leave()
	return n, err
}

// enter and leave enclose the copying of what an anchor names.
func (b *yamlBuilder) enter(anchor *yaml.Node) {
	b.open = append(b.open, anchor)
	b.src.copying = true
}

func (b *yamlBuilder) leave() {
	b.open = b.open[:len(b.open)-1]
	b.src.copying = len(b.open) > 0
}

func (b *yamlBuilder) sequence(y *yaml.Node, n *Node, depth int) error {
	base := len(b.stack)
	for i, item := range y.Content {
		c, err := b.value(item, n, depth)
		if err != nil {
			return err
		}
		c.index = int32(i)
		b.stack = append(b.stack, c)
	}
	b.close(y, n, base, nil)
	return nil
}

func (b *yamlBuilder) mapping(y *yaml.Node, n *Node, depth int) error {
	base := len(b.stack)
	var seen map[string]*Node
	var merges []*yaml.Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		k, v := y.Content[i], y.Content[i+1]
		if k.Kind == yaml.ScalarNode && k.Tag == "!!merge" {
			merges = append(merges, v)
			continue
		}
		if k.Kind == yaml.AliasNode {
			k = k.Alias
		}
		if k.Kind != yaml.ScalarNode {
			b.badKey(badKey{n, uint32(b.src.Offset(k.Line, k.Column)), map[yaml.Kind]string{
				yaml.MappingNode: "a mapping", yaml.SequenceNode: "a sequence",
			}[k.Kind]})
			continue
		}
		c, err := b.member(k, v, n, depth)
		if err != nil {
			return err
		}
		b.stack, seen = addMember(b.src, b.stack, base, seen, c)
	}
	for _, m := range merges {
		if err := b.merge(m, n, base, &seen, depth); err != nil {
			return err
		}
	}
	b.close(y, n, base, seen)
	return nil
}

func (b *yamlBuilder) member(k, v *yaml.Node, n *Node, depth int) (*Node, error) {
	c, err := b.value(v, n, depth)
	if err != nil {
		return nil, err
	}
	c.key = k.Value
	c.kstart = uint32(b.src.Offset(k.Line, k.Column))
	if kind := scalarKind(k); kind != String {
		b.badKey(badKey{c, c.kstart, article(kind)})
	}
	c.kend = b.scalarEnd(k, c.kstart)
	return c, nil
}

// badKey notes a key that is no string, unless it was noted where the anchor
// stands of which this is a copy.
func (b *yamlBuilder) badKey(k badKey) {
	if !b.src.copying {
		b.src.badKeys = append(b.src.badKeys, k)
	}
}

// merge adds the members of a merge key's value that the mapping lacks, as
// the YAML merge key type defines it: earlier sources win.
func (b *yamlBuilder) merge(m *yaml.Node, n *Node, base int, seen *map[string]*Node, depth int) error {
	if m.Kind == yaml.AliasNode {
		for _, o := range b.open {
			if o == m.Alias {
				return b.fail(m, "alias %q stands inside the value that it names", m.Value)
			}
		}
		b.enter(m.Alias)
		defer b.leave()
		m = m.Alias
	}
	switch m.Kind {
	case yaml.SequenceNode:
		for _, item := range m.Content {
			if err := b.merge(item, n, base, seen, depth); err != nil {
				return err
			}
		}
	case yaml.MappingNode:
		tmp := &Node{src: b.src, parent: n.parent, kind: Object}
		if err := b.mapping(m, tmp, depth); err != nil {
			return err
		}
		for _, c := range tmp.kids {
			if hasMember(b.stack[base:], *seen, c.key) {
				continue
			}
			c.parent = n
			b.stack, *seen = addMember(b.src, b.stack, base, *seen, c)
		}
	default:
		return b.fail(m, "a merge key takes a mapping or a list of mappings")
	}
	return nil
}

func hasMember(members []*Node, seen map[string]*Node, key string) bool {
	if seen != nil {
		return seen[key] != nil
	}
	for _, m := range members {
		if m.key == key {
			return true
		}
	}
	return false
}

// close moves the container's children from the stack into it and finds its
// end: that of the last child, or of the bracket behind it in flow style.
func (b *yamlBuilder) close(y *yaml.Node, n *Node, base int, seen map[string]*Node) {
	n.kids = b.slab.children(b.stack[base:])
	n.byKey = seen
	b.stack = b.stack[:base]
	n.end = n.start
	for i := len(n.kids) - 1; i >= 0; i-- {
		if k := n.kids[i]; k.end > n.end {
			n.end = k.end
			break
		}
	}
	if y.Style&yaml.FlowStyle != 0 {
		if i := strings.IndexAny(b.tree[n.end:], "]}"); i >= 0 {
			n.end += uint32(i + 1)
		}
	}
}

// scalarEnd finds where a scalar ends. The parser says only where it starts,
// so its characters are followed through the text: folding and indentation
// change nothing but white space.
func (b *yamlBuilder) scalarEnd(y *yaml.Node, start uint32) uint32 {
	i := int(start)
	for i < len(b.tree) && (b.tree[i] == '&' || b.tree[i] == '!') { // anchor, tag
		j := strings.IndexAny(b.tree[i:], " \t\r\n")
		if j < 0 {
			return uint32(len(b.tree))
		}
		i += j
		i += len(b.tree[i:]) - len(strings.TrimLeft(b.tree[i:], " \t\r\n"))
	}
	rest := b.tree[i:]
	switch {
	case strings.HasPrefix(rest, `"`):
		for j := 1; j < len(rest); j++ {
			if rest[j] == '\\' {
				j++
			} else if rest[j] == '"' {
				return uint32(i + j + 1)
			}
		}
		return uint32(len(b.tree))
	case strings.HasPrefix(rest, "'"):
		for j := 1; j < len(rest); j++ {
			if rest[j] != '\'' {
				continue
			}
			if j+1 < len(rest) && rest[j+1] == '\'' {
				j++
				continue
			}
			return uint32(i + j + 1)
		}
		return uint32(len(b.tree))
	case strings.HasPrefix(rest, y.Value):
		return uint32(i + len(y.Value))
	}
	if y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		if j := strings.IndexByte(rest, '\n'); j >= 0 {
			i += j + 1
		}
	}
	return uint32(followText(b.tree, i, y.Value))
}

// followText returns the offset behind the last character of value when its
// characters, white space aside, are matched one by one from offset i.
func followText(text string, i int, value string) int {
	end := i
	for _, r := range value {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
			continue
		}
		for i < len(text) && (text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r') {
			i++
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

// scalarKind tells the kind of a scalar. A tag says it; a plain scalar is
// read as YAML 1.2's core schema has it, where yes, 1_000 and 0b1 are strings.
func scalarKind(y *yaml.Node) Kind {
	if y.Style&yaml.TaggedStyle == 0 {
		if y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			return String
		}
		return plainKind(y.Value)
	}
	switch y.Tag {
	case "!!int", "!!float":
		return Number
	case "!!bool":
		return Bool
	case "!!null":
		return Null
	}
	return String
}

func plainKind(text string) Kind {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return Null
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool
	}
	if c := text[0]; (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.') && coreNumber.MatchString(text) {
		return Number
	}
	return String
}

// Source: YAML 1.2.2, section 10.3.2.
var coreNumber = regexp.MustCompile(`^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)

func (b *yamlBuilder) fail(y *yaml.Node, format string, args ...any) *Error {
	at := check.Location{File: b.src.name, Line: y.Line, Column: y.Column}
	return fail(ruleParser, at, nil, format, args...)
}

func yamlError(s *Source, err error) *Error {
	at := check.Location{File: s.name, Line: 1, Column: 1}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	var le *yaml.LoadError
	if errors.As(err, &le) {
		message = le.Message
		if le.Mark.Line > 0 {
			at.Line, at.Column = le.Mark.Line, max(le.Mark.Column, 1)
		}
	}
	return fail(ruleParser, at, err, "%s", message)
}
