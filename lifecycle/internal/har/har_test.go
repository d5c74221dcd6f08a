package har_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/internal/har"
)

// whole has an entry as browsers write it.
const whole = `{
  "log": {
    "version": "1.2",
    "creator": {"name": "Proxy", "version": "1"},
    "pages": [{"id": "page_1", "entries": [1, 2]}],
    "entries": [
      {
        "startedDateTime": "2026-03-01T10:20:30.123+02:00",
        "time": 12.5,
        "request": {
          "method": "POST",
          "url": "https://api.example.com/v1/issues?state=open",
          "httpVersion": "h2",
          "headers": [
            {"name": "Content-Type", "value": "application/json"},
            {"name": "x-client", "value": "cli/2"},
            {"name": ":authority", "value": "api.example.com"}
          ],
          "queryString": [{"name": "state", "value": "open"}],
          "postData": {"mimeType": "application/json", "text": "{\"title\":\"a\"}"}
        },
        "response": {
          "status": 201,
          "headers": [
            {"name": "deprecation", "value": "@1688169599"},
            {"name": "Set-Cookie", "value": "a=1\nb=2"}
          ],
          "content": {"size": 4, "mimeType": "text/plain", "text": "w6RiYw==", "encoding": "base64"}
        },
        "cache": {}, "timings": {"send": 0}
      }
    ]
  }
}
`

