package receive_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
	"github.com/plumbapi/plumb/webhook/signature"
)

// send gives a receiver a delivery and returns the status of the answer.
func send(t testing.TB, r *receive.Receiver, id, body string) int {
	t.Helper()
	w := httptest.NewRecorder()
	r.ServeHTTP(w, request(t, id, body))
	return w.Code
}

func options() receive.Options {
	return receive.Options{
		Verify: signature.GitHub(secret), Routing: gitHub, Backoff: func(int) time.Duration { return time.Millisecond },
	}
}

// stat returns a number that the receiver counts.
func stat(t *testing.T, r *receive.Receiver, name string) uint64 {
	t.Helper()
	stats, err := r.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stats {
		if s.Name == name {
			return s.Value
		}
	}
	t.Fatalf("nothing is called %s", name)
	return 0
}

// TestAttempts follows deliveries whose handler fails.
func TestAttempts(t *testing.T) {
	t.Parallel()
	const marker = "marker-of-the-body"
	fails := func(times int, err error) func(int) error {
		return func(attempt int) error {
			if attempt < times {
				return err
			}
			return nil
		}
	}
	for name, c := range map[string]struct {
		handle   func(attempt int) error
		attempts int
		dead     bool
	}{
		"good at once":        {fails(0, nil), 1, false},
		"good at last":        {fails(2, errors.New(marker)), 3, false},
		"never good":          {fails(9, errors.New(marker)), 3, true},
		"permanent":           {fails(9, fmt.Errorf("x: %w", receive.Permanent(errors.New(marker)))), 1, true},
		"not to be decoded":   {fails(9, fmt.Errorf("decode: %w", &hook.SyntaxError{})), 1, true},
		"permanent, but nil":  {fails(9, receive.Permanent(nil)), 1, false},
		"a panic, then good":  {func(n int) error { return panics(n, 1, marker) }, 2, false},
		"a panic every time":  {func(n int) error { return panics(n, 9, errors.New(marker)) }, 3, true},
		"a panic that is nil": {func(n int) error { return panics(n, 1, nil) }, 2, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var got []int
			h := receive.HandlerFunc(func(_ context.Context, d *hook.Delivery) error {
				mu.Lock()
				got = append(got, d.Attempt)
				mu.Unlock()
				return c.handle(d.Attempt)
			})
			var log bytes.Buffer
			o := options()
			o.Attempts, o.Store, o.Log = 3, receive.NewMemory(), slog.New(slog.NewTextHandler(&log, nil))
			r := newReceiver(t, h, o)
			if code := send(t, r, "one", "{}"); code != http.StatusAccepted {
				t.Fatalf("answered with %d", code)
			}
			closeReceiver(t, r)
			var want []int
			for i := range c.attempts {
				want = append(want, i)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("attempts (-want +got):\n%s", diff)
			}
			letters, err := o.Store.Dead(t.Context(), 10)
			if err != nil || (len(letters) == 1) != c.dead {
				t.Errorf("%d dead letters, %v", len(letters), err)
			}
			if c.dead && (letters[0].Delivery.ID != "one" || letters[0].Cause == "") {
				t.Errorf("dead letter %+v", letters[0])
			}
			if (c.attempts > 1 || c.dead) != strings.Contains(log.String(), "id=one") {
				t.Errorf("the log says %q", log.String())
			}
			if strings.Contains(log.String(), marker) {
				t.Errorf("the text of an error is logged: %s", log.String())
			}
		})
	}
}

func panics(attempt, times int, value any) error {
	if attempt < times {
		panic(value)
	}
	return nil
}

