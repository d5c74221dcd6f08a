package view_test

import (
	"testing"
	"time"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
)

var today = time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)

const restText = `openapi: 3.1.0
info: {title: Library, version: "1.0"}
paths:
  /loans:
    get:
      deprecated: true
      x-sunset: 2026-06-30
      x-deprecated-at: 2026-01-31
      x-replaced-by: GET /borrowings
      responses: {"200": {description: OK}}
  /fines:
    get:
      deprecated: true
      x-deprecation: {sunset: 2027-06-30, reason: "Fines, and all that; \\ are gone"}
      parameters: [{$ref: '#/components/parameters/Page'}, {name: sort, in: query, deprecated: true, schema: {type: string}}]
      responses: {"200": {description: OK}}
  /borrowings:
    get:
      parameters: [{$ref: '#/components/parameters/Page'}]
      responses: {"200": {description: OK}}
  "/o'hara/{id}":
    get:
      x-stability: beta
      deprecated: true
      x-deprecated-since: "19.1"
      responses: {"200": {description: OK}}
webhooks:
  overdueFound:
    post: {deprecated: true, x-sunset: 2027-01-15, responses: {"200": {description: OK}}}
components:
  parameters:
    Page: {name: page, in: query, deprecated: true, x-sunset: 2026-12-01, schema: {type: integer}}
`

const gqlText = `type Query {
  loans: Int @deprecated(reason: "This was renamed. Please use ` + "`Query.borrowings`" + `. Deprecated in GitLab 18.7.")
  borrowings: Int
  shelves: Int @deprecated(reason: "**Status**: Experiment. Introduced in GitLab 19.1.")
  "<b>bold</b>"
  fines: Int @deprecated(reason: "Gone | <script>alert(1)</script>")
}
`

// fixture is the calendar of two small descriptions by a policy.
func fixture(t testing.TB) (c *lifecycle.Calendar, doc *openapi.Document, inventories []*lifecycle.Inventory) {
	t.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(restText))
	if err != nil {
		t.Fatal(err)
	}
	s, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(gqlText)})
	if err != nil {
		t.Fatal(err)
	}
	policy, err := lifecycle.ParsePolicy("policy.yaml", []byte("id: acme\ncalendar: gitlab\nstable: {releases: 6, at: major}\nbeta: {releases: 3}\n"))
	if err != nil {
		t.Fatal(err)
	}
	inventories = []*lifecycle.Inventory{lifecycle.Inspect(doc), lifecycle.InspectGraphQL(s)}
	return lifecycle.NewCalendar(policy, today, inventories...), doc, inventories
}
