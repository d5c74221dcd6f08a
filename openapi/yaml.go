package openapi

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/check"
	"go.yaml.in/yaml/v4"
)

// parseYAML builds the tree of a YAML source from its first document.
// Aliases become copies of what they stand for, merge keys are merged, keys
// that are no strings become strings and a problem.
func parseYAML(s *Source) error {
	if err := checkValues(s); err != nil {
		return err
	}
	var doc yaml.Node
	if err := checkDirectives(s); err != nil {
		return err
	}
	if err := yamlNodes(s.text, &doc); err != nil {
		return yamlError(s, err)
	}
	if doc.Kind == 0 || len(doc.Content) == 0 {
		return fail(ruleParser, check.Location{File: s.name}, nil, "the document is empty; expected an OpenAPI description")
	}
	b := yamlBuilder{src: s, tree: s.text, lines: yamlLines(s.text)}
	s.Position(0) // the line table, for offsets
	root, err := b.value(doc.Content[0], nil, 0)
	if err != nil {
		return err
	}
	s.root = root
	if at, more := secondDocument(s.text, root.end); more {
		s.problems = append(s.problems, problem(ruleParser, s.location(at, at+3, ""), "a second document begins here, which is not read"))
	}
	return nil
}

// maxDirectives is how many tags a YAML text may declare. No description
// declares any; the parser compares each with all others.
const maxDirectives = 100

func checkDirectives(s *Source) error {
	const directive = "%TAG"
	count := 0
	for i := 0; ; i += len(directive) {
		next := strings.Index(s.text[i:], directive)
		if next < 0 {
			return nil
		}
		i += next
		if i > 0 && s.text[i-1] != '\n' && s.text[i-1] != '\r' {
			continue
		}
		if count++; count > maxDirectives {
			return fail(ruleParser, s.location(uint32(i), uint32(i), ""), nil, "the document has more than 100 %%TAG directives")
		}
	}
}

// yamlNodes parses a text and contains what panics the parser may have.
func yamlNodes(text string, into *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the YAML parser gave up: %v", r)
		}
	}()
	return yaml.Unmarshal([]byte(text), into)
}

type yamlBuilder struct {
	src      *Source
	tree     string
	slab     slab
	stack    []*Node
	expanded int                  // values that aliases have added
	anchors  map[*yaml.Node]*Node // values with an anchor, once they are built
	open     []*yaml.Node         // anchors that are being expanded
	lines    []uint32             // where lines start for YAML, if that is its own matter
}

func (b *yamlBuilder) value(y *yaml.Node, parent *Node, depth int) (*Node, error) {
	if depth >= maxDepth && (y.Kind == yaml.MappingNode || y.Kind == yaml.SequenceNode) {
		return nil, b.fail(y, "values nest deeper than 1,000 levels")
	}
	if len(b.open) > 0 {
		if err := b.expand(b.open[0]); err != nil {
			return nil, err
		}
	}
	if y.Anchor != "" || y.Kind == yaml.AliasNode || y.Style&yaml.TaggedStyle != 0 {
		b.src.linked = true
	}
	if y.Kind == yaml.AliasNode {
		return b.alias(y, parent, depth)
	}
	n := b.slab.node()
	n.src, n.parent = b.src, parent
	n.start = b.offset(y)
	var err error
	switch y.Kind {
	case yaml.MappingNode:
		n.kind = Object
		err = b.mapping(y, n, depth+1)
	case yaml.SequenceNode:
		n.kind = Array
		err = b.sequence(y, n, depth+1)
	default:
		b.scalar(y, n)
	}
	if err == nil && y.Anchor != "" {
		if b.anchors == nil {
			b.anchors = map[*yaml.Node]*Node{}
		}
		b.anchors[y] = n
	}
	return n, err
}

func (b *yamlBuilder) scalar(y *yaml.Node, n *Node) {
	n.text = y.Value
	n.kind = scalarKind(y)
	switch n.kind {
	case Null:
		n.text = "null"
	case Bool:
		n.text = strings.ToLower(y.Value)
	}
	n.end = b.scalarEnd(y, n.start)
}

