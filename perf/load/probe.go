package load

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// Unreachable says that a target could not be connected to before the start,
// so that nothing was sent.
type Unreachable struct {
	Target string // its name in the plan
	Host   string // host and port
	Cause  string // a class, such as "transport: connection refused"
}

// Error says which target, where, and why.
func (e *Unreachable) Error() string {
	return fmt.Sprintf("the target %q cannot be reached at %s: %s", e.Target, e.Host, e.Cause)
}

// probe connects once to every target that the plan sends something to. It
// joins an [*Unreachable] for each that does not answer.
func probe(ctx context.Context, plan *perf.Plan, d *dialer, o *Options) error {
	var errs []error
	tried := map[string]bool{}
	for i := range plan.Targets {
		t := &plan.Targets[i]
		u, err := url.Parse(t.URL)
		if err != nil || !used(plan, t.Name) {
			continue
		}
		port := u.Port()
		switch {
		case port != "":
		case u.Scheme == "https":
			port = "443"
		default:
			port = "80"
		}
		host := net.JoinHostPort(u.Hostname(), port)
		if tried[host] {
			continue
		}
		tried[host] = true
		if err := connect(ctx, d, u, host, o.TLS); err != nil {
			if errors.Is(err, errForbidden) {
				errs = append(errs, refuse(LimitHosts, "the target %q is at %s, which has a public address", t.Name, u.Hostname()))
				continue
			}
			errs = append(errs, &Unreachable{Target: t.Name, Host: host, Cause: classOf(err)})
		}
	}
	return errors.Join(errs...)
}

// used reports whether the plan sends anything to a target.
func used(plan *perf.Plan, target string) bool {
	for i := range plan.Operations {
		if plan.Operations[i].Target == target && sent(plan, i) {
			return true
		}
	}
	return false
}

func connect(ctx context.Context, d *dialer, u *url.URL, host string, config *tls.Config) error {
	const patience = 10 * time.Second
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := d.dial(ctx, "tcp", host)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if u.Scheme != "https" {
		return nil
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if config != nil {
		c = config.Clone()
	}
	if c.ServerName == "" {
		c.ServerName = u.Hostname()
	}
	return tls.Client(conn, c).HandshakeContext(ctx)
}
