package send_test

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/webhook/send"
)

// local are servers on this machine that misbehave.
type local struct{ plain, untrusted, garbage, closed string }

func newLocal(t *testing.T) local {
	t.Helper()
	stop := make(chan struct{})
	h := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			select {
			case <-stop:
			case <-r.Context().Done():
			}
		case "/headers":
			for range 100 {
				rw.Header().Add("X-Long", strings.Repeat("x", 4000))
			}
		case "/endless":
			for r.Context().Err() == nil {
				if _, err := rw.Write(make([]byte, 4096)); err != nil {
					return
				}
			}
		}
	})
	plain, untrusted := httptest.NewServer(h), httptest.NewUnstartedServer(h)
	untrusted.Config.ErrorLog = quiet()
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	t.Cleanup(plain.Close)
	t.Cleanup(func() { close(stop) })

	garbage := listen(t)
	go func() {
		for {
			c, err := garbage.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_, _ = c.Write([]byte("220 mail.example ESMTP\r\n"))
			_ = c.Close()
		}
	}()
	closed := listen(t)
	_ = closed.Close()
	return local{plain: plain.URL, untrusted: untrusted.URL, garbage: "http://" + garbage.Addr().String(), closed: "http://" + closed.Addr().String()}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// guard lets through what is on this machine.
func (local) guard() send.Guard {
	return send.Guard{
		HTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Resolve: func(_ context.Context, host string) ([]netip.Addr, error) {
			if host == "inside.example" {
				return []netip.Addr{netip.MustParseAddr("10.0.0.1")}, nil
			}
			return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
		},
	}
}

// quiet is a log that nobody reads.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
