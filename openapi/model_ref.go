package openapi

import (
	"encoding/json"

	"github.com/getkin/kin-openapi/openapi3"
)

// reference fills a reference wrapper where the node is a reference, and
// reports whether it is one. A bare reference has only its text; one with
// other members beside it is read by kin-openapi itself, which keeps them in
// fields of its own.
func (b *modelBuilder) reference(n *Node, text *string, whole json.Unmarshaler) bool {
	if b.share != nil {
		b.share.note(n, whole)
	}
	if n.kind != Object {
		return false
	}
	ref := n.Get("$ref")
	if !ref.Is(String) || ref.text == "" {
		return false
	}
	if len(n.kids) == 1 {
		*text = ref.text
		if b.share != nil {
			b.share.rename(n, text, whole)
		}
		return true
	}
	// A summary or description that is no string makes kin-openapi take the
	// object for the thing itself.
	for _, name := range [...]string{"summary", "description"} {
		if c := n.Get(name); c != nil && c.kind != String && c.kind != Null {
			return false
		}
	}
	b.decode(n, whole)
	if b.share != nil {
		b.share.rename(n, text, whole)
	}
	return true
}

func (b *modelBuilder) schemaRef(n *Node) *openapi3.SchemaRef {
	x := b.schemaRefs.new()
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.schema)
	}
	return x
}

func (b *modelBuilder) parameterRef(n *Node) *openapi3.ParameterRef {
	x := &openapi3.ParameterRef{}
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.parameter)
	}
	return x
}

func (b *modelBuilder) headerRef(n *Node) *openapi3.HeaderRef {
	x := &openapi3.HeaderRef{}
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.header)
	}
	return x
}

func (b *modelBuilder) requestBodyRef(n *Node) *openapi3.RequestBodyRef {
	x := &openapi3.RequestBodyRef{}
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.requestBody)
	}
	return x
}

func (b *modelBuilder) responseRef(n *Node) *openapi3.ResponseRef {
	x := &openapi3.ResponseRef{}
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.response)
	}
	return x
}

func (b *modelBuilder) securitySchemeRef(n *Node) *openapi3.SecuritySchemeRef {
	x := &openapi3.SecuritySchemeRef{}
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.securityScheme)
	}
	return x
}

func (b *modelBuilder) exampleRef(n *Node) *openapi3.ExampleRef {
	x := &openapi3.ExampleRef{}
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.example)
	}
	return x
}

func (b *modelBuilder) linkRef(n *Node) *openapi3.LinkRef {
	x := &openapi3.LinkRef{}
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.link)
	}
	return x
}

func (b *modelBuilder) callbackRef(n *Node) *openapi3.CallbackRef {
	x := &openapi3.CallbackRef{}
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.callback)
	}
	return x
}
