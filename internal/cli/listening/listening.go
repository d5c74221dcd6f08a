// Package listening takes HTTP calls for a command until somebody ends that.
//
// What the calls are, and what is said of them, is for the commands.
package listening

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/webhook/receive"
)

// shutdownTime is how long calls that are coming in are waited for.
const shutdownTime = 5 * time.Second

// Open begins to listen on a TCP address. The error has the exit code of what
// could not be done.
func Open(ctx context.Context, address string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		var op *net.OpError
		if errors.As(err, &op) {
			err = op.Err // without the call, which is told here
		}
		return nil, env.Incompletef("it cannot listen on %s: %w", address, err)
	}
	return l, nil
}

// Serve lets a handler take calls until ctx ends, the time is over, where there is
// one, or done is closed. Calls that are coming in then are waited for. The error
// says that it listens no more.
func Serve(ctx context.Context, l net.Listener, handler http.Handler, most time.Duration, done <-chan struct{}) error {
	server := receive.Server("", handler)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	var over <-chan time.Time
	if most > 0 {
		timer := time.NewTimer(most)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-ctx.Done():
	case <-over:
	case <-done:
	case err := <-failed:
		return env.Incompletef("it listens no more: %w", err)
	}
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(wait); err != nil {
		_ = server.Close() // whoever still sends has had his time
	}
	return nil
}
