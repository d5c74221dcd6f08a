package rulebook_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// TestNamesAreUnique is about all checks together: each has looked at its own
// rules only.
func TestNamesAreUnique(t *testing.T) {
	t.Parallel()
	if err := check.ValidateMetas(rulebook.Metas()); err != nil {
		t.Error(err)
	}
}

func TestHomeOf(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	for _, id := range []string{"operation-tags", "graphql-deprecation-reason", "parity-new-gap", "waiver-stale"} {
		got[id] = rulebook.HomeOf(id).Check
	}
	want := map[string]string{
		"operation-tags": "lint", "graphql-deprecation-reason": "lint", "parity-new-gap": "parity", "waiver-stale": "lint",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("HomeOf (-want +got):\n%s", diff)
	}
}

func TestExample(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{"operation-tags": true, "parity-new-gap": true, "no-such-rule": false} {
		e, ok := rulebook.Example(id)
		if ok != want || ok && len(e.Bad.Files)*len(e.Good.Files)*len(e.Findings) == 0 {
			t.Errorf("Example(%q) = %d and %d files, %d findings, %t", id, len(e.Bad.Files), len(e.Good.Files), len(e.Findings), ok)
		}
	}
}
