package engines_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/engines"
)

// plan is what the files of testdata are read by: those of k6 were written by
// a run against a server on which /broken answers 503 and /slow takes 60 ms.
func plan() *perf.Plan {
	budget := perf.Budget{
		Latency: []perf.Objective{{Within: time.Millisecond, Share: 0.5}, {Within: 50 * time.Millisecond, Share: 0.99}},
		Errors:  0.01, HasErrors: true,
	}
	return &perf.Plan{
		Targets: []perf.Target{{Name: "rest", URL: "http://127.0.0.1:18473"}, {Name: "graphql", URL: "http://127.0.0.1:18473/graphql", GraphQL: true}},
		Operations: []perf.Operation{
			{Name: "GET /issues/{number}", Target: "rest", Method: "GET", Path: "/issues/{number}", Weight: 1, Budget: budget},
			{Name: "GET /broken", Target: "rest", Method: "GET", Path: "/broken", Weight: 1, Budget: budget},
			{Name: "GET /slow", Target: "rest", Method: "GET", Path: "/slow", Weight: 1, Budget: budget},
			{Name: "query Issues", Target: "graphql", Document: "query Issues { issues { id } }", Weight: 1, Budget: budget},
		},
	}
}

// facts says in lines what a result holds.
func facts(r *perf.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, from %s\n", r.Engine, r.Clock)
	for _, m := range r.Operations {
		fmt.Fprintf(&b, "%s: due %d, sent %d, good %d, bad %+v, not sent %+v", m.Operation, m.Due, m.Sent, m.Good, m.Bad, m.Unsent)
		if m.Within != nil {
			fmt.Fprintf(&b, ", within %v", m.Within)
		}
		if m.Between != nil {
			fmt.Fprintf(&b, ", between %v", m.Between)
		}
		b.WriteString("\n")
	}
	for _, trouble := range r.Trouble {
		b.WriteString("trouble: " + trouble + "\n")
	}
	return b.String()
}

