package compare_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/compare"
	"github.com/plumbapi/plumb/perf/histogram"
)

// blocks are what the blocks of an operation measure.
type blocks struct{ Base, Head, Failed []float64 }

// TestRules runs each rule over blocks that are written down.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, compare.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*compare.Comparison, error) {
		var operations map[string]blocks
		p, err := read(fsys, root, &operations)
		if err != nil {
			return nil, err
		}
		pairs := len(operations[p.Operations[0].Name].Base)
		return compare.Run(t.Context(), p, compare.Options{Pairs: pairs}, func(_ context.Context, b compare.Block) (*perf.Result, error) {
			r := &perf.Result{Clock: perf.FromIntended}
			for _, op := range b.Plan.Operations {
				o := operations[op.Name]
				if b.Side == compare.Base {
					r.Operations = append(r.Operations, block(op.Name, o.Base[b.Pair], 0))
				} else {
					failed := 0.0
					if len(o.Failed) > 0 {
						failed = o.Failed[b.Pair]
					}
					r.Operations = append(r.Operations, block(op.Name, o.Head[b.Pair], failed))
				}
			}
			return r, nil
		})
	})
}

func TestTrendRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, compare.TrendRules(), "testdata/trend", func(fsys fs.FS, root string) (*compare.Trend, error) {
		var operations map[string][]float64
		p, err := read(fsys, root, &operations)
		if err != nil {
			return nil, err
		}
		var runs []compare.Past
		for k := range operations[p.Operations[0].Name] {
			r := &perf.Result{Clock: perf.FromIntended}
			for _, op := range p.Operations {
				r.Operations = append(r.Operations, block(op.Name, operations[op.Name][k], 0))
			}
			runs = append(runs, compare.Past{Name: fmt.Sprintf("night-%02d", k+1), Result: r})
		}
		return compare.Follow(runs, p, compare.Options{})
	})
}

// block is a measurement of 300 requests with a quantile in milliseconds.
func block(name string, quantile, failed float64) perf.Measured {
	m := perf.Measured{Operation: name, Due: 300, Sent: 300, Bad: perf.Bad{Status: uint64(failed)}, Response: new(histogram.Histogram)}
	m.Good = m.Sent - m.Bad.Total()
	m.Response.AddN(time.Duration(quantile*float64(time.Millisecond)), 300)
	return m
}

// read reads the operations of a case, in the order of the file, as a plan
// whose operations are where the file has them.
func read(fsys fs.FS, root string, operations any) (*perf.Plan, error) {
	data, err := fs.ReadFile(fsys, root)
	if err != nil {
		return nil, err
	}
	if err := yaml.Unmarshal(data, operations); err != nil {
		return nil, err
	}
	p := plan(0)
	for i, line := range strings.Split(string(data), "\n") {
		if name, _, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "#") {
			p.Operations = append(p.Operations, perf.Operation{
				Name: name, Weight: 1,
				Location: check.Location{File: root, Line: i + 1, Column: 1, EndLine: i + 1, EndColumn: 1 + len(name), Element: "/operations/" + strings.ReplaceAll(name, "/", "~1")},
			})
		}
	}
	return p, nil
}
