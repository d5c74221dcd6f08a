package headers_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/openapi"
)

const garden = `openapi: 3.1.0
info: {title: Garden, version: "1"}
servers: [{url: "https://garden.example/v1"}]
paths:
  /plants:
    get: {operationId: listPlants, deprecated: true, x-deprecated-at: 2026-01-15, x-sunset: 2026-12-31, x-replaced-by: listFlora, responses: {}}
    post: {deprecated: true, x-deprecated-at: "15.7", x-sunset: 2026-12-31, x-replaced-by: "#/paths/~1flora/get", responses: {}}
  /plants/{id}:
    get: {deprecated: true, x-deprecated-at: 2027-01-15, x-sunset: 2026-12-31, x-replaced-by: "/flora/{id}", responses: {}}
  /seeds:
    get: {deprecated: true, x-replaced-by: "https://other.example/seeds?x=1", x-deprecated-reason: "Old, see https://garden.example/why.", responses: {}}
    put: {deprecated: true, x-replaced-by: "the new thing", externalDocs: {url: "https://garden.example/docs"}, responses: {}}
    patch: {deprecated: true, x-replaced-by: "javascript:alert(1)", externalDocs: {url: "javascript:alert(1)"}, responses: {}}
  /soil:
    get: {x-sunset: 2026-03-01, responses: {}}
  /flora:
    get: {operationId: listFlora, parameters: [{name: x, in: query, deprecated: true}], responses: {}}
  /flora/{id}:
    get: {responses: {}}
  /roots:
    get: {responses: {}}
webhooks:
  grown:
    post: {deprecated: true, responses: {}}
`

func parse(tb testing.TB, text string) *openapi.Document {
	tb.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

func TestPromises(t *testing.T) {
	t.Parallel()
	type brief struct {
		Operation, Deprecation, Sunset, Successor, Template, Docs string
	}
	calendar, err := lifecycle.FindReleases("gitlab")
	if err != nil {
		t.Fatal(err)
	}
	var got []brief
	for _, p := range headers.Promises(parse(t, garden), headers.Options{Releases: calendar}) {
		b := brief{Operation: p.Operation.String(), Successor: p.Successor, Template: p.Template, Docs: p.Docs}
		if !p.Since.IsZero() {
			b.Deprecation = headers.FormatDeprecation(p.Since)
		}
		if !p.Sunset.IsZero() {
			b.Sunset = headers.FormatSunset(p.Sunset)
		}
		got = append(got, b)
	}
	const sunset = "Thu, 31 Dec 2026 00:00:00 GMT"
	want := []brief{
		{"GET /plants", "@1768435200", sunset, "/v1/flora", "", ""},
		{"POST /plants", "@1671667200", sunset, "/v1/flora", "", ""},
		{"GET /plants/{id}", "@1798675200", sunset, "", "/v1/flora/{id}", ""}, // deprecated after its sunset
		{"GET /seeds", "", "", "https://other.example/seeds?x=1", "", "https://garden.example/why"},
		{"PUT /seeds", "", "", "", "", "https://garden.example/docs"},
		{"PATCH /seeds", "", "", "", "", ""},
		{"GET /soil", "", "Sun, 01 Mar 2026 00:00:00 GMT", "", "", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("promises (-want +got):\n%s", diff)
	}
}

func TestParseDeprecation(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"@1688169599": "1688169599", " @0 ": "0", "@-5": "-5", "@999999999999999": "999999999999999", `@1;a;b="x;\"y";c=?1;d=:YQ==:;e=tok/en;f=1.5`: "1",
		"": "bad", "@": "bad", "@-": "bad", "@1.5": "bad", "@+1": "bad", "@1000000000000000": "bad", "1688169599": "bad", "@1;": "bad", "@1 ;a=": "bad",
		"@1;A": "bad", `@1;a="`: "bad", "@1, @1": "bad", "false": "bad", "2026-01-01": "bad", "@1;a=:": "bad", "@1;a=(": "bad",
		"true": "true", "?1": "true", "Thu, 15 Jan 2026 00:00:00 GMT": "date", "Thursday, 15-Jan-26 00:00:00 GMT": "date",
	} {
		at, err := headers.ParseDeprecation(value)
		got := ""
		switch {
		case errors.Is(err, headers.ErrDeprecationTrue):
			got = "true"
		case errors.Is(err, headers.ErrDeprecationDate):
			got = "date"
		case err != nil:
			got = "bad"
		default:
			got = strings.TrimPrefix(headers.FormatDeprecation(at), "@")
		}
		if got != want {
			t.Errorf("ParseDeprecation(%q) = %s (%v), want %s", value, got, err, want)
		}
	}
}

func TestParseSunset(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"Sat, 31 Dec 2022 23:59:59 GMT":    "",
		"Sun, 31 Dec 2022 23:59:59 GMT":    "2022-12-31 is no Sun",
		"Saturday, 31-Dec-22 23:59:59 GMT": "a form of date that is obsolete; expected one such as Sat, 31 Dec 2022 23:59:59 GMT",
		"Sat Dec 31 23:59:59 2022":         "a form of date that is obsolete; expected one such as Sat, 31 Dec 2022 23:59:59 GMT",
		"sat, 31 dec 2022 23:59:59 GMT":    "expected a date such as Sat, 31 Dec 2022 23:59:59 GMT",
		"Sat, 31 Dec 2022 23:59:59 UTC":    "expected a date such as Sat, 31 Dec 2022 23:59:59 GMT",
		"Sat, 31 Dec 2022 23:59:59 +0000":  "expected a date such as Sat, 31 Dec 2022 23:59:59 GMT",
		"2022-12-31T23:59:59Z":             "expected a date such as Sat, 31 Dec 2022 23:59:59 GMT",
		"@1672531199":                      "expected a date such as Sat, 31 Dec 2022 23:59:59 GMT",
		"Thu, 31 Feb 2022 00:00:00 GMT":    "expected a date such as Sat, 31 Dec 2022 23:59:59 GMT",
		"":                                 "empty",
	} {
		at, err := headers.ParseSunset(value)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want || err == nil && headers.FormatSunset(at) != value {
			t.Errorf("ParseSunset(%q) = %v, %q; want %q", value, at, got, want)
		}
	}
}

