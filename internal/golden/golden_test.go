package golden_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/internal/golden"
)

// recorder stands in for a test and keeps what it was told.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper()           {}
func (r *recorder) Error(args ...any) { r.errors = append(r.errors, fmt.Sprint(args...)) }
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestCompare(t *testing.T) {
	if golden.Update() {
		t.Skip("-update is set; the comparison is not made")
	}
	path := filepath.Join(t.TempDir(), "want.txt")
	if err := os.WriteFile(path, []byte("a\nb\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, path, got, want string
	}{
		{"same", path, "a\nb\n", ""},
		{"different", path, "a\nc\n", "(-want +got)"},
		{"shorter", path, "", "(-want +got)"},
		{"absent", path + ".none", "a", "does not exist"},
		{"folder", filepath.Dir(path), "a", "directory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := &recorder{TB: t}
			golden.Compare(r, tt.path, []byte(tt.got))
			told := strings.Join(r.errors, "\n")
			if tt.want == "" && told != "" || !strings.Contains(told, tt.want) {
				t.Errorf("Compare told %q, want something with %q", told, tt.want)
			}
		})
	}
}

// The flag is global: this test sets it back and does not run in parallel.
func TestCompareUpdates(t *testing.T) {
	old := flag.Lookup("update").Value.String()
	set(t, "true")
	defer set(t, old)
	path := filepath.Join(t.TempDir(), "new", "want.txt")
	r := &recorder{TB: t}
	golden.Compare(r, path, []byte("x"))
	golden.Compare(r, path, []byte("y"))
	if len(r.errors) > 0 {
		t.Errorf("Compare with -update told %q", r.errors)
	}
	if got, _ := os.ReadFile(path); string(got) != "y" {
		t.Errorf("the file has %q, want %q", got, "y")
	}
}

func set(t *testing.T, value string) {
	t.Helper()
	if err := flag.Set("update", value); err != nil {
		t.Fatal(err)
	}
}
