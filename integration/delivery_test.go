package integration_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
)

func findings(names ...string) []check.Finding {
	all := []check.Finding{}
	for _, n := range names {
		all = append(all, check.Finding{Rule: "r", Severity: check.Warning, Message: n, Fingerprint: n})
	}
	return all
}

func names(findings []check.Finding) string {
	s := ""
	for _, f := range findings {
		s += f.Fingerprint
	}
	return s
}

// TestNewAndFixed shows what follows from the delivery before.
func TestNewAndFixed(t *testing.T) {
	t.Parallel()
	aside := &check.Report{Findings: findings("a"), Suppressed: []check.Suppressed{{Finding: findings("b")[0], By: "waiver"}}}
	broken := &check.Report{Findings: findings("a"), Incomplete: []check.Incomplete{{File: "x"}}}
	tests := []struct {
		name         string
		report       *check.Report
		before       []check.Finding
		fresh, fixed string
		failed       bool
	}{
		{"nothing known", &check.Report{Findings: findings("a", "b")}, nil, "ab", "", false},
		{"nothing before", &check.Report{Findings: findings("a", "b")}, findings(), "ab", "", false},
		{"one new, one gone", &check.Report{Findings: findings("a", "c")}, findings("a", "b"), "c", "b", false},
		{"set aside is not gone", aside, findings("a", "b", "c"), "", "c", false},
		{"not finished", broken, findings("a", "b"), "", "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := &integration.Delivery{Report: tt.report, Before: tt.before, FailOn: check.Error}
			if got := []string{names(d.New()), names(d.Fixed())}; !cmp.Equal([]string{tt.fresh, tt.fixed}, got) || d.Failed() != tt.failed {
				t.Errorf("new and fixed %q, failed %t; want %q %q, %t", got, d.Failed(), tt.fresh, tt.fixed, tt.failed)
			}
		})
	}
}
