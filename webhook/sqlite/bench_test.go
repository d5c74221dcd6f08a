package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
)

// BenchmarkOutbox is one message put, claimed and recorded, by one goroutine
// and by 32, whose changes share transactions. The floor is the outbox in
// memory.
func BenchmarkOutbox(b *testing.B) {
	body := []byte(fmt.Sprintf(`{"pad":"%01000d"}`, 0))
	turn := func(ctx context.Context, o send.Outbox, id, endpoint string) error {
		now := time.Unix(1e9, 0)
		m := send.Message{ID: id, Event: "issues", Body: body, Created: now}
		if _, err := o.Put(ctx, m, []send.Delivery{{Endpoint: endpoint, State: send.Pending, Due: now}}); err != nil {
			return err
		}
		claimed, _, err := o.Claim(ctx, send.Claim{Endpoint: endpoint, Now: now, Until: now.Add(time.Minute), Max: 1})
		if err != nil || len(claimed) != 1 {
			return fmt.Errorf("%d claimed: %w", len(claimed), err)
		}
		d := claimed[0]
		d.State, d.Attempts, d.Finished, d.Status, d.Class = send.Delivered, 1, now, 200, send.OK
		_, err = o.Record(ctx, send.Attempt{Message: id, Endpoint: endpoint, Number: 1, Start: now, Status: 200, Class: send.OK}, d)
		return err
	}
	for _, goroutines := range []int{1, 32} {
		for _, kind := range []string{"memory", "file"} {
			b.Run(fmt.Sprintf("%s/%d", kind, goroutines), func(b *testing.B) {
				o := send.Outbox(send.NewMemory())
				if kind == "file" {
					o = openFile(b, filepath.Join(b.TempDir(), "hooks.db")).Outbox()
				}
				var n atomic.Int64
				b.ReportAllocs()
				var wg sync.WaitGroup
				work := make(chan int64)
				for g := range goroutines {
					wg.Go(func() {
						for i := range work {
							if err := turn(context.Background(), o, fmt.Sprint("m", i), fmt.Sprint("e", g)); err != nil {
								b.Error(err)
							}
						}
					})
				}
				for b.Loop() {
					work <- n.Add(1)
				}
				close(work)
				wg.Wait()
			})
		}
	}
}
