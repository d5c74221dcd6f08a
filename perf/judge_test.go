package perf_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// TestJudge is about one operation with one demand: the verdict, what decided,
// and the sentence that says why.
func TestJudge(t *testing.T) {
	t.Parallel()
	half := 500 * time.Millisecond
	for _, tt := range []struct {
		name   string
		plan   *perf.Plan
		of     func(uint64) answer
		change func(*perf.Result)
		want   [3]string
	}{
		{name: "healthy", plan: fixture(100, 2*time.Minute, within(0.99, half)), of: every(400, time.Second), want: [3]string{"pass", "certain", "99.8 % of 12,000 requests within 500 ms, budget 99 %"}},
		{name: "just within at a cliff", plan: fixture(100, time.Minute, within(0.95, 100*time.Millisecond)), of: every(21, 800*time.Millisecond), want: [3]string{"pass", "certain", "95.2 % of 6,000 requests within 100 ms, budget 95 %"}},
		{name: "just beyond", plan: fixture(100, time.Minute, within(0.95, 100*time.Millisecond)), of: every(19, 800*time.Millisecond), want: [3]string{"inconclusive", "", "94.7 % of 6,000 requests within 100 ms, budget 95 %; between 4.4 % and 6.2 % may miss it in the long run; 150,000 requests would tell"}},
		{name: "three times the budget", plan: fixture(100, 2*time.Minute, within(0.99, half)), of: random(1, 0.03, time.Second), want: [3]string{"fail", "certain", "97.2 % of 12,000 requests within 500 ms, budget 99 %"}},
		{name: "one pause of the service", plan: fixture(100, time.Minute, within(0.99, half)), of: pause(2500, 2700), want: [3]string{"fail", "certain", "97.5 % of 6,000 requests within 500 ms, budget 99 %; 100 % of those that missed it in 2 of 60 stretches"}},
		{name: "too few", plan: fixture(2, time.Minute, within(0.99, half)), of: every(0, 0), want: [3]string{"inconclusive", "", "100 % of 120 requests within 500 ms, budget 99 %; too few to know; 740 requests would tell"}},
		{name: "no error allowed, none came", plan: fixture(2, time.Minute, perf.Budget{HasErrors: true}), of: every(0, 0), want: [3]string{"pass", "certain", "0 % of 120 requests bad, budget 0 %"}},
		{name: "no error allowed, one came", plan: fixture(2, time.Minute, perf.Budget{HasErrors: true}), of: failing(50, perf.BadStatus), want: [3]string{"fail", "certain", "2.5 % of 120 requests bad, budget 0 %: 3 with a bad status"}},
		{name: "errors of two kinds", plan: fixture(100, time.Minute, perf.Budget{HasErrors: true, Errors: 0.01}), of: failing(20, perf.BadStatus), want: [3]string{"fail", "certain", "5.0 % of 6,000 requests bad, budget 1 %: 300 with a bad status"}},
		{name: "nothing answers", plan: fixture(100, time.Minute, within(0.99, half)), of: failing(1, perf.Transport), want: [3]string{"invalid", "", "the target could not be reached: not one of 6,000 requests got an answer (transport: connection refused)"}},
		{name: "everything times out", plan: fixture(100, time.Minute, within(0.99, half)), of: failing(1, perf.Timeout), want: [3]string{"fail", "certain", "0 % of 6,000 requests within 500 ms, budget 99 %"}},
		{name: "workers wait", plan: fixture(100, time.Minute, within(0.99, half)), of: unsent(10, "busy"), want: [3]string{"fail", "certain", "90.0 % of 6,000 requests within 500 ms, budget 99 %; 600 not sent since all workers waited"}},
		{name: "late generator", plan: fixture(100, time.Minute, within(0.99, half)), of: unsent(50, "late"), want: [3]string{"invalid", "", "the generator was too slow: 2.0 % of 6,000 requests could not be sent in time though workers were free, more than 1 %"}},
		{name: "a little late", plan: fixture(100, time.Minute, within(0.999, half)), of: unsent(200, "late"), want: [3]string{"inconclusive", "", "99.50 % to 100 % of 6,000 requests within 500 ms, budget 99.9 %; of 30 requests it is not known whether they met it"}},
		{name: "no data", plan: fixture(100, time.Minute, within(0.99, half)), of: unsent(50, "empty"), want: [3]string{"invalid", "", "2.0 % of 6,000 requests had no data, more than 1 %"}},
		{name: "sessions ended", plan: fixture(100, time.Minute, within(0.99, half)), of: unsent(2, "broken"), want: [3]string{"inconclusive", "", "50.0 % to 100 % of 6,000 requests within 500 ms, budget 99 %; of 3,000 requests it is not known whether they met it"}},
		{name: "lag", plan: fixture(100, time.Minute, within(0.99, half)), of: every(0, 0), change: func(r *perf.Result) {
			r.Lag = &histogram.Histogram{}
			r.Lag.AddN(60*time.Millisecond, 6000)
		}, want: [3]string{"invalid", "", "the generator was late: 1 of 100 requests was sent 60 ms or more after it was due, the limit is 50 ms"}},
		{name: "trouble", plan: fixture(100, time.Minute, within(0.99, half)), of: every(0, 0), change: func(r *perf.Result) {
			r.Trouble = []string{"the garbage collector stopped the generator for 2.1 s"}
		}, want: [3]string{"invalid", "", "the garbage collector stopped the generator for 2.1 s"}},
		{name: "a shard is missing", plan: fixture(100, time.Minute, within(0.99, half)), of: every(0, 0), change: func(r *perf.Result) {
			r.Shards = []perf.Shard{{Index: 0, Of: 4}, {Index: 3, Of: 4}}
		}, want: [3]string{"invalid", "", "the result of shard 2, 3 of 4 is missing"}},
		{name: "interrupted", plan: fixture(100, time.Minute, within(0.99, half)), of: every(0, 0), change: cut(30, "it was interrupted"), want: [3]string{"inconclusive", "", "100 % of 3,000 requests within 500 ms, budget 99 %; the run ended after 50 % of the plan"}},
		{name: "interrupted near the end", plan: fixture(100, time.Minute, within(0.95, half)), of: every(0, 0), change: cut(59, "it was interrupted"), want: [3]string{"pass", "certain", "100 % of 5,900 requests within 500 ms, budget 95 %; decided after 98 % of the plan"}},
		{name: "interrupted when it was broken", plan: fixture(100, time.Minute, within(0.99, half)), of: every(10, time.Second), change: cut(30, "it was interrupted"), want: [3]string{"fail", "certain", "90.0 % of 3,000 requests within 500 ms, budget 99 %; decided after 50 % of the plan"}},
		{name: "nothing due", plan: fixture(100, time.Minute, within(0.99, half)), of: every(0, 0), change: cut(0, "it was interrupted"), want: [3]string{"invalid", "", "nothing was due: the run ended before its first request that is judged"}},
		{name: "rate kept", plan: fixture(100, time.Minute, perf.Budget{Rate: 80}), of: failing(20, perf.BadStatus), want: [3]string{"pass", "certain", "95/s answered well, at least 80/s demanded"}},
		{name: "rate not kept", plan: fixture(100, time.Minute, perf.Budget{Rate: 98}), of: failing(20, perf.BadStatus), want: [3]string{"fail", "certain", "95/s answered well, at least 98/s demanded"}},
		{name: "rate not offered", plan: fixture(100, time.Minute, perf.Budget{Rate: 200}), of: every(0, 0), want: [3]string{"invalid", "", "the plan sends 100/s, fewer than the 200/s that are demanded"}},
		{name: "rate of users who wait", plan: fixture(100, time.Minute, perf.Budget{Rate: 99}), of: failing(20, perf.BadStatus), change: func(r *perf.Result) { r.Clock = perf.Closed }, want: [3]string{"fail", "certain", "95/s answered well, at least 99/s demanded"}},
		{name: "by the histogram", plan: fixture(100, time.Minute, within(0.99, half)), of: every(0, 0), change: uncounted, want: [3]string{"pass", "certain", "100 % of 6,000 requests within 500 ms, budget 99 %"}},
		{name: "on both sides in the histogram", plan: fixture(100, time.Minute, within(0.99, 5*time.Millisecond)), of: every(0, 0), change: uncounted, want: [3]string{"fail", "certain", "50.0 % to 80.0 % of 6,000 requests within 5 ms, budget 99 %"}},
		{name: "no budget", plan: fixture(100, time.Minute, perf.Budget{}), of: every(0, 0), want: [3]string{"pass", "", "no budget to keep; 0 % of 6,000 requests bad"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := run(tt.plan, tt.of)
			if tt.change != nil {
				tt.change(r)
			}
			if err := r.Validate(); err != nil {
				t.Fatalf("the case is not a result: %v", err)
			}
			got := perf.Judge(tt.plan, r).Operations[0]
			by := ""
			if len(got.Demands) > 0 {
				by = got.Demands[0].By
			}
			if diff := cmp.Diff(tt.want, [3]string{string(got.Verdict), by, got.Reason}); diff != "" {
				t.Errorf("verdict, by, reason (-want +got):\n%s", diff)
			}
		})
	}
}

