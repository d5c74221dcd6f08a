package demo

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// graphql makes the schema that api/schema.graphql describes, with resolvers
// over the store.
func (p *Product) graphql() (graphql.Schema, error) {
	t := p.types()
	byID := graphql.FieldConfigArgument{"id": {Type: required(graphql.ID)}}
	query := graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
		"projects": {Type: required(t.projects), Args: paging(nil), Resolve: func(r graphql.ResolveParams) (any, error) {
			return cut(where(p.store, &p.store.projects, func(project) bool { return true }), r), nil
		}},
		"project": {Type: t.project, Args: byID, Resolve: one(p.store.project)},
		"issue":   {Type: t.issue, Args: byID, Resolve: one(p.store.issue)},
		"user":    {Type: t.user, Args: byID, Resolve: one(p.store.user)},
	}})
	schema, err := graphql.NewSchema(graphql.SchemaConfig{Query: query, Mutation: p.mutation(t)})
	if err != nil {
		return schema, err
	}
	for _, of := range schema.TypeMap() {
		if enum, ok := of.(*graphql.Enum); ok { // they fill a table at their first use, without a lock
			enum.ParseValue("")
			enum.Serialize("")
		}
	}
	return schema, nil
}

// types are those that more than one field leads to.
type types struct {
	user, project, issue, comment             *graphql.Object
	projects, issues, milestones, commentList *graphql.Object
	state, priority                           *graphql.Enum
}

func (p *Product) types() *types {
	t := &types{
		state:    words("IssueState", map[string]string{"OPEN": "open", "CLOSED": "closed"}),
		priority: words("Priority", map[string]string{"LOW": "low", "NORMAL": "normal", "high": "high"}),
	}
	visibility := words("Visibility", map[string]string{"PRIVATE": "private", "INTERNAL": "internal", "PUBLIC": "public"})
	dateTime, date := text("DateTime"), text("Date")
	info := graphql.NewObject(graphql.ObjectConfig{Name: "PageInfo", Fields: graphql.Fields{
		"hasNextPage":     get(required(graphql.Boolean), func(i pageInfo) any { return i.next }),
		"hasPreviousPage": get(required(graphql.Boolean), func(i pageInfo) any { return i.previous }),
		"startCursor":     get(graphql.String, func(i pageInfo) any { return i.start }),
		"endCursor":       get(graphql.String, func(i pageInfo) any { return i.end }),
	}})
	t.user = graphql.NewObject(graphql.ObjectConfig{Name: "User", Fields: graphql.Fields{
		"id":       get(required(graphql.ID), func(u user) any { return u.ID }),
		"username": get(required(graphql.String), func(u user) any { return u.Username }),
	}})
	t.comment = graphql.NewObject(graphql.ObjectConfig{Name: "Comment", Fields: graphql.Fields{
		"id":        get(required(graphql.ID), func(c comment) any { return c.ID }),
		"body":      get(required(graphql.String), func(c comment) any { return c.Body }),
		"author":    get(required(t.user), func(c comment) any { return c.Author }),
		"createdAt": get(required(dateTime), func(c comment) any { return c.CreatedAt.Format(time.RFC3339) }),
	}})
	t.commentList = connection(t.comment, info)
	t.issue = graphql.NewObject(graphql.ObjectConfig{Name: "Issue", Fields: graphql.Fields{
		"id":       get(required(graphql.ID), func(i issue) any { return i.ID }),
		"title":    get(required(graphql.String), func(i issue) any { return i.Title }),
		"state":    get(required(t.state), func(i issue) any { return i.State }),
		"priority": get(required(t.priority), func(i issue) any { return i.Priority }),
		"estimate": get(graphql.String, func(i issue) any { return strconv.Itoa(i.Estimate) }),
		// The flaw: the newest comment is not counted.
		"commentsCount": get(required(graphql.Int), func(i issue) any { return max(i.Comments-1, 0) }),
		"author":        get(required(t.user), func(i issue) any { return i.Author }),
		"createdAt":     get(required(dateTime), func(i issue) any { return i.CreatedAt.Format(time.RFC3339) }),
		"closedAt":      get(dateTime, func(i issue) any { return moment(i.ClosedAt) }),
		"comments": {Type: required(t.commentList), Args: paging(nil), Resolve: func(r graphql.ResolveParams) (any, error) {
			i, _ := r.Source.(issue)
			return cut(p.store.commentsOf(i.ID), r), nil
		}},
	}})
	t.issues = connection(t.issue, info)
	t.milestones = connection(graphql.NewObject(graphql.ObjectConfig{Name: "Milestone", Fields: graphql.Fields{
		"id":    get(required(graphql.ID), func(m milestone) any { return m.ID }),
		"title": get(required(graphql.String), func(m milestone) any { return m.Title }),
		"dueOn": get(required(date), func(m milestone) any { return m.DueOn }),
	}}), info)
	t.project = graphql.NewObject(graphql.ObjectConfig{Name: "Project", Fields: graphql.Fields{
		"id":         get(required(graphql.ID), func(x project) any { return x.ID }),
		"name":       get(required(graphql.String), func(x project) any { return x.Name }),
		"visibility": get(required(visibility), func(x project) any { return x.Visibility }),
		"createdAt":  get(required(dateTime), func(x project) any { return x.CreatedAt.Format(time.RFC3339) }),
		"issues": {Type: required(t.issues), Args: paging(graphql.FieldConfigArgument{"state": {Type: t.state}}), Resolve: func(r graphql.ResolveParams) (any, error) {
			x, _ := r.Source.(project)
			state, _ := r.Args["state"].(string)
			return cut(p.store.issuesOf(x.ID, state), r), nil
		}},
		"milestones": {Type: required(t.milestones), Args: paging(nil), Resolve: func(r graphql.ResolveParams) (any, error) {
			x, _ := r.Source.(project)
			return cut(p.store.milestonesOf(x.ID), r), nil
		}},
	}})
	t.projects = connection(t.project, info)
	return t
}

