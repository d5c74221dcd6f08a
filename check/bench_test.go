package check_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/plumbapi/plumb/check"
)

// loud makes rules that report n findings each, in source order.
func loud(rules, n int) check.Set[[]string] {
	var s check.Set[[]string]
	for i := range rules {
		s = append(s, &check.Rule[[]string]{
			Meta: check.Meta{ID: fmt.Sprintf("rule-%02d", i), Severity: check.Warning},
			Check: func(_ context.Context, p *check.Pass[[]string]) error {
				for j, element := range p.Subject[:n] {
					p.Report(check.Finding{Location: check.Location{File: "openapi.yaml", Line: 10 * j, Column: 7, Element: element}, Message: "a fault"})
				}
				return nil
			},
		})
	}
	return s
}

func elements(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("/paths/~1repos~1{owner}~1{repo}~1things%d/get/responses/200/content", i)
	}
	return list
}

// The time of a run whose rules cost nothing: what the kernel adds.
func BenchmarkRun(b *testing.B) {
	subject := elements(5000)
	for _, size := range []struct{ rules, findings int }{{60, 0}, {60, 167}, {60, 5000}, {1, 10_000 / 2}} {
		rules := loud(size.rules, size.findings)
		b.Run(fmt.Sprintf("rules=%d/findings=%d", size.rules, size.rules*size.findings), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := check.Run(b.Context(), rules, subject, check.Policy{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The same with a policy: 200 ignores, 50 waivers and a baseline that has
// half of the 10,000 findings.
func BenchmarkRunUnderPolicy(b *testing.B) {
	subject := elements(5000)
	rules := loud(60, 167)
	rep, err := check.Run(b.Context(), rules, subject, check.Policy{})
	if err != nil {
		b.Fatal(err)
	}
	policy := check.Policy{Baseline: check.NewBaseline(rep.Findings[:5000])}
	for i := range 200 {
		policy.Ignores = append(policy.Ignores, check.Ignore{Rule: fmt.Sprintf("rule-%02d", i%60), Element: fmt.Sprintf("/paths/*things%d/**", i)})
	}
	for i := range 50 {
		policy.Waivers = append(policy.Waivers, check.Waiver{Element: "/paths/**/" + fmt.Sprint(i), Reason: "r", Owner: "o", Until: day(2030, 1, 1)})
	}
	b.ReportAllocs()
	for b.Loop() {
		rep, err := check.Run(b.Context(), rules, subject, policy)
		if err != nil {
			b.Fatal(err)
		}
		rep.Subjects = []string{"openapi.yaml"}
		check.Merge(policy, rep)
	}
}

func BenchmarkMerge(b *testing.B) {
	subject := elements(5000)
	var reports []*check.Report
	for i := range 10 {
		rep, err := check.Run(b.Context(), loud(60, 17), subject, check.Policy{})
		if err != nil {
			b.Fatal(err)
		}
		for j := range rep.Findings {
			rep.Findings[j].Location.File = fmt.Sprintf("api-%d.yaml", i)
			rep.Findings[j].Fingerprint += fmt.Sprint(i)
		}
		reports = append(reports, rep)
	}
	b.ReportAllocs()
	for b.Loop() {
		check.Merge(check.Policy{}, reports...)
	}
}

func BenchmarkFingerprint(b *testing.B) {
	element := elements(1)[0]
	b.ReportAllocs()
	for b.Loop() {
		check.Fingerprint("operation-tags", "openapi.yaml", element, "")
	}
}

func BenchmarkMatchGlob(b *testing.B) {
	element := elements(1)[0]
	b.ReportAllocs()
	for b.Loop() {
		check.MatchGlob("/paths/**/responses/*/content", element)
	}
}
