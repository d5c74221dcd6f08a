package integration_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	m := integration.NewMemory()
	m.Keep("slack b", "2")
	m.Keep("slack a", "1")
	m.Keep("gone", "x")
	m.Keep("gone", "")
	m.Keep("long", strings.Repeat("x", 513))
	var out bytes.Buffer
	if err := m.Write(&out); err != nil {
		t.Fatal(err)
	}
	want := "{\n  \"version\": 1,\n  \"kept\": {\n    \"slack a\": \"1\",\n    \"slack b\": \"2\"\n  }\n}\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("Write (-want +got):\n%s", diff)
	}
	back, err := integration.ReadMemory(&out)
	if err != nil {
		t.Fatal(err)
	}
	if got := back.Recall("slack b"); got != "2" {
		t.Errorf("Recall = %q, want 2", got)
	}
	if got := back.Recall("long"); got != "" {
		t.Errorf("a note of 513 bytes was kept")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	m := integration.NewMemory()
	for i := range 1100 {
		m.Keep(fmt.Sprint(i), "x")
	}
	if m.Recall("999") == "" || m.Recall("1000") != "" {
		t.Error("a memory keeps a thousand notes, and no more")
	}
	m.Keep("5", "y")
	if m.Recall("5") != "y" {
		t.Error("a known name takes a new note")
	}
}

func TestNoMemory(t *testing.T) {
	t.Parallel()
	var m *integration.Memory
	m.Keep("a", "1")
	if got := m.Recall("a"); got != "" {
		t.Errorf("Recall = %q of nothing", got)
	}
	var out bytes.Buffer
	if err := m.Write(&out); err != nil || !strings.Contains(out.String(), `"kept": {}`) {
		t.Errorf("Write = %q, %v", out.String(), err)
	}
}

func TestReadMemoryErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, data, want string }{
		{"no JSON", "{", "is no JSON"},
		{"newer", `{"version":2}`, "has version 2; this program knows version 1"},
		{"large", strings.Repeat(" ", 1<<20+1), "larger than 1 MiB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := integration.ReadMemory(strings.NewReader(tt.data))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ReadMemory = %v, want %q", err, tt.want)
			}
		})
	}
}
