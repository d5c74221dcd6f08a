package openapi

import "slices"

func (d *Document) upgradedPathItem(at upgraded, token string) upgraded {
	n := at.node.Get(token)
	switch {
	case token == "parameters":
		return upgraded{node: n, step: (*Document).upgradedParameters}
	case slices.Contains(methods, token):
		return upgraded{node: n, step: (*Document).upgradedOperation, owner: at.node}
	}
	return upgraded{node: n, step: (*Document).plain}
}

func (d *Document) upgradedOperation(at upgraded, token string) upgraded {
	n := at.node.Get(token)
	switch token {
	case "parameters":
		return upgraded{node: n, step: (*Document).upgradedParameters}
	case "responses":
		return upgraded{node: n, step: each((*Document).upgradedResponse)}
	case "requestBody":
		if body := d.parameterIn(at.node, "body"); body != nil {
			return upgraded{node: body, step: (*Document).upgradedBody}
		}
		return upgraded{node: d.parameterIn(at.node, "formData"), step: (*Document).upgradedForm, owner: at.node}
	}
	return upgraded{node: n, step: (*Document).plain}
}

// upgradedParameters counts the parameters that stay parameters.
func (d *Document) upgradedParameters(at upgraded, token string) upgraded {
	i, ok := arrayIndex(token)
	for _, p := range at.node.Children() {
		in := d.Resolve(p).Get("in").Text()
		if !ok || in == "body" || in == "formData" {
			continue
		}
		if i == 0 {
			return upgraded{node: p, step: (*Document).upgradedParameter}
		}
		i--
	}
	return upgraded{}
}

// upgradedParameter: what restricts the value stands in the parameter itself,
// in 3.0 in its schema. So it is with headers.
func (d *Document) upgradedParameter(at upgraded, token string) upgraded {
	p := d.Resolve(at.node)
	switch token {
	case "schema":
		return upgraded{node: firstOf(p.Get("schema"), p), step: (*Document).upgradedSchema}
	case "style", "explode":
		return upgraded{node: p.Get("collectionFormat"), step: (*Document).plain}
	}
	return d.plain(at, token)
}

// parameterIn returns the first parameter of an operation, or of its path
// item, that stands in the place.
func (d *Document) parameterIn(operation *Node, in string) *Node {
	for _, list := range [...]*Node{operation.Get("parameters"), operation.Parent().Get("parameters")} {
		for _, p := range list.Children() {
			if d.Resolve(p).Get("in").Text() == in {
				return p
			}
		}
	}
	return nil
}

// upgradedBody steps from a body parameter: content, media type, schema.
func (d *Document) upgradedBody(at upgraded, token string) upgraded {
	body := d.Resolve(at.node)
	switch token {
	case "x-originalParamName":
		return upgraded{node: body.Get("name"), step: (*Document).plain}
	case "content":
		media := func(_ *Document, _ upgraded, member string) upgraded {
			if member != "schema" {
				return upgraded{}
			}
			return upgraded{node: body.Get("schema"), step: (*Document).upgradedSchema}
		}
		return contentOf(body, media)
	}
	return d.plain(at, token)
}

// contentOf stands for the content of a body and for each of its media types,
// all of which 2.0 has in one node.
func contentOf(n *Node, media upgradeStep) upgraded {
	return upgraded{node: n, step: func(*Document, upgraded, string) upgraded {
		return upgraded{node: n, step: media}
	}}
}

// upgradedForm steps from the parameters of a form, which become the
// properties of one object.
func (d *Document) upgradedForm(at upgraded, token string) upgraded {
	if token != "content" {
		return upgraded{}
	}
	first, operation := at.node, at.owner
	property := func(d *Document, _ upgraded, name string) upgraded {
		return upgraded{node: d.formParameter(operation, name), step: (*Document).upgradedSchema}
	}
	object := func(_ *Document, _ upgraded, member string) upgraded {
		if member != "properties" {
			return upgraded{node: first, step: (*Document).plain}
		}
		return upgraded{node: first, step: property}
	}
	media := func(_ *Document, _ upgraded, member string) upgraded {
		if member != "schema" {
			return upgraded{}
		}
		return upgraded{node: first, step: object}
	}
	return contentOf(first, media)
}

func (d *Document) formParameter(operation *Node, name string) *Node {
	for _, list := range [...]*Node{operation.Get("parameters"), operation.Parent().Get("parameters")} {
		for _, p := range list.Children() {
			if r := d.Resolve(p); r.Get("in").Text() == "formData" && r.Get("name").Text() == name {
				return p
			}
		}
	}
	return nil
}

func (d *Document) upgradedResponse(at upgraded, token string) upgraded {
	response := d.Resolve(at.node)
	switch token {
	case "headers":
		return upgraded{node: response.Get("headers"), step: each((*Document).upgradedParameter)}
	case "content":
		return upgraded{
			node: firstOf(response.Get("schema"), response.Get("examples"), response),
			step: (*Document).upgradedContent, owner: response,
		}
	}
	return d.plain(at, token)
}

// upgradedContent steps from a response's content to a media type, which has
// the response's schema and the type's own example.
func (d *Document) upgradedContent(at upgraded, token string) upgraded {
	schema, example := at.owner.Get("schema"), at.owner.Get("examples").Get(token)
	media := func(_ *Document, _ upgraded, member string) upgraded {
		switch member {
		case "schema":
			return upgraded{node: schema, step: (*Document).upgradedSchema}
		case "example":
			return upgraded{node: example, step: (*Document).plain}
		}
		return upgraded{}
	}
	return upgraded{node: firstOf(schema, example), step: media}
}

func (d *Document) upgradedSchema(at upgraded, token string) upgraded {
	schema := d.Resolve(at.node)
	n := schema.Get(token)
	switch token {
	case "nullable":
		return upgraded{node: schema.Get("x-nullable"), step: (*Document).plain}
	case "properties", "allOf":
		return upgraded{node: n, step: each((*Document).upgradedSchema)}
	case "items":
		if n.Is(Array) {
			return upgraded{node: n, step: func(*Document, upgraded, string) upgraded {
				return upgraded{node: n, step: each((*Document).upgradedSchema)}
			}}
		}
		return upgraded{node: n, step: (*Document).upgradedSchema}
	case "not", "additionalProperties":
		return upgraded{node: n, step: (*Document).upgradedSchema}
	case "discriminator":
		return upgraded{node: n, step: func(*Document, upgraded, string) upgraded {
			return upgraded{node: n, step: (*Document).plain}
		}}
	case "format":
		return upgraded{node: firstOf(n, schema.Get("type")), step: (*Document).plain}
	}
	return upgraded{node: n, step: (*Document).plain}
}