// TestDuplicates sends each delivery three times, all of them at once and in
// another order by each sender; a third of the attempts fail. Each has one
// effect.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	const deliveries = 500
	var effects [deliveries]atomic.Int32
	h := receive.HandlerFunc(func(_ context.Context, d *hook.Delivery) error {
		var n int
		if _, err := fmt.Sscan(d.ID, &n); err != nil {
			return err
		}
		if (n+d.Attempt)%3 == 0 {
			return errors.New("not yet")
		}
		effects[n].Add(1)
		return nil
	})
	r := newReceiver(t, h, options())
	var fresh atomic.Int32
	var all sync.WaitGroup
	for _, step := range []int{1, 3, 7} { // which share no factor with 500, so that every number comes once
		all.Go(func() {
			for i := range deliveries {
				n := i * step % deliveries
				switch code := send(t, r, fmt.Sprint(n), `{"action":"opened"}`); code {
				case http.StatusAccepted:
					fresh.Add(1)
				case http.StatusOK:
				default:
					t.Errorf("answered with %d", code)
				}
			}
		})
	}
	all.Wait()
	closeReceiver(t, r)
	for n := range effects {
		if got := effects[n].Load(); got != 1 {
			t.Errorf("delivery %d has %d effects", n, got)
		}
	}
	if fresh.Load() != deliveries || stat(t, r, "duplicate") != 2*deliveries || stat(t, r, "done") != deliveries {
		t.Errorf("%d were accepted, %d duplicates, %d done", fresh.Load(), stat(t, r, "duplicate"), stat(t, r, "done"))
	}
}

// TestNoID sees that deliveries without an id are all new, and that long ids
// are told apart.
func TestNoID(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, &inbox{}, options())
	long := strings.Repeat("x", 5000)
	for _, c := range []struct {
		id   string
		want int
	}{{"", 202}, {"", 202}, {long + "a", 202}, {long + "b", 202}, {long + "a", 200}} {
		if code := send(t, r, c.id, "{}"); code != c.want {
			t.Errorf("id of %d characters: %d, want %d", len(c.id), code, c.want)
		}
	}
}

// TestBackpressure fills the queue while the handler waits.
func TestBackpressure(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	o := options()
	o.Workers, o.Limit = 1, receive.Limit{Deliveries: 3}
	r := newReceiver(t, receive.HandlerFunc(func(context.Context, *hook.Delivery) error { <-release; return nil }), o)
	for i, want := range []int{202, 202, 202, 503, 503} {
		if code := send(t, r, fmt.Sprint(i), "{}"); code != want {
			t.Errorf("delivery %d: %d, want %d", i, code, want)
		}
	}
	if stat(t, r, "waiting") != 3 || stat(t, r, "full") != 2 {
		t.Errorf("%d wait, %d found no room", stat(t, r, "waiting"), stat(t, r, "full"))
	}
	close(release)
	closeReceiver(t, r)
	if stat(t, r, "done") != 3 || send(t, r, "late", "{}") != http.StatusServiceUnavailable {
		t.Errorf("%d are done", stat(t, r, "done"))
	}
}

// TestWorkers sees that no more handlers run at a time than there are workers.
func TestWorkers(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int32
	o := options()
	o.Workers = 3
	r := newReceiver(t, receive.HandlerFunc(func(context.Context, *hook.Delivery) error {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(100 * time.Microsecond)
		now.Add(-1)
		return nil
	}), o)
	for i := range 200 {
		send(t, r, fmt.Sprint(i), "{}")
	}
	closeReceiver(t, r)
	if most.Load() > 3 || stat(t, r, "done") != 200 {
		t.Errorf("%d handlers ran at a time, %d are done", most.Load(), stat(t, r, "done"))
	}
}

// TestCloseInTime closes while a handler runs that heeds its context.
func TestCloseInTime(t *testing.T) {
	t.Parallel()
	started := make(chan struct{})
	var cause atomic.Value
	o := options()
	r := receive.New(receive.HandlerFunc(func(ctx context.Context, _ *hook.Delivery) error {
		close(started)
		<-ctx.Done()
		cause.Store(context.Cause(ctx).Error())
		return ctx.Err()
	}), o)
	send(t, r, "one", "{}")
	<-started
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := r.Close(ctx)
	if err == nil || !strings.Contains(err.Error(), "1 deliveries are not handled") || !errors.Is(err, context.Canceled) {
		t.Errorf("Close = %v", err)
	}
	if cause.Load() != "the receiver is closed" || stat(t, r, "interrupted") != 1 {
		t.Errorf("the handler was stopped for %v", cause.Load())
	}
}

