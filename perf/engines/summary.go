package engines

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// k6Summary reads what k6 writes with --summary-export, or what a script hands
// on of what handleSummary is given: sums over the whole run.
func (f *file) k6Summary(doc []byte) (*perf.Result, error) {
	var all struct {
		Metrics map[string]map[string]json.RawMessage `json:"metrics"`
		State   struct {
			Ran float64 `json:"testRunDurationMs"`
		} `json:"state"`
	}
	if err := json.Unmarshal(doc, &all); err != nil {
		return nil, f.badJSON(doc, err)
	}
	s := summary{}
	for _, name := range slices.Sorted(maps.Keys(all.Metrics)) {
		values := all.Metrics[name]
		if nested, ok := values["values"]; ok {
			values = nil
			if err := json.Unmarshal(nested, &values); err != nil {
				return nil, f.wrong(0, "metric %.60q has values that are none", name)
			}
		}
		s.add(name, values)
	}
	return f.k6Sums(s, all.State.Ran)
}

// k6Machine reads what k6 writes with --new-machine-readable-summary.
func (f *file) k6Machine(doc []byte) (*perf.Result, error) {
	var all struct {
		Config struct {
			Duration float64 `json:"duration"`
		} `json:"config"`
		Metadata struct {
			Version string `json:"k6_version"`
		} `json:"metadata"`
		Results struct {
			Metrics []struct {
				Name   string                     `json:"name"`
				Values map[string]json.RawMessage `json:"values"`
			} `json:"metrics"`
		} `json:"results"`
	}
	if err := json.Unmarshal(doc, &all); err != nil {
		return nil, f.badJSON(doc, err)
	}
	s := summary{}
	for _, m := range all.Results.Metrics {
		s.add(m.Name, m.Values)
	}
	r, err := f.k6Sums(s, all.Config.Duration*1000)
	if err == nil && all.Metadata.Version != "" {
		r.Engine = "k6 " + strings.TrimPrefix(all.Metadata.Version, "v")
	}
	return r, err
}

// summary has the values of each metric and sub-metric by name.
type summary map[string]map[string]float64

// add keeps what are numbers.
func (s summary) add(name string, values map[string]json.RawMessage) {
	numbers := map[string]float64{}
	for key, text := range values {
		if n, err := strconv.ParseFloat(string(text), 64); err == nil {
			numbers[key] = n
		}
	}
	s[name] = numbers
}

// of returns the values of a metric for an operation: of the sub-metric that a
// tag op or name makes, or of the whole metric where all of it is for this
// operation. Of several, that of what is measured, or with the fewest tags.
func (s summary) of(metric string, name string, all bool) map[string]float64 {
	if all {
		return s[metric]
	}
	var found map[string]float64
	score := math.MaxInt
	for _, key := range slices.Sorted(maps.Keys(s)) {
		tags, ok := strings.CutPrefix(key, metric+"{")
		tags, closed := strings.CutSuffix(tags, "}")
		if !ok || !closed {
			continue
		}
		named, others := false, 0
		for pair := range strings.SplitSeq(tags, ",") {
			switch key, value, _ := strings.Cut(strings.TrimSpace(pair), ":"); {
			case (key == "op" || key == "name") && strings.TrimSpace(value) == name:
				named = true
			case key == "phase" && value == "measure":
				others--
			default:
				others++
			}
		}
		if named && others < score {
			found, score = s[key], others
		}
	}
	return found
}

// k6Sums makes a result of sums: counts are exact, latencies lie between what
// a few quantiles allow.
func (f *file) k6Sums(s summary, ran float64) (*perf.Result, error) {
	c := f.collector("k6", perf.FromSend)
	sole := c.match.sole()
	var missing []string
	for op := range f.plan.Operations {
		name := f.plan.Operations[op].Name
		if f.options.Operation != "" && op != sole {
			continue
		}
		requests := s.of("http_reqs", name, false)
		all := requests == nil && op == sole
		if all {
			requests = s["http_reqs"]
		}
		if requests == nil {
			missing = append(missing, name)
			continue
		}
		d, err := f.k6Distribution(s, op, all, requests)
		if err != nil {
			return nil, err
		}
		if err := c.put(d); err != nil {
			return nil, err
		}
	}
	if len(missing) == len(f.plan.Operations) {
		return nil, f.wrong(0, "does not tell operations apart: give requests the tag op and the script a threshold such as 'http_reqs{op:%s}': [], or name the operation that all are for with --operation", missing[0])
	}
	if len(missing) > 0 {
		f.options.Note(fmt.Sprintf("the file says nothing of %s", some(missing)))
	}
	if dropped := s[k6Dropped]["count"]; dropped > 0 && dropped < 1<<40 {
		f.options.Note(fmt.Sprintf("%.0f iterations were dropped, and it does not say of what; they count for all operations by what was sent of each", dropped))
		c.share(uint64(dropped), c.sent())
	}
	if ran == 0 {
		// The rate of the legacy form is over the whole run.
		if all := s["http_reqs"]; all["rate"] > 0 {
			ran = all["count"] / all["rate"] * 1000
		}
	}
	if ran > 0 && ran < 1e15 {
		c.result.Elapsed = time.Duration(ran * 1e6)
	}
	return c.finish()
}

