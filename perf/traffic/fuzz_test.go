package traffic_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/traffic"
)

// FuzzTemplates fills hostile values into each place of a request: none may
// get out of its place.
func FuzzTemplates(f *testing.F) {
	for _, s := range []string{"a", `"},{"x":"`, "a/b?c#d", "x\r\nEvil: 1", "plumbTextHole0000x", "{{seq}}", "\x00\xff", "..", "&a=b"} {
		f.Add(s, "pre {{n}} post")
		f.Add(s, "{{n}}")
	}
	f.Fuzz(func(t *testing.T, kept, text string) {
		p := &perf.Plan{
			Targets: []perf.Target{{Name: "rest", URL: "http://127.0.0.1/v1"}},
			Operations: []perf.Operation{{
				Name: "POST /a/{b}", Target: "rest", Method: "POST", Path: "/a/{b}/end",
				Values: []perf.Value{
					{In: "path", Name: "b", Text: text}, {In: "query", Name: "q", Text: text}, {In: "header", Name: "X-H", Text: text},
					{In: "body", Name: "/s", Text: "x" + text}, {In: "body", Name: "/v", Text: text},
				},
			}},
			Sessions: []perf.Session{{Name: "s", Weight: 1, Steps: []perf.Step{{Keeps: []perf.Keep{{Name: "n"}}}, {}}}},
		}
		p.Sessions[0].Steps[0].Values = []perf.Value{
			{In: "path", Name: "b", Text: "1"}, {In: "query", Name: "q", Text: "1"}, {In: "header", Name: "X-H", Text: "1"},
			{In: "body", Name: "/s", Text: "1"}, {In: "body", Name: "/v", Text: "1"},
		}
		tr, err := traffic.New(p, traffic.Options{AllowWrites: true})
		if err != nil {
			return
		}
		r := &perf.Request{Session: 0, Step: 1, Kept: map[string]string{"n": kept}}
		if err := tr.Request(r); err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(r.URL)
		if err != nil || u.Fragment != "" || strings.Count(u.EscapedPath(), "/") != 4 || !strings.HasSuffix(u.Path, "/end") {
			t.Errorf("the URL is %q, %v", r.URL, err)
		}
		if q, err := url.ParseQuery(u.RawQuery); err != nil || len(q) != 1 || len(q["q"]) != 1 {
			t.Errorf("the query is %q, %v", u.RawQuery, err)
		}
		if h := r.Header.Get("X-H"); strings.ContainsAny(h, "\r\n\x00") {
			t.Errorf("the header is %q", h)
		}
		var body map[string]any
		if err := json.Unmarshal(r.Body, &body); err != nil || len(body) != 2 {
			t.Errorf("the body is %q, %v", r.Body, err)
		}
		if _, ok := body["s"].(string); !ok {
			t.Errorf("the string is %v in %q", body["s"], r.Body)
		}
	})
}

// FuzzAnswers reads hostile answers of both kinds.
func FuzzAnswers(f *testing.F) {
	for _, s := range []string{`[{"number":1,"title":"a"}]`, `{"data":{},"errors":[{"message":"\u001b[31m"}]}`, `[`, `{"errors":[[]]}`, "<html>", `{"data":null} x`} {
		f.Add([]byte(s), "application/json")
	}
	p, o := plan(), options(f)
	tr, err := traffic.New(p, o)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte, media string) {
		for operation := range p.Operations {
			status := 200
			if operation == 2 {
				status = 201
			}
			cause, class, _ := tr.Answer(&perf.Request{Operation: operation, Session: -1}, &perf.Answer{Status: status, Header: http.Header{"Content-Type": {media}}, Body: body})
			if (cause == perf.Good) != (class == "") || len(class) > 600 || strings.ContainsAny(class, "\x1b\r\n") {
				t.Errorf("%s: %q", cause, class)
			}
			if cause == perf.Good && operation < 3 && strings.HasPrefix(media, "application/json") && !json.Valid(body) {
				t.Errorf("%q is good", body)
			}
		}
	})
}