// TestDeadComesBack sees that a dead letter is handled again where its sender
// delivers it again, and where it is asked for.
func TestDeadComesBack(t *testing.T) {
	t.Parallel()
	var works atomic.Bool
	o := options()
	store := receive.NewMemory()
	o.Store, o.Attempts = store, 1
	died := make(chan struct{}, 10)
	o.Observe = func(ob receive.Observation) {
		if ob.Outcome == receive.Died {
			died <- struct{}{}
		}
	}
	r := newReceiver(t, receive.HandlerFunc(func(context.Context, *hook.Delivery) error {
		if works.Load() {
			return nil
		}
		return errors.New("no")
	}), o)
	send(t, r, "one", "{}")
	send(t, r, "two", "{}")
	<-died
	<-died
	works.Store(true)
	if code := send(t, r, "one", "{}"); code != http.StatusAccepted {
		t.Errorf("a dead letter that comes again: %d", code)
	}
	letters, err := store.Dead(t.Context(), 10)
	if err != nil || len(letters) != 1 || letters[0].Delivery.ID != "two" {
		t.Fatalf("%v, %v", letters, err)
	}
	if ok, err := store.Revive(t.Context(), letters[0].Key, time.Now()); !ok || err != nil {
		t.Errorf("Revive = %v, %v", ok, err)
	}
	closeReceiver(t, r)
	if stat(t, r, "done") != 2 || stat(t, r, "dead") != 0 {
		t.Errorf("%d are done, %d dead", stat(t, r, "done"), stat(t, r, "dead"))
	}
}

// TestTimeout sees that an attempt that takes too long ends and is tried again.
func TestTimeout(t *testing.T) {
	t.Parallel()
	o := options()
	o.Timeout = time.Millisecond
	r := newReceiver(t, receive.HandlerFunc(func(ctx context.Context, d *hook.Delivery) error {
		if d.Attempt > 0 {
			return nil
		}
		<-ctx.Done()
		return ctx.Err()
	}), o)
	send(t, r, "one", "{}")
	closeReceiver(t, r)
	if stat(t, r, "failed") != 1 || stat(t, r, "done") != 1 {
		t.Errorf("%d attempts failed, %d are done", stat(t, r, "failed"), stat(t, r, "done"))
	}
}

func TestMemoryForgets(t *testing.T) {
	t.Parallel()
	var clock atomic.Int64
	o := options()
	o.Remember = time.Hour
	o.Now = func() time.Time { return time.Unix(1700000000, clock.Load()) }
	o.Verify, o.Unverified = nil, true
	done := make(chan struct{}, 10)
	o.Observe = func(ob receive.Observation) {
		if ob.Outcome == receive.Done {
			done <- struct{}{}
		}
	}
	r := newReceiver(t, &inbox{}, o)
	send(t, r, "one", "{}")
	<-done
	clock.Store(int64(time.Hour) - 1)
	if code := send(t, r, "one", "{}"); code != http.StatusOK {
		t.Errorf("within the hour: %d", code)
	}
	clock.Store(int64(time.Hour))
	if code := send(t, r, "one", "{}"); code != http.StatusAccepted {
		t.Errorf("after the hour: %d", code)
	}
}

func TestDefaultBackoff(t *testing.T) {
	t.Parallel()
	for failed, want := range map[int]time.Duration{0: time.Second, 1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 20: 10 * time.Minute, 1 << 40: 10 * time.Minute} {
		for range 100 {
			if got := receive.DefaultBackoff(failed); got < want*4/5 || got > want*6/5 {
				t.Errorf("after %d: %v, want about %v", failed, got, want)
			}
		}
	}
}
