package integration_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
)

func TestSuggest(t *testing.T) {
	t.Parallel()
	at := check.Location{File: "api.yaml", Element: "/paths/~1a/get"}
	findings := []check.Finding{
		{Rule: "operation-tags", Fingerprint: "a", Location: at},
		{Rule: "operation-tags", Fingerprint: "b", Location: at},
		{Rule: "info-contact", Fingerprint: "c", Location: check.Location{File: "api.yaml"}},
		{Rule: "info-license", Fingerprint: "d", Location: check.Location{File: "api.yaml"}},
	}
	states := []integration.State{
		{Object: "API-1", Status: "Won't Do", Done: true, Declined: true, Fingerprints: []string{"a", "b"}},
		{Object: "API-2", Status: "Done", Done: true, Fingerprints: []string{"c"}},
	}
	now := time.Date(2026, 3, 1, 15, 4, 5, 0, time.UTC)
	want := []check.Waiver{{
		Rule: "operation-tags", File: "api.yaml", Element: "/paths/~1a/get",
		Reason: "API-1 was closed as Won't Do", Until: time.Date(2026, 8, 28, 0, 0, 0, 0, time.UTC),
	}}
	if diff := cmp.Diff(want, integration.Suggest(findings, states, now)); diff != "" {
		t.Errorf("Suggest (-want +got):\n%s", diff)
	}
}
