package catalog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
)

// findings are those that the deliveries of checks are made of.
func finding(n int, message string) check.Finding {
	rule := []string{"operation-tags", "response-property-removed", "parity-new-gap", "info-contact"}[n%4]
	element := fmt.Sprintf("/paths/~1issues~1%d/get", n/4)
	return check.Finding{
		Rule: rule, Severity: []check.Severity{check.Warning, check.Error, check.Error, check.Info}[n%4], Message: message,
		Location:    check.Location{File: "api/openapi.yaml", Line: 10 + n, Column: 5, Element: element},
		Fingerprint: check.Fingerprint(rule, "api/openapi.yaml", element, ""),
		Related:     []check.Related{}, Properties: map[string]any{},
	}
}

// numbered are n findings with messages of their own.
func numbered(n int) []check.Finding {
	list := make([]check.Finding, n)
	for i := range list {
		list[i] = finding(i, fmt.Sprintf("what number %d says of it", i))
	}
	return list
}

// delivery is a run that found something. Its name is its ID.
func delivery(name string, findings ...check.Finding) *integration.Delivery {
	list := slices.Clone(findings)
	slices.SortFunc(list, func(a, b check.Finding) int { return a.Compare(&b) })
	var metas []check.Meta
	for _, f := range list {
		if !slices.ContainsFunc(metas, func(m check.Meta) bool { return m.ID == f.Rule }) {
			metas = append(metas, check.Meta{
				ID: f.Rule, Summary: "What the rule demands.", Rationale: "Why it does.", Severity: f.Severity,
				Tags: []string{"openapi"}, Since: "0.1.0", Aliases: []string{},
			})
		}
	}
	if list == nil {
		list = []check.Finding{}
	}
	return &integration.Delivery{
		ID: name, Product: "tracker", At: time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC),
		Revision: "4f2c1e97a0b35d6688c0c1d2e3f405162738495a", Branch: "main", Change: 12,
		URL: reportURL, FailOn: check.Error,
		Report: &check.Report{Subjects: []string{"api/openapi.yaml"}, Files: []string{}, Rules: metas, Findings: list, Suppressed: []check.Suppressed{}, Incomplete: []check.Incomplete{}},
	}
}

// reportURL is where the reports of the deliveries are read.
const reportURL = "https://reports.example.com/tracker/17"

// alphabets are characters that count differently in bytes, UTF-16 units and
// characters.
func alphabets() []string { return []string{"a", "ß", "漢", "😀", "e\u0301"} }

// long returns a message of n characters.
func long(alphabet string, n int) string {
	size := len([]rune(alphabet))
	return strings.Repeat(alphabet, (n+size-1)/size)
}
