package webhooks

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/listening"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/payload"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/receive"
)

// listenCall is one call of `plumb webhooks listen`.
type listenCall struct {
	env      *env.Env
	secret   secretFlags
	config   string
	provider string
	record   string
	address  string
	count    int
	duration time.Duration
}

// newListen makes the command `plumb webhooks listen`.
func newListen(e *env.Env) *cobra.Command {
	c := &listenCall{env: e}
	cmd := &cobra.Command{
		Use:   "listen [flags]",
		Short: "Receive deliveries here and record them to files",
		Long: `Deliveries to any path are taken and told, a line each. With --record each is
written to a file of its own: an HTTP request as text, its body byte for byte,
without headers that hold secrets (Authorization, Cookie, X-Gitlab-Token). Such
files can be replayed, verified, and held against a description.

Where --secret-env names a secret, what is not signed with it is refused (401) and
not recorded. A delivery that was taken before is answered with 200 and not
recorded again. Bodies may have up to 25 MiB.

It listens on this machine only, unless --addr says otherwise. Ctrl-C ends it, and
so do --count and --for.

Exit codes: 0 ended with every delivery taken, 1 some were refused, 2 wrong usage,
3 it cannot listen or write there.`,
		Example: `  plumb webhooks listen --record deliveries --for 10m
  plumb webhooks listen --provider github --secret-env WEBHOOK_SECRET --record deliveries --for 10m`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return env.Usagef("listen takes no arguments; --record names the folder, --addr the address")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd.Context()) },
	}
	c.secret.register(cmd)
	registerProvider(cmd, &c.provider)
	flags := cmd.Flags()
	flags.StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringVar(&c.record, "record", "", "write each delivery to a file in this `FOLDER`")
	flags.StringVar(&c.address, "addr", "127.0.0.1:8085", "listen on this `ADDRESS`; port 0 takes any that is free")
	flags.IntVar(&c.count, "count", 0, "end after `N` deliveries")
	flags.DurationVar(&c.duration, "for", 0, "end after this `TIME`")
	return cmd
}

func (c *listenCall) run(ctx context.Context) error {
	host, port, err := net.SplitHostPort(c.address)
	if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 0 || n > 65535 {
		return env.Usagef("--addr %q is no address, such as 127.0.0.1:8085", c.address)
	}
	switch {
	case c.count < 0:
		return env.Usagef("--count %d: expected 1 or more", c.count)
	case c.duration < 0:
		return env.Usagef("--for %s: expected a time above 0", c.duration)
	}
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	provider, err := payload.FindProvider(p, c.provider)
	if err != nil {
		return err
	}
	r, err := c.recorder(provider)
	if err != nil {
		return err
	}
	defer func() { _ = r.receiver.Close(context.WithoutCancel(ctx)) }()
	l, err := listening.Open(ctx, c.address)
	if err != nil {
		return err
	}
	if !c.secret.given() && !isLoopback(host) {
		c.env.Say("plumb: note: whoever reaches %s can deliver; --secret-env names the secret that deliveries are signed with", c.address)
	}
	c.env.Say("plumb: listening on http://%s, Ctrl-C ends it", l.Addr())
	return c.serve(ctx, l, r)
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// recorder makes what takes deliveries.
func (c *listenCall) recorder(provider *webhook.Provider) (*recorder, error) {
	secret, err := secretHeaders()
	if err != nil {
		return nil, err
	}
	r := &recorder{env: c.env, folder: c.record, most: c.count, done: make(chan struct{}), secret: secret}
	o := receive.Options{Unverified: true, Log: quietLog(), Now: c.env.Now}
	if provider != nil {
		r.route = hookRouting(&provider.Routing)
		o.Routing = r.route
	}
	if c.secret.given() {
		keys, err := c.secret.keyring(c.env, provider, nil)
		if err != nil {
			return nil, err
		}
		o.Verify, o.Unverified = keys, false
	}
	r.receiver = receive.New(r, o)
	return r, r.receiver.Err()
}

// serve takes deliveries until somebody ends that.
func (c *listenCall) serve(ctx context.Context, l net.Listener, r *recorder) error {
	if err := listening.Serve(ctx, l, r, c.duration, r.done); err != nil {
		return err
	}
	taken, refused, err := r.outcome()
	c.env.Say("plumb: %s taken, %s refused", deliveries(taken), words.Number(refused))
	switch {
	case err != nil:
		return err
	case refused > 0:
		return env.Done(env.Findings)
	}
	return nil
}

// deliveries counts deliveries.
func deliveries(n int) string {
	if n == 1 {
		return "1 delivery"
	}
	return words.Number(n) + " deliveries"
}

var _ http.Handler = (*recorder)(nil)
