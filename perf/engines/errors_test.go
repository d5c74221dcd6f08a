package engines_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/perf/engines"
)

func TestErrorsSayWhereAndWhatToDo(t *testing.T) {
	t.Parallel()
	const point = `{"metric":"%s","type":"Point","data":{"time":"2026-11-27T13:44:50.7Z","value":%s,"tags":{"method":"GET","url":"http://127.0.0.1:18473/broken","status":"200"}}}` + "\n"
	metric := `{"type":"Metric","metric":"http_reqs"}` + "\n"
	for _, tt := range []struct {
		name, text, operation, want string
	}{
		{"empty", " \n", "", "f: is empty"},
		{"something else", "hello, world", "", "f: is no result that plumb knows"},
		{"other JSON", `{"a":1}`, "", "f: is no result that plumb knows"},
		{"cut JSON", "{\"metrics\":\n{", "", "f:2: is no whole JSON document"},
		{"unknown operation", "{}", "GET /x", `f: the plan has no operation "GET /x"`},
		{"cut line", metric + `{"metric":"http_req_duration","type":"Poi`, "", "f:2: is no whole JSON object"},
		{"no blocked", metric + fmt.Sprintf(point, "http_req_duration", "1") + fmt.Sprintf(point, "http_req_waiting", "1"), "", "f:2: no http_req_blocked follows"},
		{"negative", metric + fmt.Sprintf(point, "http_req_duration", "-1"), "", "f:2: -0.001 seconds are no latency"},
		{"nothing sent", metric, "", "f: holds no request"},
		{"stranger", metric + strings.ReplaceAll(fmt.Sprintf(point, "http_req_duration", "1")+fmt.Sprintf(point, "http_req_blocked", "1"), "/broken", "/other"), "", "f: none of its requests is for an operation of the plan"},
		{"summary without tags", `{"metrics":{"http_reqs":{"count":1,"rate":1}}}`, "", "'http_reqs{op:GET /issues/{number}}': []"},
		{"which operation", "response-time,status-code,offset\n0.1,200,0.1\n", "", "name it with --operation"},
		{"bad number", "response-time,status-code,offset\n0.1,200,0.1\nx,200,1\n", "GET /slow", "f:3: response-time: \"x\" is no number"},
		{"cut row", "response-time,status-code,offset\n0.1,200", "GET /slow", "f:2: has 2 columns, not 3"},
		{"log without a result", "time=\"x\" level=info msg=\"y\"\n", "", "f: is a log of k6 without a result"},
		{"estimates", "Value(ms)  Percentile  TotalCount  1/(1-Percentile)\n0.5 0.1 2 1.1\n", "GET /slow", "f:1: holds quantiles as vegeta estimates them"},
		{"backwards", "Running 1s test @ http://x\n Value Percentile TotalCount 1/(1-Percentile)\n 1.0 0.1 5 1\n 2.0 0.2 4 1\n", "GET /slow", "f:4: is no line of percentiles"},
		{"long line", "response-time,status-code,offset\n" + strings.Repeat("1", 5<<20), "GET /slow", "f: has a line of more than 4 MiB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := engines.Read("f", strings.NewReader(tt.text), plan(), engines.Options{Operation: tt.operation})
			var wrong *engines.Error
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

// repeated is a text again and again, as a file of some size.
type repeated struct {
	text []byte
	left int
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	r.left -= n
	return n, nil
}

func TestRowsAreReadInBoundedMemory(t *testing.T) {
	row := []byte(`{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-27T13:44:50.7Z","value":19.1,"tags":{"method":"GET","url":"http://127.0.0.1:18473/broken","status":"200"}}}` + "\n" +
		`{"metric":"http_req_blocked","type":"Point","data":{"time":"2026-11-27T13:44:50.7Z","value":1.1,"tags":{"method":"GET","url":"http://127.0.0.1:18473/broken","status":"200"}}}` + "\n" +
		strings.Repeat(`{"metric":"http_req_receiving","type":"Point","data":{"time":"2026-11-27T13:44:50.7Z","value":19.1,"tags":{}}}`+"\n", 7))
	size := 32 << 20
	size -= size % len(row)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r, err := engines.Read("large", &repeated{text: row, left: size}, plan(), engines.Options{})
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if want := uint64(size / len(row)); r.Operations[0].Sent != want {
		t.Errorf("%d requests, want %d", r.Operations[0].Sent, want)
	}
	const most = 16 << 20
	if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > most {
		t.Errorf("the heap has grown by %d bytes while %d were read", grown, size)
	}
}

func BenchmarkK6Lines(b *testing.B) {
	row := []byte(`{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-27T13:44:50.7Z","value":19.1,"tags":{"method":"GET","url":"http://127.0.0.1:18473/broken","status":"200"}}}` + "\n" +
		`{"metric":"http_req_blocked","type":"Point","data":{"time":"2026-11-27T13:44:50.7Z","value":1.1,"tags":{"method":"GET","url":"http://127.0.0.1:18473/broken","status":"200"}}}` + "\n" +
		strings.Repeat(`{"metric":"http_req_receiving","type":"Point","data":{"time":"2026-11-27T13:44:50.7Z","value":19.1,"tags":{}}}`+"\n", 7))
	text := bytes.Repeat(row, 1000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	p := plan()
	for b.Loop() {
		if _, err := engines.Read("bench", bytes.NewReader(text), p, engines.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