// alias copies the value that an anchor names.
func (b *yamlBuilder) alias(y *yaml.Node, parent *Node, depth int) (*Node, error) {
	if made := b.anchors[y.Alias]; made != nil {
		n, err := b.copy(made, parent, y, depth)
		if err == nil {
			n.key, n.kstart, n.kend, n.index = "", 0, 0, 0 // those of where the anchor stands
		}
		return n, err
	}
	// The anchor stands in a merge key, which is read last, or around the alias.
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

// copy copies a value with its places, which are those of the anchor.
func (b *yamlBuilder) copy(n, parent *Node, y *yaml.Node, depth int) (*Node, error) {
	if depth >= maxDepth && (n.kind == Object || n.kind == Array) {
		return nil, b.fail(y, "values nest deeper than 1,000 levels")
	}
	if err := b.expand(y); err != nil {
		return nil, err
	}
	c := b.slab.node()
	*c = *n
	c.parent, c.byKey = parent, nil
	if len(n.kids) == 0 {
		return c, nil
	}
	c.kids = b.slab.children(n.kids)
	if n.byKey != nil {
		c.byKey = make(map[string]*Node, len(n.kids))
	}
	for i, k := range c.kids {
		made, err := b.copy(k, c, y, depth+1)
		if err != nil {
			return nil, err
		}
		c.kids[i] = made
		if c.byKey != nil {
			c.byKey[made.key] = made
		}
	}
	return c, nil
}

// expand counts a value that an alias adds.
func (b *yamlBuilder) expand(y *yaml.Node) error {
	if b.expanded++; b.expanded > maxExpansion {
		return b.fail(y, "aliases expand to more than 1,000,000 values")
	}
	return nil
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
	seen, err := b.members(y, n, base, depth)
	if err != nil {
		return err
	}
	b.close(y, n, base, seen)
	return nil
}

// members puts the members of a mapping on the stack, for the object n whose
// members begin at base.
func (b *yamlBuilder) members(y *yaml.Node, n *Node, base, depth int) (map[string]*Node, error) {
	var seen map[string]*Node
	var merges []*yaml.Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		k, v := y.Content[i], y.Content[i+1]
		if k.Anchor != "" || k.Kind != yaml.ScalarNode || k.Style&yaml.TaggedStyle != 0 || k.Tag == "!!merge" {
			b.src.linked = true
		}
		if k.Kind == yaml.ScalarNode && k.Tag == "!!merge" {
			merges = append(merges, v)
			continue
		}
		if k.Kind == yaml.AliasNode {
			k = k.Alias
		}
		if k.Kind != yaml.ScalarNode {
			b.badKey(badKey{n, b.offset(k), map[yaml.Kind]string{
				yaml.MappingNode: "a mapping", yaml.SequenceNode: "a sequence",
			}[k.Kind]})
			n.end = max(n.end, b.writtenEnd(k), b.writtenEnd(v))
			continue
		}
		c, err := b.member(k, v, n, depth)
		if err != nil {
			return nil, err
		}
		b.stack, seen = addMember(b.src, b.stack, base, seen, c)
	}
	for _, m := range merges {
		if err := b.merge(m, n, base, &seen, depth); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

func (b *yamlBuilder) member(k, v *yaml.Node, n *Node, depth int) (*Node, error) {
	c, err := b.value(v, n, depth)
	if err != nil {
		return nil, err
	}
	c.key = k.Value
	c.kstart = b.offset(k)
	if kind := scalarKind(k); kind != String {
		b.badKey(badKey{c, c.kstart, kind.WithArticle()})
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

// close moves the container's children from the stack into it and finds its
// end: that of its children, or of the bracket behind them in flow style.
func (b *yamlBuilder) close(y *yaml.Node, n *Node, base int, seen map[string]*Node) {
	n.kids = b.slab.children(b.stack[base:])
	n.byKey = seen
	b.stack = b.stack[:base]
	n.end = max(n.end, n.start) // behind members that are left out
	for _, k := range n.kids {  // what an alias stands for ends elsewhere
		n.end = max(n.end, k.end, k.kend)
	}
	if y.Style&yaml.FlowStyle != 0 {
		n.end = flowEnd(b.tree, n.end)
	}
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
	at := check.Location{File: b.src.name}
	at.Line, at.Column = b.src.Position(int(b.offset(y)))
	return fail(ruleParser, at, nil, format, args...)
}

func yamlError(s *Source, err error) *Error {
	at := check.Location{File: s.name, Line: 1, Column: 1}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	var le *yaml.LoadError
	if errors.As(err, &le) {
		message = le.Message
		if le.Mark.Line > 0 {
			b := yamlBuilder{src: s, lines: yamlLines(s.text)}
			offset := b.offset(&yaml.Node{Line: le.Mark.Line, Column: max(le.Mark.Column, 1)})
			at.Line, at.Column = s.Position(int(offset))
		}
	}
	return fail(ruleParser, at, err, "%s", message)
}
