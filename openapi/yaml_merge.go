package openapi

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// merge adds the members of a merge key's value that the mapping lacks, as
// the YAML merge key type defines it: earlier sources win.
func (b *yamlBuilder) merge(m *yaml.Node, n *Node, base int, seen *map[string]*Node, depth int) error {
	if m.Kind == yaml.AliasNode {
		if made := b.anchors[m.Alias]; made != nil {
			return b.mergeCopy(made, m, n, base, seen, depth)
		}
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
		if depth >= maxDepth {
			return b.fail(m, "values nest deeper than 1,000 levels")
		}
		own := len(b.stack)
		if _, err := b.members(m, n, own, depth+1); err != nil {
			return err
		}
		merged := slices.Clone(b.stack[own:])
		b.stack = b.stack[:own]
		for _, c := range merged {
			if hasMember(b.stack[base:], *seen, c.key) {
				continue
			}
			b.stack, *seen = addMember(b.src, b.stack, base, *seen, c)
		}
	default:
		return b.fail(m, "a merge key takes a mapping or a list of mappings")
	}
	return nil
}

// mergeCopy merges a value that was built where its anchor stands.
func (b *yamlBuilder) mergeCopy(made *Node, m *yaml.Node, n *Node, base int, seen *map[string]*Node, depth int) error {
	switch made.kind {
	case Array:
		for _, item := range made.kids {
			if !item.Is(Object) {
				return b.fail(m, "a merge key takes a mapping or a list of mappings")
			}
			if err := b.mergeCopy(item, m, n, base, seen, depth); err != nil {
				return err
			}
		}
	case Object:
		for _, k := range made.kids {
			if err := b.expand(m); err != nil {
				return err
			}
			if hasMember(b.stack[base:], *seen, k.key) {
				continue
			}
			c, err := b.copy(k, n, m, depth)
			if err != nil {
				return err
			}
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
