package receive_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
)

// TestMemoryIsBounded handles more deliveries than are remembered, and buries
// more than are kept. How it agrees with the store in a file is tested there.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	m, now := receive.NewMemory(), time.Unix(1700000000, 0)
	pass := func(key string, body int, s receive.Settlement) {
		t.Helper()
		if added, err := m.Add(t.Context(), key, &hook.Delivery{Body: make([]byte, body), Received: now}, receive.DefaultLimit()); added != receive.Fresh || err != nil {
			t.Fatal(key, added, err)
		}
		items, _, err := m.Take(t.Context(), now, now, 1)
		if err != nil || len(items) != 1 {
			t.Fatal(key, items, err)
		}
		if err := m.Settle(t.Context(), items[0], s); err != nil {
			t.Fatal(key, err)
		}
	}
	const known = 100_000
	for i := range known + 2 {
		pass(fmt.Sprint(i), 0, receive.Settlement{State: receive.Handled, At: now.Add(time.Hour)})
	}
	for key, want := range map[string]receive.Added{"0": receive.Fresh, "2": receive.Known, fmt.Sprint(known + 1): receive.Known} {
		if added, err := m.Add(t.Context(), key, &hook.Delivery{Received: now}, receive.DefaultLimit()); added != want || err != nil {
			t.Errorf("Add(%s) = %v, %v, want %v", key, added, err, want)
		}
	}
	m = receive.NewMemory()
	for i := range 1001 {
		pass(fmt.Sprint(i), 0, receive.Settlement{State: receive.Buried, At: now})
	}
	if _, dead, err := m.Count(t.Context()); dead != 1000 || err != nil {
		t.Errorf("%d dead letters, %v", dead, err)
	}
	pass("large", 64<<20, receive.Settlement{State: receive.Buried, At: now})
	pass("last", 1, receive.Settlement{State: receive.Buried, At: now})
	letters, err := m.Dead(t.Context(), 10)
	if err != nil || len(letters) != 1 || letters[0].Key != "last" {
		t.Errorf("%d dead letters, %v", len(letters), err)
	}
}
