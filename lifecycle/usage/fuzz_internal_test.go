package usage

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// lineTarget reads lines as a worker does, without the rest of a run.
type lineTarget struct {
	opts  Options
	watch *watch
}

func newLineTarget(tb testing.TB) *lineTarget {
	tb.Helper()
	doc, err := openapi.Parse("a.yaml", []byte(`
openapi: 3.1.0
info: {title: A, version: "1"}
servers: [{url: /v1}]
paths:
  /boards:
    get:
      deprecated: true
      parameters: [{name: sort, in: query, deprecated: true, schema: {type: string}}]
      responses: {"200": {description: a}}
`))
	if err != nil {
		tb.Fatal(err)
	}
	l := &lineTarget{opts: Options{REST: []*openapi.Document{doc}, GraphQL: []*graphql.Schema{walkQueries(tb).schema}, Salt: []byte("salt")}}
	l.opts.setDefaults()
	if l.watch, err = newWatch(&l.opts); err != nil {
		tb.Fatal(err)
	}
	return l
}

// read reads a text as a block of a format, and checks what holds for any.
func (l *lineTarget) read(t *testing.T, o Options, text []byte) *tally {
	t.Helper()
	f, err := parseFormat(&o)
	if err != nil {
		t.Skip(err)
	}
	k := newCounter(l.watch, newTally(&o, len(l.watch.elements), 1))
	before := bytes.Clone(text)
	k.block(&block{text: text, first: 1}, f.reader(f.find(bufio.NewReaderSize(bytes.NewReader(text), sniffBytes))))
	if !bytes.Equal(before, text) {
		t.Error("the text was changed")
	}
	if log := &k.logs[0]; log.requests+log.bad > int64(bytes.Count(text, []byte("\n")))+1 {
		t.Errorf("more lines are read than there are: %+v", log)
	}
	for i := range k.elements {
		e := &k.elements[i]
		if n, _ := e.consumers.count(); int64(n) > e.calls || e.late > e.calls || e.window.first > e.window.last {
			t.Errorf("numbers of an element that cannot be: %+v", e)
		}
	}
	return k.tally
}

func FuzzText(f *testing.F) {
	f.Add([]byte("::1 - ada [05/Mar/2026:05:00:00 -0500] \"GET /v1/boards?sort=\\\"x\\\"&labels[]=%5 HTTP/1.0\" 404 -\r\n\r\n#\n"))
	f.Add([]byte(`a b c [29/Feb/2025:05:00:00 +0000] "GET http://h/v1/boards?x#y" 000 1` + "\n\x00\xff"))
	f.Add([]byte(`a b c [28/Feb/2025:05:00:00 +0000] "GET /graphql?query=%7Bissue(id%3A1)%7Bvotes%7D%7D" 200 1 "-" "x"`))
	l := newLineTarget(f)
	f.Fuzz(func(t *testing.T, text []byte) { l.read(t, l.opts, text) })
}

func FuzzTemplate(f *testing.F) {
	f.Add(`$remote_addr [$time_local] "$request" $status`, []byte(`a [05/Mar/2026:05:00:00 -0500] "GET /v1/boards" 200`))
	f.Add(`%h %l %u %t "%r" %>s %b "%{X-Client}i"`, []byte(`a b c [05/Mar/2026:05:00:00 -0500] "GET /v1/boards HTTP/1.1" 200 1 "me"`))
	f.Add(`${msec}|$request_uri|$args|$http_x`, []byte("1772704800.5|/v1/boards|sort=1|me\n"))
	l := newLineTarget(f)
	f.Fuzz(func(t *testing.T, format string, text []byte) {
		if !strings.ContainsAny(format, "$%") {
			t.Skip("no template")
		}
		o := l.opts
		o.Format = format
		o.Fields = map[Role][]string{ConsumerField: {"X-Client"}}
		l.read(t, o, text)
	})
}

// FuzzJSON compares with encoding/json: of a line with a path and nothing that
// could stand for it otherwise, both tell the same.
func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"time":"2026-03-05T10:00:00Z","method":"GET","path":"/v1/boards","status":200,"client_id":"a"}`))
	f.Add([]byte(`{"request":{"method":"GET","uri":"/v1/boards"},"ts":1772704800.25,"params":[{"key":"sort"}],"meta":{"client_id":1}}`))
	f.Add([]byte(`{"query_string":"{ issue(id: 1) { votes } }","variables":"{\"a\"=>:b}","used_deprecated_fields":["User.nick"]}`))
	f.Add([]byte("{\"path\":\"\\u002fv1\\/boards\\ud83d\\ude00\",\"method\":\"GET\"}\n{"))
	l := newLineTarget(f)
	o := l.opts
	o.Format = JSONLines
	fields := newFields(&o)
	f.Fuzz(func(t *testing.T, text []byte) {
		l.read(t, o, text)
		var members map[string]json.RawMessage
		if json.Unmarshal(text, &members) != nil || len(members) != 1 || bytes.Count(text, []byte(`":`)) != 1 {
			return
		}
		var path string
		if json.Unmarshal(members["path"], &path) != nil || path == "" || strings.Contains(path, "\ufffd") {
			return
		}
		var c call
		if !fields.line(bytes.TrimSpace(text), &c, &lastTime{}) || string(c.target) != path {
			t.Errorf("%q has the path %q, read as %q", text, path, c.target)
		}
	})
}

func FuzzVariables(f *testing.F) {
	f.Add(`{"f":{"assignee":[{"a":null}],"not":{"states":"LOCKED"}}}`)
	f.Add(`{"f"=>{:assignee => nil, states: [:OPEN, "LOCKED"]}}`)
	f.Add(`{"f":` + strings.Repeat(`{"not":`, 200))
	l := newLineTarget(f)
	q := l.watch.schemas[0]
	list := []variable{{name: "f", typ: q.schema.Type("IssueFilter")}}
	f.Fuzz(func(t *testing.T, text string) {
		v := &values{queries: q, text: []byte(text), hit: func(index int) {
			if index < 0 || index >= len(l.watch.elements) {
				t.Errorf("no element %d", index)
			}
		}}
		v.variables(list, make([]bool, 1))
		if v.at > len(text) {
			t.Errorf("read to %d of %d bytes", v.at, len(text))
		}
	})
}
