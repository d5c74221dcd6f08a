package demo

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/demo"
)

// shutdownTime is how long webhooks and requests under way are waited for.
const shutdownTime = 5 * time.Second

// callTime bounds a request of somebody on a site.
const callTime = 30 * time.Second

// running is a product that is served.
type running struct {
	product *demo.Product
	server  *http.Server
	address string
	token   string
	ended   chan struct{}
}

// listen takes a free port of this machine.
func listen(ctx context.Context) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, env.Incompletef("nothing can be served on this machine: %w", err)
	}
	return l, nil
}

// serve serves a product whose webhooks go to a URL, signed with the secret.
func serve(e *env.Env, l net.Listener, hooks, secret string) (*running, error) {
	token, err := random(24)
	if err != nil {
		return nil, err
	}
	r := &running{address: "http://" + l.Addr().String(), token: token, ended: make(chan struct{})}
	if r.product, err = demo.New(demo.Options{Now: e.Now, Token: token, Secret: secret, Hooks: hooks}); err != nil {
		return nil, env.Incompletef("the product cannot be made: %w", err)
	}
	r.server = &http.Server{Handler: r.product.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(r.ended)
		_ = r.server.Serve(l) // it ends when the product is closed; else whoever asks it says so
	}()
	return r, nil
}

// close ends the product with all that it has under way.
func (r *running) close(ctx context.Context) {
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	_ = r.product.Close(wait) // what was not delivered by then is not missed: it was counted before
	_ = r.server.Close()
	<-r.ended
}

// random is text that nobody can guess, of n bytes.
func random(n int) (string, error) {
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		return "", env.Incompletef("no randomness for a secret: %w", err)
	}
	return base64.StdEncoding.EncodeToString(b), nil
}

// act lets things happen, over both APIs, as somebody on a site would. It
// returns how many webhooks that makes.
func (r *running) act(ctx context.Context) (events int, err error) {
	const open = `mutation($input: CreateIssueInput!) { createIssue(input: $input) { issue { id } errors } }`
	calls := []struct {
		path string
		body any
	}{
		{demo.RESTPath + "/projects/1/issues", map[string]any{"title": "Roof leaks", "priority": "high"}},
		{demo.GraphQLPath, map[string]any{"query": open, "variables": map[string]any{"input": map[string]any{"projectId": "2", "title": "Fence is down"}}}},
		{demo.RESTPath + "/issues/1/comments", map[string]any{"body": "It is worse now."}},
		{demo.RESTPath + "/issues/2/close", nil},
	}
	for _, c := range calls {
		if err := r.post(ctx, c.path, c.body); err != nil {
			return events, err
		}
		events++
	}
	return events, nil
}

// post sends JSON and expects success.
func (r *running) post(ctx context.Context, path string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.address+path, bytes.NewReader(data))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+r.token)
	resp, err := (&http.Client{Timeout: callTime}).Do(req)
	if err != nil {
		return env.Incompletef("POST %s: %w", path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return env.Incompletef("POST %s: %w", path, err)
	}
	if resp.StatusCode/100 != 2 || bytes.Contains(said, []byte(`"errors":[{`)) {
		return env.Incompletef("POST %s: %s: %s", path, resp.Status, said)
	}
	return nil
}

// until hands on what a command says on standard error up to the text that
// begins with a mark, and whatever it says after that to nobody.
type until struct {
	mu   sync.Mutex
	text bytes.Buffer
	mark string
	seen chan string // gets the word behind the mark
}

func (u *until) Write(b []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.text.Write(b)
	if _, after, ok := strings.Cut(u.text.String(), u.mark); ok && u.mark != "" && strings.ContainsAny(after, " ,\n") {
		u.mark = ""
		u.seen <- after[:strings.IndexAny(after, " ,\n")]
	}
	return len(b), nil
}

// String is all that was said.
func (u *until) String() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.text.String()
}

// errEnded is why a command that should listen does not.
var errEnded = errors.New("it ended before it listened")
