// Package load sends the requests of a plan, on time, and measures what comes
// back. vegeta's attacker keeps the workers; which request is due when, what
// it is and what counts are plumb's own: the moments are those of
// perf/schedule, and response time begins there, so that a server that freezes
// cannot hide behind a generator that waits for it.
//
// [Run] sends a whole plan. [New] makes an [Engine] for those who want to watch
// one: it says how far it is, and can be stopped.
//
// The package makes no requests of its own (perf/traffic does), judges nothing
// (perf does) and reads no files. It sends only to loopback and private
// addresses unless it is told which other hosts it may load.
package load

import (
	"context"

	"github.com/plumbapi/plumb/perf"
)

// Run sends a plan and returns what was measured. It is New and then
// [Engine.Run].
func Run(ctx context.Context, plan *perf.Plan, traffic perf.Traffic, o Options) (*perf.Result, error) {
	e, err := New(plan, traffic, o)
	if err != nil {
		return nil, err
	}
	return e.Run(ctx)
}