// serveGraphQL answers one query.
func (p *Product) serveGraphQL(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Query         string         `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&in); err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"errors": []map[string]any{{"message": "the body is no GraphQL request"}}})
		return
	}
	answer(w, http.StatusOK, graphql.Do(graphql.Params{
		Schema: p.schema, RequestString: in.Query, OperationName: in.OperationName, VariableValues: in.Variables,
		Context: context.WithValue(r.Context(), writer{}, p.mayWrite(r)),
	}))
}

func required(of graphql.Type) *graphql.NonNull { return graphql.NewNonNull(of) }

// get makes a field that is read off its source.
func get[T any](of graphql.Output, read func(T) any) *graphql.Field {
	return &graphql.Field{Type: of, Resolve: func(r graphql.ResolveParams) (any, error) {
		source, _ := r.Source.(T)
		return read(source), nil
	}}
}

// one resolves to what has the id that is asked for, or to null.
func one[T any](find func(id string) (T, bool)) graphql.FieldResolveFn {
	return func(r graphql.ResolveParams) (any, error) {
		id, _ := r.Args["id"].(string)
		if x, ok := find(id); ok {
			return x, nil
		}
		return nil, nil
	}
}

// words makes an enum.
func words(name string, values map[string]string) *graphql.Enum {
	config := graphql.EnumValueConfigMap{}
	for word, value := range values {
		config[word] = &graphql.EnumValueConfig{Value: value}
	}
	return graphql.NewEnum(graphql.EnumConfig{Name: name, Values: config})
}

// text makes a scalar that is written as a string.
func text(name string) *graphql.Scalar {
	same := func(v any) any { return v }
	return graphql.NewScalar(graphql.ScalarConfig{Name: name, Serialize: same, ParseValue: same, ParseLiteral: func(v ast.Value) any { return v.GetValue() }})
}
