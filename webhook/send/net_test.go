package send_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
)

// world is a network in memory: every name has a public address, and all
// connections lead to one handler. It runs inside a bubble of synctest too.
type world struct {
	listener *pipes
	server   *http.Server
}

// newWorld serves h until the test ends.
func newWorld(t *testing.T, h http.HandlerFunc) *world {
	t.Helper()
	w := &world{listener: &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}}
	w.server = &http.Server{Handler: h}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = w.server.Serve(w.listener)
	}()
	t.Cleanup(func() {
		_ = w.server.Close()
		<-done
	})
	return w
}

// guard leads everything to the world, by plain http.
func (w *world) guard() send.Guard {
	return send.Guard{
		HTTP: true,
		Resolve: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
		},
		Dial: func(ctx context.Context, _, _ string) (net.Conn, error) { return w.listener.dial(ctx) },
	}
}

// pipes is a listener in memory.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) dial(ctx context.Context) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.conns <- theirs:
		return ours, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(93, 184, 216, 34), Port: 80} }

// hop is one request that came in.
type hop struct {
	ID, Path, Body string
	At             time.Duration // since the test began
}

// book writes down what comes in.
type book struct {
	mu    sync.Mutex
	start time.Time
	hops  []hop
}

func newBook() *book { return &book{start: time.Now()} }

func (b *book) note(r *http.Request) hop {
	body, _ := io.ReadAll(r.Body)
	b.mu.Lock()
	defer b.mu.Unlock()
	h := hop{ID: r.Header.Get("Webhook-Id"), Path: r.URL.Path, Body: string(body), At: time.Since(b.start)}
	b.hops = append(b.hops, h)
	return h
}

func (b *book) all() []hop {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]hop(nil), b.hops...)
}

// ids counts how often each id came in.
func (b *book) ids() map[string]int {
	n := map[string]int{}
	for _, h := range b.all() {
		n[h.ID]++
	}
	return n
}

// open makes a Sender that is closed with the test.
func open(t *testing.T, o send.Options) *send.Sender {
	t.Helper()
	if o.Random == nil {
		o.Random = func() float64 { return 0.5 }
	}
	s, err := send.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// put sends a payload and returns its id.
func put(t *testing.T, s *send.Sender, m send.Message) string {
	t.Helper()
	if m.Body == nil {
		m.Body = []byte(`{}`)
	}
	r, err := s.Send(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}

func wait(t *testing.T, s *send.Sender) {
	t.Helper()
	if err := s.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// secretSigner signs with a word, as a stand-in.
type secretSigner string

func (s secretSigner) Sign(h http.Header, id string, body []byte, now time.Time) error {
	if s == "" {
		return errors.New("no secret")
	}
	h.Set("Webhook-Signature", strings.Join([]string{string(s), id, now.UTC().Format(time.RFC3339), string(body)}, "|"))
	return nil
}
