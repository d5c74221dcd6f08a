package load

import (
	"errors"
	"io"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

func onePlan(rate float64, d time.Duration) *perf.Plan {
	return &perf.Plan{
		Operations: []perf.Operation{{Name: "GET /issues", Weight: 1}},
		Stages:     schedule.Constant(rate, d), MaxWorkers: 1, CatchUp: time.Minute,
	}
}

// p99 of a server that is silent for two of sixty seconds while a hundred
// requests a second are due: 200 of 6,000 wait between 2 s and nothing, so the
// sixtieth longest of all waits for 2 s less 0.59 s.
func TestFreezeOnOneWorker(t *testing.T) {
	t.Parallel()
	plan := onePlan(100, time.Minute)
	v := newVirtual(t, plan, perf.Shard{Of: 1})
	const from, until = 20 * time.Second, 22 * time.Second
	v.service = func(_ uint64, at time.Duration) (time.Duration, error) {
		if at >= from && at < until {
			return until - at, nil
		}
		return 100 * time.Microsecond, nil
	}
	v.run()
	m := v.result().Operations[0]
	p99, _ := m.Response.Quantile(0.99)
	if got, want := p99.Mid().Seconds(), 1.415; got < want*0.95 || got > want*1.05 {
		t.Errorf("p99 of response times is %.3f s, want %.3f s to within 5 %%", got, want)
	}
	if p99, _ := m.Service.Quantile(0.99); p99.High > time.Millisecond {
		t.Errorf("p99 of service times is %s: the freeze is one request there", p99.High)
	}
	if all := sum(t, v.result()); all.Good != 6000 {
		t.Errorf("%d good, want 6000", all.Good)
	}
	// The generator itself was never late: 200 requests waited for the worker.
	if lag := v.lags(); lag.Max() != 0 || lag.Count() < 5700 || lag.Count() > 5800 {
		t.Errorf("lag counts %d requests, up to %s; want about 5,797 and none", lag.Count(), lag.Max())
	}
}

// What waits longer than the plan lets it catch up is not sent, and whose
// fault that is depends on who made it wait.
func TestUnsentByCause(t *testing.T) {
	t.Parallel()
	plan := onePlan(100, 10*time.Second)
	plan.CatchUp = time.Second
	v := newVirtual(t, plan, perf.Shard{Of: 1})
	v.service = func(_ uint64, at time.Duration) (time.Duration, error) {
		if at == 2*time.Second {
			return 3 * time.Second, nil // the server: nothing is answered until 5 s
		}
		return time.Millisecond, nil
	}
	for v.seq = 0; v.seq < 700; v.seq++ {
		v.clock = max(v.clock, v.intended(v.seq))
		v.hit(v.seq)
	}
	v.clock = 9 * time.Second // the generator: it stands still for 2 s
	for ; v.seq < 1000; v.seq++ {
		v.clock = max(v.clock, v.intended(v.seq))
		v.hit(v.seq)
	}
	m := v.result().Operations[0]
	if diff := cmp.Diff(perf.Unsent{Busy: 199, Late: 100}, m.Unsent); diff != "" {
		t.Errorf("unsent (-want +got):\n%s", diff)
	}
	if g := v.accounts[0].glance(); g.Due != m.Due || g.Sent != m.Sent || g.Good != m.Good {
		t.Errorf("a glance shows %+v, the result has %d due, %d sent, %d good", g, m.Due, m.Sent, m.Good)
	}
	if all := sum(t, v.result()); all.Due != 1000 || v.settling.settled(10*time.Second) != v.cut.n {
		t.Errorf("due %d of 1000, settled %d of %d", all.Due, v.settling.settled(10*time.Second), v.cut.n)
	}
	if m.Response.Max() > 3*time.Second+time.Millisecond {
		t.Errorf("longest response %s", m.Response.Max())
	}
}

// The clock of a timeout does not run in virtual time; the bounds of objectives
// do.
func TestWithinIsExact(t *testing.T) {
	t.Parallel()
	plan := onePlan(1000, 10*time.Second)
	plan.MaxWorkers = 0
	plan.Operations[0].Budget.Latency = []perf.Objective{{Share: 0.95, Within: 100 * time.Millisecond}, {Share: 0.99, Within: 800 * time.Millisecond}}
	v := newVirtual(t, plan, perf.Shard{Of: 1})
	v.service = func(number uint64, _ time.Duration) (time.Duration, error) {
		if number%1000 < 951 {
			return 5 * time.Millisecond, nil
		}
		return 800 * time.Millisecond, nil
	}
	v.run()
	m := v.result().Operations[0]
	if diff := cmp.Diff([]uint64{9510, 10000}, m.Within); diff != "" {
		t.Errorf("within (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(m.Within, v.accounts[0].glance().Within); diff != "" {
		t.Errorf("a glance shows other numbers (-result +glance):\n%s", diff)
	}
	if p95, _ := m.Response.Quantile(0.95); p95.High > 6*time.Millisecond {
		t.Errorf("p95 is %s, where 95.1 %% take 5 ms", p95.Mid())
	}
	if m.Slices[0].Max != 800*time.Millisecond && m.Slices[0].Max != 5*time.Millisecond {
		t.Errorf("the longest of the first slice is %s", m.Slices[0].Max)
	}
	first, _ := m.FirstByte.Quantile(0.5)
	if first.Low > 2500*time.Microsecond || first.High < 2500*time.Microsecond {
		t.Errorf("the first byte came after %s to %s, want 2.5 ms", first.Low, first.High)
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	plan := &perf.Plan{
		Operations: []perf.Operation{{Name: "POST /issues"}, {Name: "GET /issues/{n}"}, {Name: "DELETE /issues/{n}"}},
		Sessions:   []perf.Session{{Name: "file", Weight: 1, Steps: []perf.Step{{Operation: 0}, {Operation: 1}, {Operation: 2}}}},
		Stages:     schedule.Constant(10, 10*time.Second),
	}
	tests := []struct {
		name   string
		answer func(r *perf.Request, a *perf.Answer) (perf.Cause, string, int)
		err    error
		sent   [3]uint64
		broken [3]uint64
	}{
		{"whole", nil, nil, [3]uint64{100, 100, 100}, [3]uint64{}},
		{"ends when the second is bad", func(r *perf.Request, _ *perf.Answer) (perf.Cause, string, int) {
			if r.Step == 1 {
				return perf.BadStatus, "status: 500", -1
			}
			return perf.Good, "", r.Step + 1
		}, nil, [3]uint64{100, 100, 0}, [3]uint64{2: 100}},
		{"ends when the first has no answer", nil, io.ErrUnexpectedEOF, [3]uint64{100, 0, 0}, [3]uint64{1: 100, 2: 100}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := newVirtual(t, plan, perf.Shard{Of: 1})
			v.answer = tt.answer
			v.service = func(uint64, time.Duration) (time.Duration, error) { return time.Millisecond, tt.err }
			v.run()
			r := v.result()
			for i := range r.Operations {
				m := &r.Operations[i]
				if m.Sent != tt.sent[i] || m.Unsent.Broken != tt.broken[i] || m.Due != 100 || m.Planned != 100 {
					t.Errorf("%s: planned %d, due %d, sent %d, broken %d; want 100, 100, %d, %d", m.Operation, m.Planned, m.Due, m.Sent, m.Unsent.Broken, tt.sent[i], tt.broken[i])
				}
				// Only the first step is due by the schedule; the others when
				// the answer before them has come.
				if b := m.Response.Max(); m.Sent > 0 && b != time.Millisecond {
					t.Errorf("%s took %s from its moment, want 1 ms", m.Operation, b)
				}
			}
			sum(t, r)
		})
	}
}

// A session starts with nothing, and its steps see what those before kept.
func TestSessionsKeep(t *testing.T) {
	t.Parallel()
	plan := &perf.Plan{
		Operations: []perf.Operation{{Name: "a"}, {Name: "b"}},
		Sessions:   []perf.Session{{Name: "s", Weight: 1, Steps: []perf.Step{{Operation: 0}, {Operation: 1}}}},
		Stages:     schedule.Constant(10, 10*time.Second),
	}
	v := newVirtual(t, plan, perf.Shard{Of: 1})
	v.answer = func(r *perf.Request, _ *perf.Answer) (perf.Cause, string, int) {
		if len(r.Kept) != r.Step {
			t.Errorf("request %d, step %d begins with %d values", r.Seq, r.Step, len(r.Kept))
		}
		r.Kept[strconv.Itoa(r.Step)] = "1"
		return perf.Good, "", 1 - r.Step
	}
	v.run()
	if all := sum(t, v.result()); all.Good != 200 {
		t.Errorf("%d of 200 good", all.Good)
	}
}

// All shards together are the run of one machine, to the last count.
func TestShardsAddUp(t *testing.T) {
	t.Parallel()
	plan := &perf.Plan{
		Operations: []perf.Operation{{Name: "a", Weight: 3}, {Name: "b", Weight: 1, Budget: perf.Budget{Latency: []perf.Objective{{Share: 0.9, Within: 40 * time.Millisecond}}}}, {Name: "c"}},
		Sessions:   []perf.Session{{Name: "s", Weight: 1, Steps: []perf.Step{{Operation: 2}, {Operation: 0}}}},
		Stages:     append(schedule.WarmUp(50, 2*time.Second), schedule.Ramp(50, 400, 10*time.Second)...),
		Seed:       42, Poisson: true,
	}
	whole := measuredBy(t, plan, 1)
	if sum(t, whole).Sent == 0 {
		t.Fatal("nothing was sent")
	}
	for _, n := range []int{4, 16} {
		if diff := cmp.Diff(whole, measuredBy(t, plan, n)); diff != "" {
			t.Errorf("%d shards (-one +shards):\n%s", n, diff)
		}
	}
}

// measuredBy runs all of n shards and merges their results.
func measuredBy(t *testing.T, plan *perf.Plan, n int) *perf.Result {
	t.Helper()
	var parts []*perf.Result
	for i := range n {
		v := newVirtual(t, plan, perf.Shard{Index: i, Of: n})
		v.service = func(number uint64, _ time.Duration) (time.Duration, error) {
			took := time.Duration(number*2654435761%97+1) * time.Millisecond
			if number%41 == 0 {
				return took, errors.New("no answer")
			}
			return took, nil
		}
		v.run()
		r := v.result()
		sum(t, r)
		parts = append(parts, r)
	}
	whole, err := perf.Merge(parts...)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// A stretch is settled when nothing of it is under way, so that slow answers
// are never missing from what is decided by.
func TestSettled(t *testing.T) {
	t.Parallel()
	v := newVirtual(t, onePlan(64, 64*time.Second), perf.Shard{Of: 1})
	for v.seq = range 640 {
		if v.seq == 300 {
			continue // under way
		}
		v.clock = v.intended(v.seq)
		v.hit(v.seq)
	}
	v.clock = 10 * time.Second
	at := int(300 * uint64(v.cut.n) / 4096)
	if got := v.settling.settled(v.clock); got != at {
		t.Errorf("settled up to slice %d, want %d, in which one is under way", got, at)
	}
	e := &Engine{plan: v.plan, cut: v.cut, planned: v.count(), sender: v.sender}
	zero := time.Now().Add(-v.clock)
	e.zero.Store(&zero)
	if r := e.settled(); r.Operations[0].Due >= 300 || r.Operations[0].Slices[at].Due != 0 || r.Elapsed != v.cut.start(at) {
		t.Errorf("settled result holds %d requests of %s, and %d of the open slice", r.Operations[0].Due, r.Elapsed, r.Operations[0].Slices[at].Due)
	}
	v.seq = 300
	v.hit(300)
	if got, want := v.settling.settled(v.clock), 10*v.cut.n/64; got != want {
		t.Errorf("settled up to slice %d, want %d", got, want)
	}
}

func TestClassesAreBounded(t *testing.T) {
	t.Parallel()
	names := &classNames{}
	total := map[string]bool{}
	for op := range 100 {
		a := newAccount(&perf.Operation{}, 64, names)
		for i := range 1000 {
			a.add(0, &outcome{cause: perf.BadContract, class: string(rune('a'+op%26)) + time.Duration(op*1000+i).String()})
		}
		m := a.measured("", 64)
		if len(m.Classes) > mostOfOne || m.Bad.Contract != 1000 {
			t.Fatalf("%d classes of one operation, %d of 1000 counted", len(m.Classes), m.Bad.Contract)
		}
		var n uint64
		for name, count := range m.Classes {
			n += count
			total[name] = true
		}
		if n != 1000 {
			t.Fatalf("classes hold %d of 1000", n)
		}
	}
	if len(total) > mostClasses {
		t.Errorf("%d classes in all", len(total))
	}
}
