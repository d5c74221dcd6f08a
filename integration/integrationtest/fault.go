package integrationtest

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/integration"
)

// How long the clients of the kit wait for an answer: briefly for a server that
// never gives one, else longer than a loaded machine needs.
const (
	brief    = 10 * time.Millisecond
	patience = time.Minute
)

// Fault is something that goes wrong between a tool and its server.
type Fault struct {
	Name string
	// From and To are the exchanges, counted from 1, that it strikes; To 0 is
	// all after From.
	From, To int
	// Carried says that the server carries the request out before it goes
	// wrong.
	Carried bool
	// Silent says that no answer ever comes, Cut that it ends in the middle,
	// Echo that it repeats the request. Else Status, Header and Body are the
	// answer; Status 0 is a connection that breaks.
	Silent, Cut, Echo bool
	Status            int
	Header            http.Header
	Body              string
	// Kinds are those that the error may have where the fault lasts.
	Kinds []integration.Kind
}

// Faults are those that every tool is tried under.
func Faults() []Fault {
	type kinds = []integration.Kind
	html, plain := http.Header{"Content-Type": {"text/html"}}, http.Header{"Content-Type": {"application/json"}}
	soon := Start.Add(5 * time.Second).Format(http.TimeFormat)
	return []Fault{
		{Name: "401", Status: 401, Body: `{"message":"Unauthorized"}`, Kinds: kinds{integration.Auth}},
		{Name: "403", Status: 403, Body: `{"message":"Forbidden"}`, Kinds: kinds{integration.Auth}},
		{Name: "404", Status: 404, Body: `{"message":"Not Found"}`, Kinds: kinds{integration.Config, integration.Remote, ""}},
		{Name: "409", Status: 409, Body: `{"message":"Conflict"}`, Kinds: kinds{integration.Remote, integration.Config, ""}},
		{Name: "429", Status: 429, Header: http.Header{"Retry-After": {"2"}}, Kinds: kinds{integration.Limit}},
		{Name: "429 for an hour", Status: 429, Header: http.Header{"Retry-After": {"3600"}}, Kinds: kinds{integration.Limit}},
		{Name: "500", Status: 500, Body: "<html>oops</html>", Kinds: kinds{integration.Remote}},
		{Name: "503 with Retry-After", Status: 503, Header: http.Header{"Retry-After": {soon}}, Kinds: kinds{integration.Remote}},
		{Name: "slow", Silent: true, Kinds: kinds{integration.Remote}},
		{Name: "reset", Kinds: kinds{integration.Remote}},
		{Name: "cut off", Cut: true, Carried: true, Kinds: kinds{integration.Remote}},
		{Name: "lost answer", Carried: true, Kinds: kinds{integration.Remote}},
		{Name: "garbage", Status: 200, Header: html, Body: "<!doctype html>\x00\xff", Kinds: kinds{integration.Remote, ""}},
		{Name: "another JSON", Status: 200, Header: plain, Body: `[[[]]]`, Kinds: kinds{integration.Remote, ""}},
		{Name: "deep JSON", Status: 200, Header: plain, Body: strings.Repeat("[", 20_000), Kinds: kinds{integration.Remote, ""}},
		{Name: "redirect to another host", Status: 307, Header: http.Header{"Location": {"https://elsewhere.example/take"}}, Kinds: kinds{integration.Config, integration.Remote}},
	}
}

// faulty is a Sender under a fault. It is safe for concurrent use.
type faulty struct {
	next integration.Sender

	mu    sync.Mutex
	fault *Fault
	count int
}

// set puts a fault in force from now on, nil for none, and counts anew.
func (f *faulty) set(fault *Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault, f.count = fault, 0
}

// silent reports whether the fault in force is that no answer comes.
func (f *faulty) silent() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.fault != nil && f.fault.Silent
}

// Do implements integration.Sender.
func (f *faulty) Do(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	f.count++
	fault := f.fault
	struck := fault != nil && f.count >= max(fault.From, 1) && (fault.To == 0 || f.count <= fault.To)
	f.mu.Unlock()
	if !struck {
		return f.next.Do(r)
	}
	if fault.Carried {
		answer, err := f.next.Do(r)
		if err != nil {
			return nil, err
		}
		_ = answer.Body.Close()
	}
	switch {
	case fault.Silent:
		<-r.Context().Done()
		return nil, r.Context().Err()
	case fault.Cut:
		return respond(200, nil, io.MultiReader(strings.NewReader(`{"id":`), failing{io.ErrUnexpectedEOF})), nil
	case fault.Echo:
		return respond(fault.Status, nil, strings.NewReader(echo(r))), nil
	case fault.Status == 0:
		return nil, errReset
	}
	return respond(fault.Status, fault.Header, strings.NewReader(fault.Body)), nil
}

var errReset = errors.New("connection reset by peer")

func respond(status int, header http.Header, body io.Reader) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header.Clone(), Body: io.NopCloser(body), ContentLength: -1}
}

// echo is all of a request, as careless servers send it back, so that what is
// shown of an answer is seen to hold no secret.
func echo(r *http.Request) string {
	var b strings.Builder
	b.WriteString(r.Method + " " + r.URL.String() + " " + r.URL.Path + " " + r.URL.RawQuery + "\n")
	for name, values := range r.Header {
		b.WriteString(name + ": " + strings.Join(values, ",") + "\n")
	}
	if r.Body != nil {
		body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		if err != nil {
			return err.Error()
		}
		b.Write(body)
	}
	return b.String()
}
