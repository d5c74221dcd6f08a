package check_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
)

func TestUnchanged(t *testing.T) {
	t.Parallel()
	ignoreA := check.Policy{Ignores: []check.Ignore{{Element: "/a"}}}
	tests := []struct {
		name             string
		base, revision   []place
		basePolicy       check.Policy
		revisionPolicy   check.Policy
		findings, asides []string
	}{
		{
			name:     "moved and reworded",
			base:     []place{{line: 3, element: "/a", message: "r: old"}},
			revision: []place{{line: 30, element: "/a", message: "r: new words"}},
			findings: []string{}, asides: []string{"unchanged r: new words"},
		},
		{
			name:     "new element",
			base:     []place{{line: 3, element: "/a", message: "r: x"}},
			revision: []place{{line: 3, element: "/a", message: "r: x"}, {line: 4, element: "/b", message: "r: y"}},
			findings: []string{"r: y"}, asides: []string{"unchanged r: x"},
		},
		{
			name:     "new key",
			base:     []place{{line: 3, element: "/a", key: "k", message: "r: k"}},
			revision: []place{{line: 3, element: "/a", key: "k", message: "r: k"}, {line: 3, element: "/a", key: "l", message: "r: l"}},
			findings: []string{"r: l"}, asides: []string{"unchanged r: k"},
		},
		{
			name:     "another rule",
			base:     []place{{line: 3, element: "/a", message: "s: x"}},
			revision: []place{{line: 3, element: "/a", message: "r: x"}},
			findings: []string{"r: x"}, asides: []string{},
		},
		{
			name:     "one more alike",
			base:     []place{{line: 3, element: "/a", message: "r: x"}, {line: 4, element: "/a", message: "r: x"}},
			revision: []place{{line: 3, element: "/a", message: "r: x"}, {line: 4, element: "/a", message: "r: x"}, {line: 5, element: "/a", message: "r: x"}},
			findings: []string{"r: x"}, asides: []string{"unchanged r: x", "unchanged r: x"},
		},
		{
			name:     "one more before, told by its message",
			base:     []place{{line: 3, element: "/a", message: "r: known"}},
			revision: []place{{line: 3, element: "/a", message: "r: added"}, {line: 4, element: "/a", message: "r: known"}},
			findings: []string{"r: added"}, asides: []string{"unchanged r: known"},
		},
		{
			name:     "mended and another one made",
			base:     []place{{line: 3, element: "/a", message: "r: x"}},
			revision: []place{{line: 9, element: "/b", message: "r: x"}},
			findings: []string{"r: x"}, asides: []string{},
		},
		{
			name:       "set aside before",
			base:       []place{{line: 3, element: "/a", message: "r: x"}},
			revision:   []place{{line: 3, element: "/a", message: "r: x"}},
			basePolicy: ignoreA,
			findings:   []string{}, asides: []string{"unchanged r: x"},
		},
		{
			name:           "set aside now by another reason",
			base:           []place{{line: 3, element: "/a", message: "r: x"}},
			revision:       []place{{line: 3, element: "/a", message: "r: x"}},
			revisionPolicy: ignoreA,
			findings:       []string{}, asides: []string{"ignore r: x"},
		},
		{
			name:     "clean before",
			revision: []place{{line: 3, element: "/a", message: "r: x"}},
			findings: []string{"r: x"}, asides: []string{},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rules := set{reporter("r"), reporter("s")}
			base := mustRun(t, rules, tt.base, tt.basePolicy)
			for i := range base.Findings { // another revision is read under another name
				base.Findings[i].Location.File = "HEAD:api.yaml"
			}
			rep := mustRun(t, rules, tt.revision, tt.revisionPolicy)
			rep.Unchanged(base)
			if diff := cmp.Diff(tt.findings, messages(rep.Findings)); diff != "" {
				t.Errorf("Findings (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.asides, suppressed(rep.Suppressed)); diff != "" {
				t.Errorf("Suppressed (-want +got):\n%s", diff)
			}
		})
	}
}

// Against itself nothing is new; against nothing, everything stays.
func TestUnchangedAgainstItself(t *testing.T) {
	t.Parallel()
	rules := someRules(4)
	subject := manyPlaces(rules, 100)
	rep, base := mustRun(t, rules, subject, check.Policy{}), mustRun(t, rules, subject, check.Policy{})
	rep.Unchanged(nil)
	if len(rep.Findings) != 400 {
		t.Errorf("%d findings against nothing, want 400", len(rep.Findings))
	}
	rep.Unchanged(base)
	if len(rep.Findings) != 0 || len(rep.Suppressed) != 400 {
		t.Errorf("%d findings, %d set aside; want 0 and 400", len(rep.Findings), len(rep.Suppressed))
	}
	if len(base.Findings) != 400 {
		t.Error("the base was changed")
	}
}
