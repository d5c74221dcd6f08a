package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/demo"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/report"
)

// result is what one command has found.
type result struct {
	step     step
	findings []check.Finding
	took     time.Duration
}

// readResult reads the JSON that a command wrote.
func readResult(s step, data []byte) (result, error) {
	var said struct {
		Complete   bool            `json:"complete"`
		Findings   []check.Finding `json:"findings"`
		Incomplete []struct {
			Message string `json:"message"`
		} `json:"incomplete"`
	}
	if err := json.Unmarshal(data, &said); err != nil {
		return result{}, env.Incompletef("%s: %w", s.line(), err)
	}
	if !said.Complete {
		why := make([]string, 0, len(said.Incomplete))
		for _, i := range said.Incomplete {
			why = append(why, i.Message)
		}
		return result{step: s}, env.Incompletef("%s is not complete: %s", s.line(), strings.Join(why, "; "))
	}
	return result{step: s, findings: slices.DeleteFunc(said.Findings, harmless)}, nil
}

// harmless reports whether a finding is a change that breaks nobody: it is
// news and no flaw.
func harmless(f check.Finding) bool {
	return f.Severity == check.Info && rulebook.IsChange(f.Rule)
}

// verdict compares what was found with what there is to find.
type verdict struct {
	flaws  []demo.Flaw
	missed map[int][]demo.Finding // by flaw
	more   []check.Finding        // what nobody put there
}

// judge compares by rule and element, exactly.
func judge(results []result) *verdict {
	v := &verdict{flaws: demo.Flaws(), missed: map[int][]demo.Finding{}}
	found := map[demo.Finding]bool{}
	for _, r := range results {
		for _, f := range r.findings {
			found[demo.Finding{Rule: f.Rule, Element: f.Location.Element}] = true
		}
	}
	known := map[demo.Finding]bool{}
	for i, flaw := range v.flaws {
		for _, f := range flaw.Findings {
			known[f] = true
			if !found[f] {
				v.missed[i] = append(v.missed[i], f)
			}
		}
	}
	for _, r := range results {
		for _, f := range r.findings {
			if !known[demo.Finding{Rule: f.Rule, Element: f.Location.Element}] {
				v.more = append(v.more, f)
			}
		}
	}
	return v
}

// exact reports whether each flaw was found, and nothing else.
func (v *verdict) exact() bool { return len(v.missed) == 0 && len(v.more) == 0 }

// writeFindings writes the page of everything that was found.
func (c *call) writeFindings(results []result) error {
	var all []check.Finding
	var ran []check.Meta
	used, shown := map[string]bool{}, map[string]bool{}
	for _, r := range results {
		for _, f := range r.findings {
			if !shown[f.Fingerprint] { // two commands may judge the same load
				all = append(all, f)
			}
			used[f.Rule], shown[f.Fingerprint] = true, true
		}
	}
	for _, m := range rulebook.Metas() {
		if used[m.ID] {
			ran = append(ran, m)
		}
	}
	slices.SortStableFunc(all, func(a, b check.Finding) int { return a.Compare(&b) })
	rep := &check.Report{Subjects: []string{"api/openapi.yaml", "api/schema.graphql", "slo.yaml"}, Rules: ran, Findings: all}
	return output.WriteFile(filepath.Join(c.folder.Place(), findingsPage), findingsPage, func(w io.Writer) error {
		return report.HTML(w, rep, report.Options{
			Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb demo", HelpURL: version.RulePage,
			Context: fmt.Sprintf("Gutter, %d flaws by %d commands", len(demo.Flaws()), len(results)),
			Source: func(file string) ([]byte, bool) {
				if !filepath.IsLocal(file) {
					return nil, false
				}
				text, err := os.ReadFile(filepath.Join(c.folder.Place(), filepath.FromSlash(file)))
				return text, err == nil
			},
		})
	})
}