// k6Distribution reads the counts and quantiles of an operation.
func (f *file) k6Distribution(s summary, op int, all bool, requests map[string]float64) (*distribution, error) {
	name := f.plan.Operations[op].Name
	total := requests["count"]
	if !(total >= 0 && total < 1<<53) {
		return nil, f.wrong(0, "has %v requests of %q", total, name)
	}
	d := &distribution{operation: op, total: uint64(total), timed: uint64(total), classes: map[string]uint64{}}
	failed := s.of("http_req_failed", name, all)
	switch share, ok := failed["rate"]; {
	case failed == nil && d.total > 0:
		return nil, f.wrong(0, "does not say how many requests of %q failed; give the script a threshold such as 'http_req_failed{op:%s}': []", name, name)
	case has(failed, "passes"):
		// For this rate, a pass is a request that failed.
		d.bad.Status = uint64(failed["passes"])
	case has(failed, "matches"):
		d.bad.Status = uint64(failed["matches"])
	case ok:
		d.bad.Status = uint64(math.Round(share * total))
	default:
		d.bad.Status = uint64(math.Round(failed["value"] * total))
	}
	countN(d.classes, "status: failed, as k6 says", d.bad.Status)
	if len(f.plan.Operations[op].Expect) > 0 {
		f.options.Note(fmt.Sprintf("which statuses of %q are good is what the script says, not the plan", name))
	}
	durations := s.of(k6Duration, name, all)
	if durations == nil {
		f.options.Note(fmt.Sprintf("the file says nothing of how long %q took", name))
		d.timed = 0
		return d, nil
	}
	blocked, ok := s.blocked(name, all)
	if !ok {
		f.options.Note(fmt.Sprintf("the file does not say how long requests waited for a connection, so nobody knows how many of %q were fast", name))
		blocked = 1e9 // longer than any threshold
	}
	var err error
	if d.margin, err = seconds(blocked / 1000); err != nil {
		return nil, f.wrong(0, "%v", err)
	}
	for _, key := range slices.Sorted(maps.Keys(durations)) {
		share, ok := quantile(key)
		if !ok {
			continue
		}
		value, err := seconds(durations[key] / 1000)
		if err != nil {
			return nil, f.wrong(0, "%s of %q: %v", key, name, err)
		}
		d.points = append(d.points, between(share, value, d.timed))
	}
	return d, nil
}

func has(values map[string]float64, key string) bool {
	_, ok := values[key]
	return ok
}

// blocked returns for how many ms a request waited for a connection at most:
// k6's duration leaves that out. Where it is only known of all requests
// together, that is taken.
func (s summary) blocked(name string, all bool) (ms float64, ok bool) {
	values := s.of(k6Blocked, name, all)
	if values == nil {
		values = s[k6Blocked]
	}
	ms, ok = values["max"]
	return ms, ok
}

// quantile reads the name of a quantile in a summary of k6.
func quantile(key string) (share float64, ok bool) {
	switch key {
	case "min":
		return 0, true
	case "med":
		return 0.5, true
	case "max":
		return 1, true
	case "p90", "p95":
		key = "p(" + key[1:] + ")"
	}
	inner, ok := strings.CutPrefix(key, "p(")
	inner, closed := strings.CutSuffix(inner, ")")
	p, err := strconv.ParseFloat(inner, 64)
	return p / 100, ok && closed && err == nil && p >= 0 && p <= 100
}

// between returns what a quantile of n values says that lies on a straight
// line between two neighbours of rank (n−1)·share, as k6's do. What is summed
// up in floating point is taken to be right to the microsecond.
func between(share float64, value time.Duration, n uint64) point {
	p := point{low: value - time.Microsecond, high: value + time.Microsecond}
	switch {
	case n == 0:
	case share == 1:
		p.atMost, p.below = n, n
	default:
		const slack = 1e-6
		rank := share * float64(n-1)
		p.atMost = min(uint64(math.Floor(rank-slack*rank))+1, n)
		p.below = min(uint64(math.Ceil(rank+slack*rank)), n)
	}
	return p
}
