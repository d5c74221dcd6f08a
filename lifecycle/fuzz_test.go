package lifecycle_test

import (
	"errors"
	"testing"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
)

// Any description has an inventory: every element a name and a place.
func FuzzInspect(f *testing.F) {
	f.Add([]byte("openapi: 3.1.0\ninfo: {title: T, version: 2024-01-01~beta}\npaths: {/a: {get: {deprecated: soon, x-sunset: 2027-06-30, parameters: [{name: a, in: query, x-deprecation: {reason: x}}], responses: {}}}}\n"))
	f.Add([]byte("openapi: 3.0.0\ncomponents: {schemas: {A: {properties: {a: {$ref: '#/components/schemas/A'}}, allOf: [{$ref: '#/components/schemas/A'}], deprecated: true}}}\n"))
	f.Add([]byte("swagger: '2.0'\npaths: {/a: {post: {parameters: [{in: body, schema: {items: [{properties: {a: {}}}]}}]}}}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := openapi.Parse("api.yaml", data)
		if err != nil {
			return
		}
		inv := lifecycle.Inspect(doc)
		for i := range inv.Elements {
			if e := &inv.Elements[i]; e.Name == "" || e.Location.Line == 0 {
				t.Fatalf("element without a name or a place: %+v", e)
			}
		}
		judge(t, inv)
	})
}

// Any schema has an inventory.
func FuzzInspectGraphQL(f *testing.F) {
	f.Add(`type Query { a: Int @deprecated(reason: "This was renamed. Please use ` + "`b`" + `. Deprecated in GitLab 15.1.") }`)
	f.Add(`"Deprecated in 15.1: Use b." enum E { A @deprecated(reason: "**Status**: Experiment. Introduced in GitLab 15.1.") }`)
	f.Add(`type Query { a: Int @deprecated(reason: "Use b. Removal on 2024-04-01 UTC.", deletionDate: "31/02/2027") }`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(text)})
		if err != nil {
			return
		}
		judge(t, lifecycle.InspectGraphQL(s))
	})
}

// judge runs what works on inventories.
func judge(t *testing.T, inv *lifecycle.Inventory) {
	policy, err := lifecycle.FindPolicy("gitlab-feature")
	if err != nil {
		t.Fatal(err)
	}
	c := lifecycle.NewCalendar(policy, today, inv)
	for i := 1; i < len(c.Entries); i++ {
		a, b := c.Entries[i-1].Gone, c.Entries[i].Gone
		if !a.Date.IsZero() && !b.Date.IsZero() && a.Date.After(b.Date) {
			t.Fatalf("%v stands before %v", a, b)
		}
	}
	if _, err := lifecycle.Check(t.Context(), &lifecycle.Subject{Inventories: []*lifecycle.Inventory{inv}, Policy: policy, Now: today}, checkPolicy); err != nil {
		t.Fatal(err)
	}
}

// A file of carriers is taken, or refused with places.
func FuzzParseCarriers(f *testing.F) {
	f.Add([]byte("openapi:\n  - {at: x-a/b, sets: sunset, as: date, layouts: [DD.MM.YYYY]}\nphrases:\n  - {in: [reason], match: '(?P<since>\\d+)', keep: true}\n"))
	f.Add([]byte("words: {beta: [a]}\ngraphql: [{at: '@a(b:)', sets: stability, as: level}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := lifecycle.ParseCarriers("carriers.yaml", data)
		if err != nil {
			isFileError(t, err)
			return
		}
		doc, err := openapi.Parse("api.yaml", []byte("openapi: 3.0.0\ninfo: {description: a}\npaths: {/a: {get: {x-a: {b: 01.02.2027}, deprecated: true, description: Deprecated in 1.2}}}\n"))
		if err != nil {
			t.Fatal(err)
		}
		lifecycle.DefaultCarriers().With(c).Inspect(doc)
	})
}

// A policy is taken, or refused with places; one that is taken can be asked.
func FuzzParsePolicy(f *testing.F) {
	f.Add([]byte("extends: gitlab\nstable: {days: 3, releases: 2, at: major}\nexceptions: [{element: '*', reason: a, owner: b, until: '2027-01-01'}]\n"))
	f.Add([]byte("stable: {releases: 9999}\nreleases: {first: '1.2', month: '2020-03', every_months: 2, major_in: november, days: [{weekday: friday, week: 5}]}\n"))
	f.Add([]byte("releases: {list: [{release: '1', date: '2020-01-01'}, {release: '2', date: '2021-01-01'}]}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := lifecycle.ParsePolicy("policy.yaml", data)
		if err != nil {
			isFileError(t, err)
			return
		}
		for _, since := range []lifecycle.Moment{{}, {Release: "1.2"}, {Release: "15.7"}, {Date: date("2020-05-01")}, {Date: date("9999-12-31")}} {
			for _, level := range []lifecycle.Stability{lifecycle.Unstated, lifecycle.Beta, lifecycle.Internal} {
				e := &lifecycle.Element{Surface: lifecycle.GraphQL, Name: "A.b", State: lifecycle.State{Deprecated: true, Since: since, Stability: level}}
				r := p.Removal(e, today)
				if r.Why == "" && r.Unknown == "" {
					t.Fatalf("no reason: %+v", r)
				}
				if r.Earliest != (lifecycle.Moment{}) && (r.Never || r.Unknown != "") {
					t.Fatalf("never or unknown, and yet %v", r.Earliest)
				}
				p.Timebox(e)
			}
		}
	})
}

func isFileError(t *testing.T, err error) {
	t.Helper()
	var file *lifecycle.FileError
	if !errors.As(err, &file) || len(file.Problems) == 0 || file.Problems[0].Line < 1 {
		t.Fatalf("error without a place: %v", err)
	}
}
