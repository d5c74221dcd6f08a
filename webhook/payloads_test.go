package webhook_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook"
)

func TestFromPayloads(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		provider *webhook.Provider
		payloads []webhook.Payload
		want     string
	}{
		{
			name: "what is always there is required, what was null once is nullable",
			payloads: payloads(
				`{"type":"paid","id":1,"note":null,"at":"2024-05-01T10:00:00Z","created":1714557600,"price":1}`,
				`{"type":"paid","id":2,"note":"x","at":"2024-05-01 10:00:00 UTC","created":1714557601,"price":1.5,"tip":true}`),
			want: `
event paid Paid
Paid object
  Type string = "paid"
  ID integer
  Note string|null
  At time
  Created time
  Price number
  Tip boolean?
`,
		},
		{
			name: "null alone, empty lists and empty objects say nothing",
			payloads: payloads(
				`{"type":"a","gone":null,"list":[],"object":{},"filled":[{"x":1},{"y":2}],"other":[null,"x"]}`),
			want: `
event a A
A object
  Type string = "a"
  Gone any
  List []any
  Object map of any
  Filled []Filled
  Other []string|null
Filled object
  X integer?
  Y integer?
`,
		},
		{
			name: "keys that are data make a map",
			payloads: payloads(
				`{"type":"a","by_id":{"17":"x","23":"y"},"by_path":{"/a":{"n":1}},"mixed":{"1":"x","2":3},"plain":{"one":"x"}}`),
			want: `
event a A
A object
  Type string = "a"
  ByID map of string
  ByPath map of ByPath
  Mixed Mixed
  Plain Plain
ByPath object
  N integer
Mixed object
  X1 string
  X2 integer
Plain object
  One string
`,
		},
		{
			name: "a value of several kinds is a union",
			payloads: payloads(
				`{"type":"a","v":1}`, `{"type":"a","v":"x"}`, `{"type":"a","v":{"k":true}}`),
			want: `
event a A
A object
  Type string = "a"
  V V
V union
  | string 
  | integer 
  | VObject 
VObject object
  K boolean
`,
		},
		{
			name: "events by the member that has their name, actions apart",
			payloads: payloads(
				`{"event":"issue","action":"opened","n":1}`, `{"event":"issue","action":"closed","n":1}`, `{"event":"push","n":2}`),
			want: `
event issue closed IssueClosed
event issue opened IssueOpened
event push Push
IssueClosed object
  Event string = "issue"
  Action string = "closed"
  N integer
IssueOpened object
  Event string = "issue"
  Action string = "opened"
  N integer
Push object
  Event string = "push"
  N integer
`,
		},
		{
			name:     "a provider that does not split actions",
			provider: &webhook.Provider{Name: "x", Routing: webhook.Routing{EventHeader: "X-Event", EventPointers: []string{"/kind"}, ActionPointers: []string{"/action"}}},
			payloads: []webhook.Payload{
				{Name: "1", JSON: []byte(`{"kind":"issue","action":"opened"}`)},
				{Name: "2", JSON: []byte(`{"kind":"other","action":"closed"}`), Header: map[string][]string{"X-Event": {"issue"}}},
			},
			want: `
event issue Issue
Issue object
  Kind string
  Action string
`,
		},
		{
			name:     "the file says what nothing else does",
			payloads: []webhook.Payload{{Name: "hooks/user-created.json", JSON: []byte(`{"id":1}`)}, {Name: "b.json", Event: "known", JSON: []byte(`{}`)}},
			want: `
event known Known
event user-created UserCreated (guessed)
Known object
UserCreated object
  ID integer
routing : no header and no member of the payload has the name of the event as its one value in 1 of 2 events, which are called after what describes them: this one "user-created"
`,
		},
		{
			name:     "few values in many texts are an enum",
			payloads: repeated(12, `{"type":"a","state":"open","word":"w"}`, `{"type":"a","state":"closed","word":"W W"}`),
			want: `
event a A
A object
  Type string = "a"
  State AState
  Word string
AState enum
  Closed "closed"
  Open "open"
`,
		},
		{
			name:     "a list as payload",
			payloads: payloads(`[1]`),
			want: `
event 1 X1 (guessed)
X1 object
payload : the payload of "1" is no object; any object stands in its place
`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m, err := webhook.FromPayloads(tt.payloads, webhook.Options{Provider: tt.provider})
			if err != nil {
				t.Fatal(err)
			}
			checkModel(t, m)
			_, got, _ := strings.Cut(summary(m), "\n")
			if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), got); diff != "" {
				t.Errorf("FromPayloads (-want +got):\n%s", diff)
			}
		})
	}
}

func payloads(texts ...string) []webhook.Payload {
	var out []webhook.Payload
	for i, text := range texts {
		out = append(out, webhook.Payload{Name: string(rune('1' + i)), JSON: []byte(text)})
	}
	return out
}

func repeated(n int, texts ...string) []webhook.Payload {
	var out []webhook.Payload
	for range n {
		out = append(out, payloads(texts...)...)
	}
	return out
}

func TestNoPayload(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"cut off", "{\"a\":\n  [1,", `p.json:2:5: the payload is no JSON: unexpected end of JSON input`},
		{"a wrong character", "{\n \"ä\": x}", `p.json:2:7: the payload is no JSON: invalid character 'x' looking for beginning of value`},
		{"empty", "", `p.json:1:1: the payload is no JSON: unexpected end of JSON input`},
		{"too deep", strings.Repeat("[", 1200) + strings.Repeat("]", 1200), `p.json: the payload is no JSON: values nest more than 1000 deep`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := webhook.FromPayloads([]webhook.Payload{{Name: "p.json", JSON: []byte(tt.text)}}, webhook.Options{})
			var wrong *webhook.PayloadError
			if !errors.As(err, &wrong) || err.Error() != tt.want {
				t.Errorf("FromPayloads: %v, want a PayloadError: %s", err, tt.want)
			}
		})
	}
}
