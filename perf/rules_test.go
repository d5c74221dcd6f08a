package perf_test

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/perf"
)

// ruleCase is one operation of a case: its budget, and how many requests came
// to what.
type ruleCase struct {
	Budget struct {
		Latency map[string]string
		Errors  string
		Rate    string
	}
	Measured struct {
		Requests, Slow, Status, Contract, Transport, Timeout uint64
		Busy, Late, Empty, Broken                            uint64
		// Together says that the slow ones came one after the other.
		Together bool
	}
}

// TestRules runs each rule over budgets with what was measured. A run lasts as
// long as its requests take at 100 a second and operation.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, perf.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*perf.Assessment, error) {
		data, err := fs.ReadFile(fsys, root)
		if err != nil {
			return nil, err
		}
		operations := map[string]ruleCase{}
		if err := yaml.Unmarshal(data, &operations); err != nil {
			return nil, err
		}
		var names []string
		var budgets []perf.Budget
		for i, line := range strings.Split(string(data), "\n") {
			if name, _, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "#") {
				b, err := operations[name].budget()
				if err != nil {
					return nil, err
				}
				element := "/operations/" + strings.ReplaceAll(name, "/", "~1")
				b.Origin = "operation"
				b.Location = check.Location{File: root, Line: i + 2, Column: 3, EndLine: i + 2, EndColumn: 9, Element: element + "/budget"}
				names, budgets = append(names, name), append(budgets, b)
			}
		}
		n := uint64(len(names))
		p := fixture(100*float64(n), time.Duration(operations[names[0]].Measured.Requests)*10*time.Millisecond, budgets...)
		for i := range p.Operations {
			p.Operations[i].Name = names[i]
			p.Operations[i].Location = check.Location{File: root, Line: budgets[i].Location.Line - 1, Column: 1, Element: strings.TrimSuffix(budgets[i].Location.Element, "/budget")}
		}
		return perf.Assess(p, run(p, func(seq uint64) answer { return operations[names[seq%n]].answer(seq / n) })), nil
	})
}

func (c ruleCase) budget() (b perf.Budget, err error) {
	for share, within := range c.Budget.Latency {
		o := perf.Objective{}
		if o.Within, err = time.ParseDuration(within); err != nil {
			return b, err
		}
		if o.Share, err = percent(share); err != nil {
			return b, err
		}
		b.Latency = append(b.Latency, o)
	}
	if c.Budget.Errors != "" {
		b.HasErrors = true
		if b.Errors, err = percent(c.Budget.Errors); err != nil {
			return b, err
		}
	}
	if c.Budget.Rate != "" {
		if b.Rate, err = strconv.ParseFloat(strings.TrimSuffix(c.Budget.Rate, "/s"), 64); err != nil {
			return b, err
		}
	}
	return b, nil
}

func percent(text string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no share: %w", text, err)
	}
	return v / 100, nil
}

// answer spreads what the case counts over its requests.
func (c ruleCase) answer(seq uint64) answer {
	m, a := c.Measured, every(0, 0)(seq)
	kinds := []struct {
		n uint64
		a answer
	}{
		{m.Status, answer{took: a.took, cause: perf.BadStatus}},
		{m.Contract, answer{took: a.took, cause: perf.BadContract}},
		{m.Transport, answer{took: a.took, cause: perf.Transport}},
		{m.Timeout, answer{took: 5 * time.Second, cause: perf.Timeout}},
		{m.Busy, answer{unsent: "busy"}},
		{m.Late, answer{unsent: "late"}},
		{m.Empty, answer{unsent: "empty"}},
		{m.Broken, answer{unsent: "broken"}},
		{m.Slow, answer{took: time.Second}},
	}
	place := seq * 7919 % m.Requests // 7919 and the numbers of requests have no common factor
	if m.Together {
		place = seq
	}
	for _, k := range kinds {
		if place < k.n {
			return k.a
		}
		place -= k.n
	}
	return a
}
