package load

import (
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/perf/schedule"
)

// pacer hands out the requests of a schedule, each at its moment. It is
// vegeta's Pacer, but does the waiting itself: vegeta would sleep, and nothing
// wakes a sleeper when the run is stopped.
type pacer struct {
	schedule *schedule.Schedule
	cursor   *schedule.Cursor
	now      func() time.Duration // since the start of the schedule
	stop     <-chan struct{}
	timer    *time.Timer
	recent   moments
	handed   uint64 // requests that were handed to workers
}

func newPacer(s *schedule.Schedule, now func() time.Duration, stop <-chan struct{}) *pacer {
	return &pacer{schedule: s, cursor: s.Cursor(), now: now, stop: stop, timer: time.NewTimer(time.Hour)}
}

// Pace waits until the next request is due.
func (p *pacer) Pace(_ time.Duration, hits uint64) (wait time.Duration, stop bool) {
	p.handed = hits
	select {
	case <-p.stop:
		return 0, true
	default:
	}
	if hits >= p.schedule.Total() {
		return 0, true
	}
	due := p.cursor.Intended(hits)
	p.recent.put(hits, due)
	if d := due - p.now(); d > 0 {
		p.timer.Reset(d)
		select {
		case <-p.timer.C:
		case <-p.stop:
			return 0, true
		}
	}
	return 0, false
}

// Rate is the schedule's.
func (p *pacer) Rate(elapsed time.Duration) float64 { return p.schedule.Rate(elapsed) }

// intended returns when a request is due that was handed out.
func (p *pacer) intended(seq uint64) time.Duration {
	if due, ok := p.recent.get(seq); ok {
		return due
	}
	return p.schedule.Intended(seq)
}

// moments remembers when the last requests were due: working it out again
// takes microseconds where moments are random. One goroutine puts, many get.
type moments [4096]struct {
	seq atomic.Uint64 // one more than the number; 0 while it is written
	due atomic.Int64
}

func (m *moments) put(seq uint64, due time.Duration) {
	at := &m[seq%uint64(len(m))]
	at.seq.Store(0)
	at.due.Store(int64(due))
	at.seq.Store(seq + 1)
}

func (m *moments) get(seq uint64) (due time.Duration, ok bool) {
	at := &m[seq%uint64(len(m))]
	if at.seq.Load() != seq+1 {
		return 0, false
	}
	due = time.Duration(at.due.Load())
	return due, at.seq.Load() == seq+1
}
