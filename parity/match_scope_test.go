package parity_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMatchScope sees what a path leads through decide between fields of the
// same name.
func TestMatchScope(t *testing.T) {
	t.Parallel()
	const (
		beds  = "beds(label: String): [Bed!]!"
		rooms = "  /v1/rooms:\n"
		list  = `: {get: {responses: {"200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/appointment"}}}}}}}}` + "\n"
	)
	for _, test := range []struct {
		name, operation string
		rest, schema    [2]string // what is replaced by what
		want            []string
	}{
		{
			name:      "a field that is deprecated in favour of another",
			operation: "GET /v1/rooms/{room_id}/beds",
			schema:    [2]string{beds, beds + ` @deprecated(reason: "Use Room.bedList instead.") bedList(label: String): [Bed!]!`},
			want:      []string{"Room.bedList", "Room.beds"},
		},
		{
			name:      "a deprecation that names no field",
			operation: "GET /v1/rooms/{room_id}/beds",
			schema:    [2]string{beds, beds + ` @deprecated(reason: "Beds go.")`},
			want:      []string{"Room.beds"},
		},
		{
			name:      "a list within something nearer",
			operation: "GET /v1/doctors/{doctor_id}/shifts/{shift_id}/appointments",
			rest:      [2]string{rooms, "  /v1/doctors/{doctor_id}/shifts/{shift_id}/appointments" + list + rooms},
			want:      []string{},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			res := compared(t, strings.Replace(clinic, test.rest[0], test.rest[1], 1), strings.Replace(clinicSchema, test.schema[0], test.schema[1], 1))
			for _, op := range res.Operations {
				if op.Operation != test.operation {
					continue
				}
				if diff := cmp.Diff(test.want, op.GraphQL); diff != "" {
					t.Errorf("counterparts (-want +got):\n%s", diff)
				}
				return
			}
			t.Errorf("no operation %s", test.operation)
		})
	}
}

// TestMatchBroader sees a path's word be one of what a type is called: a
// branch is a reference.
func TestMatchBroader(t *testing.T) {
	t.Parallel()
	const rest = `openapi: 3.0.3
info: {title: Forge, version: "1"}
paths:
  /repositories/{repository_id}:
    get: {responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/repository"}}}}}}
  /repositories/{repository_id}/branches/{branch}/protection:
    get: {responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/protection"}}}}}}
components:
  schemas:
    repository: {type: object, properties: {id: {type: string}, slug: {type: string}, homepage: {type: string}}}
    protection: {type: object, properties: {signed: {type: boolean}, linear: {type: boolean}, approvals: {type: integer}}}
`
	const schema = `
type Query { repository(id: ID!): Repository }
type Repository { id: ID! slug: String homepage: String ref(name: String!): Ref }
type Ref { name: String protection: Protection }
type Protection { signed: Boolean linear: Boolean approvals: Int }
`
	for _, op := range compared(t, rest, schema).Operations {
		if strings.HasSuffix(op.Operation, "protection") {
			if diff := cmp.Diff([]string{"Ref.protection"}, op.GraphQL); diff != "" {
				t.Errorf("%s (-want +got):\n%s\n%v", op.Operation, diff, op.Why)
			}
		}
	}
}
