package drift_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/drift"
)

// described makes a description of one event with a schema, in YAML on a line.
func described(t testing.TB, version, schema string) (*openapi.Document, *drift.Description) {
	t.Helper()
	webhooks := "webhooks"
	if version < "3.1" {
		webhooks = "x-webhooks"
	}
	text := fmt.Sprintf("openapi: %s\ninfo: {title: Test, version: \"1\"}\npaths: {}\n%s:\n  told:\n    post:\n      requestBody: {content: {application/json: {schema: %s}}}\n"+
		"components:\n  schemas:\n    Name: {type: string}\n    Person: {type: object, required: [name], properties: {name: {$ref: \"#/components/schemas/Name\"}}}\n", version, webhooks, schema)
	doc, err := openapi.Parse("test.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc, drift.Of(doc, modelOf(doc))
}

var differences = []struct {
	name, version, schema, payload string
	want                           []string // kind, keyword, member, what was sent
}{
	{"nothing", "3.1.0", `{type: object, properties: {a: {type: string}}}`, `{"a": "x"}`, nil},
	{"missing", "3.1.0", `{type: object, required: [a, b]}`, `{}`, []string{"missing required a []", "missing required b []"}},
	{"null", "3.1.0", `{type: object, properties: {a: {type: string}}}`, `{"a": null}`, []string{"null type  []"}},
	{"null where a schema is referred to", "3.1.0", `{type: object, properties: {a: {$ref: "#/components/schemas/Person"}}}`, `{"a": null}`, []string{"null type  []"}},
	{"null in an enum", "3.1.0", `{type: object, properties: {a: {type: string, enum: [x]}}}`, `{"a": null}`, []string{"null type  []"}},
	{"null in an enum of nullable texts", "3.1.0", `{type: object, properties: {a: {type: [string, "null"], enum: [x]}}}`, `{"a": null}`, []string{"null enum  []"}},
	{"another type", "3.1.0", `{type: object, properties: {a: {type: string}}}`, `{"a": 7}`, []string{"type type  [integer]"}},
	{"another type, 3.0", "3.0.3", `{type: object, properties: {a: {type: string, nullable: true}}}`, `{"a": 7}`, []string{"type type  [integer]"}},
	{"null, 3.0", "3.0.3", `{type: object, properties: {a: {type: string}}}`, `{"a": null}`, []string{"null type  []"}},
	{"a fraction", "3.1.0", `{type: object, properties: {a: {type: integer}}}`, `{"a": 0.5}`, []string{"type type  [number]"}},
	{"not listed", "3.1.0", `{type: object, properties: {a: {enum: [x, y]}}}`, `{"a": "z"}`, []string{"enum enum  [z]"}},
	{"not the constant", "3.1.0", `{type: object, properties: {a: {const: x}}}`, `{"a": "z"}`, []string{"enum const  [z]"}},
	{"not of the format", "3.1.0", `{type: object, properties: {a: {type: string, format: date}}}`, `{"a": "today"}`, []string{"format format  [string]"}},
	{"too long", "3.1.0", `{type: object, properties: {a: {type: string, maxLength: 2}}}`, `{"a": "xyz"}`, []string{"value maxLength  [string]"}},
	{"unknown", "3.1.0", `{type: object, properties: {a: {}}}`, `{"b": {"c": [1]}}`, []string{"unknown  b [object]"}},
	{"forbidden", "3.1.0", `{type: object, additionalProperties: false}`, `{"b": 1}`, []string{"unknown additionalProperties b [integer]"}},
	{"unknown beside a pattern", "3.1.0", `{type: object, patternProperties: {"^x-": {}}, properties: {a: {}}}`, `{"x-b": 1, "y": 2}`, []string{"unknown  y [integer]"}},
	{"any members", "3.1.0", `{type: object, properties: {a: {}}, additionalProperties: {type: string}}`, `{"b": "x"}`, nil},
	{"no members described", "3.1.0", `{type: object}`, `{"b": "x"}`, nil},
	{"in a list", "3.1.0", `{type: object, properties: {a: {type: array, items: {type: object, properties: {b: {}}}}}}`, `{"a": [{"b": 1}, {"c": 1}, {"c": "x"}]}`, []string{"unknown  c [integer string]"}},
	{"in a tuple", "3.1.0", `{type: object, properties: {a: {prefixItems: [{type: object, properties: {b: {}}}], items: {type: string}}}}`, `{"a": [{"c": 1}, "x"]}`, []string{"unknown  c [integer]"}},
	{"put together", "3.1.0", `{allOf: [{$ref: "#/components/schemas/Person"}, {type: object, properties: {age: {type: integer}}}]}`, `{"age": 7, "size": 2}`, []string{"unknown  size [integer]", "missing required name []"}},
	{"null or an object", "3.1.0", `{type: object, properties: {a: {anyOf: [{type: "null"}, {$ref: "#/components/schemas/Person"}]}}}`, `{"a": {}}`, []string{"missing required name []"}},
	{"the closest alternative, by its tag", "3.1.0", `{oneOf: [{type: object, required: [t, a, b, c], properties: {t: {const: one}, a: {}, b: {}, c: {}}}, {type: object, required: [t], properties: {t: {const: two}}}]}`, `{"t": "one"}`,
		[]string{"missing required a []", "missing required b []", "missing required c []"}},
	{"two alternatives fit", "3.1.0", `{oneOf: [{type: object}, {type: object, required: [a]}]}`, `{"a": 1}`, []string{"value oneOf  [object]"}},
	{"needed beside another", "3.1.0", `{type: object, properties: {a: {}, b: {}}, dependentRequired: {a: [b]}}`, `{"a": 1}`, []string{"missing dependentRequired b []"}},
	{"then", "3.1.0", `{type: object, properties: {a: {}, b: {}}, if: {required: [a]}, then: {required: [b]}}`, `{"a": 1}`, []string{"missing required b []"}},
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, tt := range differences {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, d := described(t, tt.version, tt.schema)
			res, err := drift.Compare(t.Context(), d, []drift.Payload{{Name: "p", Event: "told", JSON: []byte(tt.payload)}})
			if err != nil {
				t.Fatal(err)
			}
			if !res.Complete {
				t.Fatalf("not judged: %+v", res.Incomplete)
			}
			if diff := cmp.Diff(tt.want, rows(res)); diff != "" {
				t.Errorf("places (-want +got):\n%s", diff)
			}
		})
	}
}

