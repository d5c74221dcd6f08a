package parity_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// clinic is a REST API that shows every kind of counterpart.
const clinic = `openapi: 3.0.3
info: {title: Clinic, version: "1"}
paths:
  /v1/doctors:
    get: {responses: {"200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/doctor"}}}}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/doctor-input"}}}}
      responses: {"201": {content: {application/json: {schema: {$ref: "#/components/schemas/doctor"}}}}}
  /v1/doctors/{doctor_id}:
    get: {responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/doctor"}}}}}}
    patch:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/doctor-input"}}}}
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/doctor"}}}}}
    delete: {responses: {"204": {description: gone}}}
  /v1/doctors/{doctor_id}/appointments:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {"200": {content: {application/json: {schema: {type: object, properties: {total_count: {type: integer}, appointments: {type: array, items: {$ref: "#/components/schemas/appointment"}}}}}}}}
  /v1/appointments/{appointment_id}:
    get: {responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/appointment"}}}}}}
  /v1/appointments/{appointment_id}/cancel:
    post: {responses: {"204": {description: done}}}
  /v1/appointments/{appointment_id}/lock:
    put: {responses: {"204": {description: done}}}
    delete: {responses: {"204": {description: done}}}
  /v1/rooms:
    get: {responses: {"200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/room"}}}}}}}
  /v1/rooms/{room_id}:
    get: {responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/room"}}}}}}
  /v1/rooms/{room_id}/beds:
    get: {responses: {"200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/bed"}}}}}}}
  /v1/rooms/{room_id}/beds/{label}:
    get: {responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/bed"}}}}}}
  /v1/patients/{patient_id}/invoices:
    get: {responses: {"200": {content: {application/json: {schema: {type: array, items: {type: object, properties: {sum: {type: number}}}}}}}}}
  /v1/backups:
    post: {responses: {"202": {description: begun}}}
components:
  schemas:
    doctor:
      type: object
      properties: {id: {type: integer}, full_name: {type: string}, speciality: {type: string}, licensed_at: {type: string, format: date-time}}
    doctor-input:
      type: object
      properties: {full_name: {type: string}, speciality: {type: string}}
    appointment:
      type: object
      properties: {id: {type: integer}, starts_at: {type: string, format: date-time}, complaint: {type: string}, locked: {type: boolean}}
    room: {type: object, properties: {id: {type: integer}, floor: {type: integer}, ventilated: {type: boolean}}}
    bed: {type: object, properties: {label: {type: string}, occupied: {type: boolean}, mattress: {type: string}}}
`

const clinicSchema = `
type Query {
  doctors: [Doctor!]!
  doctor(id: ID!): Doctor
  rooms: [Room!]!
  node(id: ID!): Node
}
interface Node { id: ID! }
interface Lockable { locked: Boolean! }
scalar DateTime
type Doctor implements Node { id: ID! fullName: String! speciality: String licensedAt: DateTime appointments(first: Int, after: String): AppointmentConnection! }
type AppointmentConnection { nodes: [Appointment!] totalCount: Int! pageInfo: PageInfo! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Appointment implements Node & Lockable { id: ID! startsAt: DateTime! complaint: String locked: Boolean! }
type Room { floor: Int ventilated: Boolean beds(label: String): [Bed!]! }
type Bed { label: String! occupied: Boolean! mattress: String }
type Mutation {
  createDoctor(input: CreateDoctorInput!): CreateDoctorPayload
  updateDoctor(input: UpdateDoctorInput!): UpdateDoctorPayload
  deleteDoctor(input: DeleteDoctorInput!): DeleteDoctorPayload
  cancelAppointment(id: ID!): Appointment
  lockLockable(lockableId: ID!): LockLockablePayload
  unlockLockable(lockableId: ID!): UnlockLockablePayload
}
input CreateDoctorInput { fullName: String! speciality: String }
input UpdateDoctorInput { id: ID! fullName: String speciality: String }
input DeleteDoctorInput { id: ID! }
type CreateDoctorPayload { doctor: Doctor clientMutationId: String }
type UpdateDoctorPayload { doctor: Doctor clientMutationId: String }
type DeleteDoctorPayload { doctor: Doctor clientMutationId: String }
type LockLockablePayload { record: Lockable clientMutationId: String }
type UnlockLockablePayload { record: Lockable clientMutationId: String }
`

