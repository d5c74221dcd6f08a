package webhooks

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// targetFlags say where deliveries may be sent to.
type targetFlags struct {
	hosts   []string
	timeout time.Duration
}

func (f *targetFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.hosts, "allow-host", nil, "send to this `HOST` although its address is public; repeatable")
	flags.DurationVar(&f.timeout, "timeout", 15*time.Second, "wait for an answer for at most `TIME`")
}

// check refuses a URL that can be seen to lead where nothing is sent.
func (f *targetFlags) check(target string) (*url.URL, error) {
	u, err := url.Parse(target)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, env.Usagef("%q is no URL that deliveries can be sent to; expected http://HOST or https://HOST", project.PublicURL(target))
	}
	if f.timeout <= 0 {
		return nil, env.Usagef("--timeout: expected a time above 0")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !near(ip) && !f.allows(u.Hostname()) {
		return nil, f.refusal(u.Hostname())
	}
	return u, nil
}

func (f *targetFlags) refusal(host string) error {
	return env.Usagef("%s is neither a loopback nor a private address (--allow-host %s allows it)", host, host)
}

// allows reports whether the user named a host.
func (f *targetFlags) allows(host string) bool {
	bare := func(h string) string { return strings.TrimSuffix(strings.ToLower(strings.Trim(h, "[]")), ".") }
	return slices.ContainsFunc(f.hosts, func(h string) bool { return bare(h) == bare(host) })
}

// near reports whether an address is of this machine or of a private network
// (RFC 1918, RFC 4193). Link-local ones are not: clouds answer there.
func near(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified()
}

// errFar is why a public address is not dialled.
var errFar = errors.New("neither a loopback nor a private address")

// dialer connects to addresses that may be sent to. They are judged right before
// the connection is made, so that a name cannot lead elsewhere the second time.
func (f *targetFlags) dialer(host string) func(ctx context.Context, network, address string) (net.Conn, error) {
	d := &net.Dialer{Timeout: f.timeout}
	if !f.allows(host) {
		d.Control = func(_, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil {
				return err
			}
			if !near(at.Addr()) {
				return fmt.Errorf("%s is %w", at.Addr(), errFar)
			}
			return nil
		}
	}
	return d.DialContext
}

// client sends to one host, follows no redirect and asks no proxy.
func (f *targetFlags) client(host string) *http.Client {
	return &http.Client{
		Timeout:       f.timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DialContext: f.dialer(host), ForceAttemptHTTP2: true, TLSHandshakeTimeout: f.timeout},
	}
}
