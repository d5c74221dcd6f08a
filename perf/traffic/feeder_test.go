package traffic_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/traffic"
)

// fed returns a plan with two operations, of which the second, a third of the
// load, takes rows.
func fed(order, file string) (*perf.Plan, traffic.Options) {
	p := &perf.Plan{
		Seed: 3, Targets: []perf.Target{{Name: "rest", URL: "http://127.0.0.1"}},
		Feeders: []perf.Feeder{{Name: "rows", File: "rows", Order: order}},
		Operations: []perf.Operation{
			{Name: "GET /a", Target: "rest", Method: "GET", Path: "/a", Weight: 2},
			{Name: "GET /b", Target: "rest", Method: "GET", Path: "/b", Weight: 1, Values: []perf.Value{{In: "query", Name: "q", Text: "{{rows.n}}"}}},
		},
	}
	return p, traffic.Options{Files: map[string][]byte{"rows": []byte(file)}}
}

// rows returns what the requests with rows are sent with, in their order.
func rows(t *testing.T, p *perf.Plan, o traffic.Options, first, step, end uint64) []string {
	t.Helper()
	tr, err := traffic.New(p, o)
	if err != nil {
		t.Fatal(err)
	}
	m := perf.NewMix(p)
	var got []string
	for seq := first; seq < end; seq += step {
		r := &perf.Request{Seq: seq}
		if r.Operation, r.Session = m.At(seq); r.Operation != 1 {
			continue
		}
		if err := tr.Request(r); err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, fmt.Sprintf("%d %s", seq, r.URL[strings.LastIndexByte(r.URL, '=')+1:]))
	}
	return got
}

func numbers(list []string) string {
	var b strings.Builder
	for _, s := range list {
		_, n, ok := strings.Cut(s, " ")
		if strings.HasPrefix(s, "the data") || !ok {
			n = "-"
		}
		b.WriteString(n + " ")
	}
	return strings.TrimSpace(b.String())
}

func TestFeedersGoRowByRow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, order, file, want string }{
		{"CSV", "sequential", "n\n1\n2\n3\n", "1 2 3 1 2 3 1 2 3 1"},
		{"JSON", "", `[{"n": 1}, {"n": "b"}, {"n": [2]}]`, "1 b %5B2%5D 1 b %5B2%5D 1 b %5B2%5D 1"},
		{"JSON lines", "sequential", "{\"n\": 1}\n\n{\"n\": true}\n", "1 true 1 true 1 true 1 true 1 true"},
		{"once", "once", "n\n1\n2\n3\n", "1 2 3 - - - - - - -"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, o := fed(tt.order, tt.file)
			if diff := cmp.Diff(tt.want, numbers(rows(t, p, o, 0, 1, 30))); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestShardsAgreeOnRows(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"sequential", "random", "once"} {
		p, o := fed(order, "n\n1\n2\n3\n4\n5\n6\n7\n")
		whole := map[string]bool{}
		const end = 20_000 // several blocks
		for _, s := range rows(t, p, o, 0, 1, end) {
			whole[s] = true
		}
		for shard := range uint64(4) {
			for _, s := range rows(t, p, o, shard, 4, end) {
				if !whole[s] {
					t.Fatalf("%s: shard %d sends %q, the whole run does not", order, shard, s)
				}
			}
		}
	}
}

func TestRandomRowsAreAllUsed(t *testing.T) {
	t.Parallel()
	p, o := fed("random", "n\n1\n2\n3\n4\n5\n6\n7\n")
	counts := map[string]int{}
	for _, s := range rows(t, p, o, 0, 1, 6000) {
		counts[numbers([]string{s})]++
	}
	for n := 1; n <= 7; n++ {
		if c := counts[fmt.Sprint(n)]; c < 200 || c > 400 {
			t.Errorf("row %d has %d of 2,000 requests", n, c)
		}
	}
}

func TestWrongFiles(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, file, want string }{
		{"empty", " \n", `data "rows": rows has no rows`},
		{"no rows", "n\n", `data "rows": rows has no rows`},
		{"empty list", "[]", `data "rows": rows has no rows`},
		{"broken JSON", `[{"n": 1}`, `data "rows": rows: the file begins like JSON and is none`},
		{"no object", `[1]`, `data "rows": rows: row 1 is no JSON object`},
		{"another row", `[{"n": 1}, {"m": 1}]`, `data "rows": rows: row 2 has no "n"`},
		{"broken line", "{\"n\": 1}\n{\"n\"", `data "rows": rows: row 2 is no JSON object`},
		{"too short a record", "n,m\n1\n", `data "rows": rows: record on line 2: wrong number of fields`},
		{"a name twice", "n,n\n1,2\n", `data "rows": rows: the column "n" is there twice`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, o := fed("", tt.file)
			_, err := traffic.New(p, o)
			if err == nil || err.Error() != tt.want {
				t.Errorf("the error is %v, want %s", err, tt.want)
			}
		})
	}
}

func FuzzFeeder(f *testing.F) {
	for _, s := range []string{"n\n1\n", `[{"n": 1}]`, "{\"n\": \"\\ud800\"}\n", "n,m\n\"a\nb\",2", "\uFEFFn\n1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, file string) {
		p, o := fed("", file)
		tr, err := traffic.New(p, o)
		if err != nil {
			return
		}
		r := &perf.Request{Operation: 1, Session: -1, Seq: 7}
		if err := tr.Request(r); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(r.URL, " \r\n\"&#") {
			t.Errorf("the URL %q has what no URL may", r.URL)
		}
	})
}