// compared matches two texts.
func compared(t *testing.T, rest, schema string) *parity.Result {
	t.Helper()
	doc, err := openapi.Parse("openapi.yaml", []byte(rest))
	if err != nil {
		t.Fatal(err)
	}
	gql, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(schema)})
	if err != nil {
		t.Fatal(err)
	}
	res, err := parity.Match(t.Context(), doc, gql, parity.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// decided writes what became of each operation.
func decided(res *parity.Result) []string {
	var lines []string
	for _, o := range res.Operations {
		line := o.Operation + ": " + string(o.Status)
		if o.Reason != "" {
			line += " " + string(o.Reason)
		}
		if len(o.GraphQL) > 0 {
			line += " " + o.GraphQL[0]
		}
		lines = append(lines, line)
	}
	return lines
}

func TestMatch(t *testing.T) {
	t.Parallel()
	res := compared(t, clinic, clinicSchema)
	want := strings.Fields(strings.ReplaceAll(`
GET·/v1/appointments/{appointment_id}:·partial·node-id·Query.node
POST·/v1/appointments/{appointment_id}/cancel:·match·Mutation.cancelAppointment
DELETE·/v1/appointments/{appointment_id}/lock:·match·Mutation.unlockLockable
PUT·/v1/appointments/{appointment_id}/lock:·match·Mutation.lockLockable
POST·/v1/backups:·none
GET·/v1/doctors:·match·Query.doctors
POST·/v1/doctors:·match·Mutation.createDoctor
DELETE·/v1/doctors/{doctor_id}:·match·Mutation.deleteDoctor
GET·/v1/doctors/{doctor_id}:·match·Query.doctor
PATCH·/v1/doctors/{doctor_id}:·match·Mutation.updateDoctor
GET·/v1/doctors/{doctor_id}/appointments:·match·Doctor.appointments
GET·/v1/patients/{patient_id}/invoices:·none
GET·/v1/rooms:·match·Query.rooms
GET·/v1/rooms/{room_id}:·partial·via-scan·Query.rooms
GET·/v1/rooms/{room_id}/beds:·match·Room.beds
GET·/v1/rooms/{room_id}/beds/{label}:·partial·via-filter·Room.beds
`, " ", ""))
	for i := range want {
		want[i] = strings.ReplaceAll(want[i], "·", " ")
	}
	if diff := cmp.Diff(want, decided(res)); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	types := map[string]string{}
	for _, typ := range res.Types {
		types[typ.Name] = typ.GraphQL
	}
	if diff := cmp.Diff(map[string]string{"doctor": "Doctor", "doctor-input": "", "appointment": "Appointment", "room": "Room", "bed": "Bed"}, types); diff != "" {
		t.Errorf("types (-want +got):\n%s", diff)
	}
	for _, o := range res.Operations {
		if o.Status != parity.StatusNone && len(o.Why) == 0 {
			t.Errorf("%s: nothing says why", o.Operation)
		}
		if o.Confidence < 0 || o.Confidence > 1 {
			t.Errorf("%s: confidence %v", o.Operation, o.Confidence)
		}
	}
}

func TestDeclared(t *testing.T) {
	t.Parallel()
	const rest = `openapi: 3.0.3
info: {title: Zoo, version: "1"}
paths:
  /api/animals: {get: {responses: {"200": {description: all}}}}
  /api/cages/{id}: {get: {responses: {"200": {description: one}}}}
  /api/feedings: {post: {x-graphql: Mutation.nourish, responses: {"201": {description: done}}}}
`
	const schema = `
directive @connect(http: JSON) on FIELD_DEFINITION
scalar JSON
type Query {
  "Mirrors GET /api/animals, page by page."
  menagerie: [String]
  enclosure(ref: ID!): String @connect(http: {GET: "https://zoo.example.org/api/cages/{$args.ref}"})
}
type Mutation { nourish: String }
`
	res := compared(t, rest, schema)
	want := []string{
		"GET /api/animals: match Query.menagerie",
		"GET /api/cages/{id}: match Query.enclosure",
		"POST /api/feedings: match Mutation.nourish",
	}
	if diff := cmp.Diff(want, decided(res)); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	for _, o := range res.Operations {
		if o.Source != parity.Declared || o.Confidence != 1 || len(o.Why) != 1 {
			t.Errorf("%s: %s, %v, %v", o.Operation, o.Source, o.Confidence, o.Why)
		}
	}
}

func TestNotAPair(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("clinic.yaml", []byte(clinic))
	if err != nil {
		t.Fatal(err)
	}
	gql, err := graphql.Parse(graphql.File{Name: "stars.graphql", Data: []byte("type Query { galaxy(redshift: Float): Galaxy } type Galaxy { redshift: Float luminosity: Float }")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = parity.Match(t.Context(), doc, gql, parity.Options{})
	var pair *parity.NotAPairError
	if !errors.As(err, &pair) {
		t.Fatalf("Match returned %v, want a *NotAPairError", err)
	}
	want := "clinic.yaml and stars.graphql do not look like descriptions of one product: of 16 operations and 5 schemas none corresponds to any of 1 root field and 2 types"
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
}

func TestMatchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("clinic.yaml", []byte(clinic))
	if err != nil {
		t.Fatal(err)
	}
	gql, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(clinicSchema)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := parity.Match(ctx, doc, gql, parity.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Match returned %v, want %v", err, context.Canceled)
	}
}