func rows(res *drift.Result) []string {
	var list []string
	for _, p := range res.Places {
		list = append(list, fmt.Sprintf("%s %s %s %v", p.Kind, p.Keyword, p.Member, p.Got))
	}
	return list
}

// TestMend shows that under the overlay every difference is gone, as another
// program applies it.
func TestMend(t *testing.T) {
	t.Parallel()
	for _, tt := range differences {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, d := described(t, tt.version, tt.schema)
			payloads := []drift.Payload{{Name: "p", Event: "told", JSON: []byte(tt.payload)}}
			res, err := drift.Compare(t.Context(), d, payloads)
			if err != nil {
				t.Fatal(err)
			}
			m, err := drift.Mend(t.Context(), res, payloads)
			if err != nil {
				t.Fatal(err)
			}
			if !m.Checked || m.Result.Counts.Exact != 1 || len(m.Left) > 0 {
				t.Errorf("under the overlay the payload is not as described: %q %v", m.Left, rows(m.Result))
			}
			if len(tt.want) == 0 {
				if len(m.Overlay.Actions) > 0 {
					t.Errorf("there is nothing to mend, and %d actions", len(m.Overlay.Actions))
				}
				return
			}
			if tt.version < "3.1" {
				return // the judge knows no nullable
			}
			description := overlaid(t, doc.Root().Value(), m.Overlay)
			if !newJudge(t, description).valid(t, "/webhooks/told/post/requestBody/content/application~1json/schema", []byte(tt.payload)) {
				t.Error("another validator refuses the payload under the overlay")
			}
		})
	}
}

