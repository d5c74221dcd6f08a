package server

import (
	"context"
	"net/http"
	"sync"

	gographql "github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
)

// ExtensionName is the key of the response's extensions under which
// deprecations stand.
const ExtensionName = "deprecations"

// Use is a deprecated element that a query used, as callers are told.
type Use struct {
	// Element is the schema coordinate: "User.name", "Query.users(first:)",
	// "UserFilter.nick", "Role.GUEST".
	Element string         `json:"element"`
	Kind    lifecycle.Kind `json:"kind"`
	// Since and Sunset are days or releases; "" where nobody said.
	Since       string `json:"since,omitempty"`
	Sunset      string `json:"sunset,omitempty"`
	Replacement string `json:"replacement,omitempty"`
	Reason      string `json:"reason,omitempty"`
}

// Extension is an extension of graphql-go that tells callers which deprecated
// fields, arguments, input fields and enum values their query used, in
// extensions.deprecations of the response, and counts them. A response to a
// query that used none has no such member:
//
//	schema.AddExtensions(extension)
//
// Used is what the operation names, through its fragments and in the values of
// its variables, but for what @skip and @include leave out; it counts once a
// request. A field of an interface is the interface's, not that of the types
// behind it.
//
// It is safe for concurrent use, and only reads the schema. graphql-go 0.8.1
// itself does not: the first queries with a value of an enum fill a lookup in
// that enum without a lock, with or without an extension. A server that answers
// queries at the same time fills them before its first:
//
//	for _, t := range schema.TypeMap() {
//		if enum, ok := t.(*graphql.Enum); ok {
//			enum.ParseValue("")
//			enum.Serialize("")
//		}
//	}
type Extension struct {
	elements map[string]*Use
	count    *counter
}

// NewExtension makes the extension for the schema with those elements. Give
// the schema as it is written (SDL) where there is one: graphql-go's own schema
// value, which graphql.FromSchema reads, has no deprecated arguments and input
// fields.
//
// The error is about the options.
func NewExtension(s *graphql.Schema, o Options) (*Extension, error) {
	count, err := newCounter("graphql", &o)
	if err != nil {
		return nil, err
	}
	inventory := o.Inventory
	if inventory == nil {
		inventory = lifecycle.InspectGraphQL(s)
	}
	e := &Extension{elements: map[string]*Use{}, count: count}
	for i := range inventory.Elements {
		at := &inventory.Elements[i]
		if at.Surface == lifecycle.GraphQL && at.State.Deprecated {
			e.elements[at.Name] = &Use{
				Element: at.Name, Kind: at.Kind, Since: at.State.Since.String(), Sunset: at.State.Sunset.String(),
				Replacement: at.State.Replacement, Reason: at.State.Reason,
			}
		}
	}
	return e, nil
}

// WithRequest returns a context that knows the HTTP request of a query, for
// Options.Consumer: give it to graphql.Do as Params.Context.
func WithRequest(ctx context.Context, r *http.Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

type (
	requestKey struct{}
	runKey     struct{}
)

// run is one execution. Whoever resolves the first field fills it.
type run struct {
	once      sync.Once
	variables map[string]any // as they were sent; nil where nobody told
	uses      []Use
}

// Init notes the variables as they were sent: later, enum values are what
// resolvers see.
func (e *Extension) Init(ctx context.Context, p *gographql.Params) context.Context {
	if ctx == nil {
		ctx = context.Background()
	}
	variables := p.VariableValues
	if variables == nil {
		variables = map[string]any{}
	}
	return context.WithValue(ctx, runKey{}, &run{variables: variables})
}

// Name returns the key of the response's extensions.
func (e *Extension) Name() string { return ExtensionName }

// ParseDidStart does nothing.
func (e *Extension) ParseDidStart(ctx context.Context) (context.Context, gographql.ParseFinishFunc) {
	return ctx, func(error) {}
}

// ValidationDidStart does nothing.
func (e *Extension) ValidationDidStart(ctx context.Context) (context.Context, gographql.ValidationFinishFunc) {
	return ctx, ignoreErrors
}

// ExecutionDidStart makes sure that there is a run, and in the end puts what
// was used into the result.
func (e *Extension) ExecutionDidStart(ctx context.Context) (context.Context, gographql.ExecutionFinishFunc) {
	if ctx == nil {
		ctx = context.Background()
	}
	r, ok := ctx.Value(runKey{}).(*run)
	if !ok {
		r = &run{}
		ctx = context.WithValue(ctx, runKey{}, r)
	}
	return ctx, func(result *gographql.Result) {
		r.once.Do(func() {}) // an execution that was given up may still resolve
		if result == nil || len(r.uses) == 0 {
			return
		}
		if result.Extensions == nil {
			result.Extensions = map[string]any{}
		}
		result.Extensions[ExtensionName] = r.uses
		if e.count != nil {
			request, _ := ctx.Value(requestKey{}).(*http.Request)
			consumer := e.count.name(request)
			for i := range r.uses {
				e.count.count(r.uses[i].Element, consumer)
			}
		}
	}
}

// ResolveFieldDidStart looks at the operation when its first field is
// resolved: then it has been parsed and is valid.
func (e *Extension) ResolveFieldDidStart(ctx context.Context, info *gographql.ResolveInfo) (context.Context, gographql.ResolveFieldFinishFunc) {
	if r, ok := ctx.Value(runKey{}).(*run); ok {
		r.once.Do(func() {
			operation, ok := info.Operation.(*ast.OperationDefinition)
			if !ok {
				return
			}
			variables := r.variables
			if variables == nil {
				variables = info.VariableValues
			}
			r.uses = e.Uses(Query{Schema: info.Schema, Operation: operation, Fragments: info.Fragments, Variables: variables})
		})
	}
	return ctx, ignoreValue
}

// HasResult returns false: the result is put in where there is one.
func (e *Extension) HasResult() bool { return false }

// GetResult is not asked.
func (e *Extension) GetResult(context.Context) any { return nil }

func ignoreErrors([]gqlerrors.FormattedError) {}

func ignoreValue(any, error) {}
