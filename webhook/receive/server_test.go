package receive_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/receive"
)

// serve runs a server with short bounds for a receiver, on loopback.
func serve(t *testing.T, r *receive.Receiver) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := receive.Server("", r)
	s.ReadTimeout = 200 * time.Millisecond
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		if err := s.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		<-done
	})
	return l.Addr().String()
}

// TestSlowSender sends half a body and then nothing: the server's bound ends
// the wait, and the sender is told.
func TestSlowSender(t *testing.T) {
	t.Parallel()
	in := &inbox{}
	r := newReceiver(t, in, receive.Options{Unverified: true})
	conn, err := net.Dial("tcp", serve(t, r))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusRequestTimeout {
		t.Errorf("answered with %s", response.Status)
	}
	if stat(t, r, "unreadable") != 1 || len(in.got) != 0 {
		t.Errorf("%d unreadable, %d handed on", stat(t, r, "unreadable"), len(in.got))
	}
}

// TestHalfABody sends half a body and hangs up.
func TestHalfABody(t *testing.T) {
	t.Parallel()
	in := &inbox{}
	r := newReceiver(t, in, receive.Options{Unverified: true})
	conn, err := net.Dial("tcp", serve(t, r))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}")
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	for stat(t, r, "unreadable") == 0 {
		time.Sleep(time.Millisecond)
	}
	if len(in.got) != 0 {
		t.Error("half a body is handed on")
	}
}

// TestLoopback sends a chunked body of some size through a real server.
func TestLoopback(t *testing.T) {
	t.Parallel()
	in := &inbox{}
	r := newReceiver(t, in, receive.Options{Unverified: true})
	body := `"` + strings.Repeat("x", 200_000) + `"`
	response, err := http.Post("http://"+serve(t, r), "application/json", io.MultiReader(strings.NewReader(body)))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusAccepted || string(text) != "accepted\n" {
		t.Errorf("%s %q, %v", response.Status, text, err)
	}
	closeReceiver(t, r)
	if len(in.got) != 1 || string(in.got[0].Body) != body {
		t.Errorf("%d are handed on", len(in.got))
	}
}
