package load

import (
	"fmt"
	"time"
)

// watch asks whether all is decided, and keeps the journal, until the run
// ends.
func (e *Engine) watch(done <-chan struct{}) {
	decide := ticker(e.o.Decide != nil, e.o.DecideEvery)
	journal := ticker(e.o.Journal != nil, e.o.JournalEvery)
	defer decide.Stop()
	defer journal.Stop()
	for {
		select {
		case <-done:
			return
		case <-decide.C:
			if e.sender.phase.Load() == running && e.o.Decide(e.settled()) {
				e.end(draining, "")
			}
		case <-journal.C:
			began := time.Now()
			if err := e.o.Journal(e.Snapshot()); err != nil {
				e.fail(fmt.Errorf("the journal: %w", err))
				return
			}
			const share = 50
			journal.Reset(max(e.o.JournalEvery, share*time.Since(began)))
		}
	}
}

// ticker returns one that ticks only where it is wanted.
func ticker(wanted bool, every time.Duration) *time.Ticker {
	t := time.NewTicker(every)
	if !wanted {
		t.Stop()
	}
	return t
}
