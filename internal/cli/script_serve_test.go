package cli_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// serve starts a server on loopback for a script: serve VARIABLE STATUS [BODY]
// answers everything with that, as JSON, and echoes no secret; serve VARIABLE
// gone is where nothing listens. The variable gets the URL. With port it gets an
// address that is free.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: serve VARIABLE STATUS|gone|port [BODY]")
	}
	if args[1] == "port" {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		ts.Check(err)
		ts.Setenv(args[0], l.Addr().String())
		ts.Check(l.Close())
		return
	}
	if args[1] == "gone" {
		s := httptest.NewServer(http.NotFoundHandler())
		s.Close()
		ts.Setenv(args[0], s.URL)
		return
	}
	status, err := strconv.Atoi(args[1])
	ts.Check(err)
	body := strings.Join(args[2:], " ")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	ts.Defer(s.Close)
	ts.Setenv(args[0], s.URL)
}
