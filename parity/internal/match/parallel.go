package match

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls f for 0 to n-1, on as many processors as there are. What f
// does for one number must not depend on what it does for another. It stops
// where ctx ends.
func parallel(ctx context.Context, n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	const batch = 8
	for range min(runtime.GOMAXPROCS(0), n/batch+1) {
		wg.Go(func() {
			for {
				end := int(next.Add(batch))
				for i := end - batch; i < min(end, n) && ctx.Err() == nil; i++ {
					f(i)
				}
				if end >= n || ctx.Err() != nil {
					return
				}
			}
		})
	}
	wg.Wait()
}
