package demo

import (
	"errors"

	"github.com/graphql-go/graphql"
)

// writer is the key in a context of whether who asks may write.
type writer struct{}

// outcome is what a mutation gives: the object, or why there is none.
type outcome struct {
	object any
	errors []string
}

func refused(why string) (any, error) { return outcome{errors: []string{why}}, nil }

func done(object any) (any, error) { return outcome{object: object, errors: []string{}}, nil }

// mutation makes the type of what can be changed.
func (p *Product) mutation(t *types) *graphql.Object {
	all := required(graphql.NewList(required(graphql.String)))
	id, line := required(graphql.ID), required(graphql.String)
	fields := graphql.Fields{}
	add := func(name, upper, object string, of *graphql.Object, wrong graphql.Output, input graphql.InputObjectConfigFieldMap, resolve func(r graphql.ResolveParams, in map[string]any) (any, error)) {
		payload := graphql.NewObject(graphql.ObjectConfig{Name: upper + "Payload", Fields: graphql.Fields{
			object:   get(of, func(o outcome) any { return o.object }),
			"errors": get(wrong, func(o outcome) any { return o.errors }),
		}})
		args := graphql.NewInputObject(graphql.InputObjectConfig{Name: upper + "Input", Fields: input})
		fields[name] = &graphql.Field{
			Type: payload, Args: graphql.FieldConfigArgument{"input": {Type: required(args)}},
			Resolve: func(r graphql.ResolveParams) (any, error) {
				if may, _ := r.Context.Value(writer{}).(bool); !may {
					return nil, errors.New("the token is missing or unknown")
				}
				in, _ := r.Args["input"].(map[string]any)
				return resolve(r, in)
			},
		}
	}
	add("createIssue", "CreateIssue", "issue", t.issue, all,
		graphql.InputObjectConfigFieldMap{"projectId": {Type: id}, "title": {Type: line}, "priority": {Type: t.priority}}, p.resolveCreateIssue)
	// The flaw: one list of errors may hold null.
	add("closeIssue", "CloseIssue", "issue", t.issue, required(graphql.NewList(graphql.String)),
		graphql.InputObjectConfigFieldMap{"issueId": {Type: id}}, p.resolveCloseIssue)
	add("createComment", "CreateComment", "comment", t.comment, all,
		graphql.InputObjectConfigFieldMap{"issueId": {Type: id}, "body": {Type: line}}, p.resolveCreateComment)
	add("archiveProject", "ArchiveProject", "project", t.project, all,
		graphql.InputObjectConfigFieldMap{"projectId": {Type: id}}, p.resolveArchiveProject)
	return graphql.NewObject(graphql.ObjectConfig{Name: "Mutation", Fields: fields})
}

func (p *Product) resolveCreateIssue(r graphql.ResolveParams, in map[string]any) (any, error) {
	x, ok := p.store.project(word(in, "projectId"))
	if !ok {
		return refused("There is no such project.")
	}
	i, wrong := p.open(r.Context, x.ID, word(in, "title"), word(in, "priority"))
	if wrong != "" {
		return refused(wrong)
	}
	return done(i)
}

func (p *Product) resolveCloseIssue(r graphql.ResolveParams, in map[string]any) (any, error) {
	if i, ok := p.finish(r.Context, word(in, "issueId")); ok {
		return done(i)
	}
	return refused("There is no such issue.")
}

func (p *Product) resolveCreateComment(r graphql.ResolveParams, in map[string]any) (any, error) {
	body := word(in, "body")
	if body == "" {
		return refused("A comment needs a body.")
	}
	if c, ok := p.remark(r.Context, word(in, "issueId"), body); ok {
		return done(c)
	}
	return refused("There is no such issue.")
}

func (p *Product) resolveArchiveProject(_ graphql.ResolveParams, in map[string]any) (any, error) {
	if x, ok := p.store.archive(word(in, "projectId")); ok {
		return done(x)
	}
	return refused("There is no such project.")
}

func word(in map[string]any, name string) string {
	text, _ := in[name].(string)
	return text
}
