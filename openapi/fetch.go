package openapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/plumbapi/plumb/internal/address"
)

// HTTPFetcher is a [Fetcher] for http and https. A description names what is
// fetched, and whoever wrote it may mean harm, so addresses that are not
// public are refused unless allowed: at the moment of dialling, by the address
// and not by the name, and so behind redirects too. No proxy is used then,
// since it would dial in our stead.
//
// How long a fetch may take is up to the context.
type HTTPFetcher struct {
	// Client does the requests; nil means a plain one. Its transport must be
	// an *http.Transport, or nil, unless AllowPrivate is set: no other can be
	// kept from dialling.
	Client *http.Client
	// Header is sent to HeaderHost, such as a token for a private
	// description.
	Header http.Header
	// HeaderHost is the one host, "name" or "name:port" as URLs have it, that
	// Header is sent to. Sources elsewhere that the description refers to, or
	// that a redirect leads to, do not get it.
	HeaderHost string
	// MaxBytes bounds a body; 0 means DefaultMaxBytes.
	MaxBytes int64
	// AllowPrivate allows loopback, private and link-local addresses.
	AllowPrivate bool
}

const (
	// maxRedirects is how many redirects a fetch follows.
	maxRedirects = 5
	// handshakeTimeout bounds the start of a TLS connection.
	handshakeTimeout = 10 * time.Second
)

// Fetch gets the body behind the URL. Any status but 200 is an error.
func (f *HTTPFetcher) Fetch(ctx context.Context, address string) (io.ReadCloser, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", address, err)
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("fetch %s: the scheme %q is neither http nor https", address, u.Scheme)
	}
	client, err := f.client()
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", address, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", address, err)
	}
	f.setHeader(req)
	res, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	if res.StatusCode != http.StatusOK {
		_ = res.Body.Close()
		return nil, fmt.Errorf("fetch %s: the answer is %s", address, res.Status)
	}
	return &cappedBody{body: res.Body, left: f.maxBytes()}, nil
}

// client copies the client so that every connection and redirect is guarded.
func (f *HTTPFetcher) client() (*http.Client, error) {
	c := http.Client{}
	if f.Client != nil {
		c = *f.Client
	}
	next := c.CheckRedirect
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		switch {
		case len(via) > maxRedirects:
			return fmt.Errorf("more than %d redirects", maxRedirects)
		case req.URL.Scheme != "https" && via[len(via)-1].URL.Scheme == "https":
			return errors.New("a redirect leads from https to http")
		}
		f.setHeader(req)
		if next != nil {
			return next(req, via)
		}
		return nil
	}
	if f.AllowPrivate {
		return &c, nil
	}
	var t *http.Transport
	switch given := c.Transport.(type) {
	case nil:
		t = &http.Transport{ForceAttemptHTTP2: true, TLSHandshakeTimeout: handshakeTimeout}
	case *http.Transport:
		t = given.Clone()
	default:
		return nil, fmt.Errorf("a transport of type %T cannot be kept from private addresses", given)
	}
	t.Proxy = nil
	t.DialTLSContext, t.DialTLS = nil, nil //nolint:staticcheck // an old transport may have it
	t.DialContext = (&net.Dialer{Control: publicOnly}).DialContext
	t.DisableKeepAlives = true // the copy is used once
	c.Transport = t
	return &c, nil
}

// setHeader sets the headers of a request, or, where a redirect has left the
// host that they are for, takes them away.
func (f *HTTPFetcher) setHeader(req *http.Request) {
	for name, values := range f.Header {
		if strings.EqualFold(req.URL.Host, f.HeaderHost) {
			req.Header[http.CanonicalHeaderKey(name)] = values
		} else {
			req.Header.Del(name)
		}
	}
	req.Header.Set("Accept", "application/json, application/yaml, text/yaml, */*;q=0.5")
	req.Header.Set("User-Agent", "plumb")
}

func (f *HTTPFetcher) maxBytes() int64 {
	if f.MaxBytes > 0 {
		return f.MaxBytes
	}
	return DefaultMaxBytes
}

// cappedBody is a body that ends in an error where it is too large.
type cappedBody struct {
	body io.ReadCloser
	left int64
}

func (b *cappedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errors.New("the body is too large")
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.body.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n - 1, errors.New("the body is too large")
	}
	return n, err
}

func (b *cappedBody) Close() error { return b.body.Close() }

// publicOnly refuses to connect to addresses that are not public. It sees the
// address that a name resolved to.
func publicOnly(_, to string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(to)
	if err != nil {
		return fmt.Errorf("dial %s: %w", to, err)
	}
	if !address.Public(at.Addr()) {
		return fmt.Errorf("the address %s is not public", at.Addr())
	}
	return nil
}

// IsPublic reports whether an address is one of the public internet: not this
// machine, a private network, a link's own or a group, nor one of the blocks
// that IANA keeps for special purposes or that wrap an IPv4 address. It is
// what [HTTPFetcher] goes by, for fetchers that judge addresses themselves.
func IsPublic(ip netip.Addr) bool { return address.Public(ip) }
