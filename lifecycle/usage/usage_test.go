package usage_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/usage"
)

func TestREST(t *testing.T) {
	t.Parallel()
	line := func(request, status string) string {
		return `10.0.0.1 - - [05/Mar/2026:10:00:00 +0000] "` + request + `" ` + status + ` 17 "-" "curl/8"`
	}
	tests := []struct {
		name  string
		lines []string
		calls map[string]int64
		rest  usage.Total
		bad   int64
	}{
		{
			name:  "an operation, with and without a slash at the end",
			lines: []string{line("GET /api/v3/boards HTTP/1.1", "200"), line("GET /api/v3/boards/ HTTP/2.0", "200")},
			calls: map[string]int64{"GET /boards": 2},
			rest:  usage.Total{Statuses: usage.Statuses{Calls: 2}, Consumers: 1, Exact: true},
		},
		{
			name: "what is not deprecated counts for the whole",
			lines: []string{
				line("GET /api/v3/issues HTTP/1.1", "200"), line("POST /api/v3/boards HTTP/1.1", "200"),
				line("GET /boards HTTP/1.1", "404"), line("-", "400"), line("", "400"), line(`\x16\x03\x01`, "400"),
			},
			calls: map[string]int64{},
			rest:  usage.Total{Statuses: usage.Statuses{Calls: 1}, Consumers: 1, Exact: true},
		},
		{
			name: "a parameter, by its whole name",
			lines: []string{
				line("GET /api/v3/issues?sort=asc HTTP/1.1", "200"), line("GET /api/v3/issues?a=1&%73ort HTTP/1.1", "200"),
				line("GET /api/v3/issues?labels[]=a&labels[]=b HTTP/1.1", "200"), line("GET /api/v3/issues?labels%5B0%5D=a HTTP/1.1", "200"),
				line("GET /api/v3/issues?sorted=1&state=sort&resort=2#sort HTTP/1.1", "200"), line("GET /api/v3/boards?sort=x HTTP/1.1", "200"),
			},
			calls: map[string]int64{"GET /issues query sort": 2, "GET /issues query labels": 2, "GET /boards": 1},
			rest:  usage.Total{Statuses: usage.Statuses{Calls: 6}, Consumers: 1, Exact: true, WithQuery: 6},
		},
		{
			name: "answers apart",
			lines: []string{
				line("GET /api/v3/boards HTTP/1.1", "404"), line("GET /api/v3/boards HTTP/1.1", "503"), line("GET /api/v3/boards HTTP/1.1", "304"),
				line("GET /api/v3/boards HTTP/1.1", "-"),
			},
			calls: map[string]int64{"GET /boards": 4},
			rest:  usage.Total{Statuses: usage.Statuses{Calls: 4, ClientErrors: 1, ServerErrors: 1}, Consumers: 1, Exact: true},
		},
		{
			name: "lines that tell nothing",
			lines: []string{
				"", "# comment", "server started", `10.0.0.1 - - [05/Mar/2026:10:00:00 +0000] "GET /api/v3/boards`,
				`10.0.0.1 - - [35/Mar/2026:10:00:00 +0000] "GET /api/v3/boards HTTP/1.1" 200 17 "-" "a"`,
				`10.0.0.1 - - [05/Mar/2026:10:00:00 +0000] "GET /api/v3/boards HTTP/1.1" two 17 "-" "a"`, "\xff\x00\xfe",
			},
			calls: map[string]int64{}, rest: usage.Total{Exact: true}, bad: 5,
		},
		{
			name:  "a quote within the request",
			lines: []string{line(`GET /api/v3/issues?q=\"x\"&sort=1 HTTP/1.1`, "200")},
			calls: map[string]int64{"GET /issues query sort": 1},
			rest:  usage.Total{Statuses: usage.Statuses{Calls: 1}, Consumers: 1, Exact: true, WithQuery: 1},
		},
		{
			name:  "a whole URL, as a proxy logs it",
			lines: []string{line("GET https://tracker.example.com/api/v3/boards?a=b HTTP/1.1", "200")},
			calls: map[string]int64{"GET /boards": 1},
			rest:  usage.Total{Statuses: usage.Statuses{Calls: 1}, Consumers: 1, Exact: true, WithQuery: 1},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := count(t, describe(t), strings.Join(tt.lines, "\n")+"\n")
			if diff := cmp.Diff(tt.calls, calls(res)); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.rest, res.REST); diff != "" {
				t.Errorf("REST (-want +got):\n%s", diff)
			}
			if res.Logs[0].Unreadable != tt.bad {
				t.Errorf("%d lines unreadable, want %d", res.Logs[0].Unreadable, tt.bad)
			}
		})
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
	tests := []struct {
		name, format, text, as string
		fields                 map[usage.Role][]string
		consumer               string
	}{
		{
			name: "combined", as: "combined", consumer: "10.0.0.1",
			text: `10.0.0.1 - - [05/Mar/2026:11:00:00 +0100] "GET /api/v3/boards HTTP/1.1" 200 17 "-" "curl/8"`,
		},
		{
			name: "a user who signed in", as: "combined", consumer: "ada",
			text: `10.0.0.1 - ada [05/Mar/2026:10:00:00 +0000] "GET /api/v3/boards HTTP/1.1" 200 17 "-" "curl/8"`,
		},
		{
			name: "common", as: "combined", consumer: "::1",
			text: `::1 - - [05/Mar/2026:05:00:00 -0500] "GET /api/v3/boards HTTP/1.0" 200 -`,
		},
		{
			name: "carriage returns", as: "combined", consumer: "::1",
			text: `::1 - - [05/Mar/2026:05:00:00 -0500] "GET /api/v3/boards HTTP/1.0" 200 -` + "\r",
		},
		{
			name: "a template of nginx", as: "template", consumer: "mobile",
			format: `$msec ${request_method} $uri $args "$http_x_client" $status`,
			text:   `1772704800.123 GET /api/v3/boards a=b "mobile" 200`,
			fields: map[usage.Role][]string{usage.ConsumerField: {"X-Client"}},
		},
		{
			name: "a template of Apache", as: "template", consumer: "mobile",
			format: `%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{X-Client}i"`,
			text:   `tracker:443 10.0.0.1 - - [05/Mar/2026:10:00:00 +0000] "GET /api/v3/boards HTTP/1.1" 200 17 "-" "mobile"`,
			fields: map[usage.Role][]string{usage.ConsumerField: {"http_x_client"}},
		},
		{
			name: "a consumer who must not be seen", as: "template", consumer: "a1a87a56e3c5",
			format: `$time_iso8601 "$request" $status $http_authorization`,
			text:   `2026-03-05T10:00:00+00:00 "GET /api/v3/boards HTTP/1.1" 200 Bearer`,
			fields: map[usage.Role][]string{usage.ConsumerField: {"Authorization"}},
		},
		{
			name: "json", as: "json", consumer: "app-7",
			text: `{"time":"2026-03-05T10:00:00Z","method":"GET","path":"/api/v3/boards","status":200,"client_id":"app-7","user":"ada"}`,
		},
		{
			name: "json of nginx", as: "json", consumer: "10.0.0.1",
			text: `{"msec":"1772704800.5","request":"GET /api/v3/boards HTTP/1.1","status":"200","remote_addr":"10.0.0.1"}`,
		},
		{
			name: "json of Caddy", as: "json", consumer: "10.0.0.1",
			text: `{"level":"info","ts":1772704800.25,"request":{"client_ip":"10.0.0.1","method":"GET","uri":"/api/v3/boards?x=1"},"status":200}`,
		},
		{
			name: "json with a URL and names of its own", as: "json", consumer: "7",
			text:   `{"when":1772704800123,"verb":"GET","address":"https://tracker.example.com/api/v3/boards","who":{"id":7},"user":"ada"}`,
			fields: map[usage.Role][]string{usage.ConsumerField: {"who.id"}, usage.TimeField: {"when"}, usage.PathField: {"address"}},
		},
		{
			name: "escapes in json", as: "json", consumer: "a\"b\u00e9\U0001f600",
			text: `{"t\u0069me":"2026-03-05T10:00:00.999+00:00","method":"GET","path":"\/api\/v3\/boards","status":200,"consumer":"a\"b\u00e9\ud83d\ude00"}`,
		},
		{
			name: "api_json.log", as: "json", consumer: "user/7",
			text: `{"time":"2026-03-05T10:00:00.000Z","severity":"INFO","status":200,"method":"GET","path":"/api/v3/boards","params":[{"key":"sort","value":"a"}],"meta.client_id":"user/7","user_id":7,"route":"/api/:version/boards","ua":"curl"}`,
		},
		{
			name: "har", as: "har", consumer: "curl/8",
			text: `{"log":{"entries":[{"startedDateTime":"2026-03-05T10:00:00.000Z","request":{"method":"GET","url":"https://tracker.example.com/api/v3/boards","headers":[{"name":"User-Agent","value":"curl/8"}]},"response":{"status":200}}]}}`,
		},
		{
			name: "har over several lines", as: "har", consumer: "web",
			text: "{\n  \"log\": {\n\"entries\":[{\"startedDateTime\":\"2026-03-05T10:00:00.000Z\",\"request\":{\"method\":\"GET\",\"url\":\"/api/v3/boards\",\"headers\":{\"x-client-id\":\"web\"}},\"response\":{\"status\":200}}]}}",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := describe(t)
			o.Format, o.Fields, o.ShowConsumers = tt.format, tt.fields, true
			res := count(t, o, tt.text)
			got := res.Logs[0]
			want := usage.LogRead{Name: "a.log", Format: tt.as, Lines: 1, Requests: 1}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("log (-want +got):\n%s", diff)
			}
			for _, e := range res.Elements {
				if e.Name != "GET /boards" {
					continue
				}
				want := []usage.Caller{{Consumer: tt.consumer, Calls: 1, First: &at, Last: &at}}
				if diff := cmp.Diff(want, e.Top); diff != "" {
					t.Errorf("consumers (-want +got):\n%s", diff)
				}
			}
			if diff := cmp.Diff(map[string]int64{"GET /boards": 1}, calls(res)); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWrongOptions(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(o *usage.Options)
		want   string
	}{
		"nothing":         {func(o *usage.Options) { o.REST, o.GraphQL = nil, nil }, "no description says what is deprecated"},
		"format":          {func(o *usage.Options) { o.Format = "combind" }, `unknown format "combind" of a log; did you mean "combined"?`},
		"no request":      {func(o *usage.Options) { o.Format = "$status $time_local" }, "the format has no field that tells the request: $request, or $request_method and $request_uri"},
		"nothing between": {func(o *usage.Options) { o.Format = "$status$request" }, `nothing stands between two fields of the format, before "$request"`},
		"open brace":      {func(o *usage.Options) { o.Format = "%{X-A" }, `the field "%{X-A" of the format has no end`},
		"lone dollar":     {func(o *usage.Options) { o.Format = "$ $request" }, `a $ of the format has no name behind it: "$ $request"`},
		"role": {
			func(o *usage.Options) { o.Fields = map[usage.Role][]string{"who": {"a"}} },
			`a field of a log is for "who", which is none of consumer, time, method, path, query, request, status, graphql, operation, variables`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := describe(t)
			tt.change(&o)
			_, err := usage.Count(t.Context(), nil, o)
			if got := fmt.Sprint(err); got != tt.want {
				t.Errorf("error %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSunset(t *testing.T) {
	t.Parallel()
	var lines strings.Builder
	for day := 8; day <= 12; day++ {
		fmt.Fprintf(&lines, "10.0.0.%d - - [%02d/Mar/2026:00:00:00 +0000] \"GET /api/v3/issues/1/watchers HTTP/1.1\" 200 1\n", day, day)
	}
	res := count(t, describe(t), lines.String())
	for _, e := range res.Elements {
		if e.Name != "GET /issues/{id}/watchers" {
			continue
		}
		first, last := time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
		want := usage.Element{
			Surface: "rest", Kind: "operation", Name: e.Name, Deprecated: true, Stability: e.Stability, Sunset: "2026-03-10", Location: e.Location,
			Statuses: usage.Statuses{Calls: 5}, Share: 1, Consumers: 5, Exact: true, ConsumerShare: 1, AfterSunset: 3,
			First: &first, Last: &last, Top: e.Top, Verdict: usage.Used, Why: "it is called",
		}
		if diff := cmp.Diff(want, e); diff != "" {
			t.Errorf("element (-want +got):\n%s", diff)
		}
		if len(e.Top) != 5 || e.Location.Line == 0 {
			t.Errorf("%d consumers, line %d", len(e.Top), e.Location.Line)
		}
	}
}

func TestOnlySuccessful(t *testing.T) {
	t.Parallel()
	o := describe(t)
	o.Successful = true
	text := ""
	for _, status := range []string{"200", "301", "401", "404", "500"} {
		text += `10.0.0.1 - - [05/Mar/2026:10:00:00 +0000] "GET /api/v3/boards HTTP/1.1" ` + status + " 1\n"
	}
	res := count(t, o, text)
	want := usage.Statuses{Calls: 2, ClientErrors: 2, ServerErrors: 1}
	if diff := cmp.Diff(want, res.REST.Statuses); diff != "" {
		t.Errorf("REST (-want +got):\n%s", diff)
	}
	for _, e := range res.Elements {
		if e.Name == "GET /boards" {
			if diff := cmp.Diff(want, e.Statuses); diff != "" {
				t.Errorf("element (-want +got):\n%s", diff)
			}
		}
	}
}

func TestExperimental(t *testing.T) {
	t.Parallel()
	text := `10.0.0.1 - - [05/Mar/2026:10:00:00 +0000] "GET /api/v3/forecasts HTTP/1.1" 200 1`
	o := describe(t)
	if diff := cmp.Diff(map[string]int64{}, calls(count(t, o, text))); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	o.Experimental = true
	if diff := cmp.Diff(map[string]int64{"GET /forecasts": 1}, calls(count(t, o, text))); diff != "" {
		t.Errorf("calls with experiments (-want +got):\n%s", diff)
	}
}
