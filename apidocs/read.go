package apidocs

import (
	"errors"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// ErrEmpty says that there is nothing to make a reference of.
var ErrEmpty = errors.New("no description to make a reference of")

// Read makes a reference of descriptions. The same input gives the same
// reference. The error is ErrEmpty where the input has no description, or
// joins a *TextError for each reference of a text that leads nowhere.
func Read(in Input) (*Reference, error) {
	if len(in.OpenAPI) == 0 && in.GraphQL == nil {
		return nil, ErrEmpty
	}
	r := &Reference{
		Title:     in.Title,
		Version:   in.Version,
		byNode:    map[*openapi.Node]*Entry{},
		byType:    map[*graphql.Type]*Entry{},
		byField:   map[*graphql.Field]*Entry{},
		documents: in.OpenAPI,
		schema:    in.GraphQL,
	}
	paths := slugs{}
	var rest, hooks []*Group
	for _, doc := range in.OpenAPI {
		r.describe(doc.Root().Get("info"))
		rest = append(rest, operations(doc, paths)...)
		hooks = append(hooks, webhooks(doc, paths)...)
	}
	for _, doc := range in.OpenAPI {
		if g := schemas(doc, paths); g != nil {
			rest = append(rest, g)
		}
	}
	r.add(REST, "REST API", rest)
	r.add(Webhooks, "Webhooks", hooks)
	if in.GraphQL != nil {
		r.add(GraphQL, "GraphQL API", graph(in.GraphQL, paths))
		if r.Description == "" {
			r.Description = in.GraphQL.Description
		}
	}
	if r.Title == "" {
		r.Title = "API reference"
	}
	r.attach(in.Attached)
	texts := in.Texts
	if !in.NoPaths {
		texts = slices.Concat(r.Paths(), texts)
	}
	var err error
	if r.Pages, err = r.pages(texts, paths); err != nil {
		return nil, err
	}
	return r, nil
}

// describe takes from a description what the input does not say.
func (r *Reference) describe(info *openapi.Node) {
	if r.Title == "" {
		r.Title = info.Get("title").Text()
	}
	if r.Version == "" {
		r.Version = info.Get("version").Text()
	}
	if r.Description == "" {
		r.Description = info.Get("description").Text()
	}
}

func (r *Reference) add(area Area, title string, groups []*Group) {
	if len(groups) == 0 {
		return
	}
	r.Sections = append(r.Sections, &Section{Area: area, Title: title, Groups: groups})
	for _, g := range groups {
		for _, e := range g.Entries {
			e.Group = g
			r.Entries = append(r.Entries, e)
			switch e.Kind {
			case Schema:
				r.byNode[e.Node] = e
			case Type:
				r.byType[e.Type] = e
			case Field:
				r.byField[e.Field] = e
			}
		}
	}
}

// attach gives entries what others found about them.
func (r *Reference) attach(a Attached) {
	byID := map[Area]map[string]*Entry{REST: {}, GraphQL: {}, Webhooks: {}}
	for _, e := range r.Entries {
		if _, ok := byID[e.Group.Area][e.ID]; !ok {
			byID[e.Group.Area][e.ID] = e
		}
	}
	for _, e := range r.Entries { // as changes call webhooks: "POST newPet"
		if e.Kind == Webhook && byID[Webhooks][e.Operation.String()] == nil {
			byID[Webhooks][e.Operation.String()] = e
		}
	}
	for _, t := range a.Twins {
		left, right, part := byID[REST][t.REST], byID[GraphQL][t.GraphQL], ""
		if right == nil { // a field of a type that is no root
			name, field, _ := strings.Cut(t.GraphQL, ".")
			if right = byID[GraphQL][name]; right != nil && right.Type.Field(field) != nil {
				part = field
			}
		}
		if left == nil || right == nil {
			continue
		}
		left.Twins = append(left.Twins, TwinEntry{right, t.Partial, t.GraphQL, part})
		if part == "" {
			right.Twins = append(right.Twins, TwinEntry{left, t.Partial, t.REST, ""})
		}
	}
	r.attachFindings(a.Findings)
	for _, b := range a.Badges {
		for _, area := range []Area{REST, Webhooks, GraphQL} {
			if e := byID[area][b.Element]; e != nil {
				e.Badges = append(e.Badges, b)
			}
		}
	}
}