// pause answers the requests of a stretch after two seconds less how late they
// come in it, as a service does that stops for so long.
func pause(from, to uint64) func(uint64) answer {
	return func(seq uint64) answer {
		a := every(0, 0)(seq)
		if seq >= from && seq < to {
			a.took += time.Duration(to-seq) * 10 * time.Millisecond
		}
		return a
	}
}

// failing fails one of n requests.
func failing(n uint64, c perf.Cause) func(uint64) answer {
	return func(seq uint64) answer {
		a := every(0, 0)(seq)
		if seq%n == 0 {
			a.cause = c
		}
		return a
	}
}

// unsent does not send one of n requests.
func unsent(n uint64, why string) func(uint64) answer {
	return func(seq uint64) answer {
		a := every(0, 0)(seq)
		if seq%n == 0 {
			a.unsent = why
		}
		return a
	}
}

// cut ends a run after some of its stretches.
func cut(stretches int, why string) func(*perf.Result) {
	return func(r *perf.Result) {
		r.Incomplete = why
		r.Elapsed = r.Planned * time.Duration(stretches) / time.Duration(r.Slices)
		r.Lag = &histogram.Histogram{}
		for i := range r.Operations {
			m := &r.Operations[i]
			m.Due, m.Sent, m.Good = 0, 0, 0
			m.Response, m.Service, m.FirstByte = nil, nil, nil
			m.Statuses = nil
			clear(m.Within)
			for k := range m.Slices {
				s := &m.Slices[k]
				if k >= stretches {
					*s = perf.Slice{Within: make([]uint64, len(m.Within))}
				}
				m.Due, m.Sent, m.Good = m.Due+s.Due, m.Sent+s.Sent, m.Good+s.Good
				for n := range m.Within {
					m.Within[n] += s.Within[n]
				}
			}
		}
	}
}

// uncounted forgets what was counted exactly, as other engines do not know it.
func uncounted(r *perf.Result) {
	for i := range r.Operations {
		m := &r.Operations[i]
		m.Within = nil
		for k := range m.Slices {
			m.Slices[k].Within = nil
		}
	}
}
