package cli_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/perf"
)

const plantsAPI = `{openapi: 3.1.0, info: {title: Nursery, version: "1"}, paths: {/plants: {get: {parameters: [{name: kind, in: query, schema: {type: string}}], responses: {"200": {description: All.}}}}}}`

// connections starts a server that does with each connection what the test
// says, and returns its URL.
func connections(t *testing.T, handle func(c net.Conn)) string {
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

func answering(t *testing.T, handle http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	return s.URL
}

// expired starts a server whose certificate was good an hour ago, and returns
// its URL and the certificate of its authority.
func expired(t *testing.T) (url, ca string) {
	t.Helper()
	a := newAuthority(t)
	c := &x509.Certificate{IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, key := a.signFor(t, c, time.Now().Add(-2*time.Hour), time.Now().Add(-time.Hour))
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL, pemOf("CERTIFICATE", a.cert.Raw)
}

// TestPerfFaults is what may go wrong with a service or with data, through the
// command line: nothing passes that was not measured, nothing is lost, and the
// exit code says which it was.
func TestPerfFaults(t *testing.T) {
	t.Parallel()
	const planned = 40
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	old, ca := expired(t)
	tests := []struct {
		name string
		url  func(t *testing.T) string
		plan string // beside the usual
		data string
		code int
		says string
		due  uint64 // 0: nothing is sent
	}{
		{name: "down", url: func(*testing.T) string { return closed.URL }, code: env.Incomplete, says: "transport: connection refused"},
		{name: "a certificate that has expired", url: func(*testing.T) string { return old }, code: env.Incomplete, says: "tls: certificate expired or not yet valid"},
		{name: "no such host", url: func(*testing.T) string { return "http://nobody.invalid:80" }, code: env.Incomplete, says: "dns: "},
		{name: "resets", url: func(t *testing.T) string {
			return connections(t, func(c net.Conn) {
				_, _ = c.Read(make([]byte, 4096))
				if tc, ok := c.(*net.TCPConn); ok {
					_ = tc.SetLinger(0)
				}
				_ = c.Close()
			})
		}, code: env.Incomplete, says: "not one of 40 requests got an answer (transport: connection reset)", due: planned},
		{name: "half-open", url: func(t *testing.T) string {
			return connections(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
		}, code: env.Findings, says: "perf-budget-exceeded", due: planned},
		{name: "slow", url: func(t *testing.T) string {
			return answering(t, func(http.ResponseWriter, *http.Request) { time.Sleep(30 * time.Millisecond) })
		}, plan: "latency: {90%: 20ms}, ", code: env.Findings, says: "0 % of 40 requests within 20 ms", due: planned},
		{name: "429", url: func(t *testing.T) string {
			return answering(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) })
		}, code: env.Findings, says: "40 with a bad status", due: planned},
		{name: "a file of data without rows", data: "kind\n", url: func(t *testing.T) string { return answering(t, func(http.ResponseWriter, *http.Request) {}) },
			code: env.Usage, says: `slo.yaml:5:10: data "kinds": kinds.csv has no rows`},
		{name: "a file of data without anything", data: " ", url: func(t *testing.T) string { return answering(t, func(http.ResponseWriter, *http.Request) {}) },
			code: env.Usage, says: `slo.yaml:5:10: data "kinds": kinds.csv has no rows`},
		{name: "data that is used up", data: "kind\nfern\n", url: func(t *testing.T) string { return answering(t, func(http.ResponseWriter, *http.Request) {}) },
			code: env.Incomplete, says: "97.5 % of 40 requests had no data", due: planned},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			timeout := "5m"
			if tt.name == "half-open" {
				timeout = "300ms"
			}
			files := map[string]string{
				"ca.pem": ca, "api.yaml": plantsAPI,
				"slo.yaml": `descriptions: [api.yaml]
targets: {rest: {url: "` + tt.url(t) + `"}}
load: {constant: {rate: 80/s, for: 500ms}, catch-up: 5m, max-lag: 5m, timeout: ` + timeout + `}
operations: {GET /plants: {budget: {` + tt.plan + `errors: 10%}}}
`,
			}
			if tt.data != "" {
				files["kinds.csv"] = tt.data
				files["slo.yaml"] = strings.Replace(files["slo.yaml"], "{budget:", `{query: {kind: "{{kinds.kind}}"}, budget:`, 1) + "data: {  kinds: {file: kinds.csv, order: once}}\n"
			}
			result := filepath.Join(dir, "result.json")
			code, out, problems := run(t, files, "perf", "run", "--cacert", "ca.pem", "--save", result, "slo.yaml")
			if code != tt.code || !strings.Contains(out+problems, tt.says) || strings.Contains(out, " pass ") {
				t.Errorf("exit code %d, want %d with %q:\n%s%s", code, tt.code, tt.says, out, problems)
			}
			text, err := os.ReadFile(result)
			if tt.code == env.Usage {
				if err == nil {
					t.Error("a result was written of a run that did not begin")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			r, err := perf.ReadResult(bytes.NewReader(text)) // that its numbers add up is checked there
			if err != nil {
				t.Fatal(err)
			}
			if m := &r.Operations[0]; m.Planned != planned || m.Due != tt.due {
				t.Errorf("%d planned, %d due, want %d and %d", m.Planned, m.Due, planned, tt.due)
			}
			if again, out, problems := run(t, files, "perf", "judge", result); again != code {
				t.Errorf("judged once more, the exit code is %d, not %d:\n%s%s", again, code, out, problems)
			}
		})
	}
}

// TestPerfKilled shows that a run which is killed keeps what it measured until
// then, and that this is no pass.
func TestPerfKilled(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("waits until a run has kept what it measured, which takes some seconds")
	}
	plumb := binary(t)
	for _, tt := range []struct {
		name   string
		signal os.Signal
		says   string
	}{{"killed", os.Kill, "the run was going on"}, {"interrupted", os.Interrupt, "interrupted"}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			url := answering(t, func(http.ResponseWriter, *http.Request) {})
			dir := t.TempDir()
			for name, text := range map[string]string{
				"api.yaml": plantsAPI,
				"slo.yaml": `descriptions: [api.yaml]
targets: {rest: {url: "` + url + `"}}
load: {constant: {rate: 50/s, for: 1h}, catch-up: 5m, max-lag: 5m, timeout: 5m}
operations: {GET /plants: {budget: {errors: 10%}}}
`,
			} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.CommandContext(t.Context(), plumb, "perf", "run", "--save", "result.json", "slo.yaml")
			cmd.Dir = dir
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for kept := false; !kept; time.Sleep(20 * time.Millisecond) {
				text, err := os.ReadFile(filepath.Join(dir, "result.json"))
				kept = err == nil && bytes.Contains(text, []byte(`"operation":"GET /plants"`))
			}
			if err := cmd.Process.Signal(tt.signal); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); tt.signal == os.Interrupt && code != env.Incomplete {
				t.Errorf("exit code %d, want %d", code, env.Incomplete)
			}
			text, err := os.ReadFile(filepath.Join(dir, "result.json"))
			if err != nil {
				t.Fatal(err)
			}
			r, err := perf.ReadResult(bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if m := &r.Operations[0]; m.Good == 0 || m.Planned != 180_000 || !strings.Contains(r.Incomplete, tt.says) {
				t.Errorf("%d good of %d, incomplete %q", m.Good, m.Planned, r.Incomplete)
			}
			judge := exec.CommandContext(t.Context(), plumb, "perf", "judge", "result.json")
			judge.Dir = dir
			out, err := judge.CombinedOutput()
			if code := judge.ProcessState.ExitCode(); err == nil || code != env.Incomplete || !bytes.Contains(out, []byte(tt.says)) || bytes.Contains(out, []byte(" pass ")) {
				t.Errorf("exit code %d of judging, want %d with %q:\n%s", code, env.Incomplete, tt.says, out)
			}
		})
	}
}
