package accesslog

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFollower writes to a file as a server and logrotate do. Every Read waits
// for what was written before it.
func TestFollower(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "access.log")
	ctx, cancel := context.WithCancel(t.Context())
	f := &follower{ctx: ctx, path: path}
	defer func() { _ = f.Close() }()
	write := func(flag int, text string) {
		t.Helper()
		w, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|flag, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.WriteString(text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	read := func(want string) {
		t.Helper()
		got := make([]byte, len(want))
		if _, err := io.ReadFull(f, got); err != nil || string(got) != want {
			t.Fatalf("read %q, %v; want %q", got, err, want)
		}
	}
	write(0, "one\n")
	read("one\n")
	write(os.O_APPEND, "two\nthree")
	read("two\n")
	read("three")
	write(os.O_APPEND, "before the move\n")
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	write(0, "a new file\n")
	read("before the move\na new file\n")
	write(os.O_TRUNC, "emptied\n")
	read("emptied\n")
	cancel()
	if n, err := f.Read(make([]byte, 10)); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("after the end: %d, %v", n, err)
	}
}

// A stream on which nothing comes does not keep the command from its end.
func TestPump(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		endsSo bool
		want   error
	}{"followed": {true, nil}, "read": {false, context.Canceled}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, w := io.Pipe()
			defer func() { _ = w.Close() }()
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				_, _ = io.WriteString(w, "first") // returns when it has been read
				_, _ = io.WriteString(w, "second")
				cancel()
			}()
			got, err := io.ReadAll(pump(ctx, r, tt.endsSo))
			if !strings.HasPrefix(string(got), "first") || !errors.Is(err, tt.want) {
				t.Errorf("read %q, %v; want first and %v", got, err, tt.want)
			}
		})
	}
	t.Run("to its end", func(t *testing.T) {
		t.Parallel()
		text := strings.Repeat("line\n", 100_000)
		got, err := io.ReadAll(pump(t.Context(), strings.NewReader(text), false))
		if err != nil || string(got) != text {
			t.Errorf("%d bytes, %v; want %d", len(got), err, len(text))
		}
	})
}
