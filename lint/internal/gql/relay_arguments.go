package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var relayArguments = &rule{
	Meta: check.Meta{
		ID:      "graphql-relay-arguments",
		Summary: "A field that returns a connection must take the arguments that the Relay specification says.",
		Rationale: "A connection without `first` and `after`, or `last` and `before`, cannot be paged through. `first` and " +
			"`last` are `Int`, `after` and `before` strings or another scalar; where both directions are possible, " +
			"`first` and `last` must be nullable.",
		Severity: check.Warning, Tags: []string{"graphql", "relay", "pagination", "arguments", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"relay-arguments", "relay-connection-arguments-spec"},
	},
	Check: checkRelayArguments,
}

func checkRelayArguments(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		if f.Type.IsList() || !isConnection(f.Type.Type()) {
			continue
		}
		forward := f.Arg("first") != nil && f.Arg("after") != nil
		backward := f.Arg("last") != nil && f.Arg("before") != nil
		if !forward && !backward {
			reportf(p, f.Location(), "%s returns a connection, but takes neither first and after nor last and before", called(f))
			continue
		}
		for _, a := range f.Args {
			if want := pageArgument(a, forward && backward); want != "" {
				reportf(p, a.TypeLocation(), "%s is %q, not %s", called(a), a.Type, want)
			}
		}
	}
	return nil
}

// pageArgument says of which type an argument for paging should be; "" where
// it is of that type, or is no argument for paging.
func pageArgument(a *graphql.InputValue, bothWays bool) string {
	switch a.Name {
	case "first", "last":
		if a.Type.Name == "Int" && !a.Type.IsList() && !(bothWays && a.Type.NonNull) {
			return ""
		}
		return "Int"
	case "after", "before":
		if isScalar(a.Type) {
			return ""
		}
		return "a string or another scalar"
	}
	return ""
}
