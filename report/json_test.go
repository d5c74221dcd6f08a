package report_test

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/report"
)

// The envelope is the contract that other programs read: nothing of it is
// ever null or missing, also where nothing was found.
func TestJSONEnvelope(t *testing.T) {
	t.Parallel()
	var got any
	if err := json.Unmarshal(written(t, "json", &check.Report{}, report.Options{Tool: report.Tool{Version: "1.2.3"}}), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"version": 1.0, "tool": map[string]any{"name": "plumb", "version": "1.2.3"}, "complete": true,
		"summary":  map[string]any{"error": 0.0, "warning": 0.0, "info": 0.0, "suppressed": 0.0},
		"findings": []any{}, "suppressed": []any{}, "incomplete": []any{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("envelope (-want +got):\n%s", diff)
	}
}

func TestJSONHasNoNull(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"json", "sarif", "codequality"} {
		if got := written(t, format, rich(), richOptions()); bytes.Contains(got, []byte("null")) || !json.Valid(got) {
			t.Errorf("%s has a null or is not JSON", format)
		}
	}
}

// What is read back is what was written.
func TestJSONRoundTrip(t *testing.T) {
	t.Parallel()
	rep := many(50)
	var got struct {
		Findings []check.Finding `json:"findings"`
	}
	if err := json.Unmarshal(written(t, "json", rep, report.Options{}), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rep.Findings, got.Findings); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestJSONExtra(t *testing.T) {
	t.Parallel()
	type row struct {
		ID   string   `json:"id"`
		Tags []string `json:"tags"`
	}
	tests := []struct {
		name  string
		extra []report.Member
		want  string // the end of the output, or the error
	}{
		{"order kept", []report.Member{{Name: "z", Value: 1}, {Name: "a", Value: "x"}}, `"incomplete":[],` + "\n" + `"z":1,` + "\n" + `"a":"x"}` + "\n"},
		{"sorted keys", []report.Member{{Name: "m", Value: map[string]int{"b": 1, "a": 2}}}, `"m":{"a":2,"b":1}}` + "\n"},
		{"nil slices", []report.Member{{Name: "m", Value: []row{{ID: "<1>"}}}}, `"m":[{"id":"<1>","tags":[]}]}` + "\n"},
		{"not a number", []report.Member{{Name: "m", Value: []float64{math.NaN(), math.Inf(-1), 0.5}}}, `"m":[null,null,0.5]}` + "\n"},
		{"bad text", []report.Member{{Name: "m\xff", Value: "a\xffb"}}, `"m` + "\ufffd" + `":"a` + "\ufffd" + `b"}` + "\n"},
		{"taken", []report.Member{{Name: "findings", Value: 1}}, `extra JSON member "findings" is there already`},
		{"twice", []report.Member{{Name: "m", Value: 1}, {Name: "m", Value: 2}}, `extra JSON member "m" is there already`},
		{"impossible", []report.Member{{Name: "m", Value: func() {}}}, "write JSON: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			err := report.JSON(&b, clean(), report.Options{Extra: tt.extra})
			switch {
			case err != nil && !strings.HasPrefix(err.Error(), tt.want):
				t.Errorf("JSON returns %v, want %s", err, tt.want)
			case err == nil && !strings.HasSuffix(b.String(), tt.want):
				t.Errorf("JSON writes %q, want it to end with %q", b.String(), tt.want)
			}
		})
	}
}

func TestCodeQuality(t *testing.T) {
	t.Parallel()
	type issue struct {
		CheckName, Severity, Path string
		Line                      int
	}
	var raw []struct {
		Description, Fingerprint, Severity string
		CheckName                          string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	opts := richOptions()
	opts.Root = "api"
	if err := json.Unmarshal(written(t, "codequality", rich(), opts), &raw); err != nil {
		t.Fatal(err)
	}
	var got []issue
	seen := map[string]bool{}
	for _, r := range raw {
		got = append(got, issue{r.CheckName, r.Severity, r.Location.Path, r.Location.Lines.Begin})
		if r.Description == "" || len(r.Fingerprint) != 32 || seen[r.Fingerprint] {
			t.Errorf("description %q, fingerprint %q: empty or double", r.Description, r.Fingerprint)
		}
		seen[r.Fingerprint] = true
	}
	want := []issue{
		{"graphql-deprecation-reason", "minor", "api/öffentlich api.yaml", 1},
		{"operation-operationId-unique", "major", "api/öffentlich api.yaml", 9},
		{"tags-used", "info", "api/öffentlich api.yaml", 10},
		{"tags-used", "info", "api/öffentlich api.yaml", 11},
		{"graphql-deprecation-reason", "minor", "schema.graphql", 1},
		{"graphql-deprecation-reason", "minor", "schema.graphql", 2},
		{"document-readable", "blocker", "gone.yaml", 1},
		{"operation-operationId-unique", "major", "min.json", 1},
		{"path-crash", "blocker", "api/öffentlich api.yaml", 1},
		{"incomplete", "blocker", "api/öffentlich api.yaml", 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
	rep := &check.Report{Findings: []check.Finding{{Rule: "r", Severity: check.Error, Message: "m"}}}
	if err := report.CodeQuality(io.Discard, rep, report.Options{}); err != nil {
		t.Error(err)
	}
}

func TestGitHubEscapes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		f    check.Finding
		want string
	}{
		{"nothing known", check.Finding{Rule: "r", Severity: check.Error, Message: "m"}, "::error title=r::m"},
		{
			"message", check.Finding{Rule: "r", Severity: check.Warning, Message: "100%\r\nnext\n::error::x, y: z\x1b"},
			`::warning title=r::100%25%0Anext%0A::error::x, y: z\x1b`,
		},
		{
			"properties", check.Finding{Rule: "a:b,c%", Severity: check.Info, Message: "m", Location: check.Location{File: "a,b:c%\nd.yaml", Line: 3}},
			"::notice file=a%2Cb%3Ac%25 d.yaml,line=3,title=a%3Ab%2Cc%25::m",
		},
		{
			"columns", check.Finding{Rule: "r", Severity: check.Error, Message: "m", Location: check.Location{File: "a", Line: 3, Column: 5, EndLine: 3, EndColumn: 9}},
			"::error file=a,line=3,endLine=3,col=5,endColumn=8,title=r::m",
		},
		{
			"empty range", check.Finding{Rule: "r", Severity: check.Error, Message: "m", Location: check.Location{File: "a", Line: 3, Column: 5, EndLine: 3, EndColumn: 5}},
			"::error file=a,line=3,endLine=3,col=5,endColumn=5,title=r::m",
		},
		{
			"several lines", check.Finding{Rule: "r", Severity: check.Error, Message: "m", Location: check.Location{File: "a", Line: 3, Column: 5, EndLine: 4, EndColumn: 2}},
			"::error file=a,line=3,endLine=4,title=r::m",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := string(written(t, "github", &check.Report{Findings: []check.Finding{tt.f}}, report.Options{}))
			if diff := cmp.Diff(tt.want+"\n", got); diff != "" {
				t.Errorf("command (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValue(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	err := report.Value(&b, struct {
		None []string       `json:"none"`
		Map  map[string]int `json:"map"`
		Rate float64        `json:"rate"`
	}{Map: map[string]int{"b": 2, "a": 1}, Rate: math.NaN()})
	if err != nil {
		t.Fatal(err)
	}
	want := "{\n  \"none\": [],\n  \"map\": {\n    \"a\": 1,\n    \"b\": 2\n  },\n  \"rate\": null\n}\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Value (-want +got):\n%s", diff)
	}
}
