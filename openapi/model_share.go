package openapi

import (
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// Where kin-openapi has no field for what a reference names, such as a schema
// that is a file of its own, it copies the value for each reference, and the
// references of the copy again. Files that refer to one another then take
// forever. For documents of which that is to be feared, sharedTargets puts
// everything that is referred to into one table of structs, has the
// references name the table while they are resolved, and gives them their own
// text back afterwards. The model is the same, but that copies are shared and
// that the RefPath of references, on which InternalizeRefs stands, is no file's.
type sharedTargets struct {
	doc     *Document
	builder *modelBuilder
	table   map[string]any
	names   map[targetKey]string
	targets map[*Node]bool
	made    map[targetKey]any // targets that stand where the model has a field
	queue   []func()
	renamed []renamedRef
	last    []func() // what is left to do once all is resolved
}

// targetKey is a target as an object of some kind.
type targetKey struct {
	target *Node
	kind   string
}

type renamedRef struct {
	text *string
	was  string
}

// tableKey is where the table stands among the document's extensions. No
// member can be called so: it is not UTF-8.
const tableKey = "\xfftargets"

// shareTargets builds and resolves the model with a table of targets.
func (d *Document) shareTargets() (*openapi3.T, error) {
	b := newModelBuilder()
	s := &sharedTargets{
		doc: d, builder: b, table: map[string]any{}, names: map[targetKey]string{},
		targets: map[*Node]bool{}, made: map[targetKey]any{},
	}
	for _, r := range d.index.refList {
		if r.Target != nil {
			s.targets[r.Target] = true
		}
	}
	b.share = s
	root := b.document(d.Root())
	for len(s.queue) > 0 {
		next := s.queue[0]
		s.queue = s.queue[1:]
		next()
	}
	if b.err != nil {
		return nil, b.err
	}
	extensions := root.Extensions
	root.Extensions = map[string]any{tableKey: s.table}
	for key, v := range extensions {
		root.Extensions[key] = v
	}
	err := contain(func() error { return openapi3.NewLoader().ResolveRefsIn(root, nil) })
	root.Extensions = extensions
	for _, r := range s.renamed {
		*r.text = r.was
	}
	for _, do := range s.last {
		do()
	}
	if err != nil {
		return nil, d.modelError(err)
	}
	return root, nil
}

// note keeps a struct that was made of a target for the table.
func (s *sharedTargets) note(n *Node, made any) {
	if s.targets[n] {
		name, _ := s.kindOf(n, made)
		s.made[targetKey{n, name}] = made
	}
}

// rename has a reference name the table. What leads nowhere keeps its name,
// for kin-openapi to find fault with.
func (s *sharedTargets) rename(n *Node, text *string, kind any) {
	r := s.doc.index.refs[n]
	if r == nil || r.Target == nil {
		return
	}
	s.renamed = append(s.renamed, renamedRef{text, *text})
	*text = "#/%FF" + tableKey[1:] + "/" + s.name(r.Target, kind)
}

// mapping sets a discriminator's mapping into another file, which kin-openapi
// would read.
func (s *sharedTargets) mapping(n *Node, into map[string]openapi3.MappingRef) {
	var schema *openapi3.SchemaRef
	name := ""
	if target, err := s.doc.Lookup(n, n.text); err == nil {
		name = s.name(target, schema)
	}
	s.last = append(s.last, func() {
		x := openapi3.MappingRef{Ref: n.text}
		if schema, ok := s.table[name].(*openapi3.SchemaRef); ok {
			x.Value = schema.Value
		}
		into[n.key] = x
	})
}

// name returns the name of a target in the table, and has it built once.
func (s *sharedTargets) name(target *Node, kind any) string {
	kindName, build := s.kindOf(target, kind)
	key := targetKey{target, kindName}
	name, known := s.names[key]
	if !known {
		name = kindName + strconv.Itoa(len(s.names))
		s.names[key] = name
		s.queue = append(s.queue, func() {
			if s.made[key] == nil {
				s.made[key] = build()
			}
			s.table[name] = s.made[key]
		})
	}
	return name
}

func (s *sharedTargets) kindOf(n *Node, kind any) (name string, build func() any) {
	b := s.builder
	switch kind.(type) {
	case *openapi3.SchemaRef:
		return "schema", func() any { return b.schemaRef(n) }
	case *openapi3.ParameterRef:
		return "parameter", func() any { return b.parameterRef(n) }
	case *openapi3.HeaderRef:
		return "header", func() any { return b.headerRef(n) }
	case *openapi3.RequestBodyRef:
		return "requestBody", func() any { return b.requestBodyRef(n) }
	case *openapi3.ResponseRef:
		return "response", func() any { return b.responseRef(n) }
	case *openapi3.SecuritySchemeRef:
		return "securityScheme", func() any { return b.securitySchemeRef(n) }
	case *openapi3.ExampleRef:
		return "example", func() any { return b.exampleRef(n) }
	case *openapi3.LinkRef:
		return "link", func() any { return b.linkRef(n) }
	case *openapi3.CallbackRef:
		return "callback", func() any { return b.callbackRef(n) }
	}
	return "pathItem", func() any { return b.pathItem(n) }
}
