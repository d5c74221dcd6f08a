package parity_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/parity"
)

func TestReadUsage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       map[string]float64
	}{
		{"operation and calls", "operation,calls\nGET /pets/{id},10\nget /pets/{id}, 2.5\n\n# comment\nDELETE /pets,0\n", map[string]float64{"GET /pets/{id}": 12.5, "DELETE /pets": 0}},
		{"method, path and calls", "\ufeffCalls,Method,Path,p99\n7,get,/pets/:id,0.2\n1e3,POST,\"/pets,all\",0.3\n", map[string]float64{"GET /pets/:id": 7, "POST /pets,all": 1000}},
		{"no rows", "operation,calls", map[string]float64{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := parity.ReadUsage(strings.NewReader(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("ReadUsage (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadUsageErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"nothing", "", "1:1: the file is empty; expected a header such as operation,calls"},
		{"no header", "GET /pets,10\n", `1:1: the header is "GET /pets,10"; expected operation,calls or method,path,calls`},
		{"calls", "operation,calls\nGET /pets,many\nGET /cats,-1\nGET /dogs,NaN\nGET /cows\n", "2:11: \"many\" is no number of calls\n3:11: \"-1\" is no number of calls\n4:11: \"NaN\" is no number of calls\n5:1: \"\" is no number of calls"},
		{"operation", "calls,operation\n10,/pets\n", `2:4: "/pets" is no operation; expected a method and a path, such as GET /pets/{id}`},
		{"too many calls", "operation,calls\nGET /pets,1e16\n", `2:11: "1e16" is no number of calls`},
		{"too many operations", "operation,calls\n" + strings.Repeat("GET /a,1\n", 3) + many(200_000), `200004:1: the file has more than 200000 operations`},
		{"quotes", "operation,calls\nGET \"/pets,10\n", `2:5: bare " in non-quoted-field`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := parity.ReadUsage(strings.NewReader(tt.text))
			var e *parity.FileError
			if !errors.As(err, &e) || err.Error() != tt.want {
				t.Errorf("error:\n%v\nwant:\n%s", err, tt.want)
			}
		})
	}
}

// many writes rows of so many operations, which are all others.
func many(n int) string {
	var b strings.Builder
	for i := range n + 5 {
		fmt.Fprintf(&b, "GET /x%d,1\n", i)
	}
	return b.String()
}

func TestUsageWeighs(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Usage: map[string]float64{
		"GET /boards": 90, "GET /boards/:id": 5, "GET /backups": 4, "GET /board": 1, "GET /ping": 1000,
	}})
	got := map[string]float64{}
	for _, op := range res.Operations {
		if op.Weight > 0 {
			got[op.Operation] = op.Weight
		}
	}
	want := map[string]float64{"GET /boards": 90, "GET /boards/{board_id}": 5, "GET /backups": 4}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("weights (-want +got):\n%s", diff)
	}
	wantDecisions := []parity.Decision{{Kind: "usage", Element: "GET /board", State: "unknown", Value: "GET /board", Closest: "GET /boards"}}
	if diff := cmp.Diff(wantDecisions, res.Decisions, noPlace); diff != "" {
		t.Errorf("Decisions (-want +got):\n%s", diff)
	}
	if got, want := res.Score.RESTToGraphQL.Weighted, 95.0/99; got != want {
		t.Errorf("Weighted = %v; want %v", got, want)
	}
}

func TestWeightsWithoutUsage(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{})
	for name, want := range map[string]float64{"GET /boards": 1, "POST /boards/{board_id}/cards": 0.5, "GET /ping": 0} {
		if got := operation(t, res, name).Weight; got != want {
			t.Errorf("%s weighs %v; want %v", name, got, want)
		}
	}
}
