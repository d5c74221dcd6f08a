package gather

import (
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/snapshot"
)

// table makes the rows that set the surfaces side by side.
type table struct {
	p        *places
	states   map[useKey]*lifecycle.State
	slo      map[string]*snapshot.Objective
	docs     map[string]bool // what has a description
	webhooks []webhookRow
	rows     []snapshot.Resource
}

type webhookRow struct {
	name, tag, owner string
	taken            bool
}

// resources makes a row for each operation of REST with its counterpart, then
// for each root field that has none, then for each webhook that tells of no row
// before it.
func resources(f *Facts, p *places, slo *snapshot.SLO) []snapshot.Resource {
	t := &table{p: p, states: map[useKey]*lifecycle.State{}, slo: map[string]*snapshot.Objective{}, docs: map[string]bool{}}
	for _, inv := range f.Inventories {
		for i := range inv.Elements {
			e := &inv.Elements[i]
			if k := (useKey{e.Surface, e.Name}); t.states[k] == nil && (e.Kind == lifecycle.Operation || e.Kind == lifecycle.Field) {
				t.states[k] = &e.State
			}
		}
	}
	if slo != nil {
		documents := graphqlNames(f)
		for i := range slo.Operations {
			o := &slo.Operations[i]
			t.slo[o.Operation] = o
			if field := documents[o.Operation]; field != "" && t.slo[field] == nil {
				t.slo[field] = o
			}
		}
	}
	var fields []*graphql.Field
	for _, s := range f.GraphQL {
		for _, root := range s.Roots() {
			for _, field := range root.Fields {
				t.docs[field.Coordinate()] = strings.TrimSpace(field.Description) != ""
				fields = append(fields, field)
			}
		}
	}
	for _, d := range f.OpenAPI {
		for _, op := range d.Operations() {
			t.docs[op.String()] = says(op.Node, "description", "summary")
			if op.Origin == openapi.FromWebhook {
				at := p.operation(p.ops[op.String()])
				t.webhooks = append(t.webhooks, webhookRow{name: op.Path, tag: at.tag, owner: at.owner})
			}
		}
	}
	if f.Parity != nil {
		t.matched(f.Parity)
	} else {
		t.unmatched(f.OpenAPI, fields)
	}
	for _, w := range t.webhooks {
		if !w.taken {
			t.add(snapshot.Resource{Feature: w.tag, Owner: w.owner, Webhooks: []string{w.name}})
		}
	}
	return t.rows
}

// matched makes the rows of what was compared.
func (t *table) matched(res *parity.Result) {
	for _, op := range res.Operations {
		at := t.p.of(op.Operation)
		r := snapshot.Resource{Feature: at.tag, Owner: at.owner, REST: op.Operation, Parity: string(op.Status)}
		if op.Status == parity.StatusNone && op.Need == parity.Unneeded {
			r.Exempt = op.Exempt
			if r.Exempt == "" {
				r.Exempt = "not asked for"
			}
		}
		if len(op.GraphQL) > 0 {
			r.GraphQL = op.GraphQL[0]
		}
		r.Webhooks = t.events(op.Operation, at.tag, op.Schema)
		t.add(r)
	}
	for _, root := range res.Roots {
		if root.Status != parity.StatusNone {
			continue
		}
		at := t.p.of(root.Coordinate)
		r := snapshot.Resource{Feature: at.tag, Owner: at.owner, GraphQL: root.Coordinate, Parity: string(root.Status), Webhooks: t.mutationEvents(root.Coordinate)}
		if root.Need == parity.Unneeded {
			r.Exempt = root.Exempt
			if r.Exempt == "" {
				r.Exempt = "not asked for"
			}
		}
		t.add(r)
	}
}

// unmatched makes the rows of one surface alone.
func (t *table) unmatched(docs []*openapi.Document, fields []*graphql.Field) {
	for _, d := range docs {
		for _, op := range d.Operations() {
			if op.Origin != openapi.FromPath {
				continue
			}
			at := t.p.of(op.String())
			t.add(snapshot.Resource{Feature: at.tag, Owner: at.owner, REST: op.String(), Webhooks: t.events(op.String(), at.tag, "")})
		}
	}
	for _, f := range fields {
		at := t.p.of(f.Coordinate())
		t.add(snapshot.Resource{Feature: at.tag, Owner: at.owner, GraphQL: f.Coordinate(), Webhooks: t.mutationEvents(f.Coordinate())})
	}
}

// add fills in what is known of the names of a row and adds it.
func (t *table) add(r snapshot.Resource) {
	r.Described = true
	if r.REST != "" {
		r.RESTMaturity = maturity(t.states[useKey{lifecycle.REST, r.REST}])
		r.Described = t.docs[r.REST]
		if o := t.slo[r.REST]; o != nil {
			r.RESTSLO, r.RESTP95 = o.Verdict, o.P95
		}
	}
	if r.GraphQL != "" {
		r.GraphQLMaturity = maturity(t.states[useKey{lifecycle.GraphQL, r.GraphQL}])
		if described, root := t.docs[r.GraphQL]; root {
			r.Described = r.Described && described
		}
		if o := t.slo[r.GraphQL]; o != nil {
			r.GraphQLSLO, r.GraphQLP95 = o.Verdict, o.P95
		}
	}
	for _, name := range r.Webhooks {
		op := "POST " + name
		r.WebhookMaturity = maturity(t.states[useKey{lifecycle.Webhooks, op}])
		if described, known := t.docs[op]; known {
			r.Described = r.Described && described
		}
	}
	t.rows = append(t.rows, r)
}

// maturity is the level of an element, or that it is deprecated.
func maturity(s *lifecycle.State) string {
	switch {
	case s == nil:
		return lifecycle.Stable.String()
	case s.Deprecated:
		return "deprecated"
	}
	return s.Stability.Rank().String()
}
