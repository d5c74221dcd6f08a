package perf

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf/histogram"
)

// Merge adds up the results of shards of a run, of repeats of it, or both:
// whatever the order and the grouping, the result is the one that a single
// machine would have measured, to the last byte. Results of which none has a
// shard that another has too belong to one run; those that started later
// repeat it, and their stretches follow. An error says what keeps results from
// being added: another plan, clock or number of stretches, or the same result
// twice. The results stay as they are.
func Merge(results ...*Result) (*Result, error) {
	if len(results) == 0 {
		return nil, errors.New("there is no result to merge")
	}
	if err := mergeable(results); err != nil {
		return nil, err
	}
	runs := runsOf(results)
	whole := make([]*Result, len(runs))
	for i, run := range runs {
		one, err := addShards(run)
		if err != nil {
			return nil, err
		}
		whole[i] = one
	}
	out := chain(whole)
	if err := out.Validate(); err != nil {
		return nil, fmt.Errorf("results do not add up: %w", err)
	}
	return out, nil
}

// mergeable says what keeps results from being added.
func mergeable(results []*Result) error {
	first := results[0]
	type key struct {
		shards string
		start  int64
	}
	seen := map[key]bool{}
	for i, r := range results {
		switch {
		case r.Version != first.Version:
			return fmt.Errorf("result %d has version %d, the first %d", i+1, r.Version, first.Version)
		case r.Plan != first.Plan:
			return fmt.Errorf("result %d is of the plan %q, the first of %q: what they sent or owe differs", i+1, clip(r.Plan), clip(first.Plan))
		case r.Clock != first.Clock:
			return fmt.Errorf("result %d measures from another moment (%s) than the first (%s)", i+1, r.Clock, first.Clock)
		}
		k := key{fmt.Sprint(r.Shards), r.Start.UnixNano()}
		if seen[k] && !r.Start.IsZero() {
			return fmt.Errorf("result %d is there twice: the same shard, from the same moment", i+1)
		}
		seen[k] = true
	}
	return nil
}

// runsOf groups results by run, each in the order of its shards.
func runsOf(results []*Result) [][]*Result {
	sorted := slices.Clone(results)
	slices.SortStableFunc(sorted, func(a, b *Result) int {
		return cmp.Or(a.Start.Compare(b.Start), slices.CompareFunc(a.Shards, b.Shards, compareShards))
	})
	var runs [][]*Result
	var taken []map[Shard]bool
	for _, r := range sorted {
		at := slices.IndexFunc(taken, func(t map[Shard]bool) bool { return fits(t, r.Shards) })
		if at < 0 {
			at = len(runs)
			runs, taken = append(runs, nil), append(taken, map[Shard]bool{})
		}
		runs[at] = append(runs[at], r)
		for _, s := range r.Shards {
			taken[at][s] = true
		}
	}
	for _, run := range runs {
		slices.SortStableFunc(run, func(a, b *Result) int { return slices.CompareFunc(a.Shards, b.Shards, compareShards) })
	}
	return runs
}

func compareShards(a, b Shard) int { return cmp.Or(a.Of-b.Of, a.Index-b.Index) }

// fits reports whether shards are of a run that has others already.
func fits(taken map[Shard]bool, shards []Shard) bool {
	of := 0
	for s := range taken {
		of = s.Of
	}
	for _, s := range shards {
		if taken[s] || of != 0 && s.Of != of || s.Of == 1 && of != 0 {
			return false
		}
	}
	return true
}

// addShards adds up what was measured at the same time.
func addShards(run []*Result) (*Result, error) {
	out := start(run[0])
	known := map[string]int{}
	for _, r := range run {
		if r.Slices != out.Slices {
			return nil, fmt.Errorf("shard %v has %d stretches, %v has %d", r.Shards, r.Slices, run[0].Shards, out.Slices)
		}
		out.join(r)
		if r.Start.Before(out.Start) {
			out.Start = r.Start
		}
		out.Planned, out.Elapsed = max(out.Planned, r.Planned), max(out.Elapsed, r.Elapsed)
		for i := range r.Operations {
			m := &r.Operations[i]
			at, ok := known[m.Operation]
			if !ok {
				at = len(out.Operations)
				known[m.Operation] = at
				out.Operations = append(out.Operations, Measured{Operation: m.Operation, Within: zeros(m.Within), Between: make([]Between, len(m.Between))})
			}
			into := &out.Operations[at]
			if (into.Within == nil) != (m.Within == nil) || len(into.Within) != len(m.Within) {
				return nil, fmt.Errorf("%q counts %d objectives in one shard and %d in another", clip(m.Operation), len(into.Within), len(m.Within))
			}
			into.add(m)
			into.addSlices(m.Slices, out.Slices, len(m.Within))
		}
	}
	out.wholeShards()
	return out, nil
}

// wholeShards writes all shards of a run as the only one that they are.
func (r *Result) wholeShards() {
	slices.SortFunc(r.Shards, compareShards)
	if n := r.Shards[0].Of; len(r.Shards) == n {
		r.Shards = []Shard{{0, 1}}
	}
}

