package load_test

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/load"
)

// The journal holds results that can be read and judged, while the run goes on.
func TestJournal(t *testing.T) {
	t.Parallel()
	url := serve(t, func(http.ResponseWriter, *http.Request) {})
	var mu sync.Mutex
	var kept []*perf.Result
	enough := make(chan struct{})
	o := load.Options{JournalEvery: time.Millisecond, Journal: func(r *perf.Result) error {
		var b bytes.Buffer
		if err := perf.WriteResult(&b, r); err != nil {
			return err
		}
		read, err := perf.ReadResult(&b)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		if kept = append(kept, read); len(kept) == 3 {
			close(enough)
		}
		return nil
	}}
	e, err := load.New(steady(url, 200, time.Hour), &plain{base: url}, o)
	if err != nil {
		t.Fatal(err)
	}
	go func() { <-enough; e.Stop("killed") }()
	if _, err := e.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	for i, r := range kept {
		if r.Incomplete == "" || r.Elapsed > r.Planned || r.Operations[0].Planned != 720_000 {
			t.Errorf("entry %d: incomplete %q after %s, planned %d", i, r.Incomplete, r.Elapsed, r.Operations[0].Planned)
		}
	}
}

// A journal that cannot be kept ends the run, with what was measured.
func TestJournalThatFails(t *testing.T) {
	t.Parallel()
	url := serve(t, func(http.ResponseWriter, *http.Request) {})
	full := errors.New("the disk is full")
	r, err := load.Run(t.Context(), steady(url, 100, time.Hour), &plain{base: url}, load.Options{
		JournalEvery: 10 * time.Millisecond, Journal: func(*perf.Result) error { return full },
	})
	if !errors.Is(err, full) || r == nil || !strings.Contains(r.Incomplete, "the disk is full") {
		t.Fatalf("error %v, result %v", err, r)
	}
	adds(t, r)
}

// Decide ends a run early; what is under way then goes on to its end.
func TestDecide(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	var seen, reached atomic.Int64 // twice as many as come before the slow one
	url := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("slow") != "" {
			<-release
		} else if seen.Add(1) == 200 {
			reached.Store(1)
		}
	})
	plan := steady(url, 200, 100*time.Second)
	var once sync.Once
	traffic := &some{plain: plain{base: url}, slow: 100}
	r, err := load.Run(t.Context(), plan, traffic, load.Options{DecideEvery: 5 * time.Millisecond, Decide: func(settled *perf.Result) bool {
		m := &settled.Operations[0]
		if m.Sent > 100 {
			t.Errorf("%d requests are settled, and number 100 is under way", m.Sent)
		}
		if m.Due != m.Sent || m.Due != m.Good {
			t.Errorf("settled: due %d, sent %d, good %d", m.Due, m.Sent, m.Good)
		}
		if settled.Elapsed == 0 || reached.Load() == 0 {
			return false
		}
		once.Do(func() { time.AfterFunc(100*time.Millisecond, func() { close(release) }) })
		return true
	}})
	if err != nil {
		t.Fatal(err)
	}
	m := adds(t, r)
	if !r.Decided || r.Incomplete != "" || r.Elapsed >= r.Planned || m.Good != m.Sent || m.Sent <= 100 {
		t.Errorf("decided %t, incomplete %q, %s of %s, %d of %d good", r.Decided, r.Incomplete, r.Elapsed, r.Planned, m.Good, m.Sent)
	}
}

// some marks one request as slow.
type some struct {
	plain
	slow uint64
}

func (s *some) Request(r *perf.Request) error {
	err := s.plain.Request(r)
	if r.Seq == s.slow {
		r.URL += "?slow=1"
	}
	return err
}

// What the traffic cannot make ends the run, and says for which operation.
func TestTrafficThatFails(t *testing.T) {
	t.Parallel()
	url := serve(t, func(http.ResponseWriter, *http.Request) {})
	for _, tt := range []struct {
		name    string
		traffic perf.Traffic
		want    string
	}{
		{"an error", &failing{plain: plain{base: url}}, "request 5, GET /0: no such thing"},
		{"a panic", &failing{plain: plain{base: url}, panics: true}, "request 5, GET /0: out of thin air"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := load.Run(t.Context(), steady(url, 100, time.Hour), tt.traffic, load.Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) || r.Incomplete == "" {
				t.Errorf("error %v, want one that says %q", err, tt.want)
			}
		})
	}
}

// failing cannot make its sixth request.
type failing struct {
	plain
	panics bool
}

func (f *failing) Request(r *perf.Request) error {
	switch {
	case r.Seq != 5:
		return f.plain.Request(r)
	case f.panics:
		panic("out of thin air")
	}
	return errors.New("no such thing")
}
