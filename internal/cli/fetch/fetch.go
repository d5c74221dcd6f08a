// Package fetch gets descriptions over HTTP, warily. An address that the user
// typed may be anywhere; one that a description or a redirect names may not
// be on a private network, and never sees the user's headers.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/plumbapi/plumb/openapi"
)

// The bounds of a request.
const (
	timeout      = 60 * time.Second
	maxRedirects = 5
)

// Options is what a Fetcher may do.
type Options struct {
	// Header is sent to the hosts that were typed, and to no other.
	Header http.Header
	// UserAgent names the program.
	UserAgent string
	// Transport sends the requests; nil means a careful one that refuses
	// private addresses but those that were typed.
	Transport http.RoundTripper
}

// Fetcher gets documents by URL. It is safe for concurrent use, and an
// openapi.Fetcher.
type Fetcher struct {
	opts   Options
	client *http.Client

	mu    sync.Mutex
	typed map[string]*url.Userinfo // by host with port; nil where no user was typed
}

// New makes a Fetcher.
func New(opts Options) *Fetcher {
	f := &Fetcher{opts: opts, typed: map[string]*url.Userinfo{}}
	if opts.Transport == nil {
		f.opts.Transport = f.transport()
	}
	f.client = &http.Client{Transport: f, Timeout: timeout, CheckRedirect: f.redirect}
	return f
}

// Type notes that the user typed the URL.
func (f *Fetcher) Type(rawURL string) {
	if u, err := url.Parse(rawURL); err == nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		if host := address(u); f.typed[host] == nil {
			f.typed[host] = u.User
		}
	}
}

// Allow notes that the user named a host, with a port or for all of http and
// https.
func (f *Fetcher) Allow(host string) {
	if _, _, err := net.SplitHostPort(host); err == nil {
		f.Type("http://" + host)
		return
	}
	f.Type("http://" + host)
	f.Type("https://" + host)
}

// Typed reports whether the user typed the host of a URL.
func (f *Fetcher) Typed(rawURL string) bool {
	u, err := url.Parse(rawURL)
	if err != nil {
		return false
	}
	_, typed := f.typedUser(address(u))
	return typed
}

// Client returns an HTTP client that keeps to the same rules.
func (f *Fetcher) Client() *http.Client { return f.client }

// Fetch gets a document. The caller closes the body and bounds what it
// reads.
func (f *Fetcher) Fetch(ctx context.Context, rawURL string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, rawURL, nil)
	if err != nil {
		return nil, fmt.Errorf("no URL: %w", plain(err))
	}
	req.Header.Set("Accept", "application/json, application/yaml, text/yaml, application/graphql, text/plain;q=0.8, */*;q=0.5")
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, plain(err)
	}
	if resp.StatusCode != http.StatusOK {
		_ = resp.Body.Close()
		return nil, &StatusError{Code: resp.StatusCode}
	}
	return resp.Body, nil
}

// StatusError says that the server answered, but not with a document.
type StatusError struct{ Code int }

// Error returns "the server answers 404 Not Found".
func (e *StatusError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the server answers %d %s", e.Code, http.StatusText(e.Code)))
}

// RoundTrip adds what each request carries, redirected ones too, to a copy:
// a redirect carries on what the first request has, and that must not be the
// user's headers.
func (f *Fetcher) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	if f.opts.UserAgent != "" {
		req.Header.Set("User-Agent", f.opts.UserAgent)
	}
	user, typed := f.typedUser(address(req.URL))
	if user != nil {
		password, _ := user.Password()
		req.SetBasicAuth(user.Username(), password)
	}
	if typed {
		maps.Copy(req.Header, f.opts.Header)
	}
	return f.opts.Transport.RoundTrip(req)
}

func (f *Fetcher) redirect(req *http.Request, via []*http.Request) error {
	switch {
	case len(via) > maxRedirects:
		return fmt.Errorf("more than %d redirects", maxRedirects)
	case via[0].URL.Scheme == "https" && req.URL.Scheme != "https":
		return fmt.Errorf("redirected from https to %s", req.URL.Scheme)
	}
	return nil
}

// typedUser returns whether a host was typed, and the user that was typed
// with it.
func (f *Fetcher) typedUser(host string) (user *url.Userinfo, typed bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	user, typed = f.typed[host]
	return user, typed
}

// transport refuses to connect to private addresses, but for hosts that were
// typed. The address is judged when the connection is made, so that a name
// cannot resolve to one thing first and to another then.
func (f *Fetcher) transport() *http.Transport {
	t := &http.Transport{
		Proxy: func(req *http.Request) (*url.URL, error) {
			proxy, err := http.ProxyFromEnvironment(req)
			if proxy != nil {
				f.Type(proxy.String())
			}
			return proxy, err
		},
		TLSHandshakeTimeout: 15 * time.Second, ResponseHeaderTimeout: 30 * time.Second,
		ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 4,
	}
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		d := net.Dialer{Timeout: 15 * time.Second}
		if _, typed := f.typedUser(strings.ToLower(address)); !typed {
			d.ControlContext = public
		}
		return d.DialContext(ctx, network, address)
	}
	return t
}

// public refuses an address that is not a public one.
func public(_ context.Context, _, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("no address: %w", err)
	}
	if ip := at.Addr().Unmap(); !openapi.IsPublic(ip) {
		return fmt.Errorf("%s is not a public address, and was not typed", ip)
	}
	return nil
}

// address returns a URL's host with its port.
func address(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// plain takes the method and the URL off an error of net/http: they are in
// the message already, and a URL may hold a password.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		if u.Timeout() {
			return fmt.Errorf("no answer within %v", timeout)
		}
		return u.Err
	}
	return err
}
