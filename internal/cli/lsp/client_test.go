package lsp_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/lsp"
	own "github.com/plumbapi/plumb/internal/lsp"
	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// client is an editor that speaks with the command over pipes. It knows the
// protocol by itself, so that the server is not tested with its own code.
type client struct {
	t    *testing.T
	dir  string
	out  io.WriteCloser
	said *strings.Builder
	done chan error

	mu      sync.Mutex
	id      int
	answers map[int]chan json.RawMessage
	shown   map[string][]protocol.Diagnostic // by URI
	pulse   chan struct{}                    // closed when something is shown
}

// start starts the command in a folder with the files.
func start(t *testing.T, files map[string]string, flags ...string) *client {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, dir: dir, said: &strings.Builder{}, done: make(chan error, 1), answers: map[int]chan json.RawMessage{}, shown: map[string][]protocol.Diagnostic{}, pulse: make(chan struct{})}
	for name, text := range files {
		c.write(name, text)
	}
	toServer, out := io.Pipe()
	in, fromServer := io.Pipe()
	c.out = out
	cmd := lsp.New(&env.Env{Stdin: toServer, Stdout: fromServer, Stderr: c.said, Getenv: func(string) string { return "" }, Dir: dir, Now: time.Now})
	cmd.SetArgs(append([]string{"--delay", "1ms"}, flags...))
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	go func() {
		err := cmd.ExecuteContext(t.Context())
		_ = fromServer.Close()
		c.done <- err
	}()
	go c.listen(bufio.NewReader(in))
	t.Cleanup(func() { _ = out.Close() })
	return c
}

// open starts the command and introduces an editor with the folder open.
func open(t *testing.T, files map[string]string, flags ...string) *client {
	t.Helper()
	c := start(t, files, flags...)
	c.ask("initialize", map[string]any{"processId": nil, "rootUri": own.URIOf(c.dir), "capabilities": map[string]any{}}, nil)
	c.tell("initialized", map[string]any{})
	return c
}

func (c *client) write(name, text string) {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) uri(name string) string { return own.URIOf(filepath.Join(c.dir, name)) }

func (c *client) send(message map[string]any) {
	message["jsonrpc"] = "2.0"
	body, err := json.Marshal(message)
	if err != nil {
		c.t.Error(err)
		return
	}
	if _, err := fmt.Fprintf(c.out, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		c.t.Errorf("%v: %v", message["method"], err)
	}
}

func (c *client) tell(method string, params any) {
	c.send(map[string]any{"method": method, "params": params})
}

// try sends a request and returns its answer, or its error's message.
func (c *client) try(method string, params, result any) error {
	c.t.Helper()
	answer := make(chan json.RawMessage, 1)
	c.mu.Lock()
	c.id++
	id := c.id
	c.answers[id] = answer
	c.mu.Unlock()
	c.send(map[string]any{"id": id, "method": method, "params": params})
	ctx, cancel := context.WithTimeout(c.t.Context(), time.Minute)
	defer cancel()
	select {
	case raw := <-answer:
		var m struct {
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := json.Unmarshal(raw, &m); err != nil {
			return err
		}
		if m.Error != nil {
			return errors.New(m.Error.Message)
		}
		if result != nil {
			return json.Unmarshal(m.Result, result)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%s was not answered", method)
	}
}

func (c *client) ask(method string, params, result any) {
	c.t.Helper()
	if err := c.try(method, params, result); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

// listen takes in what the server says.
func (c *client) listen(in *bufio.Reader) {
	for {
		header, err := textproto.NewReader(in).ReadMIMEHeader()
		if err != nil {
			return
		}
		n, _ := strconv.Atoi(header.Get("Content-Length"))
		body := make([]byte, n)
		if _, err := io.ReadFull(in, body); err != nil {
			return
		}
		var m struct {
			ID     *int
			Method string
			Params json.RawMessage
		}
		if err := json.Unmarshal(body, &m); err != nil {
			c.t.Errorf("%s: %v", body, err)
			continue
		}
		c.mu.Lock()
		switch {
		case m.Method == "textDocument/publishDiagnostics":
			var p protocol.PublishDiagnosticsParams
			if err := json.Unmarshal(m.Params, &p); err != nil {
				c.t.Error(err)
			}
			c.shown[p.URI] = p.Diagnostics
			close(c.pulse)
			c.pulse = make(chan struct{})
		case m.Method != "" && m.ID != nil:
			go c.send(map[string]any{"id": *m.ID, "result": nil})
		case m.ID != nil:
			c.answers[*m.ID] <- body
		}
		c.mu.Unlock()
	}
}

// wait waits until what is shown in a file is as the test wants it.
func (c *client) wait(name, what string, is func([]protocol.Diagnostic) bool) []protocol.Diagnostic {
	c.t.Helper()
	late := time.After(time.Minute)
	for {
		c.mu.Lock()
		list, known := c.shown[c.uri(name)]
		pulse := c.pulse
		c.mu.Unlock()
		if known && is(list) {
			return list
		}
		select {
		case <-pulse:
		case <-late:
			c.t.Fatalf("%s never showed %s, but %v\n%s", name, what, list, c.said)
		}
	}
}

// rule waits for a finding of a rule, or that there is none any more.
func (c *client) rule(name, id string, there bool) protocol.Diagnostic {
	c.t.Helper()
	var found protocol.Diagnostic
	c.wait(name, fmt.Sprintf("%s: %t", id, there), func(list []protocol.Diagnostic) bool {
		for _, d := range list {
			if d.Code == id {
				found = d
				return there
			}
		}
		return !there
	})
	return found
}

func (c *client) didOpen(name, text string) {
	c.tell("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": c.uri(name), "languageId": "yaml", "version": 1, "text": text}})
}

func (c *client) didChange(name string, changes ...protocol.Change) {
	c.tell("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": c.uri(name), "version": 2}, "contentChanges": changes})
}

// at is the place behind the nth time that a text has the mark, minus back.
func (c *client) at(name, text, mark string, back int) map[string]any {
	c.t.Helper()
	i := strings.Index(text, mark)
	if i < 0 {
		c.t.Fatalf("no %q in the text", mark)
	}
	return map[string]any{"textDocument": map[string]any{"uri": c.uri(name)}, "position": own.NewText(text).Position(i + len(mark) - back), "context": map[string]any{"includeDeclaration": true}}
}
