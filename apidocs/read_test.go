package apidocs_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

func TestReadNothing(t *testing.T) {
	t.Parallel()
	if _, err := apidocs.Read(apidocs.Input{}); !errors.Is(err, apidocs.ErrEmpty) {
		t.Errorf("got %v, want ErrEmpty", err)
	}
}

// TestRead shows where everything of two descriptions is.
func TestRead(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.yaml", []byte(`openapi: 3.1.0
info: {title: Notes, version: "1", description: Short texts.}
tags: [{name: notes, summary: Notes and boards}]
paths:
  /notes:
    get: {operationId: notes/list, tags: [notes], summary: List notes, deprecated: true}
    post: {operationId: createNote, tags: [notes], description: Writes one. And more.}
  /Notes/{id}: {get: {}}
  /boards: {get: {operationId: list, tags: [notes]}}
webhooks:
  note-created: {post: {operationId: note/created}}
  note-gone: {post: {operationId: note/gone}}
  ping: {post: {}}
components: {schemas: {Note: {type: object}, note: {type: string}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: "s.graphql", Data: []byte("type Query { note(id: ID!): Note } type Mutation { addNote: Note } type Note { id: ID! } enum Color { RED }")})
	if err != nil {
		t.Fatal(err)
	}
	ref, err := apidocs.Read(apidocs.Input{OpenAPI: []*openapi.Document{doc}, GraphQL: schema, NoPaths: true, Attached: apidocs.Attached{
		Twins: []apidocs.Twin{{REST: "POST /notes", GraphQL: "Mutation.addNote"}, {REST: "GET /nothing", GraphQL: "Query.note"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range ref.Entries {
		line := string(e.Group.Area) + " | " + e.Group.Title + " | " + e.Path + " | " + e.Title + " | " + e.Summary
		if e.Deprecated {
			line += " | deprecated"
		}
		for _, twin := range e.Twins {
			line += " | = " + twin.Entry.ID
		}
		got = append(got, line)
	}
	want := []string{
		"rest | Notes and boards | rest/notes/list | List notes | List notes | deprecated",
		"rest | Notes and boards | rest/notes/create-note | POST /notes | Writes one. | = Mutation.addNote",
		"rest | Notes and boards | rest/notes/list-2 | GET /boards | ",
		"rest | Notes | rest/notes-2/get-notes-id | GET /Notes/{id} | ",
		"rest | Types | rest/types/note | Note | ",
		"rest | Types | rest/types/note-2 | note | ",
		"webhooks | note | webhooks/note/note-created | note-created | ",
		"webhooks | note | webhooks/note/note-gone | note-gone | ",
		"webhooks | events | webhooks/events/ping | ping | ",
		"graphql | Queries | graphql/queries/note | note | ",
		"graphql | Mutations | graphql/mutations/add-note | addNote | ",
		"graphql | Objects | graphql/objects/note | Note | ",
		"graphql | Enums | graphql/enums/color | Color | ",
	}
	want[10] += " | = POST /notes"
	if diff := cmp.Diff(strings.Join(want, "\n"), strings.Join(got, "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if ref.Title != "Notes" || ref.Version != "1" || ref.Description != "Short texts." {
		t.Errorf("got %q %q %q", ref.Title, ref.Version, ref.Description)
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"listIssues": "list-issues", "HTTPServer": "http-server", "POST /a/{id}": "post-a-id", "": "x", "../..": "x", "index": "index-x",
		"a__b": "a-b", "IDs": "i-ds", "v2Beta": "v2-beta", "Größe": "größe", "a\x00b": "a-b", "CON": "con", strings.Repeat("long", 100): strings.Repeat("long", 20)[:79],
	} {
		if got := apidocs.Slug(name); got != want {
			t.Errorf("Slug(%q) is %q, want %q", name, got, want)
		}
	}
}

func TestFirstSentence(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                      "",
		"One. Two.":             "One.",
		"One\ntwo. Three":       "One two.",
		"Lists, e.g. all. More": "Lists, e.g. all.",
		"See [the *guide*](https://x.y/z) first. Then": "See the guide first.",
		"# Heading\n\nText":                            "Heading",
		"`code` and **bold**":                          "code and bold",
		"v1.2 of it":                                   "v1.2 of it",
		"a <b>tag</b> here":                            "a tag here",
		"a < b":                                        "a < b",
		strings.Repeat("word ", 100):                   strings.TrimSpace(strings.Repeat("word ", 48))[:239] + "…",
	} {
		if got := apidocs.FirstSentence(text); got != want {
			t.Errorf("FirstSentence(%q) is %q, want %q", text, got, want)
		}
	}
}

func TestShape(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.json", []byte(`{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":{},"components":{"schemas":{
"A":{"type":"object","required":["b"],"properties":{"a":{"type":"string"}},"allOf":[{"$ref":"#/components/schemas/B"},{"required":["a"]}]},
"B":{"type":"object","properties":{"b":{"type":"integer","nullable":true,"minimum":1,"exclusiveMinimum":true,"maximum":9},"list":{"type":"array","items":{"type":"array","items":{"$ref":"#/components/schemas/A"}}},
"only":{"allOf":[{"$ref":"#/components/schemas/A"}],"description":"words"},"either":{"oneOf":[{"type":"string"},{"type":"integer"}]},"map":{"type":"object","additionalProperties":{"type":"string"}},"self":{"$ref":"#/components/schemas/Loop"}}},
"Loop":{"allOf":[{"$ref":"#/components/schemas/Loop"}]}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	ref, err := apidocs.Read(apidocs.Input{OpenAPI: []*openapi.Document{doc}})
	if err != nil {
		t.Fatal(err)
	}
	a := ref.Shape(doc, doc.Root().Find("components", "schemas", "A"))
	var got []string
	for _, p := range a.Properties {
		s := ref.Shape(doc, p.Schema)
		line := p.Name + ": " + s.Type
		if s.Nullable {
			line += " or null"
		}
		if p.Required {
			line += ", required"
		}
		for _, l := range s.Limits {
			line += ", " + l
		}
		if s.Entry != nil {
			line += ", page " + s.Entry.Path
		}
		got = append(got, line)
	}
	want := []string{
		"a: string, required",
		"b: integer or null, required, more than 1, at most 9",
		"list: array of arrays of A",
		"only: object, page rest/types/a",
		"either: one of",
		"map: object",
		"self: any, page rest/types/loop",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTexts reads pages that people wrote, and says what in them leads nowhere.
func TestTexts(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.yaml", []byte("openapi: 3.1.0\ninfo: {title: Notes, version: '1'}\npaths:\n  /v1/notes: {get: {operationId: listNotes, summary: 'All [notes]', parameters: [{name: page, in: query}], responses: {'404': {description: gone}}}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	in := apidocs.Input{OpenAPI: []*openapi.Document{doc}, Texts: []apidocs.Text{{
		Name: "02-tour", File: "guides/02-tour.md",
		Markdown: "\n# A tour\n\nSee [all](<ref:GET /v1/notes>).\n\n{{ sample listNotes curl }}\n{{operation GET /v1/notes}}\n\n```\n{{ operation nothing }}\n```\n",
	}}}
	ref, err := apidocs.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range ref.Pages {
		got = append(got, p.Path+": "+p.Title)
	}
	want := []string{"guides/first-call: First call", "guides/pagination: Lists and their pages", "guides/errors: Errors", "guides/tour: A tour"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	got = nil
	for _, b := range ref.Pages[3].Blocks {
		line := strings.TrimSpace(b.Markdown)
		if b.Entry != nil {
			line = b.Entry.ID + " " + b.Sample
		}
		got = append(got, line)
	}
	want = []string{"See [all](ref:rest/notes/list-notes).", "GET /v1/notes curl", "GET /v1/notes ", "```\n{{ operation nothing }}\n```"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}

	in.Texts = []apidocs.Text{{Name: "x", Markdown: "[a](ref:nothing)\n{{ operation GET /boards }}\n{{ sample listNotes Cobol }}\n{{ picture x }}\n"}}
	_, err = apidocs.Read(in)
	want = []string{
		`x:1: a link leads to "nothing", which the descriptions do not have`,
		`x:2: there is no operation "GET /boards" in the descriptions`,
		`x:3: a sample is {{ sample OPERATION LANGUAGE }}, and the language one of curl, Go, JavaScript, Python`,
		`x:4: "picture" can stand for nothing here; it is one of operation, webhook, schema, field, type, sample`,
	}
	if err == nil {
		t.Fatal("no error")
	}
	if diff := cmp.Diff(strings.Join(want, "\n"), err.Error()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var one *apidocs.TextError
	if !errors.As(err, &one) || one.Line != 1 {
		t.Errorf("got %#v", err)
	}
}

// TestReceiving reads the guide to webhooks of descriptions with different
// headers.
func TestReceiving(t *testing.T) {
	t.Parallel()
	for headers, want := range map[string][]string{
		"X-Hub-Signature-256 X-GitHub-Delivery":          {"hex.EncodeToString", `r.Header.Get("X-Hub-Signature-256")`, "Keep the value of `X-GitHub-Delivery`"},
		"webhook-id webhook-timestamp webhook-signature": {"base64.StdEncoding", "whsec_", "Keep the value of `webhook-id`"},
		"X-Acme-Signature":                               {"The signature is in `X-Acme-Signature`", "bears being done twice"},
		"X-Other":                                        {"- `X-Other`", "bears being done twice"},
	} {
		var parameters []string
		for name := range strings.FieldsSeq(headers) {
			parameters = append(parameters, "{name: "+name+", in: header, schema: {type: string}}")
		}
		doc, err := openapi.Parse("api.yaml", []byte("openapi: 3.1.0\ninfo: {title: T, version: '1'}\nwebhooks: {made: {post: {parameters: ["+strings.Join(parameters, ", ")+"], requestBody: {content: {application/json: {schema: {type: object}}}}}}}\n"))
		if err != nil {
			t.Fatal(err)
		}
		ref, err := apidocs.Read(apidocs.Input{OpenAPI: []*openapi.Document{doc}})
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, p := range ref.Paths() {
			text += p.Markdown
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: the guide does not say %q:\n%s", headers, w, text)
			}
		}
		if headers == "X-Other" && strings.Contains(text, "signature") && !strings.Contains(text, "// Verify the signature") {
			t.Errorf("%s: the guide speaks of a signature:\n%s", headers, text)
		}
	}
}