func TestWhole(t *testing.T) {
	t.Parallel()
	want := []*har.Entry{{
		Started: time.Date(2026, 3, 1, 10, 20, 30, 123e6, time.FixedZone("", 7200)),
		Request: har.Request{
			Method: "POST",
			URL:    "https://api.example.com/v1/issues?state=open",
			Header: http.Header{"Content-Type": {"application/json"}, "X-Client": {"cli/2"}, ":authority": {"api.example.com"}},
			Body:   har.Body{Recorded: true, Type: "application/json", Text: `{"title":"a"}`},
		},
		Response: har.Response{
			Status: 201,
			Header: http.Header{"Deprecation": {"@1688169599"}, "Set-Cookie": {"a=1", "b=2"}},
			Body:   har.Body{Recorded: true, Type: "text/plain", Text: "äbc"},
		},
	}}
	for name, r := range map[string]io.Reader{
		"at once":       strings.NewReader(whole),
		"byte by byte":  iotest.OneByteReader(strings.NewReader(whole)),
		"with a mark":   strings.NewReader("\ufeff" + whole),
		"data with EOF": iotest.DataErrReader(strings.NewReader(whole)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, errs := readAll(r)
			if diff := cmp.Diff([]string(nil), errs); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuirks(t *testing.T) {
	t.Parallel()
	// Each case is an entry, what it is read as, and what is wrong with it.
	type brief struct {
		URL, Started, Body, Content string
		Status                      int
		Header                      http.Header
	}
	tests := []struct {
		name, entry string
		want        brief
	}{
		{
			name:  "only what must be",
			entry: `{"request": {"method": "GET", "url": "/a"}}`,
			want:  brief{URL: "/a", Header: http.Header{}},
		},
		{
			name:  "aborted",
			entry: `{"request": {"method": "GET", "url": "/a"}, "response": null}`,
			want:  brief{URL: "/a", Header: http.Header{}},
		},
		{
			name:  "headers as an object",
			entry: `{"request": {"method": "GET", "url": "/a", "headers": {"accept": "*/*", "via": ["a", "b"], "x-none": null}}}`,
			want:  brief{URL: "/a", Header: http.Header{"Accept": {"*/*"}, "Via": {"a", "b"}, "X-None": {""}}},
		},
		{
			name:  "headers that are null, and one without a name",
			entry: `{"request": {"method": "GET", "url": "/a", "headers": [{"value": "x"}, {"name": "Age", "value": 5}]}, "response": {"headers": null}}`,
			want:  brief{URL: "/a", Header: http.Header{"Age": {"5"}}},
		},
		{
			name:  "status as a string with its text",
			entry: `{"request": {"method": "GET", "url": "/a"}, "response": {"status": "404 Not Found"}}`,
			want:  brief{URL: "/a", Header: http.Header{}, Status: 404},
		},
		{
			name:  "status as no number",
			entry: `{"request": {"method": "GET", "url": "/a"}, "response": {"status": [1]}}`,
			want:  brief{URL: "/a", Header: http.Header{}},
		},
		{
			name:  "query apart from the address",
			entry: `{"request": {"method": "GET", "url": "/a#top", "queryString": [{"name": "q", "value": "a b"}, {"name": "p", "value": 2}]}}`,
			want:  brief{URL: "/a?q=a+b&p=2#top", Header: http.Header{}},
		},
		{
			name:  "a form as parameters",
			entry: `{"request": {"method": "GET", "url": "/a", "postData": {"params": [{"name": "a", "value": "1&2"}]}}}`,
			want:  brief{URL: "/a", Header: http.Header{}, Body: "a=1%262"},
		},
		{
			name:  "base64 without padding",
			entry: `{"request": {"method": "GET", "url": "/a"}, "response": {"content": {"text": "YQ", "encoding": "BASE64"}}}`,
			want:  brief{URL: "/a", Header: http.Header{}, Content: "a"},
		},
		{
			name:  "base64 that is none",
			entry: `{"request": {"method": "GET", "url": "/a"}, "response": {"content": {"text": "%", "encoding": "base64"}}}`,
			want:  brief{URL: "/a", Header: http.Header{}, Content: "not recorded"},
		},
		{
			name:  "milliseconds since 1970",
			entry: `{"startedDateTime": 1772360430123, "request": {"method": "GET", "url": "/a"}}`,
			want:  brief{URL: "/a", Header: http.Header{}, Started: "2026-03-01T10:20:30.123Z"},
		},
		{
			name:  "seconds since 1970",
			entry: `{"startedDateTime": "1772360430.5", "request": {"method": "GET", "url": "/a"}}`,
			want:  brief{URL: "/a", Header: http.Header{}, Started: "2026-03-01T10:20:30.5Z"},
		},
		{
			name:  "a zone without colon",
			entry: `{"startedDateTime": "2026-03-01T10:20:30.000+0100", "request": {"method": "GET", "url": "/a"}}`,
			want:  brief{URL: "/a", Header: http.Header{}, Started: "2026-03-01T10:20:30+01:00"},
		},
		{
			name:  "a moment that is none",
			entry: `{"startedDateTime": "yesterday", "request": {"method": "GET", "url": "/a"}}`,
			want:  brief{URL: "/a", Header: http.Header{}},
		},
		{
			name:  "invalid UTF-8 and a key twice",
			entry: `{"request": {"method": "PUT", "method": "GET", "url": "/` + "\xff" + `"}}`,
			want:  brief{URL: "/\ufffd", Header: http.Header{}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			entries, errs := readAll(strings.NewReader(`{"log": {"entries": [` + tt.entry + `]}}`))
			if len(entries) != 1 || errs != nil {
				t.Fatalf("entries %v, errors %v; want one and none", entries, errs)
			}
			e := entries[0]
			got := brief{URL: e.Request.URL, Status: e.Response.Status, Header: e.Request.Header, Body: e.Request.Body.Text, Content: e.Response.Body.Text}
			if !e.Started.IsZero() {
				got.Started = e.Started.Format(time.RFC3339Nano)
			}
			if strings.Contains(tt.entry, `"content"`) && !e.Response.Body.Recorded {
				got.Content = "not recorded"
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("entry (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	const entry = `{"request": {"method": "GET", "url": "/a"}}`
	tests := []struct {
		name, text string
		entries    int
		errs       []string
	}{
		{name: "empty", text: "", errs: []string{"a.har: the file is empty"}},
		{name: "a list", text: "\n[1]", errs: []string{"a.har:2: expected an object, found a list"}},
		{name: "no archive", text: `{"openapi": "3.0.0", "paths": {"entries": []}}`, errs: []string{"a.har:1: no list of entries; an archive has them in log.entries"}},
		{name: "log is a list", text: "{\n\"log\":\n[]}", errs: []string{"a.har:3: /log: expected an object, found a list"}},
		{name: "entries is an object", text: "{\"log\": {\n\"entries\": {}}}", errs: []string{"a.har:2: /log/entries: expected a list, found an object"}},
		{name: "no entries", text: `{"log": {"entries": []}}`},
		{name: "entries without log", text: `{"entries": [` + entry + `]}`, entries: 1},
		{name: "entries twice", text: `{"log": {"entries": [` + entry + `], "pages": [], "entries": [` + entry + `]}}`, entries: 2},
		{
			name: "entries of the wrong form", entries: 2,
			text: "{\"log\": {\"entries\": [\n" + strings.Join([]string{
				entry, `7`, `{"request": {"method": "GET"}}`, `{"request": {"url": "/a"}}`,
				`{"request": {"method": "GET", "url": 5}}`,
				`{"request": {"method": "GET", "url": "/a", "headers": "none"}}`,
				`{"request": {"method": "GET", "url": "/a", "headers": [1]}}`,
				`{"request": [], "response": {}}`, entry,
			}, ",\n") + "]}}",
			errs: []string{
				"a.har:3: /log/entries/1: expected an object, found a number",
				`a.har:4: /log/entries/2/request: the request has no "url"`,
				`a.har:5: /log/entries/3/request: the request has no "method"`,
				"a.har:6: /log/entries/4/request/url: expected a string, found a number",
				"a.har:7: /log/entries/5/request/headers: expected a list of names and values",
				"a.har:8: /log/entries/6/request/headers/0: expected an object, found a number",
				"a.har:9: /log/entries/7/request: expected an object, found a list",
			},
		},
		{
			name: "cut off", entries: 1,
			text: "{\"log\": {\"entries\": [\n" + entry + ",\n" + entry[:20],
			errs: []string{"a.har:3: /log/entries/1: the file ends within a value"},
		},
		{
			name: "cut off between entries", entries: 1,
			text: "{\"log\": {\"entries\": [\n" + entry,
			errs: []string{"a.har:2: /log/entries/1: the file ends within a value"},
		},
		{
			name: "bad syntax", entries: 1,
			text: "{\"log\": {\"entries\": [\n" + entry + ",\n{a}]}}",
			errs: []string{`a.har:3: /log/entries/1: invalid JSON at byte 68: invalid character 'a' at start of string (expecting '"')`},
		},
		{
			name: "bad escape",
			text: `{"log": {"entries": [{"request": {"method": "\uery"}}]}}`,
			errs: []string{"a.har:1: /log/entries/0: invalid JSON at byte 45: invalid escape sequence `\\uery\"` in string"},
		},
		{
			name: "more behind it", entries: 1,
			text: `{"log": {"entries": [` + entry + "]}}\n{}",
			errs: []string{"a.har:2: expected the end of the file, found more JSON"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for name, in := range map[string]io.Reader{
				"at once":  strings.NewReader(tt.text),
				"by bytes": iotest.OneByteReader(strings.NewReader(tt.text)),
			} {
				entries, errs := readAll(in)
				if len(entries) != tt.entries {
					t.Errorf("%s: %d entries, want %d", name, len(entries), tt.entries)
				}
				if diff := cmp.Diff(tt.errs, errs); diff != "" {
					t.Errorf("%s: errors (-want +got):\n%s", name, diff)
				}
			}
		})
	}
}

// An entry without end must not take memory without end, and what is skipped
// may have any size.
func TestBounded(t *testing.T) {
	t.Parallel()
	flood := &repeat{text: "aaaaaaaaaaaaaaaa"}
	_, errs := readAll(io.MultiReader(strings.NewReader(`{"log": {"entries": [{"request": "`), flood))
	want := []string{"a.har:1: /log/entries/0: a value of more than 64 MiB"}
	if diff := cmp.Diff(want, errs); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	if flood.given > 3*har.MaxEntry {
		t.Errorf("%d bytes were read", flood.given)
	}

	pages := io.LimitReader(&repeat{text: `{"id":"page_1"},`}, har.MaxEntry*5/4)
	entries, errs := readAll(io.MultiReader(strings.NewReader(`{"log": {"pages": [`), pages,
		strings.NewReader(`0], "entries": [{"request": {"method": "GET", "url": "/"}}]}}`)))
	if len(entries) != 1 || errs != nil {
		t.Errorf("behind large pages: %d entries, errors %v; want one and none", len(entries), errs)
	}

	_, errs = readAll(strings.NewReader(`{"log": {"x": ` + strings.Repeat("[", 1<<20)))
	if len(errs) != 1 || !strings.Contains(errs[0], "exceeded max depth") {
		t.Errorf("deep nesting: errors %v", errs)
	}
}

func TestSourceFails(t *testing.T) {
	t.Parallel()
	lost := errors.New("connection lost")
	r := har.NewReader(io.MultiReader(strings.NewReader(`{"log": {"entries": [`), iotest.ErrReader(lost)), "a.har")
	for range 2 {
		if _, err := r.Next(); !errors.Is(err, lost) {
			t.Errorf("Next: %v, want %v", err, lost)
		}
	}
}

// A source that yields nothing, and does not say why, ends the reading.
func TestSourceStuck(t *testing.T) {
	t.Parallel()
	stuck := io.MultiReader(strings.NewReader(`{"log": {`), readerFunc(func([]byte) (int, error) { return 0, nil }))
	if _, err := har.NewReader(stuck, "a.har").Next(); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("Next: %v, want %v", err, io.ErrNoProgress)
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// repeat yields a text again and again.
type repeat struct {
	text  string
	given int
}

func (r *repeat) Read(p []byte) (int, error) {
	for n := 0; n < len(p); {
		m := copy(p[n:], r.text[r.given%len(r.text):])
		n += m
		r.given += m
	}
	return len(p), nil
}

func readAll(in io.Reader) (entries []*har.Entry, errs []string) {
	r := har.NewReader(in, "a.har")
	for {
		e, err := r.Next()
		var bad *har.Error
		switch {
		case errors.Is(err, io.EOF) && !errors.As(err, &bad):
			return entries, errs
		case err == nil:
			entries = append(entries, e)
			continue
		}
		errs = append(errs, err.Error())
		if !errors.As(err, &bad) {
			return entries, append(errs, fmt.Sprintf("%T is no *har.Error", err))
		}
		if !bad.Entry {
			return entries, errs
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(whole)
	f.Add(`{"entries": [{"request": {"method": "GET", "url": "/a", "headers": {"a": ["b"]}}}, 1, null]}`)
	f.Add("\ufeff{\"log\": {\"entries\": [{]}}")
	f.Add(`{"log": {"pages": [[[{}]]], "entries": [], "entries": [{"request"`)
	f.Fuzz(func(t *testing.T, text string) {
		entries, errs := readAll(strings.NewReader(text))
		last := -1
		for _, e := range entries {
			if e.Request.Method == "" || e.Request.URL == "" {
				t.Errorf("entry %d has no request", e.Index)
			}
			if e.Index <= last {
				t.Errorf("entry %d follows %d", e.Index, last)
			}
			last = e.Index
		}
		again, errsAgain := readAll(iotest.OneByteReader(strings.NewReader(text)))
		if diff := cmp.Diff(entries, again); diff != "" {
			t.Errorf("entries read at once and byte by byte differ:\n%s", diff)
		}
		if diff := cmp.Diff(errs, errsAgain); diff != "" {
			t.Errorf("errors read at once and byte by byte differ:\n%s", diff)
		}
	})
}
