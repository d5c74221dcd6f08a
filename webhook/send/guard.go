package send

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/address"
)

// Guard says where deliveries may go, so that whoever names an endpoint cannot
// make this machine talk to what only it can reach. The zero value lets
// through https to public addresses, on any port.
//
// An address is judged when the connection is made: a name is resolved once,
// and the addresses that it has are those that are judged and dialled, so a
// name that changes its address between two looks gains nothing. No proxy is
// used, since it would dial in our stead.
type Guard struct {
	// HTTP lets plain http through too.
	HTTP bool
	// Ports are the ports that may be used; empty means any.
	Ports []uint16
	// Networks may be reached though they are not public, such as a product's
	// own: 10.20.0.0/16.
	Networks []netip.Prefix
	// Resolve finds the addresses of a name; nil means the resolver of the
	// machine.
	Resolve func(ctx context.Context, host string) ([]netip.Addr, error)
	// Dial connects to an address; nil means a net.Dialer. It is only called
	// with addresses that are let through, as "1.2.3.4:443".
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// BlockedError says that the Guard does not let a delivery through.
type BlockedError struct {
	// Reason says why; it may tell the host or the address, and nothing else of
	// the URL.
	Reason string
}

// Error returns the reason.
func (e *BlockedError) Error() string { return "the guard does not let it through: " + e.Reason }

func blocked(format string, args ...any) error {
	return &BlockedError{Reason: fmt.Sprintf(format, args...)}
}

// Check says what can be said of a URL without resolving its host. The error
// is a *BlockedError.
func (g Guard) Check(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, blocked("it is no URL") // the error would show all of it
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, blocked("the scheme %q is not https", u.Scheme)
	case u.Scheme == "http" && !g.HTTP:
		return nil, blocked("plain http is not allowed")
	case u.Opaque != "" || u.Host == "":
		return nil, blocked("it has no host")
	case u.User != nil:
		return nil, blocked("it has a user or password")
	}
	port, err := portOf(u)
	if err != nil {
		return nil, err
	}
	if err := g.checkPort(port); err != nil {
		return nil, err
	}
	ip, err := parseHost(u.Hostname())
	if err != nil {
		return nil, err
	}
	if ip.IsValid() && !g.allows(ip) {
		return nil, blocked("%s is not a public address", ip)
	}
	if isLocal(u.Hostname()) && !g.allows(netip.AddrFrom4([4]byte{127, 0, 0, 1})) && !g.allows(netip.IPv6Loopback()) {
		return nil, blocked("the host is this machine")
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.TrimSuffix(u.Host, ":") // a port that is empty is none
	return u, nil
}

// portOf returns the port of a URL.
func portOf(u *url.URL) (uint16, error) {
	text := u.Port()
	switch {
	case text == "" && u.Scheme == "http":
		return 80, nil
	case text == "":
		return 443, nil
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil || port == 0 {
		return 0, blocked("the port is not one of 1 to 65535")
	}
	return uint16(port), nil
}

func (g Guard) checkPort(port uint16) error {
	if len(g.Ports) > 0 && !slices.Contains(g.Ports, port) {
		return blocked("port %d is not allowed", port)
	}
	return nil
}

// allows reports whether an address may be dialled.
func (g Guard) allows(ip netip.Addr) bool {
	if address.Public(ip) {
		return true
	}
	if ip.Zone() != "" {
		return false
	}
	ip = ip.Unmap()
	return slices.ContainsFunc(g.Networks, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// DialContext connects to a host, whose addresses it resolves and judges; those
// that are not let through are left out. It is what the Sender's connections
// are made with, and fits other clients of HTTP.
func (g Guard) DialContext(ctx context.Context, network, hostport string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostport)
	if err != nil {
		return nil, blocked("it has no port")
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, blocked("the port is not one of 1 to 65535")
	}
	if err := g.checkPort(uint16(number)); err != nil {
		return nil, err
	}
	ips, err := g.addresses(ctx, host)
	if err != nil {
		return nil, err
	}
	dial := g.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: 10 * time.Second}).DialContext
	}
	var errs []error
	for _, ip := range ips {
		conn, err := dial(ctx, network, netip.AddrPortFrom(ip, uint16(number)).String())
		if err == nil {
			return conn, nil
		}
		errs = append(errs, err)
		if ctx.Err() != nil {
			break
		}
	}
	return nil, errors.Join(errs...)
}

// maxAddresses is how many addresses of one name are tried.
const maxAddresses = 4

// addresses returns the addresses of a host that may be dialled, at least one.
func (g Guard) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	ip, err := parseHost(host)
	if err != nil {
		return nil, err
	}
	if ip.IsValid() {
		if !g.allows(ip) {
			return nil, blocked("%s is not a public address", ip)
		}
		return []netip.Addr{ip.Unmap()}, nil
	}
	resolve := g.Resolve
	if resolve == nil {
		resolve = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	found, err := resolve(ctx, host)
	if err != nil {
		return nil, &resolveError{err}
	}
	var ips []netip.Addr
	for _, ip := range found {
		if ip.IsValid() && g.allows(ip) && len(ips) < maxAddresses {
			ips = append(ips, ip.Unmap())
		}
	}
	switch {
	case len(found) == 0:
		return nil, &resolveError{errors.New("the host has no address")}
	case len(ips) == 0:
		return nil, blocked("%s has no public address", host)
	}
	return ips, nil
}

// resolveError says that the addresses of a host were not found.
type resolveError struct{ err error }

func (e *resolveError) Error() string { return e.err.Error() }
func (e *resolveError) Unwrap() error { return e.err }

// transport returns the transport of a Sender: it dials through the guard, and
// asks nobody else.
func (g Guard) transport(config *tls.Config) *http.Transport {
	return &http.Transport{
		TLSClientConfig:        config.Clone(),
		Proxy:                  nil,
		DialContext:            g.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        30 * time.Second,
	}
}
