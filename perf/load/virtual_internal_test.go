package load

import (
	"net/http"
	"net/http/httptrace"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// virtual is a run with one worker on a clock that only waiting moves, so that
// what is counted is known beforehand, to the nanosecond.
type virtual struct {
	*sender
	shard perf.Shard
	clock time.Duration
	// service is how long the request that is sent at a moment takes.
	service func(number uint64, at time.Duration) (time.Duration, error)
	answer  func(r *perf.Request, a *perf.Answer) (perf.Cause, string, int)
	seq     uint64
	sends   int
}

func newVirtual(t testing.TB, plan *perf.Plan, shard perf.Shard) *virtual {
	t.Helper()
	whole, err := plan.Schedule()
	if err != nil {
		t.Fatal(err)
	}
	part, err := whole.Shard(shard.Index, shard.Of)
	if err != nil {
		t.Fatal(err)
	}
	v := &virtual{shard: shard, service: func(uint64, time.Duration) (time.Duration, error) { return time.Millisecond, nil }}
	v.sender = newSender(plan, v, part, newCut(plan, whole))
	v.now = func() time.Duration { return v.clock }
	v.slots.now, v.slots.run, v.wire = v.now, t.Context(), v
	v.fail = func(err error) { t.Error(err) }
	cursor := part.Cursor()
	v.intended = cursor.Intended
	v.crowd.most = int64(plan.MaxWorkers)
	return v
}

// run sends the whole schedule. A worker takes a request when it is due, or
// when it is free, whatever comes later; without a bound, at once.
func (v *virtual) run() {
	for v.seq = 0; v.seq < v.schedule.Total(); v.seq++ {
		if due := v.intended(v.seq); v.crowd.most == 0 {
			v.clock = due
		} else {
			v.clock = max(v.clock, due)
		}
		v.hit(v.seq)
	}
}

// result is that of an engine, of the whole run.
func (v *virtual) result() *perf.Result {
	e := &Engine{o: Options{Shard: v.shard}, plan: v.plan, cut: v.cut, planned: v.count(), sender: v.sender, digest: v.plan.Digest()}
	r := e.result(v.cut.n)
	r.Trouble, r.Waited = nil, 0
	return r
}

// RoundTrip is the wire.
func (v *virtual) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == "plumb" {
		return v.sender.RoundTrip(r)
	}
	v.sends++
	took, err := v.service(v.schedule.Number(v.seq), v.clock)
	trace := httptrace.ContextClientTrace(r.Context())
	trace.WroteRequest(httptrace.WroteRequestInfo{})
	v.clock += took / 2
	trace.GotFirstResponseByte()
	v.clock += took - took/2
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: http.NoBody}, nil
}

// Request is the traffic.
func (v *virtual) Request(r *perf.Request) error {
	r.Method, r.URL = http.MethodGet, "http://127.0.0.1/"
	return nil
}

// NeedsBody is false.
func (v *virtual) NeedsBody(*perf.Request) bool { return false }

// Answer is good unless the test says otherwise.
func (v *virtual) Answer(r *perf.Request, a *perf.Answer) (perf.Cause, string, int) {
	if v.answer != nil {
		return v.answer(r, a)
	}
	if r.Session >= 0 && r.Step+1 < len(v.plan.Sessions[r.Session].Steps) {
		return perf.Good, "", v.plan.Sessions[r.Session].Steps[r.Step+1].Operation
	}
	return perf.Good, "", -1
}

// sum checks that nothing is lost in a result, and returns the sums over its
// operations.
func sum(t testing.TB, r *perf.Result) perf.Measured {
	t.Helper()
	var all perf.Measured
	for i := range r.Operations {
		m := &r.Operations[i]
		if m.Due != m.Sent+m.Unsent.Total() || m.Sent != m.Good+m.Bad.Total() || m.Sent != m.Response.Count() {
			t.Errorf("%s: due %d, sent %d, unsent %d, good %d, bad %d, response times %d do not add up",
				m.Operation, m.Due, m.Sent, m.Unsent.Total(), m.Good, m.Bad.Total(), m.Response.Count())
		}
		var slices, octaves uint64
		for k := range m.Slices {
			slices += m.Slices[k].Due
			for _, n := range m.Slices[k].Octaves {
				octaves += uint64(n)
			}
		}
		if slices != m.Due || octaves != m.Sent {
			t.Errorf("%s: slices hold %d of %d, octaves %d of %d", m.Operation, slices, m.Due, octaves, m.Sent)
		}
		all.Planned += m.Planned
		all.Due += m.Due
		all.Sent += m.Sent
		all.Good += m.Good
		all.Unsent.Busy += m.Unsent.Busy
		all.Unsent.Late += m.Unsent.Late
		all.Unsent.Empty += m.Unsent.Empty
		all.Unsent.Broken += m.Unsent.Broken
		all.Bad.Status += m.Bad.Status
		all.Bad.Transport += m.Bad.Transport
		all.Bad.Timeout += m.Bad.Timeout
	}
	return all
}
