package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
	"github.com/plumbapi/plumb/webhook/sqlite"
)

// TestInboxAsMemory does the same, by chance, to an inbox in memory and to one
// in a file, which is opened anew now and then, and compares everything that
// they say.
func TestInboxAsMemory(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "hooks.db")
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	memory, file := receive.Store(receive.NewMemory()), receive.Store(db.Inbox("a"))
	other := db.Inbox("b") // which must stay as it is
	if _, err := other.Add(t.Context(), "=1", &hook.Delivery{Received: time.Unix(1, 0)}, receive.DefaultLimit()); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 5))
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var heldMemory, heldFile []*receive.Item
	for step := range 2000 {
		now = now.Add(time.Duration(1 + r.IntN(2e9)))
		key, n := fmt.Sprintf("=%d", r.IntN(60)), r.IntN(4)
		limit := receive.Limit{Deliveries: 12, Bytes: 40}
		d := &hook.Delivery{ID: key, Event: "e", Action: "a", Header: map[string][]string{"X": {key}}, Body: make([]byte, n), Received: now}
		state := receive.State(r.IntN(5))
		s := receive.Settlement{State: state, At: now.Add(time.Duration(r.IntN(5)) * time.Second), Cause: key}
		if state == receive.Handled || state == receive.Held {
			s.At = now.Add(time.Hour * 1000) // memory forgets at once, the file now and then
		}
		which := r.IntN(10)
		do := func(store receive.Store, held *[]*receive.Item) (answer []any) {
			say := func(v ...any) { answer = append(answer, v...) }
			switch {
			case which < 4:
				added, err := store.Add(t.Context(), key, d, limit)
				say("add", added, err)
			case which < 6:
				items, next, err := store.Take(t.Context(), now, now.Add(time.Hour*1000), n)
				slices.SortFunc(items, func(a, b *receive.Item) int { return strings.Compare(a.Key, b.Key) })
				*held = append(*held, items...)
				for _, it := range items {
					say(it.Key, it.Delivery)
				}
				say("take", next.UnixNano() > now.UnixNano() && next.Before(now.Add(time.Hour)), err)
			case which < 8 && len(*held) > 0:
				it := (*held)[n%len(*held)]
				say("settle", it.Key, state, store.Settle(t.Context(), it, s))
			case which == 8:
				revived, err := store.Revive(t.Context(), key, now)
				say("revive", revived, err)
			default:
				letters, err := store.Dead(t.Context(), 5)
				say("dead", letters, err)
			}
			waiting, dead, err := store.Count(t.Context())
			say(waiting, dead, err)
			return answer
		}
		want, got := do(memory, &heldMemory), do(file, &heldFile)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateErrors(), cmpopts.EquateApproxTime(0)); diff != "" {
			t.Fatalf("step %d (-memory +file):\n%s", step, diff)
		}
		if r.IntN(200) == 0 {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if db, err = sqlite.Open(t.Context(), path); err != nil {
				t.Fatal(err)
			}
			file, other = db.Inbox("a"), db.Inbox("b")
		}
	}
	if waiting, dead, err := other.Count(t.Context()); waiting != 1 || dead != 0 || err != nil {
		t.Errorf("the other inbox has %d waiting, %d dead, %v", waiting, dead, err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func TestInboxHoldEnds(t *testing.T) {
	t.Parallel()
	in := openFile(t, filepath.Join(t.TempDir(), "hooks.db")).Inbox("")
	now := time.Unix(1700000000, 0)
	add(t, in, "one", now)
	first := take(t, in, now, now.Add(time.Second))
	if again := take(t, in, now, now.Add(time.Second)); again != nil {
		t.Fatalf("what is held is handed out again: %v", again)
	}
	if err := in.Settle(t.Context(), first, receive.Settlement{State: receive.Held, At: now.Add(3 * time.Second)}); err != nil {
		t.Fatal(err)
	}
	if again := take(t, in, now.Add(2*time.Second), now.Add(4*time.Second)); again != nil {
		t.Fatal("a hold that was prolonged has ended")
	}
	second := take(t, in, now.Add(3*time.Second), now.Add(4*time.Second))
	if second == nil || second.Delivery.Attempt != 1 {
		t.Fatalf("after the hold: %+v", second)
	}
	for _, state := range []receive.State{receive.Handled, receive.Again, receive.GivenBack, receive.Buried, receive.Held} {
		if err := in.Settle(t.Context(), first, receive.Settlement{State: state, At: now}); !errors.Is(err, receive.ErrLost) {
			t.Errorf("the first holder settles as %d: %v, want ErrLost", state, err)
		}
	}
}

// TestInboxForgets sees that an id is known for as long as it should be, and
// that the file does not grow for ever.
func TestInboxForgets(t *testing.T) {
	t.Parallel()
	in := openFile(t, filepath.Join(t.TempDir(), "hooks.db")).Inbox("")
	now := time.Unix(1700000000, 0)
	add(t, in, "old", now)
	if err := in.Settle(t.Context(), take(t, in, now, now), receive.Settlement{State: receive.Handled, At: now.Add(time.Minute)}); err != nil {
		t.Fatal(err)
	}
	later := now.Add(time.Minute + time.Nanosecond)
	for i := range 70 {
		if i == 60 {
			if added, err := in.Add(t.Context(), "old", &hook.Delivery{Received: later}, receive.DefaultLimit()); added != receive.Known || err != nil {
				t.Fatalf("before the sweep: %v, %v", added, err)
			}
		}
		add(t, in, fmt.Sprint(i), later)
		take(t, in, later, later.Add(time.Hour))
	}
	if added, err := in.Add(t.Context(), "old", &hook.Delivery{Received: later}, receive.DefaultLimit()); added != receive.Fresh || err != nil {
		t.Errorf("after the sweep: %v, %v", added, err)
	}
}

// TestInboxOnce sees that an effect is made just where the delivery is ended by
// it.
func TestInboxOnce(t *testing.T) {
	t.Parallel()
	db := openFile(t, filepath.Join(t.TempDir(), "hooks.db"))
	in := db.Inbox("")
	effect := func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS effect (id TEXT PRIMARY KEY) STRICT`)
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO effect VALUES ('one')`)
		}
		return err
	}
	broken := errors.New("broken")
	var errs []error
	handler := receive.HandlerFunc(func(ctx context.Context, d *hook.Delivery) error {
		switch d.Attempt {
		case 0:
			errs = append(errs, in.Once(ctx, func(ctx context.Context, tx *sql.Tx) error { return errors.Join(effect(ctx, tx), broken) }))
			return broken
		case 1:
			errs = append(errs, in.Once(ctx, effect), in.Once(ctx, effect))
			return broken // too late: the delivery has ended with the effect
		}
		return errors.New("handled again after its end")
	})
	add(t, in, "one", time.Now())
	r := receive.New(handler, receive.Options{Unverified: true, Store: in, Log: slog.New(slog.DiscardHandler), Workers: 1, Backoff: func(int) time.Duration { return 0 }})
	deadline := time.Now().Add(30 * time.Second)
	for waiting := 1; waiting > 0; {
		var err error
		if waiting, _, err = in.Count(t.Context()); err != nil || time.Now().After(deadline) {
			t.Fatalf("%d wait, %v", waiting, err)
		}
		time.Sleep(time.Millisecond)
	}
	if err := r.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if len(errs) != 3 || !errors.Is(errs[0], broken) || errs[1] != nil || !errors.Is(errs[2], receive.ErrLost) {
		t.Errorf("Once has said %v", errs)
	}
	if _, dead, err := in.Count(t.Context()); dead != 0 || err != nil {
		t.Errorf("%d dead letters, %v", dead, err)
	}
	if err := in.Once(t.Context(), effect); err == nil {
		t.Error("Once works outside of a handler")
	}
}