func TestParseLinks(t *testing.T) {
	t.Parallel()
	link := func(target string, relations ...string) headers.WebLink {
		return headers.WebLink{Target: target, Relations: relations}
	}
	for _, tt := range []struct {
		name   string
		fields []string
		want   []headers.WebLink
		bad    bool
	}{
		{"none", nil, nil, false},
		{"one", []string{`<https://e.com/a?b=c,d;e>; rel="deprecation"; type="text/html"`}, []headers.WebLink{link("https://e.com/a?b=c,d;e", "deprecation")}, false},
		{"several in several fields", []string{`</a>;rel=next , <b> ; REL = "Sunset  successor-version";rel=no`, `, <>`}, []headers.WebLink{link("/a", "next"), link("b", "sunset", "successor-version"), link("")}, false},
		{"quoted", []string{`</a>; title="a, <b>; rel=\"x\""; rel=sunset; x*=UTF-8''a; flag;`}, []headers.WebLink{link("/a", "sunset")}, false},
		{"no brackets", []string{`/a; rel=next`}, nil, true},
		{"no end", []string{`</a>; rel=next, </b`}, []headers.WebLink{link("/a", "next")}, true},
		{"no value", []string{`</a>; rel=`}, nil, true},
		{"no comma", []string{`</a> </b>`}, []headers.WebLink{link("/a")}, true},
		{"an open quote", []string{`</a>; rel="next`}, nil, true},
		{"a template", []string{`</a/{id}>; rel=next`}, nil, true},
	} {
		got, err := headers.ParseLinks(tt.fields...)
		if diff := cmp.Diff(tt.want, got); diff != "" || (err != nil) != tt.bad {
			t.Errorf("%s: error %v, links (-want +got):\n%s", tt.name, err, diff)
		}
	}
}

// FuzzFields reads what servers may send: nothing panics, and what is read can
// be written and read again.
func FuzzFields(f *testing.F) {
	for _, s := range []string{"@1688169599;a=1", "Sat, 31 Dec 2022 23:59:59 GMT", `</a>; rel="x y"; t="\"", <b>`, "true", `@-0;*a="\\"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if at, err := headers.ParseDeprecation(value); err == nil {
			if again, err := headers.ParseDeprecation(headers.FormatDeprecation(at)); err != nil || !again.Equal(at) {
				t.Errorf("Deprecation %q: %v, then %v, %v", value, at, again, err)
			}
		}
		if at, err := headers.ParseSunset(value); err == nil && headers.FormatSunset(at) != strings.Trim(value, " ") {
			t.Errorf("Sunset %q is written as %q", value, headers.FormatSunset(at))
		}
		links, _ := headers.ParseLinks(value)
		for _, l := range links {
			again, err := headers.ParseLinks(headers.FormatLink(l.Target, headers.RelSunset))
			if err != nil || len(again) != 1 || again[0].Target != l.Target {
				t.Errorf("Link %q: %v, %v", l.Target, again, err)
			}
		}
	})
}
