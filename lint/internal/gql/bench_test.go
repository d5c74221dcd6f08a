package gql_test

import (
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lint/internal/gql"
)

// BenchmarkRules runs the rules over GitHub's schema, 1.2 MB of SDL: those of
// the default policy, and all that there are. Run it with -cpu 1 to see what
// one core does.
func BenchmarkRules(b *testing.B) {
	schema := parse(b, filepath.Join(corpus(b), "github", "graphql", "schema.graphql"))
	for name, policy := range map[string]check.Policy{"default": {}, "all": everything()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			found := 0
			for b.Loop() {
				report, err := check.Run(b.Context(), gql.Rules(), schema, policy)
				if err != nil {
					b.Fatal(err)
				}
				found = len(report.Findings)
			}
			b.ReportMetric(float64(found), "findings")
		})
	}
}

// BenchmarkRule runs each rule alone over GitHub's schema, without what the
// engine does with the findings, to show where the time goes.
func BenchmarkRule(b *testing.B) {
	schema := parse(b, filepath.Join(corpus(b), "github", "graphql", "schema.graphql"))
	for _, r := range gql.Rules() {
		b.Run(r.ID, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := r.Check(b.Context(), &check.Pass[*graphql.Schema]{Subject: schema}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