func TestReadsWhatEnginesWrite(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file, operation, want, notes string
	}{
		{"k6.ndjson", "", `k6, from send
GET /issues/{number}: due 6, sent 6, good 6, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [1 6]
GET /broken: due 4, sent 4, good 0, bad {Status:4 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [0 0]
GET /slow: due 20, sent 10, good 10, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:10 Late:0 Empty:0 Broken:0}, within [0 0]
`, ``},
		{"k6.csv", "", `k6, from send
GET /issues/{number}: due 6, sent 6, good 6, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [1 6]
GET /broken: due 4, sent 4, good 0, bad {Status:4 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [0 0]
GET /slow: due 20, sent 10, good 10, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:10 Late:0 Empty:0 Broken:0}, within [0 0]
`, ``},
		{"k6-summary.json", "", `k6, from send
GET /issues/{number}: due 12, sent 6, good 6, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:6 Late:0 Empty:0 Broken:0}, between [{0 3} {6 6}]
GET /broken: due 8, sent 4, good 0, bad {Status:4 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:4 Late:0 Empty:0 Broken:0}, between [{0 0} {0 0}]
`, `the file says nothing of "GET /slow", "query Issues"
10 iterations were dropped, and it does not say of what; they count for all operations by what was sent of each
`},
		{"k6-handle.json", "", `k6, from send
GET /issues/{number}: due 12, sent 6, good 6, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:6 Late:0 Empty:0 Broken:0}, between [{0 3} {6 6}]
GET /broken: due 9, sent 4, good 0, bad {Status:4 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:5 Late:0 Empty:0 Broken:0}, between [{0 0} {0 0}]
`, `the file says nothing of "GET /slow", "query Issues"
11 iterations were dropped, and it does not say of what; they count for all operations by what was sent of each
`},
		{"k6-machine.json", "", `k6 1.8.1, from send
GET /issues/{number}: due 12, sent 6, good 6, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:6 Late:0 Empty:0 Broken:0}, between [{0 3} {0 6}]
GET /broken: due 9, sent 4, good 0, bad {Status:4 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:5 Late:0 Empty:0 Broken:0}, between [{0 0} {0 0}]
`, `the file does not say how long requests waited for a connection, so nobody knows how many of "GET /issues/{number}" were fast
the file does not say how long requests waited for a connection, so nobody knows how many of "GET /broken" were fast
the file says nothing of "GET /slow", "query Issues"
11 iterations were dropped, and it does not say of what; they count for all operations by what was sent of each
`},
		{"vegeta.gob", "", `vegeta, from send
GET /issues/{number}: due 8, sent 8, good 4, bad {Status:0 GraphQL:0 Contract:0 Transport:4 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [3 4]
GET /broken: due 4, sent 4, good 0, bad {Status:4 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [0 0]
query Issues: due 4, sent 4, good 4, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [3 4]
`, `4 requests are for no operation of the plan and do not count: "GET http://127.0.0.1:18473/favicon.ico"
`},
		{"vegeta.csv", "", `vegeta, from send
GET /issues/{number}: due 8, sent 8, good 4, bad {Status:0 GraphQL:0 Contract:0 Transport:4 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [3 4]
GET /broken: due 4, sent 4, good 0, bad {Status:4 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [0 0]
query Issues: due 4, sent 4, good 4, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [3 4]
`, `4 requests are for no operation of the plan and do not count: "GET http://127.0.0.1:18473/favicon.ico"
`},
		{"vegeta.ndjson", "", `vegeta, from send
GET /issues/{number}: due 8, sent 8, good 4, bad {Status:0 GraphQL:0 Contract:0 Transport:4 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [3 4]
GET /broken: due 4, sent 4, good 0, bad {Status:4 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [0 0]
query Issues: due 4, sent 4, good 4, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, within [3 4]
`, `4 requests are for no operation of the plan and do not count: "GET http://127.0.0.1:18473/favicon.ico"
`},
		{"fortio.json", "", `fortio 1.63.9, from closed
GET /issues/{number}: due 100, sent 100, good 100, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, between [{76 76} {100 100}]
`, ``},
		{"oha.json", "GET /issues/{number}", `oha, from closed
GET /issues/{number}: due 104, sent 104, good 97, bad {Status:3 GraphQL:0 Contract:0 Transport:4 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, between [{72 91} {92 97}]
`, ``},
		{"wrk2.txt", "GET /issues/{number}", `wrk2, from intended
GET /issues/{number}: due 98, sent 98, good 98, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, between [{40 49} {98 98}]
`, "wrk2 timed 98 of 601 requests, those after its calibration; only these count\n"},
		{"wrk2-broken.txt", "GET /broken", `wrk2, from intended
GET /broken: due 99, sent 99, good 0, bad {Status:99 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, between [{0 0} {0 0}]
`, "wrk2 timed 99 of 601 requests, those after its calibration; only these count\n" +
			"601 answers had a bad status, and nobody knows which; they are taken to be among those that were timed\n"},
		{"hdr.hgrm", "GET /issues/{number}", `HDR histogram, from closed
GET /issues/{number}: due 100, sent 100, good 100, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, between [{50 90} {100 100}]
trouble: hdr.hgrm holds latencies only: how many requests failed is not in it; keep all that wrk2 prints
`, "values are taken for milliseconds\n"},
		{"hey.csv", "GET /issues/{number}", `hey, from closed
GET /issues/{number}: due 60, sent 60, good 60, bad {Status:0 GraphQL:0 Contract:0 Transport:0 Timeout:0}, not sent {Busy:0 Late:0 Empty:0 Broken:0}, between [{39 39} {60 60}]
trouble: hey.csv: hey leaves out requests that were not answered, so how many failed is not known
`, ``},
	} {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(filepath.Join("testdata", tt.file))
			if err != nil {
				t.Fatal(err)
			}
			var notes []string
			r, err := engines.Read(tt.file, bytes.NewReader(text), plan(), engines.Options{
				Operation: tt.operation, Note: func(n string) { notes = append(notes, n+"\n") },
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, facts(r)); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.notes, strings.Join(notes, "")); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
			if err := contradiction(r); err != nil {
				t.Error(err)
			}
		})
	}
}

// contradiction says what in a result cannot be true.
func contradiction(r *perf.Result) error {
	var problems []error
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	for _, m := range r.Operations {
		if m.Due != m.Sent+m.Unsent.Total() || m.Sent != m.Good+m.Bad.Total() {
			wrong("%s: %d due, %d sent, %d not sent, %d good, %d bad", m.Operation, m.Due, m.Sent, m.Unsent.Total(), m.Good, m.Bad.Total())
		}
		if m.Within != nil && m.Between != nil {
			wrong("%s: exact and inexact counts", m.Operation)
		}
		for _, b := range m.Between {
			if b.Low > b.High || b.High > m.Good {
				wrong("%s: between %d and %d of %d good ones", m.Operation, b.Low, b.High, m.Good)
			}
		}
		for _, n := range m.Within {
			if n > m.Good {
				wrong("%s: %d within, of %d", m.Operation, n, m.Good)
			}
		}
		if m.Response.Count() > m.Sent {
			wrong("%s: %d latencies of %d", m.Operation, m.Response.Count(), m.Sent)
		}
		if len(m.Slices) != 0 && len(m.Slices) != r.Slices {
			wrong("%s: %d stretches of %d", m.Operation, len(m.Slices), r.Slices)
		}
		var sent uint64
		for _, s := range m.Slices {
			sent += s.Sent
		}
		if len(m.Slices) > 0 && sent > m.Sent {
			wrong("%s: %d sent in stretches, of %d", m.Operation, sent, m.Sent)
		}
	}
	return errors.Join(problems...)
}
