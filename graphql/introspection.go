package graphql

import (
	"fmt"
	"strings"
)

// readIntrospection reads the JSON of an introspection query, bare or under
// "data", of any version of the specification; start is the offset of its
// first byte.
func (b *builder) readIntrospection(src *Source, start int) error {
	r := newJSONReader(b, src)
	if src.text[start] == '[' {
		return r.mismatch(span{int32(start), int32(start + 1)}, "the result of an introspection query, an object", "a list")
	}
	in := &introspection{jsonReader: r}
	if err := in.response(); err != nil {
		return err
	}
	return in.finish(start)
}

// finish looks at what a response had in the end.
func (in *introspection) finish(start int) error {
	if !in.found {
		return in.nothing(start)
	}
	for _, e := range in.errors {
		in.report(ruleResponseErrors, in.src.location(e.at, ""), e.message,
			"the response has an error beside its data: %s", oneLine(e.message))
	}
	return nil
}

// introspection reads one response.
type introspection struct {
	*jsonReader
	found    bool // a schema
	errors   []responseError
	firstKey string
	slabs    slabs
}

type responseError struct {
	message string
	at      span
}

// nothing makes the error of a response without a schema.
func (in *introspection) nothing(start int) error {
	at := span{int32(start), int32(start + 1)}
	if len(in.errors) > 0 {
		e := in.errors[0]
		return fail(ruleParse, in.src.location(e.at, ""), nil,
			"the response has no schema but an error: %s", oneLine(e.message))
	}
	found := "an empty object"
	if in.firstKey != "" {
		found = fmt.Sprintf("an object with the key %q", in.firstKey)
	}
	return in.mismatch(at, `the result of an introspection query, an object with the key "__schema" or "data"`, found)
}

func (in *introspection) response() error {
	_, err := in.object(func(key string) error {
		if in.firstKey == "" {
			in.firstKey = key
		}
		switch key {
		case "data":
			return in.optional(func() error {
				_, err := in.object(func(key string) error {
					if key == "__schema" {
						return in.optional(in.schema)
					}
					return in.skip()
				})
				return err
			})
		case "__schema":
			return in.optional(in.schema)
		case "errors":
			return in.optional(in.responseErrors)
		}
		return in.skip()
	})
	if err != nil {
		return err
	}
	return in.end()
}

func (in *introspection) responseErrors() error {
	return in.array(func() error {
		e := responseError{message: "without a message"}
		at, err := in.object(func(key string) (err error) {
			if key == "message" {
				e.message, _, err = in.text()
				return err
			}
			return in.skip()
		})
		e.at = at
		in.errors = append(in.errors, e)
		return err
	})
}

func (in *introspection) schema() error {
	in.found = true
	def := &SchemaDefinition{Node: Node{src: in.src}}
	root := func(operation string) error {
		return in.optional(func() error {
			ref, err := in.reference()
			def.Operations = append(def.Operations, &OperationType{Operation: operation, Type: ref})
			return err
		})
	}
	at, err := in.object(func(key string) error {
		switch key {
		case "description":
			return in.description(&def.Node)
		case "queryType":
			return root("query")
		case "mutationType":
			return root("mutation")
		case "subscriptionType":
			return root("subscription")
		case "types":
			return in.array(in.typeDefinition)
		case "directives":
			return in.optional(func() error { return in.array(in.directive) })
		}
		return in.skip()
	})
	def.name, def.extent = span{at.start, at.start + 1}, at
	in.builder.definitions = append(in.builder.definitions, def)
	return err
}

// reference reads an object of which only the name counts.
func (in *introspection) reference() (*Reference, error) {
	ref := &Reference{src: in.src}
	at, err := in.object(func(key string) (err error) {
		if key == "name" {
			ref.Name, ref.at, err = in.text()
			return err
		}
		return in.skip()
	})
	if ref.at == (span{}) {
		ref.at = at
	}
	return ref, err
}

// references reads a list of them, or null.
func (in *introspection) references(refs *[]*Reference) error {
	return in.optional(func() error {
		return in.array(func() error {
			ref, err := in.reference()
			*refs = append(*refs, ref)
			return err
		})
	})
}

// description reads a description into a node.
func (in *introspection) description(n *Node) (err error) {
	n.Description, n.description, err = in.textOrNull()
	return err
}

// typeRef reads a type in its wrappers.
func (in *introspection) typeRef(depth int) (*TypeRef, span, error) {
	var (
		kind, name string
		inner      *TypeRef
	)
	at, err := in.object(func(key string) (err error) {
		switch key {
		case "kind":
			kind, _, err = in.text()
		case "name":
			name, _, err = in.textOrNull()
		case "ofType":
			err = in.optional(func() error {
				if depth >= MaxDepth {
					return fail(ruleParse, in.src.location(in.next(), ""), nil, "list types nest deeper than %d levels", MaxDepth)
				}
				inner, _, err = in.typeRef(depth + 1)
				return err
			})
		default:
			err = in.skip()
		}
		return err
	})
	if err != nil {
		return nil, at, err
	}
	if inner == nil { // a named type; in a wrapper, one that is cut off
		inner = in.refs.named(name)
	}
	switch kind {
	case "NON_NULL":
		inner = in.refs.nonNull(inner)
	case "LIST":
		inner = in.refs.listOf(inner)
	}
	return inner, at, nil
}

// oneLine makes a foreign message fit for a finding.
func oneLine(message string) string {
	return shorten(strings.Join(strings.Fields(message), " "))
}

// shorten cuts a text that is too long for a message.
func shorten(text string) string {
	const most = 300
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}
