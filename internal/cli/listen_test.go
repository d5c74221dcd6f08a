package cli_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/tools"
	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// said keeps what a command says, and where it listens.
type said struct {
	mu   sync.Mutex
	text strings.Builder
	url  chan string
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, rest, ok := strings.Cut(string(p), "listening on ")
	if ok {
		s.url <- strings.TrimSpace(strings.Split(rest, ",")[0])
	}
	return s.text.Write(p)
}

// TestIntegrationsListen answers a finding as Slack and Jira do: the waiver is in
// the file once, also when the same call comes to a command that was started anew.
// A call that nobody signed is refused.
func TestIntegrationsListen(t *testing.T) {
	t.Parallel()
	f := check.Finding{
		Rule: "operation-tags", Severity: check.Error, Message: "has no tags", Fingerprint: check.Fingerprint("operation-tags", "a.yaml", "/paths/~1a/get", ""),
		Location: check.Location{File: "a.yaml", Element: "/paths/~1a/get"},
	}
	for name, tt := range map[string]struct{ variable, input, reason string }{
		"slack": {"SLACK_SIGNING_SECRET", "signing_secret", `reason: "snoozed in Slack, #api-governance"`},
		"jira":  {"JIRA_WEBHOOK_SECRET", "webhook_secret", "was closed as Won't Do"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
			receiver, ok := tools.Find(name).(integration.Receiver)
			if !ok {
				t.Fatal("it takes nothing in")
			}
			listen := func(calls ...func(url string) *http.Request) (int, string) {
				s := &said{url: make(chan string, 1)}
				e := &env.Env{
					Stdin: strings.NewReader(""), Stdout: &strings.Builder{}, Stderr: s, Dir: dir, Now: func() time.Time { return now },
					Getenv: func(v string) string { return map[string]string{tt.variable: "canary-canary-7"}[v] },
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				code := make(chan int, 1)
				go func() {
					code <- cli.Run(ctx, e, []string{"integrations", "listen", name, "--waivers", "w.yaml", "--addr", "127.0.0.1:0", "--count", "2"})
				}()
				select {
				case url := <-s.url:
					for _, call := range calls {
						answer, err := http.DefaultClient.Do(call(url))
						if err != nil {
							t.Fatal(err)
						}
						_ = answer.Body.Close()
					}
				case c := <-code:
					t.Fatalf("exit code %d: %s", c, s.text.String())
				}
				return <-code, s.text.String()
			}
			good := func(url string) *http.Request {
				r, err := receiver.Call(integration.Inputs{tt.input: "canary-canary-7", "project": "API"}, url, now, &f)
				if err != nil {
					t.Fatal(err)
				}
				return r
			}
			unsigned := func(url string) *http.Request {
				r := good(url)
				r.Header = http.Header{"Content-Type": r.Header["Content-Type"]}
				return r
			}
			if code, text := listen(good, unsigned); code != env.Findings || !strings.Contains(text, "1 call taken, 1 refused") || strings.Contains(text, "canary") {
				t.Errorf("exit code %d: %s", code, text)
			}
			if code, text := listen(good, good); code != env.Clean || !strings.Contains(text, "2 calls taken, 0 refused") {
				t.Errorf("exit code %d: %s", code, text)
			}
			data, err := os.ReadFile(filepath.Join(dir, "w.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			for want, n := range map[string]int{"waivers:\n": 1, `rule: "operation-tags"`: 1, tt.reason: 1, "until: ": 1, "owner: ": 1} {
				if got := strings.Count(string(data), want); got != n {
					t.Errorf("%q is there %d times, want %d:\n%s", want, got, n, data)
				}
			}
			if err := os.WriteFile(filepath.Join(dir, "plumb.yaml"), data, 0o600); err != nil {
				t.Fatal(err)
			}
			var problems strings.Builder
			e := &env.Env{Stdin: strings.NewReader(""), Stdout: &strings.Builder{}, Stderr: &problems, Dir: dir, Now: time.Now, Getenv: func(string) string { return "" }}
			if code := cli.Run(t.Context(), e, []string{"integrations", "list"}); code != env.Clean {
				t.Errorf("plumb.yaml does not take the waivers: %s", problems.String())
			}
		})
	}
}
