package script

import (
	"fmt"
	"runtime/metrics"
	"time"
)

// watch ends a call that takes too long, and looks at the memory of the process
// meanwhile.
type watch struct {
	limits Limits
	heap   int64 // at the first look
	over   *time.Timer
	pace   *time.Ticker
}

// pace is how often a watch looks. Calls that are over before cost nothing.
const pace = 5 * time.Millisecond

func newWatch(l Limits) *watch {
	return &watch{limits: l, over: time.NewTimer(l.Call), pace: time.NewTicker(pace)}
}

func (w *watch) end() {
	w.over.Stop()
	w.pace.Stop()
}

// memory returns why the call is to end, nil where it may go on.
func (w *watch) memory() error {
	now := heap()
	if w.heap == 0 {
		w.heap = now
	}
	if now-w.heap > w.limits.Memory {
		return fmt.Errorf("a script took more than %d MB of memory", w.limits.Memory>>20)
	}
	return nil
}

// heap is how many bytes stand on the heap, garbage among them.
func heap() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return int64(sample[0].Value.Uint64()) //nolint:gosec // a heap is far smaller
}
