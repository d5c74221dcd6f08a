package live_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/parity/live"
)

// record asks the servers and returns the recording and the result.
func record(t testing.TB, f fault, opts live.Options) (string, *live.Result) {
	t.Helper()
	s := serve(t, f)
	var tape bytes.Buffer
	recorder := live.NewRecorder(&tape, nil, "hunter2hunter2")
	at := s.endpoints()
	at.Client = &http.Client{Transport: recorder}
	at.Header = http.Header{"Authorization": {"Bearer hunter2hunter2"}}
	res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
	if err != nil {
		t.Fatal(err)
	}
	if err := recorder.Close(); err != nil {
		t.Fatal(err)
	}
	return tape.String(), res
}

// replay asks a recording, at another address.
func replay(t testing.TB, tape string, opts live.Options) (*live.Result, error) {
	t.Helper()
	cassette, err := live.LoadCassette("tape.jsonl", strings.NewReader(tape))
	if err != nil {
		t.Fatal(err)
	}
	return live.Verify(t.Context(), plan(t, opts), live.Endpoints{
		REST: "https://staging.example/v1", GraphQL: "https://staging.example/graphql", Client: &http.Client{Transport: cassette.Player()},
	}, opts)
}

// What is played gives the result that was recorded: noise, declined answers
// and waiting included.
func TestReplay(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"wrong order", "REST changes by itself", "clean: the server asks to wait", "GraphQL fails for a field", "REST sends no JSON"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, f := range faults {
				if f.name != name {
					continue
				}
				tape, want := record(t, f.fault, quick())
				opts := quick()
				opts.Concurrency = 2
				got, err := replay(t, tape, opts)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(text(t, want), text(t, got)); diff != "" {
					t.Errorf("result (-recorded +played):\n%s", diff)
				}
				if !strings.HasPrefix(tape, `{"cassette":"plumb-live","version":1}`+"\n") || strings.Contains(tape, "127.0.0.1") {
					t.Errorf("the tape names a host or no version: %.300s", tape)
				}
			}
		})
	}
}

func text(t testing.TB, v any) string {
	t.Helper()
	out, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// A request that was not recorded ends the run with an error that names it.
func TestMiss(t *testing.T) {
	t.Parallel()
	opts := quick()
	opts.Only = []string{"GET /books"}
	tape, _ := record(t, fault{}, opts)
	opts.Only = []string{"GET /authors"}
	_, err := replay(t, tape, opts)
	var miss *live.MissError
	if !errors.As(err, &miss) || err.Error() != "tape.jsonl has no answer to GET /v1/authors?limit=20" {
		t.Errorf("error: %v", err)
	}
	lines := strings.SplitAfter(tape, "\n")
	opts.Only = []string{"GET /books"}
	_, err = replay(t, strings.Join(append(lines[:3:3], lines[4:]...), ""), opts)
	if !errors.As(err, &miss) || miss.Recorded != 1 || !strings.Contains(err.Error(), "has 1 answers to GET /v1/books?") {
		t.Errorf("error: %v", err)
	}
}

// Secrets are struck out: those with the name of one, and those that the
// recorder knows, wherever they stand.
func TestRecorderStrikes(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "session=hunter3")
		w.Header().Set("Link", "<http://x/?access_token=hunter2hunter2>; rel=\"next\"")
		fmt.Fprintf(w, `{"echo":%q,"clientSecret" : "a\"b","tokens_used":5,"note":"ok"}`, r.Header.Get("Authorization"))
	}))
	defer s.Close()
	var tape bytes.Buffer
	recorder := live.NewRecorder(&tape, nil, "hunter2hunter2")
	req, _ := http.NewRequest(http.MethodPost, strings.Replace(s.URL, "//", "//user:pass@", 1)+"/a?private_token=hunter4&page=2", strings.NewReader(`{"query":"{ secretive }"}`))
	req.Header.Set("Authorization", "Bearer hunter2hunter2")
	body, err := send(recorder, req)
	if err != nil || !strings.Contains(body, "hunter2") {
		t.Errorf("the caller gets %s, %v", body, err)
	}
	got := tape.String()
	for _, secret := range []string{"hunter", "user", "pass", `a\\\"b`, "secretive"} {
		if strings.Contains(got, secret) {
			t.Errorf("%q is on the tape:\n%s", secret, got)
		}
	}
	for _, kept := range []string{`tokens_used`, `\"note\":\"ok\"`, "/a?page=2\\u0026private_token=REDACTED", "rel=", "sha256:"} {
		if !strings.Contains(got, kept) {
			t.Errorf("%q is not on the tape:\n%s", kept, got)
		}
	}
}

