package headers_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/openapi"
)

// TestRules runs every rule over the cases of its own: a description, and
// traffic that was recorded.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, headers.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*headers.Result, error) {
		dir := path.Dir(root)
		doc, err := openapi.Load(t.Context(), fsys, dir+"/openapi.yaml")
		if err != nil {
			return nil, err
		}
		traffic, err := fsys.Open(dir + "/traffic.har")
		if err != nil {
			return nil, err
		}
		defer func() { _ = traffic.Close() }()
		j := headers.NewJudge(doc, headers.JudgeOptions{})
		if err := headers.ReadHAR(t.Context(), j, traffic, "traffic.har"); err != nil {
			return nil, err
		}
		return j.Result(), nil
	})
}

// A report over a result that is not complete is not either.
func TestCheckIncomplete(t *testing.T) {
	t.Parallel()
	doc := parse(t, garden)
	for name, tt := range map[string]struct {
		har  string
		want []string
	}{
		"cut":       {`{"log": {"entries": [{"request": {"method": "GET", "url": "/plants"}, "response": {"status": 500}}, {"req`, []string{"t.har:1: /log/entries/1: "}},
		"empty":     {`{"log": {"entries": []}}`, []string{"there is no exchange to judge"}},
		"elsewhere": {`{"log": {"entries": [{"request": {"method": "GET", "url": "/other"}, "response": {"status": 200}}]}}`, []string{"no exchange is for an operation of the description; is the base path right?"}},
		"errors":    {`{"log": {"entries": [{"request": {"method": "GET", "url": "/v1/plants"}, "response": {"status": 401}}]}}`, []string{"no response could be judged: 1 of 1 are errors or missing"}},
		"an entry":  {`{"log": {"entries": [5, {"request": {"method": "GET", "url": "/v1/roots"}, "response": {"status": 200}}]}}`, []string{"1 entries of t.har cannot be read, the first: t.har:1: /log/entries/0: "}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := headers.NewJudge(doc, headers.JudgeOptions{})
			if err := headers.ReadHAR(t.Context(), j, strings.NewReader(tt.har), "t.har"); err != nil {
				t.Fatal(err)
			}
			report, err := headers.Check(t.Context(), j.Result(), check.Policy{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i, in := range report.Incomplete {
				if i < len(tt.want) && strings.HasPrefix(in.Message, tt.want[i]) {
					in.Message = tt.want[i]
				}
				got = append(got, in.Message)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("incomplete (-want +got):\n%s", diff)
			}
		})
	}
}
