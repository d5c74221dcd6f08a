package traffic_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/traffic"
)

func TestRequestsAndAnswersTogether(t *testing.T) {
	t.Parallel()
	tr := make1(t, nil)
	m := perf.NewMix(plan())
	var group sync.WaitGroup
	for worker := range uint64(4) {
		group.Go(func() {
			r := &perf.Request{}
			for seq := worker; seq < 2000; seq += 4 {
				r.Seq, r.Step = seq, 0
				r.Operation, r.Session = m.At(seq)
				if tr.Request(r) != nil {
					continue
				}
				status := 200
				if r.Operation == 2 {
					status = 201
				}
				cause, class, _ := tr.Answer(r, &perf.Answer{
					Status: status, Header: http.Header{"Content-Type": {"application/json"}, "Location": {"/7"}},
					Body: []byte(`{"number": 7, "title": "a", "data": {}}`),
				})
				if want := r.Operation == 0; (cause == perf.BadContract) != want {
					t.Errorf("request %d of operation %d is %s: %s", seq, r.Operation, cause, class)
					return
				}
			}
		})
	}
	group.Wait()
}

func TestWhatIsTheSameForAllCostsNoMemory(t *testing.T) { //nolint:paralleltest // allocations of other tests would count
	tr := make1(t, nil)
	r := &perf.Request{Operation: 0, Session: -1}
	body := []byte("[" + strings.Repeat(`{"number":1,"title":"a title of some length","state":"open"},`, 60) + `{"number":2,"title":"b"}]`)
	a := &perf.Answer{Status: 200, Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}}, Body: body}
	if n := testing.AllocsPerRun(100, func() {
		if err := tr.Request(r); err != nil {
			t.Fatal(err)
		}
		if cause, class, _ := tr.Answer(r, a); cause != perf.Good {
			t.Fatal(class)
		}
	}); n != 0 {
		t.Errorf("a request and its answer of %d bytes allocate %v times", len(body), n)
	}
}

func BenchmarkAnswer(b *testing.B) {
	tr, err := traffic.New(plan(), options(b))
	if err != nil {
		b.Fatal(err)
	}
	issue := `{"number":1,"title":"a title of some length","state":"open"},`
	for _, bench := range []struct {
		name      string
		operation int
		body      string
	}{
		{"REST, validated", 0, "[" + strings.Repeat(issue, 67) + issue[:len(issue)-1] + "]"},
		{"GraphQL", 3, `{"data":{"issues":[` + strings.Repeat(issue, 67) + issue[:len(issue)-1] + "]}}"},
		{"REST, broken", 0, "[" + strings.Repeat(issue, 67) + `{"number":"1"}]`},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(bench.body)))
			r := &perf.Request{Operation: bench.operation, Session: -1}
			a := &perf.Answer{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(bench.body)}
			for b.Loop() {
				tr.Answer(r, a)
			}
		})
	}
}
