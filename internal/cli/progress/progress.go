// Package progress says on a terminal how far long work is. Short work, and
// work that nobody watches, it leaves alone.
package progress

import (
	"fmt"
	"sync"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// Start says what text returns and how many seconds have passed, on one line
// of standard error, from the second second on. The function that it returns
// ends that and clears the line.
func Start(e *env.Env, quiet bool, text func() string) (stop func()) {
	if !e.StderrTerminal || quiet {
		return func() {}
	}
	end := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		shown := false
		for seconds := 1; ; seconds++ {
			select {
			case <-end:
				if shown {
					_, _ = fmt.Fprint(e.Stderr, "\r\x1b[K")
				}
				return
			case <-tick.C:
				shown = true
				_, _ = fmt.Fprintf(e.Stderr, "\r\x1b[K%s, %d s", text(), seconds)
			}
		}
	})
	var once sync.Once
	return func() { once.Do(func() { close(end); wg.Wait() }) }
}
