package peer

import (
	"encoding/json"
	"math"
	"runtime"
	"syscall"
	"testing"
	"time"

	peer "github.com/google/go-github/v90/github"

	"github.com/plumbapi/plumb/webhook/hook"
)

// measure runs f over all payloads again and again, and reports MB/s of JSON, by
// the clock, by the clock in the best pass, and by processor time, collecting
// garbage included, and allocations for one payload. The rate of the best pass is
// the one to compare where other programs run.
func measure(b *testing.B, payloads []payload, size int64, f func(p *payload)) {
	b.SetBytes(size)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := processorTime(b)
	best := time.Duration(math.MaxInt64)
	for b.Loop() {
		began := time.Now()
		for i := range payloads {
			f(&payloads[i])
		}
		best = min(best, time.Since(began))
	}
	spent := processorTime(b) - start
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(size)*float64(b.N)/1e6/spent.Seconds(), "MB/cpu-s")
	b.ReportMetric(float64(size)/1e6/best.Seconds(), "MB/s-best")
	n := float64(b.N) * float64(len(payloads))
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/n, "allocs/payload")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/n, "B/payload")
}

// processorTime returns what the process has used.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkDecode(b *testing.B) {
	payloads, size := corpus(b)
	b.Run("plumb", func(b *testing.B) {
		measure(b, payloads, size, func(p *payload) {
			if _, err := hook.Decode(p.empty(), p.body); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("go-github", func(b *testing.B) {
		// Some of the events it does not know, which costs it nothing.
		var known []payload
		var bytes int64
		for _, p := range payloads {
			if peer.EventForType(p.event) != nil {
				known, bytes = append(known, p), bytes+int64(len(p.body))
			}
		}
		measure(b, known, bytes, func(p *payload) { _, _ = peer.ParseWebHook(p.event, p.body) })
	})
	b.Run("json.Valid", func(b *testing.B) {
		measure(b, payloads, size, func(p *payload) { json.Valid(p.body) })
	})
}

func BenchmarkEncode(b *testing.B) {
	payloads, size := corpus(b)
	b.Run("plumb", func(b *testing.B) {
		values := map[*payload]any{}
		for i := range payloads {
			v := payloads[i].empty()
			if _, err := hook.Decode(v, payloads[i].body); err != nil {
				b.Fatal(err)
			}
			values[&payloads[i]] = v
		}
		var room []byte
		measure(b, payloads, size, func(p *payload) { room = hook.Append(room[:0], values[p]) })
	})
	b.Run("go-github", func(b *testing.B) {
		values := map[*payload]any{}
		for i := range payloads {
			if v, err := peer.ParseWebHook(payloads[i].event, payloads[i].body); err == nil {
				values[&payloads[i]] = v
			}
		}
		measure(b, payloads, size, func(p *payload) {
			if v := values[p]; v != nil {
				_, _ = json.Marshal(v)
			}
		})
	})
}

func BenchmarkRoute(b *testing.B) {
	payloads, size := corpus(b)
	routing := hook.Routing{EventHeader: "X-GitHub-Event", ActionPointers: []string{"/action"}}
	header := map[string][]string{"X-Github-Event": {"issues"}}
	route := func(payloads []payload) func(b *testing.B) {
		return func(b *testing.B) {
			measure(b, payloads, size, func(p *payload) {
				if _, action := routing.Route(header, p.body); action != p.action {
					b.Fatalf("%s: action %q, want %q", p.event, action, p.action)
				}
			})
		}
	}
	b.Run("plumb", route(payloads))
	last := make([]payload, len(payloads))
	for i, p := range payloads {
		last[i] = p.actionLast()
	}
	b.Run("plumb-action-last", route(last))
	b.Run("json-action-only", func(b *testing.B) {
		measure(b, payloads, size, func(p *payload) {
			var of struct{ Action any }
			_ = json.Unmarshal(p.body, &of)
		})
	})
}
