package traffic

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql/operation"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
	"github.com/plumbapi/plumb/perf"
)

// graphqlCall makes the request of a GraphQL operation: its document checked
// against the schema, or made from it, and its variables.
func (b *builder) graphqlCall(c *call, index int, target *perf.Target, values []perf.Value, h *holes) error {
	op, err := b.document(c.op)
	if err != nil {
		return err
	}
	if op.Kind == "mutation" && !b.t.opts.AllowWrites {
		return errors.New("the document is a mutation, which changes data, and is not sent; allow writes, or take it out of the plan")
	}
	if op.Kind == "subscription" {
		return errors.New("the document is a subscription, which a load run does not send")
	}
	variables, err := variablesOf(op, values, h)
	if err != nil {
		return err
	}
	body := &sample.Value{Kind: openapi.Object}
	body.Members = append(body.Members, sample.Member{Name: "query", Value: sample.String(op.Text)})
	if op.Name != "" {
		body.Members = append(body.Members, sample.Member{Name: "operationName", Value: sample.String(op.Name)})
	}
	if len(variables.Members) > 0 {
		body.Members = append(body.Members, sample.Member{Name: "variables", Value: variables})
	}
	c.method, c.graphql = http.MethodPost, true
	c.url = cut(b.url(target), inPath)
	c.body = cut(body.JSON(), inJSON)
	fields := []sample.Field{{Name: "Accept", Value: "application/graphql-response+json, application/json"}, {Name: "Content-Type", Value: "application/json"}}
	for _, v := range values {
		if v.In == "header" {
			text, _, err := h.replace(v.Text)
			if err != nil {
				return fail(v.Location, "%s %q: %v", v.In, v.Name, err)
			}
			fields = append(fields, sample.Field{Name: v.Name, Value: text})
		}
	}
	b.setHeaders(c, target, fields)
	return nil
}

// document returns the operation of a plan. A plan gives its document, or its
// name says which root field one is made for: "query issues", "Query.issues".
func (b *builder) document(op *perf.Operation) (*operation.Operation, error) {
	if op.Document != "" {
		return b.checked(op)
	}
	if len(b.t.opts.GraphQL) == 0 {
		return nil, errors.New("there is neither a document nor a schema to make one from")
	}
	for _, s := range b.t.opts.GraphQL {
		for _, root := range s.Roots() {
			kind, field, ok := strings.Cut(op.Name, " ")
			if !ok {
				kind, field, _ = strings.Cut(op.Name, ".")
			}
			if f := root.Field(field); f != nil && (kind == root.Operation() || kind == root.Name) {
				return operation.Make(f, operation.Options{Depth: b.t.opts.Depth})
			}
		}
	}
	return nil, errors.New("it has no document, and no schema has a root field of this name")
}

// checked reads a document, held against the schemas: one of them has to know
// all of it.
func (b *builder) checked(op *perf.Operation) (*operation.Operation, error) {
	if len(b.t.opts.GraphQL) == 0 {
		return operation.Parse(nil, "document", op.Document)
	}
	var first error
	for _, s := range b.t.opts.GraphQL {
		made, err := operation.Parse(s, "document", op.Document)
		if err == nil {
			return made, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// variablesOf makes the variables of a request: what the plan gives, and a
// made value for what is required and not given.
func variablesOf(op *operation.Operation, values []perf.Value, h *holes) (*sample.Value, error) {
	out := &sample.Value{Kind: openapi.Object}
	given := map[string]bool{}
	for _, v := range values {
		if v.In != "variable" {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(v.Name, "/"), "/")
		given[name] = true
	}
	for _, v := range op.Variables {
		if given[v.Name] && v.Value == "" || !given[v.Name] && !v.Required && v.Value == "" {
			continue
		}
		if v.Required && !given[v.Name] && v.Value == "" {
			return nil, fmt.Errorf("variable $%s of type %s needs a value", v.Name, v.Type)
		}
		made, err := sample.Parse(v.Value)
		if err != nil {
			return nil, fmt.Errorf("variable $%s: %w", v.Name, err)
		}
		out.Members = append(out.Members, sample.Member{Name: v.Name, Value: made})
	}
	for _, v := range values {
		if v.In != "variable" {
			continue
		}
		value, err := h.value(v, func(pointer string) bool {
			return slices.ContainsFunc(op.Variables, func(o operation.Variable) bool {
				kind := strings.TrimSuffix(o.Type, "!")
				return o.Name == strings.TrimPrefix(pointer, "/") && (kind == "String" || kind == "ID")
			})
		})
		if err != nil {
			return nil, err
		}
		pointer := v.Name
		if pointer != "" && !strings.HasPrefix(pointer, "/") {
			pointer = openapi.FormatPointer(pointer)
		}
		if err := out.Set(pointer, value); err != nil {
			return nil, err
		}
	}
	return out, known(op, out)
}

// known refuses variables that the operation does not declare, which servers
// ignore or refuse.
func known(op *operation.Operation, variables *sample.Value) error {
	for _, m := range variables.Members {
		found := false
		for _, v := range op.Variables {
			found = found || v.Name == m.Name
		}
		if !found {
			return fmt.Errorf("the operation has no variable $%s", m.Name)
		}
	}
	return nil
}
