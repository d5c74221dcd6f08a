//go:build unix

package receive_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
)

// benchBody is a payload of 10 kB, the size of GitHub's.
var benchBody = `{"action":"opened","filler":"` + strings.Repeat("x", 10_000) + `"}`

// perCore measures what the process takes of processors, which on a busy
// machine says more than the clock: call what it returns at the end.
func perCore(b *testing.B) func() {
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	start := used()
	return func() {
		took := used() - start
		b.ReportMetric(float64(took.Nanoseconds())/float64(b.N), "cpu-ns/op")
		b.ReportMetric(float64(b.N)/took.Seconds(), "deliveries/s/core")
	}
}

// nothing handles deliveries by counting them.
func nothing() (receive.Handler, *atomic.Int64) {
	n := new(atomic.Int64)
	return receive.HandlerFunc(func(context.Context, *hook.Delivery) error { n.Add(1); return nil }), n
}

// BenchmarkReceive takes deliveries of 10 kB in: signature, JSON, routing,
// duplicates, queue, handler. The floor is what nobody can go below: to read
// the body and to hash it.
func BenchmarkReceive(b *testing.B) {
	sum := hmac.New(sha256.New, []byte(secret))
	sum.Write([]byte(benchBody))
	sig := "sha256=" + hex.EncodeToString(sum.Sum(nil))
	newRequest := func(n int64) *http.Request {
		return &http.Request{
			Method: http.MethodPost, ContentLength: int64(len(benchBody)), Body: io.NopCloser(strings.NewReader(benchBody)),
			Header: http.Header{
				"Content-Type": {"application/json"}, "X-Github-Event": {"issues"},
				"X-Github-Delivery": {strconv.FormatInt(n, 10)}, "X-Hub-Signature-256": {sig},
			},
		}
	}
	b.Run("floor", func(b *testing.B) {
		defer perCore(b)()
		b.ReportAllocs()
		for b.Loop() {
			body, err := io.ReadAll(newRequest(0).Body)
			if err != nil {
				b.Fatal(err)
			}
			h := hmac.New(sha256.New, []byte(secret))
			h.Write(body)
			if !hmac.Equal(h.Sum(nil), sum.Sum(nil)) {
				b.Fatal("another sum")
			}
		}
	})
	for name, fresh := range map[string]bool{"new": true, "duplicates": false} {
		b.Run(name, func(b *testing.B) {
			h, handled := nothing()
			o := options()
			o.Limit = receive.Limit{Deliveries: 1 << 30, Bytes: 1 << 40}
			r := newReceiver(b, h, o)
			n := int64(0)
			defer perCore(b)()
			b.ReportAllocs()
			for b.Loop() {
				if fresh {
					n++
				}
				w := httptest.ResponseRecorder{Body: new(bytes.Buffer)}
				r.ServeHTTP(&w, newRequest(n))
				if w.Code/100 != 2 {
					b.Fatal(w.Code, w.Body)
				}
			}
			for handled.Load() < max(n, 1) {
				time.Sleep(time.Millisecond)
			}
		})
	}
	b.Run("rejected", func(b *testing.B) {
		h, _ := nothing()
		r := newReceiver(b, h, options())
		defer perCore(b)()
		b.ReportAllocs()
		for b.Loop() {
			w := httptest.ResponseRecorder{Body: new(bytes.Buffer)}
			req := newRequest(0)
			req.Header["X-Hub-Signature-256"] = []string{"sha256=" + strings.Repeat("0", 64)}
			r.ServeHTTP(&w, req)
			if w.Code != http.StatusUnauthorized {
				b.Fatal(w.Code)
			}
		}
	})
}

// BenchmarkReceiveLoopback sends over HTTP, client and server in one process,
// beside a server that only reads the body.
func BenchmarkReceiveLoopback(b *testing.B) {
	run := func(b *testing.B, h http.Handler) {
		server := httptest.NewServer(h)
		defer server.Close()
		sum := hmac.New(sha256.New, []byte(secret))
		sum.Write([]byte(benchBody))
		sig := "sha256=" + hex.EncodeToString(sum.Sum(nil))
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
		defer client.CloseIdleConnections()
		var n atomic.Int64
		b.ReportAllocs()
		b.SetParallelism(8)
		done := perCore(b)
		b.ResetTimer()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				req, err := http.NewRequest(http.MethodPost, server.URL, strings.NewReader(benchBody))
				if err != nil {
					b.Error(err)
					return
				}
				req.Header = http.Header{
					"Content-Type": {"application/json"}, "X-Github-Event": {"issues"},
					"X-Github-Delivery": {strconv.FormatInt(n.Add(1), 10)}, "X-Hub-Signature-256": {sig},
				}
				response, err := client.Do(req)
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, response.Body)
				response.Body.Close()
				if response.StatusCode/100 != 2 {
					b.Error(response.Status)
					return
				}
			}
		})
		done()
	}
	b.Run("floor", func(b *testing.B) {
		run(b, http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) { _, _ = io.Copy(io.Discard, req.Body) }))
	})
	b.Run("receiver", func(b *testing.B) {
		h, _ := nothing()
		o := options()
		o.Limit = receive.Limit{Deliveries: 1 << 30, Bytes: 1 << 40}
		run(b, newReceiver(b, h, o))
	})
}
