package schedule_test

import (
	"math"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf/schedule"
)

// FuzzSchedule makes schedules of any two stages: what is accepted has
// ascending moments that agree with the counts.
func FuzzSchedule(f *testing.F) {
	f.Add(0.0, 100.0, int64(time.Minute), 100.0, 0.0, int64(time.Second), uint64(1))
	f.Add(1e9, 1e9, int64(time.Second), 1e-9, 0.0, int64(time.Hour), uint64(2))
	f.Add(1e-300, 5e-324, int64(1), 0.3, 0.3, int64(1e16), uint64(3))
	f.Add(math.NaN(), -1.0, int64(-1), math.Inf(1), 0.0, int64(math.MaxInt64), uint64(4))
	f.Fuzz(func(t *testing.T, a, b float64, first int64, c, d float64, second int64, seed uint64) {
		stages := []schedule.Stage{{For: time.Duration(first), From: a, To: b}, {For: time.Duration(second), From: c, To: d}}
		even, err := schedule.New(stages...)
		random, errRandom := schedule.Poisson(seed, stages...)
		if (err == nil) != (errRandom == nil) {
			t.Fatalf("New says %v, Poisson says %v", err, errRandom)
		}
		if err != nil {
			return
		}
		for _, s := range []*schedule.Schedule{even, random} {
			if s.Total() == 0 {
				t.Fatal("a schedule sends nothing")
			}
			cursor, before := s.Cursor(), time.Duration(0)
			for k := range uint64(50) {
				seq := s.Total() / 50 * k
				at := s.Intended(seq)
				if at < before || at >= s.Duration() {
					t.Fatalf("Intended(%d) = %d ns after %d ns, of %d ns", seq, at, before, s.Duration())
				}
				if got := cursor.Intended(seq); got != at {
					t.Fatalf("Intended(%d) = %d ns, by a cursor %d ns", seq, at, got)
				}
				before = at
				if below, above := s.Count(at), s.Count(at+1); below > seq || above <= seq {
					t.Fatalf("Intended(%d) = %d ns, but %d requests are due before that and %d at the end of it", seq, at, below, above)
				}
			}
		}
	})
}