// TestCompareEvents shows how the event of a payload is found.
func TestCompareEvents(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("test.yaml", []byte(`openapi: 3.1.0
info: {title: Test, version: "1"}
webhooks:
  ticket.opened: {post: {requestBody: {content: {application/json: {schema: {type: object, required: [ticket], properties: {action: {}, ticket: {}, event: {}}}}}}}}
  ticket.closed: {post: {requestBody: {content: {application/json: {schema: {type: object, required: [ticket, reason], properties: {action: {}, ticket: {}, reason: {}}}}}}}}
  sub_issues: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {sub: {}}}}}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name    string
		payload drift.Payload
		want    string // the webhook, or why there is none
	}{
		{"told with the delivery", drift.Payload{Event: "ticket", Action: "closed", JSON: []byte(`{}`)}, "ticket.closed"},
		{"told in the payload", drift.Payload{JSON: []byte(`{"event": "ticket", "action": "opened", "ticket": 1}`)}, "ticket.opened"},
		{"called otherwise", drift.Payload{Event: "Sub-Issues", JSON: []byte(`{}`)}, "sub_issues"},
		{"by the name of the file", drift.Payload{Name: "in/sub-issues-1.json", JSON: []byte(`{"x": 1}`)}, "sub_issues"},
		{"by its members", drift.Payload{Name: "1.json", JSON: []byte(`{"sub": 1}`)}, "sub_issues"},
		{"by its members and action", drift.Payload{Name: "1.json", JSON: []byte(`{"action": "closed", "ticket": 1, "reason": 2}`)}, "ticket.closed"},
		{"no action of the event", drift.Payload{Event: "ticket", Action: "lost", JSON: []byte(`{}`)}, `error: "ticket lost" is sent once, and no webhook is described for it; described is the actions opened, closed`},
		{"no event", drift.Payload{Event: "tickets", JSON: []byte(`{}`)}, `error: "tickets" is sent once, and no webhook is described for it; described is ticket`},
		{"nothing tells it", drift.Payload{Name: "1.json", JSON: []byte(`{"x": 1}`)}, "incomplete: nothing says which event"},
		{"no JSON", drift.Payload{Event: "ticket", JSON: []byte(`{"x": `)}, "incomplete: the payload is no JSON"},
		{"YAML", drift.Payload{Event: "ticket", JSON: []byte("x: 1\n")}, "incomplete: the payload is no JSON"},
		{"too large", drift.Payload{Event: "ticket", JSON: []byte(strings.Repeat(" ", drift.MaxPayload+1))}, "incomplete: the payload is larger than 25 MiB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := drift.Of(doc, modelOf(doc))
			res, err := drift.Compare(t.Context(), d, []drift.Payload{tt.payload})
			if err != nil {
				t.Fatal(err)
			}
			var got string
			switch {
			case len(res.Incomplete) > 0:
				got = "incomplete: " + res.Incomplete[0].Message
			case res.Payloads[0].Webhook == "":
				got = "error: " + res.Places[0].Message()
			default:
				got = res.Payloads[0].Webhook
			}
			if !strings.HasPrefix(got, tt.want) {
				t.Errorf("the payload is held against %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzCompare(f *testing.F) {
	for _, tt := range differences {
		f.Add(tt.schema, tt.payload)
	}
	f.Add(`{type: object, properties: {"a'\\]b": {type: string}, "": {enum: []}}}`, `{"a'\\]b": 1, "": 2}`)
	f.Fuzz(func(t *testing.T, schema, payload string) {
		if strings.ContainsAny(schema, "\r\n") {
			return
		}
		doc, err := openapi.Parse("test.yaml", []byte("openapi: 3.1.0\ninfo: {title: Test, version: \"1\"}\nwebhooks: {told: {post: {requestBody: {content: {application/json: {schema: "+schema+"}}}}}}\n"))
		if err != nil {
			return
		}
		payloads := []drift.Payload{{Name: "p", Event: "told", JSON: []byte(payload)}}
		res, err := drift.Compare(t.Context(), drift.Of(doc, modelOf(doc)), payloads)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range res.Places {
			if p.Count < p.Payloads || p.Payloads != 1 || p.Message() == "" {
				t.Errorf("place %+v", p)
			}
		}
		if !res.Complete {
			return
		}
		m, err := drift.Mend(t.Context(), res, payloads)
		if err != nil {
			t.Fatalf("Mend: %v", err)
		}
		if before, after := len(res.Places), len(m.Result.Places); after > 0 && before == 0 {
			t.Errorf("the overlay makes %d differences of none", after)
		}
	})
}