func add(t *testing.T, in *sqlite.Inbox, key string, now time.Time) {
	t.Helper()
	if added, err := in.Add(t.Context(), key, &hook.Delivery{ID: key, Body: []byte("{}"), Received: now}, receive.DefaultLimit()); added != receive.Fresh || err != nil {
		t.Fatalf("Add(%s) = %v, %v", key, added, err)
	}
}

func take(t *testing.T, in *sqlite.Inbox, now, until time.Time) *receive.Item {
	t.Helper()
	items, _, err := in.Take(t.Context(), now, until, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(items) == 0 {
		return nil
	}
	return items[0]
}

func TestInboxDiscard(t *testing.T) {
	t.Parallel()
	in := openFile(t, filepath.Join(t.TempDir(), "hooks.db")).Inbox("")
	now := time.Unix(1700000000, 0)
	for i, key := range []string{"old", "new", "waiting"} {
		add(t, in, key, now)
		it := take(t, in, now, now.Add(time.Hour))
		s := receive.Settlement{State: receive.Buried, At: now.Add(time.Duration(i) * time.Hour)}
		if key == "waiting" {
			s.State = receive.Again
		}
		if err := in.Settle(t.Context(), it, s); err != nil {
			t.Fatal(err)
		}
	}
	n, err := in.Discard(t.Context(), now.Add(time.Hour))
	if n != 1 || err != nil {
		t.Errorf("Discard = %d, %v", n, err)
	}
	letters, err := in.Dead(t.Context(), 10)
	if err != nil || len(letters) != 1 || letters[0].Key != "new" {
		t.Errorf("%+v, %v", letters, err)
	}
	if waiting, dead, err := in.Count(t.Context()); waiting != 1 || dead != 1 || err != nil {
		t.Errorf("%d wait, %d are dead, %v", waiting, dead, err)
	}
}
