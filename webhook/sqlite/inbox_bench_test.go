package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
)

// BenchmarkInbox keeps deliveries of 10 kB on the disk, from many senders at
// once, and has them handled.
func BenchmarkInbox(b *testing.B) {
	in := openFile(b, filepath.Join(b.TempDir(), "hooks.db")).Inbox("")
	var handled, added atomic.Int64
	r := receive.New(receive.HandlerFunc(func(context.Context, *hook.Delivery) error { handled.Add(1); return nil }),
		receive.Options{Unverified: true, Store: in})
	body := []byte(`"` + strings.Repeat("x", 10_000) + `"`)
	limit := receive.Limit{Deliveries: 1 << 30, Bytes: 1 << 40}
	b.SetParallelism(32)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			d := &hook.Delivery{ID: fmt.Sprint(added.Add(1)), Body: body, Received: time.Now()}
			if a, err := in.Add(context.Background(), d.ID, d, limit); a != receive.Fresh || err != nil {
				b.Error(a, err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "kept/s")
	for handled.Load() < added.Load() {
		time.Sleep(time.Millisecond)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "handled/s")
	if err := r.Close(context.Background()); err != nil {
		b.Error(err)
	}
}
