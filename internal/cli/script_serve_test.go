package cli_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/tools"
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

// tool starts the fake of an integration on loopback for a script, and sets the
// variables of its inputs, by the examples of its manifest: tool NAME.
func tool(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: tool NAME")
	}
	server, inputs := serveTool(args[0])
	ts.Defer(server.Close)
	for name, value := range inputs {
		ts.Setenv(name, value)
	}
}

// serveTool starts the fake of an integration, and returns the variables with
// which it is reached.
func serveTool(name string) (*httptest.Server, map[string]string) {
	t := tools.Find(name)
	var fake http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fake.ServeHTTP(w, r) }))
	inputs, variables := t.Manifest().Examples(), map[string]string{}
	for _, in := range t.Manifest().Inputs {
		if strings.HasSuffix(in.Name, "_next") {
			delete(inputs, in.Name)
		}
		if u, err := url.Parse(inputs[in.Name]); in.Type == integration.TypeURL && err == nil && u.Host != "" {
			inputs[in.Name] = server.URL + u.Path
		}
		if value := inputs[in.Name]; value != "" {
			variables[in.Env] = value
		}
	}
	fake = t.Fake(inputs)
	return server, variables
}
