package lsp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/lsp"
)

// idle is a backend that knows no documents.
type idle struct{}

func (idle) Subjects(context.Context, string, lsp.Buffers, []string) []string { return nil }
func (idle) Lint(context.Context, string, lsp.Buffers) (*lsp.Result, error) {
	return nil, errors.New("there is no document")
}
func (idle) Config(string, string) (bool, []check.Finding)           { return false, nil }
func (idle) Configure(context.Context, lsp.Settings, []string) error { return nil }
func (idle) Page(string) string                                      { return "" }
func (idle) Rule(string) (check.Meta, bool)                          { return check.Meta{}, false }
func (idle) Forget()                                                 {}

// wire is a stream with all that an editor will ever say.
type wire struct {
	in io.Reader

	mu  sync.Mutex
	out bytes.Buffer
}

func (w *wire) Read(p []byte) (int, error) { return w.in.Read(p) }

func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Write(p)
}

func (w *wire) Close() error { return nil }

// told returns the messages that the editor was told.
func (w *wire) told(t *testing.T) []string {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []string
	for rest := w.out.String(); rest != ""; {
		head, body, ok := strings.Cut(rest, "\r\n\r\n")
		n, err := strconv.Atoi(strings.TrimPrefix(head, "Content-Length: "))
		if !ok || err != nil || n > len(body) || !json.Valid([]byte(body[:n])) {
			t.Fatalf("%q is no message", rest)
		}
		list, rest = append(list, body[:n]), body[n:]
	}
	return list
}

// frame frames a message.
func frame(message string) string {
	return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(message), message)
}

// say lets an editor say something and leave, and returns what it was told.
func say(t *testing.T, in io.Reader) (out string, err error) {
	t.Helper()
	w := &wire{in: in}
	err = lsp.Serve(t.Context(), w, lsp.Options{Backend: idle{}, Log: func(string) {}})
	return strings.Join(w.told(t), "\n"), err
}

const (
	hello   = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`
	goodbye = `{"jsonrpc":"2.0","id":2,"method":"shutdown"}`
	exit    = `{"jsonrpc":"2.0","method":"exit"}`
)

// TestFrames sends what is no message: a bad header ends the conversation with
// what is wrong with it, a bad message is answered, and the next one is read.
func TestFrames(t *testing.T) {
	t.Parallel()
	polite := frame(hello) + frame(goodbye) + frame(exit)
	tests := []struct {
		name, in string
		out, err string
	}{
		{"as it should be", polite, `"id":2,"result":null`, ""},
		{"other headers, in other letters", strings.ReplaceAll(polite, "Content-Length:", "Content-Type: a/b; charset=utf-8\r\ncontent-length :"), `"id":2,"result":null`, ""},
		{"lines end with LF", strings.ReplaceAll(polite, "\r\n", "\n"), `"id":2,"result":null`, ""},
		{"no JSON", frame("{") + polite, `"id":null,"error":{"code":-32700`, ""},
		{"nothing", frame("") + polite, `"id":null,"error":{"code":-32700`, ""},
		{"no UTF-8", frame("\xff\xfe") + polite, `"id":null,"error":{"code":-32700`, ""},
		{"a batch", frame(" ["+hello+"]") + polite, `the Language Server Protocol has no batches`, ""},
		{"nested deeply", frame(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":`+strings.Repeat("[", 1_000_000)) + polite, `nested too deeply`, ""},
		{"brackets in a text", frame(`{"jsonrpc":"2.0","id":1,"method":"`+strings.Repeat(`[\"`, 1_000_000)+`"}`) + polite, `"id":2,"result":null`, ""},
		{"4 GB", "Content-Length: 4294967296\r\n\r\n{}", "", "a message of 4294967296 bytes is announced, and 268435456 are the most"},
		{"more than a number holds", "Content-Length: 99999999999999999999\r\n\r\n", "", "a message of 99999999999999999999 bytes is announced, and 268435456 are the most"},
		{"less than nothing", "Content-Length: -1\r\n\r\n", "", `the Content-Length of a message is "-1", which is no number of bytes`},
		{"no number", "Content-Length:\r\n\r\n", "", `the Content-Length of a message is "", which is no number of bytes`},
		{"no length", "Content-Type: a\r\n\r\n{}", "", "the header of a message gives no Content-Length"},
		{"two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "", "the header of a message gives its Content-Length twice"},
		{"no header", "GET / HTTP/1.1\r\n\r\n", "", `"GET / HTTP/1.1" is no line of the header of a message`},
		{"a header without end", strings.Repeat("a", 10_000), "", "the header of a message is longer than 8192 bytes"},
		{"lines without end", strings.Repeat("a: b\r\n", 10_000), "", "the header of a message is longer than 8192 bytes"},
		{"half a header", "Content-Len", "", "the stream ended within the header of a message"},
		{"half a message", "Content-Length: 9\r\n\r\n{}", "", "the stream ended after 2 of the 9 bytes of a message"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := say(t, strings.NewReader(tt.in))
			if !strings.Contains(out, tt.out) {
				t.Errorf("it said %q, want %q", out, tt.out)
			}
			if got := fmt.Sprint(err); err != nil && got != tt.err || err == nil && tt.err != "" {
				t.Errorf("it ended with %q, want %q", got, tt.err)
			}
		})
	}
}

// TestPromises holds that memory goes by what is sent, not by what is promised.
func TestPromises(t *testing.T) { //nolint:paralleltest // it counts the memory of the process
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := say(t, strings.NewReader("Content-Length: 268435456\r\n\r\n{")); err == nil {
		t.Error("half a message was taken")
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
		t.Errorf("a promise of 256 MiB took %d bytes", took)
	}
}

// FuzzMessage lets an editor say anything. The conversation ends, in order or
// with a line about what is wrong, and all that it is told is framed.
func FuzzMessage(f *testing.F) {
	polite := frame(hello) + frame(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
	for _, in := range []string{
		polite + frame(goodbye) + frame(exit), "Content-Length: 4294967296\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: 3\r\n\r\n{}",
		"Content-Length: 2\n\n{}", frame("[" + hello + "]"), frame("\xff"), frame(strings.Repeat("[", 2000)), "a: b\r\n\r\n",
		polite + frame(`{"jsonrpc":"2.0","id":"a","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///a.yaml"},"position":{"line":-1,"character":4294967296}}}`),
		polite + frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///a.yaml","text":"\ud800"}}}`) +
			frame(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a.yaml"},"contentChanges":[{"range":{"start":{"line":9},"end":{"line":0}},"text":"x"}]}}`),
		polite + frame(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":null}}`) + frame(`{"jsonrpc":"2.0","id":null,"result":1}`),
		frame(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"initializationOptions":[],"workspaceFolders":[{"uri":"%"}],"capabilities":{"general":{"positionEncodings":["utf-7"]},"textDocument":{"diagnostic":{}}}}}`) +
			frame(`{"jsonrpc":"2.0","id":7,"method":"textDocument/diagnostic","params":{"textDocument":{"uri":"file:///a.yaml"}}}`),
	} {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		w := &wire{in: strings.NewReader(in)}
		err := lsp.Serve(ctx, w, lsp.Options{Backend: idle{}, Log: func(string) {}})
		if ctx.Err() != nil {
			t.Fatalf("it never ended: %v", err)
		}
		w.told(t)
	})
}
