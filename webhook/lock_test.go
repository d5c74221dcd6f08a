package webhook_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook"
)

const lockedSchema = `{"definitions": {
  "made": {"type": "object", "properties": {"type": {"const": "made"}, "by": {"type": "object", "properties": {"name": {"type": "string"}}}, "state": {"enum": ["on", "off"]}}}
}}`

func lockOf(t *testing.T, schema string, lock *webhook.Lock) (*webhook.Model, *webhook.Lock) {
	t.Helper()
	m, err := webhook.Read([]webhook.Source{{Name: "s", Data: []byte(schema)}}, webhook.Options{Lock: lock})
	if err != nil {
		t.Fatal(err)
	}
	checkModel(t, m)
	return m, m.Lock()
}

func typeNames(m *webhook.Model) []string {
	var out []string
	for _, x := range m.Types {
		out = append(out, x.Name)
	}
	return out
}

func TestLock(t *testing.T) {
	t.Parallel()
	m, lock := lockOf(t, lockedSchema, nil)
	if diff := cmp.Diff([]string{"By", "Made", "MadeState"}, typeNames(m)); diff != "" {
		t.Fatalf("names (-want +got):\n%s", diff)
	}
	text := lock.Bytes()
	again, err := webhook.ParseLock(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(text), string(again.Bytes())); diff != "" {
		t.Errorf("read and written again (-want +got):\n%s", diff)
	}
	// Names may be edited, and hold though others would have been given: that of
	// an event, of a structure, and of a structure that has changed since.
	edited := strings.NewReplacer("\nBy ", "\nMaker ", "\nMade event", "\nThing event").Replace(string(text))
	l, err := webhook.ParseLock([]byte(edited))
	if err != nil {
		t.Fatal(err)
	}
	grown := strings.ReplaceAll(lockedSchema, `"name": {"type": "string"}`, `"name": {"type": "string"}, "id": {"type": "integer"}`)
	m, _ = lockOf(t, grown, l)
	if diff := cmp.Diff([]string{"MadeState", "Maker", "Thing"}, typeNames(m)); diff != "" {
		t.Errorf("names by an edited lock, of a structure that grew (-want +got):\n%s", diff)
	}
	if m.Events[0].GoName != "Thing" {
		t.Errorf("event is called %q, want Thing", m.Events[0].GoName)
	}
}

// TestLockKeeps adds what would take a name that is given already.
func TestLockKeeps(t *testing.T) {
	t.Parallel()
	_, lock := lockOf(t, lockedSchema, nil)
	more := strings.Replace(lockedSchema, `"definitions": {`, `"definitions": {
	  "by": {"type": "object", "properties": {"type": {"const": "by"}, "x": {"type": "string"}}},`, 1)
	fresh, _ := lockOf(t, more, nil)
	if diff := cmp.Diff([]string{"By", "Made", "MadeBy", "MadeState"}, typeNames(fresh)); diff != "" {
		t.Fatalf("names without a lock (-want +got):\n%s", diff)
	}
	kept, next := lockOf(t, more, lock)
	if diff := cmp.Diff([]string{"By", "By2", "Made", "MadeState"}, typeNames(kept)); diff != "" {
		t.Errorf("names with a lock (-want +got):\n%s", diff)
	}
	_, last := lockOf(t, more, next)
	if !bytes.Equal(next.Bytes(), last.Bytes()) {
		t.Errorf("a third reading changes names (-want +got):\n%s", cmp.Diff(string(next.Bytes()), string(last.Bytes())))
	}
}

func TestParseLock(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"no structure", "A", `line 1: "A" is no name with a structure and a place`},
		{"a wrong structure", "# x\nA zz /a", `line 2: "A zz /a" is no name with a structure and a place`},
		{"no name", "a-b event x", `line 1: "a-b" is no name: it must be at most 40 letters and digits, the first in upper case`},
		{"too long", strings.Repeat("A", 41) + " event x", `line 1: "` + strings.Repeat("A", 41) + `" is no name: it must be at most 40 letters and digits, the first in upper case`},
		{"twice", "Abc event x\nABC event y", `line 2: "ABC" is the name of two structures`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := webhook.ParseLock([]byte(tt.text))
			var wrong *webhook.LockError
			if !errors.As(err, &wrong) || err.Error() != tt.want {
				t.Errorf("ParseLock: %v, want a LockError: %s", err, tt.want)
			}
		})
	}
}
