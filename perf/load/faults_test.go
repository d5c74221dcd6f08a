package load_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/load"
)

// raw starts a server that does with each connection what the test says, and
// returns its URL.
func raw(t *testing.T, handle func(c net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go handle(c)
		}
	}()
	return "http://" + l.Addr().String()
}

// reset reads a request and resets the connection.
func reset(c net.Conn) {
	_, _ = c.Read(make([]byte, 4096))
	if tc, ok := c.(*net.TCPConn); ok {
		_ = tc.SetLinger(0)
	}
	_ = c.Close()
}

// mute reads for ever and answers nothing.
func mute(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

// speak answers whatever is asked with a text, and hangs up or stays.
func speak(text string, stay bool) func(c net.Conn) {
	return func(c net.Conn) {
		_, _ = c.Read(make([]byte, 4096))
		_, _ = io.WriteString(c, text)
		if stay {
			_, _ = io.Copy(io.Discard, c)
		}
		_ = c.Close()
	}
}

// down answers the first connection, with which the run tries the target, and
// is gone then.
func down(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		c, err := l.Accept()
		_ = l.Close()
		if err == nil {
			_ = c.Close()
		}
	}()
	return "http://" + l.Addr().String()
}

func TestFaults(t *testing.T) {
	t.Parallel()
	const total = 40
	tests := []struct {
		name   string
		url    func(t *testing.T) string
		bad    perf.Bad
		class  string
		status int
	}{
		{"down", down, perf.Bad{Transport: total}, "transport: connection refused", 0},
		{"resets", func(t *testing.T) string { return raw(t, reset) }, perf.Bad{Transport: total}, "transport: connection reset", 0},
		{"half-open", func(t *testing.T) string { return raw(t, mute) }, perf.Bad{Timeout: total}, "timeout: no answer", 0},
		{"hangs in the header", func(t *testing.T) string { return raw(t, speak("HTTP/1.1 200 OK\r\nContent-", true)) }, perf.Bad{Timeout: total}, "timeout: no answer", 0},
		{"hangs in the body", func(t *testing.T) string {
			return raw(t, speak("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", true))
		}, perf.Bad{Timeout: total}, "timeout: answer not complete", 200},
		{"hangs up in the body", func(t *testing.T) string {
			return raw(t, speak("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", false))
		}, perf.Bad{Transport: total}, "transport: answer cut short", 200},
		{"hangs up", func(t *testing.T) string { return raw(t, speak("", false)) }, perf.Bad{Transport: total}, "transport: connection closed", 0},
		{"another protocol", func(t *testing.T) string { return raw(t, speak("220 mail.example ESMTP\r\n", false)) }, perf.Bad{Transport: total}, "transport: not an HTTP answer", 0},
		{"slow", func(t *testing.T) string {
			return serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		}, perf.Bad{Timeout: total}, "timeout: no answer", 0},
		{"too many requests", func(t *testing.T) string {
			return serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) })
		}, perf.Bad{Status: total}, "status: 429", 429},
		{"redirects to elsewhere", func(t *testing.T) string {
			return serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", "http://192.0.2.1/")
				w.WriteHeader(http.StatusFound)
			})
		}, perf.Bad{}, "", 302},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			url := tt.url(t)
			plan := steady(url, 80, 500*time.Millisecond)
			plan.Operations[0].Budget = perf.Budget{Errors: 0.1, HasErrors: true}
			plan.MaxLag = time.Minute
			if tt.bad.Timeout > 0 {
				plan.Timeout = 300 * time.Millisecond
			}
			if tt.status == 200 { // the header is to come in time
				plan.Timeout = 3 * time.Second
			}
			r, err := load.Run(t.Context(), plan, &plain{base: url}, load.Options{})
			if err != nil {
				t.Fatal(err)
			}
			m := adds(t, r)
			if m.Due != total || m.Sent != total || m.Bad != tt.bad || m.Good != total-tt.bad.Total() {
				t.Errorf("due %d, sent %d, good %d, bad %+v; want %d due and %+v bad", m.Due, m.Sent, m.Good, m.Bad, total, tt.bad)
			}
			classed := m.Classes[tt.class]
			if tt.name == "down" { // those that wait to be accepted when the server goes down
				classed += m.Classes["transport: connection reset"]
			}
			if tt.class != "" && classed != total {
				t.Errorf("classes %v, want %d of %q", m.Classes, total, tt.class)
			}
			if tt.status != 0 && m.Statuses[tt.status] != total {
				t.Errorf("statuses %v, want %d of %d", m.Statuses, total, tt.status)
			}
			if tt.bad.Timeout > 0 && m.Response.Min() < plan.Timeout {
				t.Errorf("a request that timed out took %s, less than the timeout of %s", m.Response.Min(), plan.Timeout)
			}
			want := perf.Fail
			switch total {
			case int(tt.bad.Transport): // nobody knows what the service would have done
				want = perf.Invalid
			case int(m.Good):
				want = perf.Inconclusive // forty good ones do not show that fewer than a tenth are bad
			}
			if j := perf.Judge(plan, r); j.Verdict != want {
				t.Errorf("verdict %s, want %s: %+v", j.Verdict, want, j)
			}
		})
	}
}