// send returns the body of an answer.
func send(to http.RoundTripper, req *http.Request) (string, error) {
	resp, err := to.RoundTrip(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

type broken struct{}

func (broken) Write([]byte) (int, error)                       { return 0, errors.New("disk full") }
func (broken) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("no route") }

func TestRecorderErrors(t *testing.T) {
	t.Parallel()
	if err := live.NewRecorder(broken{}, nil).Close(); err == nil || err.Error() != "disk full" {
		t.Errorf("Close: %v", err)
	}
	var tape bytes.Buffer
	req := httptest.NewRequest(http.MethodGet, "http://x.example/a", nil)
	if _, err := send(live.NewRecorder(&tape, broken{}), req); err == nil {
		t.Error("no error")
	}
	cassette, err := live.LoadCassette("t", &tape)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := send(cassette.Player(), req); err == nil || err.Error() != "no route" {
		t.Errorf("played: %v", err)
	}
}

func TestLoadCassette(t *testing.T) {
	t.Parallel()
	const head = `{"cassette":"plumb-live","version":1}` + "\n"
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "t: the cassette is empty"},
		{"no cassette", "{}\n", "t:1: the first line does not say that this is a cassette"},
		{"no JSON", "hello\n", "t:1: the first line does not say that this is a cassette"},
		{"another version", `{"cassette":"plumb-live","version":2}`, "t:1: version 2 of cassettes is unknown; 1 is known"},
		{"no exchange", head + "[]\n", "t:2: no exchange: json: cannot unmarshal array into Go value of type live.exchanged"},
		{"no method", head + `{"url":"/a","status":200}`, "t:2: the exchange has no method and path"},
		{"no path", head + "\n" + `{"method":"GET","url":"a","status":200}`, "t:3: the exchange has no method and path"},
		{"no status", head + `{"method":"GET","url":"/a"}`, "t:2: the exchange has the status 0"},
		{"no base64", head + `{"method":"GET","url":"/a","status":200,"body64":"!"}`, "t:2: the body is no base64: illegal base64 data at input byte 0"},
		{"good", head + `{"method":"GET","url":"/a","status":200,"body64":"AP8="}` + "\n", ""},
	} {
		_, err := live.LoadCassette("t", strings.NewReader(test.text))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// A body that is no text comes back as it was.
func TestBinary(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte{0, 0xff, 7}) }))
	defer s.Close()
	var tape bytes.Buffer
	req, _ := http.NewRequest(http.MethodGet, s.URL, nil)
	if _, err := send(live.NewRecorder(&tape, nil), req); err != nil {
		t.Fatal(err)
	}
	cassette, err := live.LoadCassette("t", &tape)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := send(cassette.Player(), req); got != "\x00\xff\x07" {
		t.Errorf("played %q, %v", got, err)
	}
}

func FuzzLoadCassette(f *testing.F) {
	const head = `{"cassette":"plumb-live","version":1}` + "\n"
	f.Add(head)
	f.Add(head + `{"method":"GET","url":"/a?b=c","sent":"sha256:00","status":200,"header":{"Link":"x"},"body":"{}"}` + "\n")
	f.Add(head + `{"method":"POST","url":"/a","error":"gone"}`)
	f.Add(head + `{"method":"G T","url":"/\u0000","status":999,"header":{"a\nb":"c"},"body64":"AP8="}`)
	f.Fuzz(func(t *testing.T, text string) {
		cassette, err := live.LoadCassette("fuzz", strings.NewReader(text))
		if err != nil {
			return
		}
		req := httptest.NewRequest(http.MethodGet, "http://x.example/a?b=c", nil)
		_, _ = send(cassette.Player(), req)
	})
}
