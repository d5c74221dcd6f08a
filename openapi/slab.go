package openapi

// slab hands out nodes and child slices from large blocks: a big description
// has hundreds of thousands of them, and one allocation each would cost more
// than reading the text.
type slab struct {
	nodes []Node
	kids  []*Node
	next  int // size of the next block of nodes
}

const (
	firstBlock = 4 // a value may be a document too
	largeBlock = 4096
)

func (s *slab) node() *Node {
	if len(s.nodes) == 0 {
		s.next = min(max(2*s.next, firstBlock), largeBlock)
		s.nodes = make([]Node, s.next)
	}
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	return n
}

// children copies the slice into a block.
func (s *slab) children(nodes []*Node) []*Node {
	if len(nodes) == 0 {
		return nil
	}
	if len(nodes) > len(s.kids) {
		if len(nodes) > largeBlock/4 {
			return append([]*Node(nil), nodes...)
		}
		s.kids = make([]*Node, max(min(2*s.next, largeBlock), len(nodes)))
	}
	out := s.kids[:len(nodes):len(nodes)]
	s.kids = s.kids[len(nodes):]
	copy(out, nodes)
	return out
}

// addMember puts a member on the stack whose part from base on belongs to
// one object. Once the object is large, seen maps its keys. A key given twice
// is a problem; the last value takes the place of the first.
func addMember(src *Source, stack []*Node, base int, seen map[string]*Node, c *Node) ([]*Node, map[string]*Node) {
	var first *Node
	if seen != nil {
		first = seen[c.key]
	} else {
		for _, m := range stack[base:] {
			if m.key == c.key {
				first = m
				break
			}
		}
	}
	if first != nil {
		c.index = first.index
		stack[base+int(first.index)] = c
		if !src.copying {
			src.duplicates = append(src.duplicates, duplicate{first: first, again: c})
		}
	} else {
		c.index = int32(len(stack) - base)
		stack = append(stack, c)
	}
	if seen != nil {
		seen[c.key] = c
	} else if len(stack)-base > largeObject {
		seen = make(map[string]*Node, 4*largeObject)
		for _, m := range stack[base:] {
			seen[m.key] = m
		}
	}
	return stack, seen
}