// adds checks that nothing is lost, and returns the only operation.
func adds(t *testing.T, r *perf.Result) perf.Measured {
	t.Helper()
	if err := r.Validate(); err != nil {
		t.Errorf("the result contradicts itself: %v", err)
	}
	return r.Operations[0]
}

// A server that is not there before the start ends the run, and what was not
// measured never passes.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	expired := httptest.NewUnstartedServer(http.NotFoundHandler())
	expired.TLS = &tls.Config{Certificates: []tls.Certificate{certificate(t, time.Now().Add(-2*time.Hour), time.Now().Add(-time.Hour))}}
	expired.Config.ErrorLog = nil
	expired.StartTLS()
	t.Cleanup(expired.Close)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	roots := x509.NewCertPool()
	roots.AddCert(leaf(t, expired.TLS.Certificates[0]))
	for _, tt := range []struct{ name, url, cause string }{
		{"down", "http://" + closed.Addr().String(), "transport: connection refused"},
		{"certificate expired", expired.URL, "tls: certificate expired or not yet valid"},
		{"not TLS", "https" + strings.TrimPrefix(serve(t, func(http.ResponseWriter, *http.Request) {}), "http"), "tls: the server does not speak TLS"},
		{"no such host", "http://nobody.invalid:80", "dns: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			plan := steady(tt.url, 10, time.Second)
			plan.Operations[0].Budget = perf.Budget{Errors: 0.5, HasErrors: true}
			r, err := load.Run(t.Context(), plan, &plain{base: tt.url}, load.Options{TLS: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}})
			var unreachable *load.Unreachable
			if !errors.As(err, &unreachable) || !strings.HasPrefix(unreachable.Cause, tt.cause) {
				t.Fatalf("error %v, want one that says %q", err, tt.cause)
			}
			if m := adds(t, r); m.Due != 0 || m.Planned != 10 || r.Incomplete == "" || len(r.Trouble) == 0 {
				t.Errorf("due %d, planned %d, incomplete %q, trouble %q", m.Due, m.Planned, r.Incomplete, r.Trouble)
			}
			if v := perf.Judge(plan, r).Verdict; v != perf.Invalid {
				t.Errorf("verdict %s, want invalid", v)
			}
		})
	}
}

