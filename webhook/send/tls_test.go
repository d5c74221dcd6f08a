package send_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
)

// TestTLS delivers by HTTP/2 to a host that is resolved once, whose name the
// certificate must be for.
func TestTLS(t *testing.T) {
	t.Parallel()
	b := newBook()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if b.note(r); r.ProtoMajor != 2 || r.Host != "example.com:8443" || r.TLS.ServerName != "example.com" {
			t.Errorf("%s for %s, %s", r.Proto, r.Host, r.TLS.ServerName)
		}
	}))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = quiet()
	server.StartTLS()
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	guard := send.Guard{
		Resolve: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
		},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			if address != "93.184.216.34:8443" {
				t.Errorf("%s is dialled", address)
			}
			return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
		},
	}
	s := open(t, send.Options{
		Guard: guard, TLS: &tls.Config{RootCAs: roots}, Retry: send.Retry{Waits: make([]time.Duration, 1)},
		Endpoints: []send.Endpoint{
			{ID: "a", URL: "https://example.com:8443/in", Unsigned: true},
			{ID: "b", URL: "https://other.test:8443/in", Unsigned: true},
		},
	})
	id := put(t, s, send.Message{})
	wait(t, s)
	attempts, err := s.Attempts(t.Context(), id)
	if err != nil || len(attempts) != 2 || len(b.all()) != 1 {
		t.Fatalf("attempts %+v, %d deliveries, %v", attempts, len(b.all()), err)
	}
	for _, a := range attempts {
		switch {
		case a.Endpoint == "a" && a.Class != send.OK:
			t.Errorf("%+v", a)
		case a.Endpoint == "b" && (a.Class != send.ClassTLS || a.Detail != "the certificate is for another host"):
			t.Errorf("%+v", a)
		}
	}
}
