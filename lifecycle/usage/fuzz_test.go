package usage_test

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/usage"
)

// fuzz counts a text in ways that must give the same, and checks what holds
// for any text.
func fuzz(t *testing.T, o usage.Options, text []byte) *usage.Result {
	t.Helper()
	var res *usage.Result
	for _, way := range []struct {
		name    string
		workers int
		live    bool
		wrap    func(io.Reader) io.Reader
	}{
		{name: "at once", workers: 1},
		{name: "as it comes", workers: 3, live: true},
		{"in halves", 2, false, iotest.HalfReader},
		{"by bytes, as they come", 1, true, iotest.OneByteReader},
	} {
		var r io.Reader = bytes.NewReader(text)
		if way.wrap != nil {
			r = way.wrap(r)
		}
		o.Workers = way.workers
		got, err := usage.Count(t.Context(), []usage.Log{{Name: "a.log", R: r, Live: way.live}}, o)
		if err != nil {
			t.Skip(err) // the options are part of the input
		}
		if res == nil {
			res = got
		}
		if diff := cmp.Diff(res, got); diff != "" {
			t.Errorf("%s (-at once +got):\n%s", way.name, diff)
		}
	}
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