func certificate(t *testing.T, from, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: from, NotAfter: until, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func leaf(t *testing.T, c tls.Certificate) *x509.Certificate {
	t.Helper()
	parsed, err := x509.ParseCertificate(c.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestEmptyData(t *testing.T) {
	t.Parallel()
	url := serve(t, func(http.ResponseWriter, *http.Request) {})
	plan := steady(url, 100, 400*time.Millisecond)
	traffic := &plain{base: url, nothing: func(r *perf.Request) bool { return r.Seq >= 30 }}
	r, err := load.Run(t.Context(), plan, traffic, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if m := adds(t, r); m.Unsent != (perf.Unsent{Empty: 10}) || m.Sent != 30 || m.Classes["no data: users"] != 10 {
		t.Errorf("sent %d, unsent %+v, classes %v; want 30, 10 empty and their class", m.Sent, m.Unsent, m.Classes)
	}
}

// A run that is killed midway keeps what it measured: all that was due is sent
// or accounted for, what hangs is cut off, and a journal was kept.
func TestStopped(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		hang bool
	}{{"with answers", false}, {"while all hang", true}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var seen atomic.Int64
			var stopped time.Time
			ctx, cancel := context.WithCancel(t.Context())
			url := serve(t, func(_ http.ResponseWriter, r *http.Request) {
				if seen.Add(1) == 30 {
					stopped = time.Now()
					cancel()
				}
				if tt.hang {
					<-r.Context().Done()
				}
			})
			plan := steady(url, 100, time.Hour)
			plan.Timeout = time.Hour
			r, err := load.Run(ctx, plan, &plain{base: url}, load.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(stopped); took > 40*time.Second { // a second, on a machine that has nothing else to do
				t.Errorf("the run went on for %s after it was stopped", took)
			}
			m := adds(t, r)
			if r.Incomplete != "interrupted" || r.Elapsed >= r.Planned || m.Planned != 360_000 || m.Sent < 30 || m.Sent < uint64(seen.Load()) {
				t.Errorf("incomplete %q after %s of %s; %d of %d sent, the server saw %d", r.Incomplete, r.Elapsed, r.Planned, m.Sent, m.Planned, seen.Load())
			}
			if cut := m.Classes["timeout: no answer when the run was stopped"]; tt.hang != (cut == m.Sent) {
				t.Errorf("%d of %d were cut off", cut, m.Sent)
			}
		})
	}
}

// At one request a minute, the end of a run does not wait for the next one.
func TestStopAtALowRate(t *testing.T) {
	t.Parallel()
	url := serve(t, func(http.ResponseWriter, *http.Request) {})
	e, err := load.New(steady(url, 1.0/60, time.Hour), &plain{base: url}, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan *perf.Result)
	go func() {
		r, _ := e.Run(t.Context())
		done <- r
	}()
	for e.Progress().Operations[0].Good == 0 {
		time.Sleep(time.Millisecond)
	}
	e.Stop("enough")
	e.Stop("more than enough")
	select {
	case r := <-done:
		if m := adds(t, r); r.Incomplete != "enough" || m.Sent != 1 || m.Due != 1 {
			t.Errorf("incomplete %q, sent %d, due %d; want enough, 1, 1", r.Incomplete, m.Sent, m.Due)
		}
	case <-time.After(40 * time.Second): // before the second request is due
		t.Fatal("the run goes on after it was stopped")
	}
}

// What an engine is asked to send and must not.
func TestRefused(t *testing.T) {
	t.Parallel()
	plan := func(change func(p *perf.Plan)) *perf.Plan {
		p := steady("http://127.0.0.1:1", 100, time.Second)
		change(p)
		return p
	}
	for _, tt := range []struct {
		name string
		plan *perf.Plan
		o    load.Options
		want string
	}{
		{"a public address", plan(func(p *perf.Plan) { p.Targets[0].URL = "http://192.0.2.7/" }), load.Options{}, "192.0.2.7, which is neither a loopback nor a private address"},
		{"a public address of IPv6", plan(func(p *perf.Plan) { p.Targets[0].URL = "http://[2001:db8::1]/" }), load.Options{}, "2001:db8::1, which is neither"},
		{"a public address in disguise", plan(func(p *perf.Plan) { p.Targets[0].URL = "http://[::ffff:192.0.2.7]/" }), load.Options{}, "neither a loopback"},
		{"the address of a cloud's secrets", plan(func(p *perf.Plan) { p.Targets[0].URL = "http://169.254.169.254/" }), load.Options{}, "neither a loopback"},
		{"another scheme", plan(func(p *perf.Plan) { p.Targets[0].URL = "ftp://127.0.0.1/" }), load.Options{}, "expected http://HOST"},
		{"a rate", plan(func(*perf.Plan) {}), load.Options{MaxRate: 99}, "up to 100 requests per second, and at most 99"},
		{"a duration", plan(func(*perf.Plan) {}), load.Options{MaxDuration: time.Millisecond}, "lasts 1s, and at most 1ms"},
		{"a write", plan(func(p *perf.Plan) { p.Operations[0].Write = true }), load.Options{}, "GET /0 changes data"},
		{"nothing", plan(func(p *perf.Plan) { p.Operations[0].Weight = 0 }), load.Options{}, "sends nothing"},
		{"more workers than files", plan(func(p *perf.Plan) { p.MaxWorkers = 1000 }), load.Options{Limits: &load.Limits{Files: 1024}}, "1000 workers need as many connections, but 1024 files may be open"},
		{"more workers than ports", plan(func(p *perf.Plan) { p.MaxWorkers = 1000 }), load.Options{Limits: &load.Limits{Ports: 500}}, "there are 500 local ports"},
		{"a shard that is none", plan(func(*perf.Plan) {}), load.Options{Shard: perf.Shard{Index: 4, Of: 4}}, "shard 4 of 4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := load.New(tt.plan, &plain{}, tt.o)
			var refused *load.Refused
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one that says %q", err, tt.want)
			}
		})
	}
}

