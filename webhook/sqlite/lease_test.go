package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
)

// TestLostHold takes a delivery away from a receiver that is handling it, as
// another process would after this one has slept for too long.
func TestLostHold(t *testing.T) {
	t.Parallel()
	in := openFile(t, filepath.Join(t.TempDir(), "hooks.db")).Inbox("")
	add(t, in, "one", time.Now())
	started, lost := make(chan struct{}), make(chan error, 1)
	r := receive.New(receive.HandlerFunc(func(ctx context.Context, _ *hook.Delivery) error {
		close(started)
		<-ctx.Done()
		lost <- context.Cause(ctx)
		return ctx.Err()
	}), receive.Options{Unverified: true, Store: in, Lease: 2 * time.Second, Log: slog.New(slog.DiscardHandler)})
	<-started
	if stolen := take(t, in, time.Now().Add(time.Hour), time.Now().Add(2*time.Hour)); stolen == nil {
		t.Fatal("there is nothing to steal")
	}
	if err := <-lost; !errors.Is(err, receive.ErrLost) {
		t.Errorf("the handler was stopped for %v", err)
	}
	if err := r.Close(t.Context()); err != nil {
		t.Error(err)
	}
	stats, err := r.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stats {
		if s.Name == "lost" && s.Value != 1 || s.Name == "waiting" && s.Value != 1 {
			t.Errorf("%s is %d", s.Name, s.Value)
		}
	}
}

// TestHoldIsKept lets a handler take longer than its hold: nobody else gets the
// delivery.
func TestHoldIsKept(t *testing.T) {
	t.Parallel()
	in := openFile(t, filepath.Join(t.TempDir(), "hooks.db")).Inbox("")
	const lease = time.Second
	var handled atomic.Int32
	handler := receive.HandlerFunc(func(context.Context, *hook.Delivery) error {
		time.Sleep(5 * lease / 2)
		handled.Add(1)
		return nil
	})
	o := receive.Options{Unverified: true, Store: in, Lease: lease, Log: slog.New(slog.DiscardHandler)}
	add(t, in, "one", time.Now())
	first, second := receive.New(handler, o), receive.New(handler, o)
	for waiting := 1; waiting > 0; {
		var err error
		if waiting, _, err = in.Count(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := errors.Join(first.Close(t.Context()), second.Close(t.Context())); err != nil {
		t.Error(err)
	}
	if handled.Load() != 1 {
		t.Errorf("it was handled %d times", handled.Load())
	}
}

// TestNeverSettled sees that a delivery that ends the process each time it is
// handled becomes a dead letter.
func TestNeverSettled(t *testing.T) {
	t.Parallel()
	in := openFile(t, filepath.Join(t.TempDir(), "hooks.db")).Inbox("")
	now := time.Now()
	add(t, in, "one", now)
	for i := range 3 {
		if it := take(t, in, now, now); it == nil || it.Delivery.Attempt != i {
			t.Fatalf("take %d: %+v", i, it)
		}
	}
	r := receive.New(receive.HandlerFunc(func(context.Context, *hook.Delivery) error { return fmt.Errorf("it is tried again") }),
		receive.Options{Unverified: true, Store: in, Attempts: 3, Log: slog.New(slog.DiscardHandler)})
	for dead := 0; dead == 0; {
		var err error
		if _, dead, err = in.Count(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
	if err := r.Close(t.Context()); err != nil {
		t.Error(err)
	}
	letters, err := in.Dead(t.Context(), 1)
	if err != nil || len(letters) != 1 || letters[0].Cause != "no attempt has come to an end" {
		t.Errorf("%+v, %v", letters, err)
	}
}
