package usage_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/plumbapi/plumb/lifecycle/usage"
)

// benchLines makes lines until there are so many bytes of them.
func benchLines(size int, line func(b *bytes.Buffer, r *rand.Rand, n int)) []byte {
	var b bytes.Buffer
	r := rand.New(rand.NewPCG(1, 2))
	for n := 0; b.Len() < size; n++ {
		line(&b, r, n)
	}
	return b.Bytes()
}

// combinedLine is one of an API with some thousand consumers, of which one
// call in fifty is to something deprecated.
func combinedLine(b *bytes.Buffer, r *rand.Rand, n int) {
	target := fmt.Sprintf("/api/v3/issues/%d", r.IntN(100000))
	switch r.IntN(10) {
	case 0:
		target = "/api/v3/issues?state=open&page=3"
	case 1:
		target = "/assets/app.js"
	case 2:
		if r.IntN(5) == 0 {
			target = fmt.Sprintf("/api/v3/issues/%d/watchers?page=2", r.IntN(100))
		}
	}
	second := n / 100
	fmt.Fprintf(b, "10.%d.%d.%d - - [%02d/Mar/2026:%02d:%02d:%02d +0100] \"GET %s HTTP/1.1\" %d %d \"-\" \"Mozilla/5.0 (X11; Linux x86_64) Client/%d\"\n",
		r.IntN(4), r.IntN(4), r.IntN(250), 1+second/86400%28, second/3600%24, second/60%60, second%60, target, 200+r.IntN(2)*204*r.IntN(2), r.IntN(90000), r.IntN(9))
}

func jsonLine(b *bytes.Buffer, r *rand.Rand, n int) {
	fmt.Fprintf(b, `{"time":"2026-03-%02dT%02d:%02d:%02d.%03dZ","severity":"INFO","duration_s":0.0%d,"db_duration_s":0.01,"status":200,"method":"GET","path":"/api/v3/issues/%d","params":[{"key":"page","value":"%d"}],"host":"tracker.example.com","remote_ip":"10.0.0.%d","ua":"Client/1","route":"/api/:version/issues/:id","user_id":%d,"username":"user%d","meta.client_id":"user/%d"}`+"\n",
		1+n/864000%28, n/36000%24, n/600%60, n/10%60, n%1000, r.IntN(99), r.IntN(100000), r.IntN(9), r.IntN(250), n%4000, n%4000, n%4000)
}

func query(r *rand.Rand, n int) string {
	return fmt.Sprintf("query Issues%d($first: Int, $filter: IssueFilter) { issues(first: $first, filter: $filter, state: OPEN) { id title author { name } ...More } } fragment More on Issue { a%d: title author { id%d: name nick } votes }", n%7, n, r.IntN(1000))
}

// graphqlLine has a query that no other line has.
func graphqlLine(b *bytes.Buffer, r *rand.Rand, n int) {
	fmt.Fprintf(b, `{"time":"2026-03-%02dT%02d:%02d:%02d.%03dZ","operation_name":"Issues%d","query_string":"%s","variables":"{\"first\"=>%d, \"filter\"=>{\"text\"=>\"a\"}}","complexity":12,"depth":3,"meta.client_id":"user/%d"}`+"\n",
		1+n/864000%28, n/36000%24, n/600%60, n/10%60, n%1000, n%7, query(r, n), r.IntN(100), n%4000)
}

func BenchmarkCount(b *testing.B) {
	distinct := benchLines(32<<20, graphqlLine)
	for _, bb := range []struct {
		name string
		text []byte
	}{
		{"combined", benchLines(64<<20, combinedLine)},
		{"json", benchLines(64<<20, jsonLine)},
		{"graphql distinct", distinct},
		{"graphql repeated", bytes.Repeat(distinct[:bytes.IndexByte(distinct[1<<18:], '\n')+1<<18+1], 100)},
	} {
		lines := bytes.Count(bb.text, []byte("\n"))
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/%d", bb.name, workers), func(b *testing.B) {
				o := describe(b)
				o.Workers = workers
				b.SetBytes(int64(len(bb.text)))
				b.ReportAllocs()
				for b.Loop() {
					res, err := usage.Count(b.Context(), []usage.Log{{Name: "a.log", R: bytes.NewReader(bb.text)}}, o)
					if err != nil {
						b.Fatal(err)
					}
					if got := res.Logs[0]; got.Requests != int64(lines) || got.Unreadable != 0 {
						b.Fatalf("%d lines, read as %+v", lines, got)
					}
				}
				b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
			})
		}
	}
}
