package lsp_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/textproto"
	"strconv"
	"testing"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/lsp"
)

// slow is a backend whose lint goes on until somebody lets it end.
type slow struct {
	idle
	end chan struct{}
}

func (s slow) Subjects(_ context.Context, path string, _ lsp.Buffers, _ []string) []string {
	return []string{path}
}

func (s slow) Lint(ctx context.Context, _ string, _ lsp.Buffers) (*lsp.Result, error) {
	select {
	case <-s.end:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return &lsp.Result{Report: &check.Report{}}, nil
}

// both is a stream whose sides are pipes.
type both struct {
	io.Reader
	io.Writer
}

func (both) Close() error { return nil }

// TestProgress holds that an editor that can show progress is told of a lint that
// takes long, and of its end.
func TestProgress(t *testing.T) {
	t.Parallel()
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	end := make(chan struct{})
	go func() {
		_ = lsp.Serve(t.Context(), both{in, out}, lsp.Options{Backend: slow{end: end}, Log: func(string) {}, Patience: time.Millisecond})
		_ = out.Close()
	}()
	tell := func(message string) {
		if _, err := io.WriteString(toServer, frame(message)); err != nil {
			t.Error(err)
		}
	}
	go func() {
		tell(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"window":{"workDoneProgress":true}}}}`)
		tell(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///notes/api.yaml","text":""}}}`)
	}()
	var kinds, tokens []string
	for reader := bufio.NewReader(fromServer); len(kinds) < 2; {
		header, err := textproto.NewReader(reader).ReadMIMEHeader()
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			t.Fatal(err)
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(reader, body); err != nil {
			t.Fatal(err)
		}
		var m struct {
			ID     json.RawMessage
			Method string
			Params struct {
				Token string
				Value struct{ Kind, Title, Message string }
			}
		}
		if err := json.Unmarshal(body, &m); err != nil {
			t.Fatal(err)
		}
		switch m.Method {
		case "window/workDoneProgress/create":
			tokens = append(tokens, m.Params.Token)
			go tell(`{"jsonrpc":"2.0","id":` + string(m.ID) + `,"result":null}`)
		case "$/progress":
			tokens = append(tokens, m.Params.Token)
			if kinds = append(kinds, m.Params.Value.Kind); len(kinds) == 1 {
				if v := m.Params.Value; v.Title != "plumb" || v.Message != "linting api.yaml" {
					t.Errorf("it says %q, %q", v.Title, v.Message)
				}
				close(end)
			}
		}
	}
	if kinds[0] != "begin" || kinds[1] != "end" || tokens[0] != tokens[1] || tokens[1] != tokens[2] {
		t.Errorf("it reported %v about %v", kinds, tokens)
	}
}
