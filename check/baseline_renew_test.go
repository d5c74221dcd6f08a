package check_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
)

func TestBaselineRenew(t *testing.T) {
	t.Parallel()
	found := func(rule, file, element string) check.Finding {
		return check.Finding{
			Rule: rule, Severity: check.Error, Fingerprint: check.Fingerprint(rule, file, element, ""),
			Location: check.Location{File: file, Line: 1, Element: element},
		}
	}
	old := check.NewBaseline([]check.Finding{
		found("a", "one", "stays"), found("a", "one", "goes"), found("a", "two", "not looked at"), found("b", "one", "rule did not run"),
	})
	rep := &check.Report{
		Subjects: []string{"one"}, Rules: []check.Meta{{ID: "a"}},
		Findings: []check.Finding{found("a", "one", "new"), found("a", "one", "stays")},
	}
	var got strings.Builder
	if err := old.Renew(rep, rep).Write(&got); err != nil {
		t.Fatal(err)
	}
	var elements []string
	for _, part := range strings.Split(got.String(), `"element":"`)[1:] {
		element, _, _ := strings.Cut(part, `"`)
		elements = append(elements, element)
	}
	want := []string{"new", "rule did not run", "stays", "not looked at"}
	if diff := cmp.Diff(want, elements); diff != "" {
		t.Errorf("Renew (-want +got):\n%s", diff)
	}
	var none *check.Baseline
	if n := none.Renew(rep, rep).Len(); n != 2 {
		t.Errorf("Renew of no baseline has %d entries, want 2", n)
	}
}
