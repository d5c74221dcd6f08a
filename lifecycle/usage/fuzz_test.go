package usage_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/usage"
)

// fuzz counts a text in two ways that must give the same, and checks what
// holds for any text.
func fuzz(t *testing.T, o usage.Options, text []byte) *usage.Result {
	t.Helper()
	var results []*usage.Result
	for _, workers := range []int{1, 3} {
		o.Workers = workers
		res, err := usage.Count(t.Context(), []usage.Log{{Name: "a.log", R: bytes.NewReader(text), Live: workers == 3}}, o)
		if err != nil {
			t.Skip(err) // the options are part of the input
		}
		results = append(results, res)
	}
	if diff := cmp.Diff(results[0], results[1]); diff != "" {
		t.Errorf("one worker and three differ:\n%s", diff)
	}
	res := results[0]
	log := res.Logs[0]
	if log.Requests+log.Unreadable+log.TooLong > log.Lines && log.Format != usage.HAR {
		t.Errorf("more lines are read than there are: %+v", log)
	}
	for _, e := range res.Elements {
		if e.Share < 0 || e.Share > 1 || e.ConsumerShare > 1 || int64(e.Consumers) > e.Calls || e.AfterSunset > e.Calls {
			t.Errorf("numbers of an element that cannot be: %+v", e)
		}
	}
	for _, s := range log.Samples {
		if strings.ContainsFunc(s.Shape, func(r rune) bool { return r < ' ' || r == 127 }) {
			t.Errorf("a control character is in the shape %q", s.Shape)
		}
	}
	return res
}

func FuzzText(f *testing.F) {
	f.Add([]byte(boards))
	f.Add([]byte(`::1 - ada [05/Mar/2026:05:00:00 -0500] "GET /api/v3/issues?sort=\"x\"&labels[]=%5 HTTP/1.0" 404 -` + "\r\n\r\n#\n"))
	f.Add([]byte(`a b c [29/Feb/2025:05:00:00 +0000] "GET http://h/api/v3/boards?x#y" 000 1` + "\n\x00\xff"))
	o := describe(f)
	f.Fuzz(func(t *testing.T, text []byte) { fuzz(t, o, text) })
}

func FuzzTemplate(f *testing.F) {
	f.Add(`$remote_addr [$time_local] "$request" $status`, []byte(boards))
	f.Add(`%h %l %u %t "%r" %>s %b "%{X-Client}i"`, []byte(boards))
	f.Add(`${msec}|$request_uri|$args|$http_x`, []byte("1772704800.5|/api/v3/boards|sort=1|me\n"))
	o := describe(f)
	f.Fuzz(func(t *testing.T, format string, text []byte) {
		if !strings.ContainsAny(format, "$%") {
			t.Skip("no template")
		}
		o := o
		o.Format = format
		o.Fields = map[usage.Role][]string{usage.ConsumerField: {"X-Client"}}
		fuzz(t, o, text)
	})
}

// FuzzJSON compares what is told of a line with encoding/json: a line that
// that one reads is one that tells a path, a request or a query, or is not
// readable.
func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"time":"2026-03-05T10:00:00Z","method":"GET","path":"/api/v3/boards","status":200,"client_id":"a"}`))
	f.Add([]byte(`{"request":{"method":"GET","uri":"/api/v3/boards"},"ts":1772704800.25,"params":[{"key":"sort"}],"meta":{"client_id":1}}`))
	f.Add([]byte(`{"query_string":"{ issue(id: 1) { votes } }","variables":"{\"a\"=>:b}","used_deprecated_fields":["User.nick"]}`))
	f.Add([]byte("{\"path\":\"\\u002fapi\\/v3\\/boards\\ud83d\",\"method\":\"GET\"}\n{"))
	o := describe(f)
	o.Format = usage.JSONLines
	f.Fuzz(func(t *testing.T, text []byte) {
		res := fuzz(t, o, text)
		line := bytes.TrimSpace(text)
		if bytes.ContainsAny(line, "\r\n") || len(line) == 0 {
			return
		}
		var members struct {
			Path string `json:"path"`
		}
		only := json.Valid(line) && line[0] == '{' && bytes.Count(line, []byte(`"`)) == 4 && json.Unmarshal(line, &members) == nil
		if only && len(members.Path) > 0 && bytes.HasPrefix(line, []byte(`{"path":"`)) && res.Logs[0].Requests != 1 {
			t.Errorf("%s is not read: %+v", line, res.Logs[0])
		}
	})
}

func FuzzQuery(f *testing.F) {
	f.Add(`query($s: State = LOCKED, $f: IssueFilter) { issues(state: $s, filter: $f) { ...A } } fragment A on Issue { votes }`, `{"f":{"assignee":[{"a":null}]}}`)
	f.Add(`{ node(id: 1) { ... on Issue @skip(if: true) { legacyId } } }`, `{"s"=>"OPEN", :f => {x: nil}}`)
	f.Add(`mutation { closeIssue(input: {silent: true, state: LOCKED}) { id } }`, ``)
	f.Add(strings.Repeat("{a", 1100), `[[[[`)
	o := describe(f)
	o.Format = usage.GitLabGraphQL
	f.Fuzz(func(t *testing.T, query, variables string) {
		line, err := json.Marshal(map[string]any{"query_string": query, "variables": variables})
		if err != nil || query == "" || len(line) > 1<<20 {
			t.Skip("no line")
		}
		if res := fuzz(t, o, line); res.GraphQL.Calls != 1 {
			t.Errorf("%d calls, want 1", res.GraphQL.Calls)
		}
	})
}

func FuzzRecorded(f *testing.F) {
	f.Add([]byte(`{"log":{"entries":[{"startedDateTime":"2026-03-05T10:00:00Z","request":{"method":"POST","url":"/graphql","postData":{"text":"[{\"query\":\"{ issue(id: 1) { votes } }\"}]"}},"response":{"status":200}}]}}`))
	f.Add([]byte(`{"entries":[{"request":{"method":"GET","url":"https://h/api/v3/issues?sort=1","headers":{"X-Team":"a"}}},3]}`))
	o := describe(f)
	o.Format = usage.HAR
	f.Fuzz(func(t *testing.T, text []byte) { fuzz(t, o, text) })
}

// FuzzAny lets the content say what it is, compressed or not.
func FuzzAny(f *testing.F) {
	f.Add([]byte(boards))
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"))
	f.Add([]byte(`{"log":{"entries":[]}}`))
	f.Add([]byte("# comment\n{\"query_string\":\"{ a }\"}\n"))
	if file, err := os.Open("testdata/openapi.yaml"); err == nil {
		text, _ := io.ReadAll(file)
		_ = file.Close()
		f.Add(text)
	}
	o := describe(f)
	f.Fuzz(func(t *testing.T, text []byte) { fuzz(t, o, text) })
}
