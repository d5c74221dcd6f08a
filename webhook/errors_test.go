package webhook_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
)

func TestNothingFound(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"openapi", "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {}", "f: no webhooks: looked for webhooks (OpenAPI 3.1), x-webhooks, callbacks of operations, and a schema of events with a list of their names"},
		{"asyncapi", "asyncapi: 2.0.0\nchannels: {}", "f: no webhooks: looked for topics (AsyncAPI 1) and channels (2, 3) with a message that has a payload"},
		{"schema", `{"$schema": "x", "definitions": {"a": {"type": "string"}}}`, "f: no webhooks: looked for a schema of an object, alternatives under oneOf or anyOf, and definitions"},
		{"an empty list", "[]", "no webhooks: looked for example payloads as JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := webhook.Read([]webhook.Source{{Name: "f", Data: []byte(tt.text)}}, webhook.Options{})
			var none *webhook.NoEventsError
			if !errors.As(err, &none) || err.Error() != tt.want {
				t.Errorf("Read: %v, want a NoEventsError: %s", err, tt.want)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	_, err := webhook.Read([]webhook.Source{{Name: "a.yaml", Data: []byte("openapi: 3.1.0\ninfo: [")}}, webhook.Options{})
	var broken *openapi.Error
	if !errors.As(err, &broken) {
		t.Errorf("Read of broken YAML: %v, want an *openapi.Error", err)
	}
	one := []byte("asyncapi: 2.0.0\nchannels: {}")
	_, err = webhook.Read([]webhook.Source{{Name: "a", Data: one}, {Name: "b", Data: one}}, webhook.Options{})
	var mixed *webhook.MixedError
	if !errors.As(err, &mixed) || !strings.Contains(err.Error(), "a, b") {
		t.Errorf("Read of two descriptions: %v, want a MixedError with both names", err)
	}
}

// TestReadPayloads reads payloads in the forms that files have them in.
func TestReadPayloads(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"one", `{"type": "a"}`, []string{"f a"}},
		{"lines", "{\"type\":\"a\"}\n\n{\"type\":\"b\"}\n", []string{"f:1 a", "f:3 b"}},
		{"a list", `[{"type":"b"}, {"type":"a"}]`, []string{"f#/1 a", "f#/0 b"}},
		{"events with examples", `[{"name":"x","examples":[{"n":1},{"n":2}]}]`, []string{"f#/0/examples/0 x", "f#/0/examples/1 x"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := read(t, []webhook.Source{{Name: "f", Data: []byte(tt.text)}}, "")
			var got []string
			for _, e := range m.Events {
				for _, x := range e.Examples {
					got = append(got, x.Name+" "+e.Name)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("payloads (-want +got):\n%s", diff)
			}
		})
	}
}

// TestExamplesBeside reads payloads beside a description: they are examples of
// its events.
func TestExamplesBeside(t *testing.T) {
	t.Parallel()
	m := read(t, []webhook.Source{
		{Name: "schema", Data: []byte(`{"definitions": {"a": {"type": "object", "properties": {"type": {"const": "made"}}}}}`)},
		{Name: "made.json", Data: []byte(`{"type": "made"}`)},
		{Name: "other.json", Data: []byte(`{"type": "other"}`)},
	}, "")
	var got []string
	for _, x := range m.Events[0].Examples {
		got = append(got, x.Name)
	}
	if diff := cmp.Diff([]string{"made.json"}, got); diff != "" {
		t.Errorf("examples (-want +got):\n%s", diff)
	}
}
