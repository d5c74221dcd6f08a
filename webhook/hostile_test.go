package webhook_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook"
)

// hostileNames are what a description may call things.
var hostileNames = []string{
	"type", "func", "interface", "String", "Extra", "MarshalJSON", "HookTable", "", " ", "-", "_", "+1", "-1", "1st", "É", "ß", "名前", "ǆ",
	"a\nb", "a\"b", "a`b", "*/", "/*", "a*/b", "//", "\x00", "\u202e", "\ufeff", "a.b", "a b", "a_b", "aB", "AB", "ab", "🙂", "\xff",
	strings.Repeat("x", 10_000), strings.Repeat("word_", 2_000), "${x}", "{{.}}", "Mux", "NewMux", "Decode", "id", "ID", "Id", "iD", "i_d",
}

// TestHostileNames reads descriptions in which everything has a hostile name.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	properties, definitions := map[string]any{}, map[string]any{}
	short := slices.DeleteFunc(slices.Clone(hostileNames), func(s string) bool { return len(s) > 100 })
	for _, name := range hostileNames {
		properties[name] = map[string]any{"type": "object", "properties": map[string]any{name: map[string]any{"enum": append([]string{name}, short...)}}}
	}
	for i, name := range hostileNames {
		if i == 3 {
			properties = map[string]any{name: properties[name]}
		}
		definitions[name] = map[string]any{"type": "object", "title": name, "description": name, "properties": map[string]any{"type": map[string]any{"const": name}, "x": map[string]any{"type": "object", "properties": properties}}}
	}
	data, err := json.Marshal(map[string]any{"definitions": definitions})
	if err != nil {
		t.Fatal(err)
	}
	m := read(t, []webhook.Source{{Name: "x", Data: data}}, "")
	checkModel(t, m)
	if len(m.Events) < 40 {
		t.Errorf("%d events of %d", len(m.Events), len(hostileNames))
	}
	if _, err := webhook.ParseLock(m.Lock().Bytes()); err != nil {
		t.Errorf("the lock of hostile names: %v", err)
	}
	again, err := webhook.ParseLock(m.Lock().Bytes())
	if err != nil {
		t.Fatal(err)
	}
	locked, err := webhook.Read([]webhook.Source{{Name: "x", Data: data}}, webhook.Options{Lock: again})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := summary(m), summary(locked); a != b {
		t.Error("the lock of hostile names gives other names")
	}
}

// TestBounds reads descriptions that are made to take long or to go on without
// end. None of them may take more than some seconds; the test has a minute.
func TestBounds(t *testing.T) {
	t.Parallel()
	chain := func(n int, link string) string {
		var b strings.Builder
		b.WriteString(`{"definitions": {`)
		for i := range n {
			fmt.Fprintf(&b, `"d%d": `+link+`,`, i, i+1)
		}
		fmt.Fprintf(&b, `"d%d": {"type": "string"}, "e": {"type": "object", "properties": {"x": {"$ref": "#/definitions/d0"}}}}}`, n)
		return b.String()
	}
	doubling := func(n int) string {
		var b strings.Builder
		b.WriteString(`{"definitions": {`)
		for i := range n {
			fmt.Fprintf(&b, `"d%d": {"oneOf": [{"properties": {"a%d": {}}}, {"properties": {"b%d": {}}}], "allOf": [{"$ref": "#/definitions/d%d"}]},`, i, i, i, i+1)
		}
		fmt.Fprintf(&b, `"d%d": {"type": "object", "properties": {"x": {}}}}}`, n)
		return b.String()
	}
	tests := []struct{ name, text string }{
		{"10,000 references in a row", chain(10_000, `{"$ref": "#/definitions/d%d"}`)},
		{"10,000 objects in one another", chain(10_000, `{"type": "object", "required": ["x"], "properties": {"x": {"$ref": "#/definitions/d%d"}}}`)},
		{"10,000 lists in one another", chain(10_000, `{"type": "array", "items": {"$ref": "#/definitions/d%d"}}`)},
		{"10,000 alternatives in one another", chain(10_000, `{"oneOf": [{"$ref": "#/definitions/d%d"}, {"type": "integer"}]}`)},
		{"40 choices at once", doubling(40)},
		{"a ring of 5,000", ring(5_000)},
		{"3,000 alternatives", alternatives(3_000)},
		{"900 deep", `{"type": "object", "properties": {"a": ` + strings.Repeat(`{"type": "array", "items": `, 440) + `{}` + strings.Repeat(`}`, 440) + `}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			done := make(chan error, 1)
			go func() {
				m, err := webhook.Read([]webhook.Source{{Name: "x", Data: []byte(tt.text)}}, webhook.Options{})
				if err == nil {
					checkModel(t, m)
				}
				done <- err
			}()
			select {
			case err := <-done:
				var none *webhook.NoEventsError
				if err != nil && !errors.As(err, &none) {
					t.Error(err)
				}
			case <-time.After(time.Minute):
				t.Fatal("still reading after a minute")
			}
		})
	}
}

// ring makes objects each of which holds the next, the last the first.
func ring(n int) string {
	var b strings.Builder
	b.WriteString(`{"type": "object", "properties": {"r": {"$ref": "#/definitions/d0"}}, "definitions": {`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"d%d": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/definitions/d%d"}}}`, i, (i+1)%n)
	}
	return b.String() + `}}`
}

// alternatives makes a member of many objects that nothing tells apart.
func alternatives(n int) string {
	var b strings.Builder
	b.WriteString(`{"type": "object", "properties": {"x": {"oneOf": [{}`)
	for i := range n {
		fmt.Fprintf(&b, `,{"type": "object", "properties": {"p%d": {"type": "string"}, "q": {"type": "object", "properties": {"r%d": {}}}}}`, i, i)
	}
	return strings.Replace(b.String(), "[{},", "[", 1) + `]}}}`
}
