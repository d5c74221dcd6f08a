package load

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// errForbidden is why a public address is not dialled.
var errForbidden = errors.New("neither a loopback nor a private address")

// dialer connects to what may be loaded. Addresses are checked after their
// names are resolved and right before the connection is made, so a name that
// resolves to another address the second time changes nothing.
type dialer struct {
	socket string
	hosts  []string
	strict net.Dialer
	free   net.Dialer
}

func newDialer(o *Options) *dialer {
	const patience = 30 * time.Second
	d := &dialer{socket: o.UnixSocket, hosts: o.AllowHosts}
	d.free = net.Dialer{Timeout: patience, KeepAlive: patience}
	d.strict = d.free
	d.strict.Control = func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !near(at.Addr()) {
			return fmt.Errorf("%s is %w", at.Addr(), errForbidden)
		}
		return nil
	}
	return d
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if d.socket != "" {
		return d.free.DialContext(ctx, "unix", d.socket)
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if allowed(host, d.hosts) {
		return d.free.DialContext(ctx, network, address)
	}
	return d.strict.DialContext(ctx, network, address)
}

// newTransport makes what requests are sent with. Redirects are answers like
// others, and no proxy is asked: it would connect to whatever it likes.
func newTransport(o *Options, d *dialer) *http.Transport {
	const idle = 10_000 // connections that are kept for the next request
	t := &http.Transport{
		DialContext:         d.dial,
		MaxIdleConnsPerHost: idle,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 30 * time.Second,
		ForceAttemptHTTP2:   o.HTTP2,
	}
	if o.TLS != nil {
		t.TLSClientConfig = o.TLS.Clone()
	}
	return t
}