// Where the machine has too few files or ports for what could be under way, the
// engine says so and goes no further than they last.
func TestNotice(t *testing.T) {
	t.Parallel()
	e, err := load.New(steady("http://127.0.0.1:1", 1000, time.Second), &plain{}, load.Options{Limits: &load.Limits{Files: 1024}})
	if err != nil {
		t.Fatal(err)
	}
	if want := "60000 requests could be under way at once (1000/s for up to 60 s), but 1024 files may be open (ulimit -n): at most 960 will be"; e.Notice() != want {
		t.Errorf("notice %q, want %q", e.Notice(), want)
	}
}

// A name is held to the address that it leads to when it is dialled.
func TestNameOfAPublicAddress(t *testing.T) {
	t.Parallel()
	url := serve(t, func(http.ResponseWriter, *http.Request) {})
	name := strings.Replace(url, "127.0.0.1", "localhost", 1)
	if _, err := load.Run(t.Context(), steady(name, 10, 100*time.Millisecond), &plain{base: name}, load.Options{}); err != nil {
		t.Errorf("localhost: %v", err)
	}
	// The engine sees only the traffic's URLs when they are dialled.
	plan := steady(url, 20, 500*time.Millisecond)
	r, err := load.Run(t.Context(), plan, &plain{base: "http://192.0.2.1:81"}, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if m := adds(t, r); m.Classes["generator: address not allowed"] != 10 {
		t.Errorf("classes %v, want 10 that were not allowed", m.Classes)
	}
}

// All goes through a socket where there is one, whatever the host.
func TestUnixSocket(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/s"
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Skipf("no sockets here: %v", err)
	}
	var host atomic.Value
	s := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { host.Store(r.Host) })}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	url := "http://tracker.example"
	r, err := load.Run(t.Context(), steady(url, 20, 500*time.Millisecond), &plain{base: url}, load.Options{UnixSocket: path})
	if err != nil {
		t.Fatal(err)
	}
	if m := adds(t, r); m.Good != 10 || host.Load() != "tracker.example" {
		t.Errorf("%d of 10 good, the host was %v", m.Good, host.Load())
	}
}
