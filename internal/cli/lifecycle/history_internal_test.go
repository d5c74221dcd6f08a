package lifecycle

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		done, all int
		passed    time.Duration
		want      string
	}{
		{0, 20, time.Second, "tag 1 of 20"},
		{5, 20, 10 * time.Second, "tag 6 of 20, about 30 s left"},
		{1, 100, 2 * time.Second, "tag 2 of 100, about 3 min 18 s left"},
		{20, 20, time.Minute, "tag 20 of 20"},
	} {
		if diff := cmp.Diff(tt.want, pace(tt.done, tt.all, tt.passed)); diff != "" {
			t.Errorf("pace(%d, %d, %s) (-want +got):\n%s", tt.done, tt.all, tt.passed, diff)
		}
	}
}

func TestInTree(t *testing.T) {
	t.Parallel()
	got, err := inTree("--openapi", "api/v1/", []string{"openapi.yaml", "./openapi.yaml", "../openapi.yaml", "a/../b.yaml", "**/*.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"openapi.yaml", "api/v1/openapi.yaml", "api/openapi.yaml", "b.yaml", "**/*.yaml"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("inTree (-want +got):\n%s", diff)
	}
	for _, name := range []string{"", "../../../x.yaml", "/x.yaml", "a/../../x.yaml"} {
		if list, err := inTree("--openapi", "api/v1/", []string{name}); err == nil {
			t.Errorf("inTree(%q) = %q, want an error", name, list)
		}
	}
}

func TestSparse(t *testing.T) {
	t.Parallel()
	got := sparse("a\nb\nc\nd", map[int]bool{2: true, 4: true})
	if diff := cmp.Diff("\nb\n\nd", got); diff != "" {
		t.Errorf("sparse (-want +got):\n%s", diff)
	}
}
