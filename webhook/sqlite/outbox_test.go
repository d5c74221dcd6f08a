package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/webhook/send"
	"github.com/plumbapi/plumb/webhook/sqlite"
)

func openFile(tb testing.TB, path string) *sqlite.DB {
	tb.Helper()
	db, err := sqlite.Open(context.Background(), path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

// TestOutboxAsMemory does the same, by chance, to an outbox in memory and to
// one in a file, which is opened anew now and then, and compares everything
// that they say.
func TestOutboxAsMemory(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "hooks.db")
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	memory, file := send.Outbox(send.NewMemory()), send.Outbox(db.Outbox())
	r := rand.New(rand.NewPCG(7, 11))
	p := &player{r: r, now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	for step := range 1000 {
		op := p.next()
		want, got := op.do(t.Context(), memory), op.do(t.Context(), file)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateErrors(), cmpopts.EquateApproxTime(0)); diff != "" {
			t.Fatalf("step %d, %s (-memory +file):\n%s", step, op.name, diff)
		}
		p.learn(want)
		if r.IntN(150) == 0 {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if db, err = sqlite.Open(t.Context(), path); err != nil {
				t.Fatal(err)
			}
			file = db.Outbox()
		}
	}
	if p.claimed < 200 {
		t.Errorf("only %d deliveries were claimed", p.claimed)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if _, err := file.Put(t.Context(), send.Message{ID: "late"}, nil); err == nil {
		t.Error("a closed file takes a message")
	}
}

// op is something that is done to an outbox.
type op struct {
	name string
	do   func(context.Context, send.Outbox) result
}

// result is everything that an outbox may say.
type result struct {
	Added      bool
	N          int
	Deliveries []send.Delivery
	Attempts   []send.Attempt
	Healths    []send.Health
	Health     send.Health
	Message    send.Message
	Next       time.Time
	Err        error
}

// player makes operations by chance.
type player struct {
	r       *rand.Rand
	now     time.Time
	held    []send.Delivery
	put     int
	claimed int
}

func (p *player) learn(r result) {
	for _, d := range r.Deliveries {
		if d.Message.Body != nil {
			p.held = append(p.held, d)
			p.claimed++
		}
	}
}

func (p *player) id() string { return fmt.Sprintf("m%d", p.r.IntN(p.put+1)) }

func (p *player) endpoint() string { return string("abc"[p.r.IntN(3)]) }

func (p *player) query() send.Query {
	q := send.Query{}
	for _, set := range []func(){
		func() { q.Message = p.id() },
		func() { q.Endpoint = p.endpoint() },
		func() { q.State = send.State(1 + p.r.IntN(3)) },
		func() { q.Since = p.now.Add(-time.Duration(p.r.IntN(5000)) * time.Second) },
		func() { q.Until = p.now.Add(-time.Duration(p.r.IntN(3000)) * time.Second) },
		func() { q.Limit = 1 + p.r.IntN(5) },
	} {
		if p.r.IntN(3) == 0 {
			set()
		}
	}
	return q
}

func (p *player) next() op {
	p.now = p.now.Add(time.Duration(p.r.IntN(20)) * time.Second)
	now := p.now
	switch p.r.IntN(14) {
	case 0, 1, 2:
		p.put++
		m := send.Message{ID: p.id(), Event: "issues", Action: "opened", Body: fmt.Appendf(nil, "%d", p.r.IntN(2)), Created: now}
		var ds []send.Delivery
		for _, e := range []string{"c", "a", "b"} {
			if p.r.IntN(2) == 0 {
				ds = append(ds, send.Delivery{Endpoint: e, State: send.Pending, Due: now})
			}
		}
		return op{"put", func(ctx context.Context, o send.Outbox) result {
			added, err := o.Put(ctx, m, ds)
			return result{Added: added, Err: err}
		}}
	case 3, 4, 5:
		c := send.Claim{Endpoint: p.endpoint(), Now: now, Until: now.Add(30 * time.Second), Max: 1 + p.r.IntN(4), Ordered: p.r.IntN(2) == 0}
		return op{"claim", func(ctx context.Context, o send.Outbox) result {
			ds, next, err := o.Claim(ctx, c)
			return result{Deliveries: ds, Next: next, Err: err}
		}}
	case 6, 7, 8:
		if len(p.held) > 0 {
			return p.record(now)
		}
	case 9:
		if len(p.held) > 0 {
			d := p.held[p.r.IntN(len(p.held))]
			d.Due = now
			return op{"release", func(ctx context.Context, o send.Outbox) result { return result{Err: o.Release(ctx, d)} }}
		}
	case 10:
		if p.r.IntN(4) == 0 {
			q := p.query()
			return op{"replay", func(ctx context.Context, o send.Outbox) result {
				n, err := o.Replay(ctx, q, now)
				return result{N: n, Err: err}
			}}
		}
	case 11:
		h := send.Health{Endpoint: p.endpoint()}
		if p.r.IntN(4) == 0 {
			h.Disabled, h.Reason = now, send.ReasonGone
		}
		return op{"health", func(ctx context.Context, o send.Outbox) result { return result{Err: o.SetHealth(ctx, h)} }}
	case 12:
		if p.r.IntN(5) == 0 {
			before := now.Add(-time.Duration(p.r.IntN(5000)) * time.Second)
			return op{"prune", func(ctx context.Context, o send.Outbox) result {
				n, err := o.Prune(ctx, before)
				return result{N: n, Err: err}
			}}
		}
	}
	return p.look()
}

// record ends a claim, which may have ended long ago.
func (p *player) record(now time.Time) op {
	i := p.r.IntN(len(p.held))
	d := p.held[i]
	if p.r.IntN(3) > 0 {
		p.held = append(p.held[:i], p.held[i+1:]...)
	}
	a := send.Attempt{Message: d.Message.ID, Endpoint: d.Endpoint, Number: d.Attempts + 1, Start: now, Duration: time.Millisecond, Status: 200, Class: send.OK}
	d.Attempts++
	d.State, d.Due, d.Finished, d.Status, d.Class = send.Delivered, time.Time{}, now, 200, send.OK
	switch p.r.IntN(3) {
	case 0:
		a.Status, a.Class, a.RetryAfter = 500, send.ClassServer, time.Second
		d.State, d.Due, d.Finished, d.Status, d.Class = send.Pending, now.Add(time.Minute), time.Time{}, 500, send.ClassServer
	case 1:
		a.Status, a.Class, a.Detail = 0, send.ClassReset, "why"
		d.State, d.Status, d.Class = send.Dead, 0, send.ClassReset
	}
	return op{"record", func(ctx context.Context, o send.Outbox) result {
		h, err := o.Record(ctx, a, d)
		return result{Health: h, Err: err}
	}}
}

// look reads everything.
func (p *player) look() op {
	q, id := p.query(), p.id()
	return op{fmt.Sprintf("look %+v", q), func(ctx context.Context, o send.Outbox) (r result) {
		var errs [5]error
		r.Deliveries, errs[0] = o.Deliveries(ctx, q)
		r.N, errs[1] = o.Count(ctx, q)
		r.Healths, errs[2] = o.Health(ctx)
		r.Message, errs[3] = o.Message(ctx, id)
		r.Message.Body = append([]byte("body "), r.Message.Body...)
		r.Attempts, errs[4] = o.Attempts(ctx, id)
		for _, err := range errs {
			if err != nil && !errors.Is(err, send.ErrNoMessage) {
				r.Err = err
			}
		}
		return r
	}}
}
