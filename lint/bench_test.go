package lint_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

const largest = "github/rest/api.github.com.json"

func load(tb testing.TB, name string) *openapi.Document {
	tb.Helper()
	doc, err := openapi.Load(context.Background(), os.DirFS(corpus(tb)), name)
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

// BenchmarkLintSpectral lints the largest description of the corpus, 13 MB,
// with spectral:oas. The document is loaded already.
func BenchmarkLintSpectral(b *testing.B) {
	doc := load(b, largest)
	set, _ := lint.Lookup("spectral:oas")
	policy := set.Policy()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := lint.Document(context.Background(), doc, policy); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadAndLintSpectral is what a user waits for.
func BenchmarkLoadAndLintSpectral(b *testing.B) {
	fsys := os.DirFS(corpus(b))
	set, _ := lint.Lookup("spectral:oas")
	policy := set.Policy()
	b.ReportAllocs()
	for b.Loop() {
		doc, err := openapi.Load(context.Background(), fsys, largest)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := lint.Document(context.Background(), doc, policy); err != nil {
			b.Fatal(err)
		}
	}
}

// TestTimeOfRules prints what each rule costs on the largest description,
// the slowest first: PLUMB_RULE_TIMES=1 go test -run TimeOfRules -v ./lint.
func TestTimeOfRules(t *testing.T) {
	if os.Getenv("PLUMB_RULE_TIMES") == "" {
		t.Skip("set PLUMB_RULE_TIMES to measure the rules")
	}
	doc := load(t, largest)
	type row struct {
		id       string
		took     time.Duration
		findings int
	}
	var rows []row
	for _, r := range lint.OpenAPI() {
		best := row{id: r.ID, took: time.Hour}
		for range 5 {
			start := time.Now()
			rep, err := check.Run(t.Context(), check.Set[*openapi.Document]{r}, doc, check.Policy{On: map[string]bool{r.ID: true}})
			if err != nil {
				t.Fatal(err)
			}
			best.took, best.findings = min(best.took, time.Since(start)), len(rep.Findings)
		}
		rows = append(rows, best)
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(b.took, a.took) })
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%10s %7d findings  %s\n", r.took.Round(10*time.Microsecond), r.findings, r.id)
	}
	t.Log("\n" + b.String())
}
