package demo

import (
	"strconv"

	"github.com/graphql-go/graphql"
)

// listing is one page of a list, as a connection shows it.
type listing struct {
	edges []edge
	info  pageInfo
}

type edge struct {
	node   any
	cursor string
}

type pageInfo struct {
	previous, next bool
	start, end     any
}

// paging are the arguments of a connection, and others.
func paging(more graphql.FieldConfigArgument) graphql.FieldConfigArgument {
	args := graphql.FieldConfigArgument{"first": {Type: graphql.Int, DefaultValue: 20}, "after": {Type: graphql.String}}
	for name, arg := range more {
		args[name] = arg
	}
	return args
}

// cut returns the page of a list that is asked for. A cursor is the number of
// an entry.
func cut[T any](list []T, r graphql.ResolveParams) listing {
	size, _ := r.Args["first"].(int)
	size = min(max(size, 0), 100)
	after, _ := r.Args["after"].(string)
	from, _ := strconv.Atoi(after) // what is no cursor begins at the front
	from = min(max(from, 0), len(list))
	to := min(from+size, len(list))
	l := listing{edges: []edge{}, info: pageInfo{previous: from > 0, next: to < len(list)}}
	for i, x := range list[from:to] {
		l.edges = append(l.edges, edge{x, strconv.Itoa(from + i + 1)})
	}
	if n := len(l.edges); n > 0 {
		l.info.start, l.info.end = l.edges[0].cursor, l.edges[n-1].cursor
	}
	return l
}

// connection makes the connection of a type.
func connection(of, info *graphql.Object) *graphql.Object {
	edges := graphql.NewObject(graphql.ObjectConfig{Name: of.Name() + "Edge", Fields: graphql.Fields{
		"node":   get(of, func(e edge) any { return e.node }),
		"cursor": get(required(graphql.String), func(e edge) any { return e.cursor }),
	}})
	return graphql.NewObject(graphql.ObjectConfig{Name: of.Name() + "Connection", Fields: graphql.Fields{
		"edges":    get(required(graphql.NewList(required(edges))), func(l listing) any { return l.edges }),
		"pageInfo": get(required(info), func(l listing) any { return l.info }),
	}})
}
