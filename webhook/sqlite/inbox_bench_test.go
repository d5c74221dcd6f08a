package sqlite_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
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
		receive.Options{
			Unverified: true, Store: in, Routing: hook.Routing{DeliveryHeader: "Id"}, Limit: receive.Limit{Deliveries: 1 << 30, Bytes: 1 << 40},
		})
	body := `"` + strings.Repeat("x", 10_000) + `"`
	b.SetParallelism(32)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
			req.Header.Set("Id", fmt.Sprint(added.Add(1)))
			w := httptest.NewRecorder()
			if r.ServeHTTP(w, req); w.Code != http.StatusAccepted {
				b.Error(w.Code, w.Body)
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
