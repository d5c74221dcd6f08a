package openapi

import "strings"

// foundRefs is what collectRefs finds in a source.
type foundRefs struct {
	refs     []*Node // objects with a string member $ref
	mappings []*Node // values of discriminator mappings that name other files
}

// collectRefs finds the references of a tree, in source order. What stands in
// an example or a default is data and names nothing, so the walk keeps track
// of whether a member's name is the specification's or the author's: a schema
// may have a property "default", an operation has a response of that name.
func collectRefs(root *Node, v Version) foundRefs {
	s := refScan{version: v}
	s.scan(root, fixedNames)
	return s.foundRefs
}

type refScan struct {
	foundRefs
	version Version
}

// naming says whose names an object's members have.
type naming uint8

const (
	fixedNames   naming = iota // the specification's
	freeNames                  // the author's: each member is an object of its own
	exampleNames               // the author's, for Example Objects
	inExample                  // the specification's, in an Example Object
)

func (s *refScan) scan(n *Node, names naming) {
	if n.kind != Object {
		for _, c := range n.kids {
			if len(c.kids) > 0 {
				s.scan(c, fixedNames)
			}
		}
		return
	}
	if n.Get("$ref").Is(String) {
		s.refs = append(s.refs, n)
	}
	for _, c := range n.kids {
		if len(c.kids) > 0 {
			s.member(n, c, names)
		}
	}
}

func (s *refScan) member(n, c *Node, names naming) {
	if s.version == 0 { // nothing is known of the text
		s.scan(c, fixedNames)
		return
	}
	switch names {
	case freeNames:
		s.scan(c, fixedNames)
		return
	case exampleNames:
		s.scan(c, inExample)
		return
	case inExample:
		if c.key == "value" || c.key == "dataValue" {
			return
		}
	}
	switch c.key {
	case "example", "x-example", "default", "enum", "const":
		// data
	case "examples":
		// An array of values, 2.0's map of media types to values, or named
		// Example Objects, which may be references.
		if c.kind == Object && s.version != V20 {
			s.scan(c, exampleNames)
		}
	case "mapping":
		if n.key == "discriminator" {
			s.mapping(c)
		} else {
			s.scan(c, fixedNames)
		}
	case "properties", "patternProperties", "dependentSchemas", "$defs", "definitions",
		"schemas", "responses", "parameters", "headers", "requestBodies", "securitySchemes", "securityDefinitions",
		"links", "callbacks", "pathItems", "mediaTypes", "paths", "webhooks", "x-webhooks", "content", "encoding":
		if c.kind == Object {
			s.scan(c, freeNames)
		} else {
			s.scan(c, fixedNames)
		}
	default:
		s.scan(c, fixedNames)
	}
}

// mapping keeps the values of a discriminator's mapping that are references
// into other files. A plain name or a pointer into the same file leads to no
// further source.
func (s *refScan) mapping(n *Node) {
	for _, c := range n.kids {
		if isFileMapping(c) {
			s.mappings = append(s.mappings, c)
		}
	}
}

func isFileMapping(n *Node) bool {
	v, ok := n.Str()
	return ok && strings.Contains(v, "/") && v[0] != '#'
}
