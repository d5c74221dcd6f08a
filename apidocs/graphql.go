package apidocs

import "github.com/plumbapi/plumb/graphql"

// graph groups a schema: the fields of each root type, then the types by
// kind. Root types themselves have no page, since their fields have.
func graph(s *graphql.Schema, paths slugs) []*Group {
	var groups []*Group
	for _, root := range []struct {
		t     *graphql.Type
		title string
	}{{s.Query, "Queries"}, {s.Mutation, "Mutations"}, {s.Subscription, "Subscriptions"}} {
		if root.t == nil || len(root.t.Fields) == 0 {
			continue
		}
		g := newGraphGroup(root.title, paths)
		for _, f := range root.t.Fields {
			g.Entries = append(g.Entries, &Entry{
				Kind: Field, ID: f.Coordinate(), Title: f.Name, Field: f,
				Summary: FirstSentence(f.Description), Deprecated: f.Deprecated != nil,
				Path: paths.under(g.Folder, f.Name),
			})
		}
		groups = append(groups, g)
	}
	for _, kind := range []struct {
		types []*graphql.Type
		title string
	}{{s.Objects, "Objects"}, {s.Interfaces, "Interfaces"}, {s.Unions, "Unions"}, {s.Enums, "Enums"}, {s.Inputs, "Input objects"}, {s.Scalars, "Scalars"}} {
		g := newGraphGroup(kind.title, paths)
		for _, t := range kind.types {
			if t.IsRoot() || t.BuiltIn {
				continue
			}
			g.Entries = append(g.Entries, &Entry{
				Kind: Type, ID: t.Name, Title: t.Name, Type: t,
				Summary: FirstSentence(t.Description), Deprecated: t.Deprecated != nil,
				Path: paths.under(g.Folder, t.Name),
			})
		}
		if len(g.Entries) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func newGraphGroup(title string, paths slugs) *Group {
	return &Group{Area: GraphQL, Title: title, Folder: paths.under(string(GraphQL), title)}
}