// chain puts runs one behind the other.
func chain(runs []*Result) *Result {
	if len(runs) == 1 {
		return runs[0]
	}
	out := start(runs[0])
	known := map[string]int{}
	for _, r := range runs {
		out.join(r)
		out.Planned, out.Elapsed = out.Planned+r.Planned, out.Elapsed+r.Elapsed
		for i := range r.Operations {
			m := &r.Operations[i]
			at, ok := known[m.Operation]
			if !ok {
				at = len(out.Operations)
				known[m.Operation] = at
				out.Operations = append(out.Operations, Measured{Operation: m.Operation, Within: zeros(m.Within), Between: make([]Between, len(m.Between))})
			}
			out.Operations[at].add(m)
		}
	}
	out.Slices = 0
	for _, r := range runs {
		out.Slices += r.Slices
	}
	for i := range out.Operations {
		out.Operations[i].Slices = chained(out.Operations[i].Operation, runs, len(out.Operations[i].Within))
	}
	return out
}

// chained are the stretches of an operation in all runs; none where one of
// them does not say.
func chained(name string, runs []*Result, objectives int) []Slice {
	list := []Slice{}
	for _, r := range runs {
		at := slices.IndexFunc(r.Operations, func(m Measured) bool { return m.Operation == name })
		switch {
		case at < 0:
			for range r.Slices {
				list = append(list, Slice{Within: make([]uint64, objectives)})
			}
		case len(r.Operations[at].Slices) == 0 && r.Operations[at].Due > 0:
			return []Slice{}
		default:
			list = append(list, r.Operations[at].Slices...)
		}
	}
	return list
}

// start is a result of nothing, of the plan and clock of another.
func start(r *Result) *Result {
	return &Result{
		Version: r.Version, Plan: r.Plan, Clock: r.Clock, Start: r.Start, Slices: r.Slices,
		Shards: []Shard{}, Operations: []Measured{}, Trouble: []string{},
	}
}

// join takes over what is said once for a whole result.
func (r *Result) join(o *Result) {
	r.Shards = append(r.Shards, o.Shards...)
	r.Lag = sum(r.Lag, o.Lag)
	r.Decided = r.Decided || o.Decided
	r.Waited = max(r.Waited, o.Waited)
	r.Engine = joined(r.Engine, o.Engine, ", ")
	r.Incomplete = joined(r.Incomplete, o.Incomplete, "; ")
	for _, t := range o.Trouble {
		if !slices.Contains(r.Trouble, t) {
			r.Trouble = append(r.Trouble, t)
		}
	}
}

// joined adds a text where it is not there yet.
func joined(list, text, separator string) string {
	switch {
	case list == "":
		return text
	case text == "" || slices.Contains(strings.Split(list, separator), text):
		return list
	}
	return list + separator + text
}

// add adds all counts but those of stretches.
func (m *Measured) add(o *Measured) {
	m.Planned, m.Due, m.Sent, m.Good = m.Planned+o.Planned, m.Due+o.Due, m.Sent+o.Sent, m.Good+o.Good
	m.Unsent = Unsent{m.Unsent.Busy + o.Unsent.Busy, m.Unsent.Late + o.Unsent.Late, m.Unsent.Empty + o.Unsent.Empty, m.Unsent.Broken + o.Unsent.Broken}
	m.Bad = Bad{
		m.Bad.Status + o.Bad.Status, m.Bad.GraphQL + o.Bad.GraphQL, m.Bad.Contract + o.Bad.Contract,
		m.Bad.Transport + o.Bad.Transport, m.Bad.Timeout + o.Bad.Timeout,
	}
	for k := range min(len(m.Within), len(o.Within)) {
		m.Within[k] += o.Within[k]
	}
	if len(m.Between) != len(o.Between) { // one does not say
		m.Between = nil
	}
	for k, b := range o.Between[:len(m.Between)] {
		m.Between[k].Low += b.Low
		m.Between[k].High += b.High
	}
	m.Response, m.Service, m.FirstByte = sum(m.Response, o.Response), sum(m.Service, o.Service), sum(m.FirstByte, o.FirstByte)
	m.Statuses, m.Classes = counted(m.Statuses, o.Statuses), counted(m.Classes, o.Classes)
}

// addSlices adds stretches of the same time.
func (m *Measured) addSlices(list []Slice, n, objectives int) {
	if m.Slices == nil && len(list) > 0 {
		m.Slices = make([]Slice, n)
		for i := range m.Slices {
			m.Slices[i].Within = make([]uint64, objectives)
		}
	}
	for i := range list {
		into, s := &m.Slices[i], &list[i]
		into.Due, into.Sent, into.Good = into.Due+s.Due, into.Sent+s.Sent, into.Good+s.Good
		for k := range min(objectives, len(s.Within)) {
			into.Within[k] += s.Within[k]
		}
		for k, count := range s.Octaves {
			into.Octaves[k] = uint32(min(uint64(into.Octaves[k])+uint64(count), 1<<32-1))
		}
		into.Max = max(into.Max, s.Max, time.Duration(0))
	}
}

func sum(a, b *histogram.Histogram) *histogram.Histogram {
	if b == nil {
		return a
	}
	if a == nil {
		return b.Clone()
	}
	a.Merge(b)
	return a
}

func counted[K comparable](a, b map[K]uint64) map[K]uint64 {
	if a == nil {
		a = make(map[K]uint64, len(b))
		maps.Copy(a, b)
		return a
	}
	for k, n := range b {
		a[k] += n
	}
	return a
}

func zeros(within []uint64) []uint64 {
	if within == nil {
		return nil
	}
	return make([]uint64, len(within))
}
