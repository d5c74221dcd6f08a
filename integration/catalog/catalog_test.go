package catalog_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration/catalog"
)

var now = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func grade(t *testing.T, e *catalog.Entry) *catalog.Result {
	t.Helper()
	r, err := catalog.Grade(t.Context(), e, catalog.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// withEvidence adds evidence to the files of the postbox, of these files.
func withEvidence(t *testing.T, files fstest.MapFS, change func(*catalog.Evidence)) fstest.MapFS {
	t.Helper()
	digest, err := catalog.Digest(files)
	if err != nil {
		t.Fatal(err)
	}
	e := &catalog.Evidence{
		Version: 1, Integration: "postbox", Sources: digest, Recorded: now.AddDate(0, 0, -1), By: "tests",
		Results: []catalog.Measurement{
			{Check: "V01", Values: map[string]float64{"tests_passed": 9, "tests_failed": 0}},
			{Check: "V07", Values: map[string]float64{"coverage": 91.5}},
			{Check: "C03", Values: map[string]float64{"success_percent": 100, "p95_ms": 12, "seconds": 60, "rate": 1, "times_usual": 10}},
			{Check: "C07", Values: map[string]float64{"axe_violations": 0, "commands_run": 2, "commands_failed": 0}},
			{Check: "C09", Values: map[string]float64{"mutants": 40, "killed": 30}},
			{Check: "L01", Values: map[string]float64{"commands": 2, "seconds": 1}},
			{Check: "L06", Values: map[string]float64{"score": 4.2, "people": 12}},
		},
	}
	if change != nil {
		change(e)
	}
	var b bytes.Buffer
	if err := e.Write(&b); err != nil {
		t.Fatal(err)
	}
	files["evidence.json"] = &fstest.MapFile{Data: b.Bytes()}
	return files
}

// failing are the IDs of the checks that do not hold.
func failing(r *catalog.Result) (ids []string) {
	for i := range r.Outcomes {
		if o := &r.Outcomes[i]; !o.Holds() {
			ids = append(ids, o.Check.ID)
		}
	}
	return ids
}

func TestGradeOfASoundTool(t *testing.T) {
	t.Parallel()
	r := grade(t, entry(t, "", withEvidence(t, postboxFiles(), nil)))
	if diff := cmp.Diff([]string(nil), failing(r)); diff != "" {
		t.Errorf("checks that fail (-want +got):\n%s\n%s", diff, reasons(r))
	}
	if r.Level != catalog.Lovable {
		t.Errorf("Level = %s, want lovable", r.Level)
	}
	if r.Score != 10 {
		t.Errorf("Score = %v, want 10", r.Score)
	}
}

func reasons(r *catalog.Result) string {
	var b strings.Builder
	for i := range r.Outcomes {
		if o := &r.Outcomes[i]; !o.Holds() {
			fmt.Fprintf(&b, "%s %s: %s\n", o.Check.ID, o.Status, o.Reason)
		}
	}
	return b.String()
}

// TestEachCheckFails shows a flaw for each check that runs or reads, and what
// is said of it.
func TestEachCheckFails(t *testing.T) {
	t.Parallel()
	tests := []struct{ flaw, id, want string }{
		{"no owner", "M01", "the manifest lacks an owner"},
		{"no secret", "M02", "the input token is named as a secret, and is a string"},
		{"believes all", "M03", "with a wrong token a delivery is said to have arrived"},
		{"panics", "M03", "the tool panicked: there is no box"},
		{"no state", "M05", `PUT /one/`},
		{"leaks", "M06", "the secret token is in what was said of a delivery"},
		{"impatient", "V02", "429 with Retry-After, once: the delivery is given up"},
		{"no jitter", "V02", "waits between attempts have no jitter"},
		{"too long", "V03", "an element of 99 times"},
		{"no limits", "V03", "the manifest names no limits"},
		{"cuts", "V03", "of 400 findings 100 are shown, and nothing says that there are 300 more"},
		{"says some", "V03", "of 400 findings 100 are shown, and nothing says that there are 300 more"},
		{"posts twice", "V04", "the same delivery again makes"},
		{"no kinds", "V05", "401: the error has no kind"},
		{"no hints", "V05", "401: nothing says what to do"},
		{"never closes", "C01", "close: nothing is closed"},
		{"no link", "C01", "nothing that was sent has the link to the report"},
		{"inbound", "C02", "the manifest says that it takes something in, and nothing does"},
		{"takes all", "C04", "the schema refuses a body that the fake takes"},
		{"believes all", "C05", "no secret is ever used"},
		{"no partner", "C05", "token has no partner token_next"},
		{"one version", "C06", "the manifest names 1 version; two are asked for"},
		{"one edition", "C06", "two is sent what another version is sent, request for request"},
		{"no notice", "C08", "changes that break are announced 0 days before"},
		{"blind", "L03", "one of two objects was closed, and 0 are read as done"},
		{"repeats itself", "L04", "where nothing changed an object is updated"},
		{"one language", "L05", "it comes in one language only"},
		{"deaf", "L05", `de: "plumb keeps this up to date with every run, and closes it when nothing is found any more. Close it as declined to keep it closed." is left`},
		{"half deaf", "L05", "is left as it is"},
		{"mute", "L05", `de: nothing says "plumb hält`},
		{"long in Polish", "L05", "pl: languages: "},
		{"no hints", "L07", " errors say what to do"},
	}
	results := map[string]*catalog.Result{}
	for _, tt := range tests {
		r := results[tt.flaw]
		if r == nil {
			r = grade(t, entry(t, tt.flaw, withEvidence(t, postboxFiles(), nil)))
			results[tt.flaw] = r
		}
		for i := range r.Outcomes {
			o := &r.Outcomes[i]
			if o.Check.ID == tt.id && (o.Status != catalog.Failed || !strings.Contains(o.Reason, tt.want)) {
				t.Errorf("%s: %s is %s: %q, want %q", tt.flaw, tt.id, o.Status, o.Reason, tt.want)
			}
		}
	}
}

// TestFilesFail shows a flaw of the files for each check that reads them.
func TestFilesFail(t *testing.T) {
	t.Parallel()
	docs := func(without string) string {
		return strings.Replace(postboxDocs, without, "## Else", 1)
	}
	tests := []struct{ name, file, text, id, want string }{
		{"no page", "docs.md", "", "M04", "there is no docs.md"},
		{"no set up", "docs.md", docs("## Set up"), "M04", "docs.md has no section Set up"},
		{"no permissions", "docs.md", docs("## Permissions"), "V06", "docs.md has no section Permissions"},
		{"no trouble", "docs.md", docs("## Trouble"), "V06", "docs.md has no section Trouble"},
		{"no changes", "docs.md", docs("## Changes"), "C08", "docs.md has no section Changes"},
		{"no schema", "schema.json", "", "M05", "there is no schema.json"},
		{"schema without requests", "schema.json", "{}", "M05", "schema.json describes no requests"},
		{"schema that is none", "schema.json", "[", "M05", "schema.json:1"},
		{"schema of other requests", "schema.json", `{"requests": [{"method": "POST", "path": "^/x$", "schema": {}}]}`, "M05", "schema.json describes no PUT of /one/"},
		{"record that drifted", "testdata/0.json", strings.Replace(string(postboxFiles()["testdata/0.json"].Data), `"open"`, `"ajar"`, 1), "C04", "testdata/0.json: PUT"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := postboxFiles()
			delete(files, tt.file)
			if tt.text != "" {
				files[tt.file] = &fstest.MapFile{Data: []byte(tt.text)}
			}
			r := grade(t, entry(t, "", withEvidence(t, files, nil)))
			for i := range r.Outcomes {
				if o := &r.Outcomes[i]; o.Check.ID == tt.id && (o.Status != catalog.Failed || !strings.Contains(o.Reason, tt.want)) {
					t.Errorf("%s is %s: %q, want %q", tt.id, o.Status, o.Reason, tt.want)
				}
			}
		})
	}
}

// TestEvidence shows which evidence counts, and what is asked of it.
func TestEvidence(t *testing.T) {
	t.Parallel()
	set := func(id, name string, value float64) func(*catalog.Evidence) {
		return func(e *catalog.Evidence) {
			for i := range e.Results {
				if e.Results[i].Check == id {
					e.Results[i].Values[name] = value
				}
			}
		}
	}
	tests := []struct {
		name   string
		change func(*catalog.Evidence)
		id     string
		status catalog.Status
		want   string
	}{
		{"whole", nil, "V07", catalog.Passed, "tests run 91.5 % of statements"},
		{"other sources", func(e *catalog.Evidence) { e.Sources = "sha256:00" }, "V07", catalog.Unknown, "what was recorded on 26 Nov 2026 is of other sources"},
		{"old", func(e *catalog.Evidence) { e.Recorded = now.AddDate(0, -6, 0) }, "V07", catalog.Unknown, "what was recorded on 27 May 2026 is older than 90 days"},
		{"from the future", func(e *catalog.Evidence) { e.Recorded = now.AddDate(0, 0, 2) }, "V07", catalog.Unknown, "from the future"},
		{"of another", func(e *catalog.Evidence) { e.Integration = "letterbox" }, "V07", catalog.Unknown, `is of the integration "letterbox"`},
		{"newer format", func(e *catalog.Evidence) { e.Version = 2 }, "V07", catalog.Unknown, "it is of version 2"},
		{"twice", func(e *catalog.Evidence) { e.Results = append(e.Results, e.Results[0]) }, "V07", catalog.Unknown, "the check V01 is there twice"},
		{"unknown check", func(e *catalog.Evidence) { e.Results[0].Check = "X01" }, "V07", catalog.Unknown, `the check "X01", which there is not`},
		{"not measured", func(e *catalog.Evidence) { e.Results = e.Results[:1] }, "V07", catalog.Unknown, "nothing is recorded for it"},
		{"no value", func(e *catalog.Evidence) { delete(e.Results[1].Values, "coverage") }, "V07", catalog.Unknown, `has no "coverage"`},
		{"little coverage", set("V07", "coverage", 79.9), "V07", catalog.Failed, "79.9 %"},
		{"tests fail", set("V01", "tests_failed", 1), "V01", catalog.Failed, "1 failed"},
		{"short run", set("C03", "seconds", 30), "C03", catalog.Failed, "took 30 s; it needs a minute"},
		{"idle run", set("C03", "times_usual", 2), "C03", catalog.Failed, "2.0 times the usual load"},
		{"lossy run", set("C03", "success_percent", 99), "C03", catalog.Failed, "99.00 % succeeded; 99.50 % are promised"},
		{"slow run", set("C03", "p95_ms", 2500), "C03", catalog.Failed, "2500 ms; 2000 ms are promised"},
		{"inaccessible", set("C07", "axe_violations", 1), "C07", catalog.Failed, "1 violation"},
		{"broken commands", set("C07", "commands_failed", 1), "C07", catalog.Failed, "of 2 commands of the page 1 failed"},
		{"few mutants", set("C09", "mutants", 19), "C09", catalog.Failed, "19 faults were tried"},
		{"mutants live", set("C09", "killed", 27), "C09", catalog.Failed, "67.5 %; it needs 70 %"},
		{"many commands", set("L01", "commands", 4), "L01", catalog.Failed, "it takes 4 commands"},
		{"slow start", set("L01", "seconds", 121), "L01", catalog.Failed, "it takes 121 s"},
		{"few people", set("L06", "people", 4), "L06", catalog.Failed, "4 people rated it"},
		{"unloved", set("L06", "score", 3.9), "L06", catalog.Failed, "rated 3.90 of 5"},
	}
	trials := grade(t, entry(t, "", postboxFiles())).Trials()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := catalog.Grade(t.Context(), entry(t, "", withEvidence(t, postboxFiles(), tt.change)), catalog.Options{Now: now, Trials: trials})
			if err != nil {
				t.Fatal(err)
			}
			for i := range r.Outcomes {
				if o := &r.Outcomes[i]; o.Check.ID == tt.id && (o.Status != tt.status || !strings.Contains(o.Reason, tt.want)) {
					t.Errorf("%s is %s: %q, want %s: %q", tt.id, o.Status, o.Reason, tt.status, tt.want)
				}
			}
		})
	}
}

// TestLevelsAreTiers shows that a level counts only when all of those below do.
func TestLevelsAreTiers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		flaw string
		want catalog.Level
	}{{"leaks", catalog.Planned}, {"impatient", catalog.Minimal}, {"one edition", catalog.Viable}, {"deaf", catalog.Complete}, {"", catalog.Lovable}}
	for _, tt := range tests {
		r := grade(t, entry(t, tt.flaw, withEvidence(t, postboxFiles(), nil)))
		if r.Level != tt.want {
			t.Errorf("%q is %s, want %s; it lacks\n%s", tt.flaw, r.Level, tt.want, reasons(r))
		}
	}
}

// TestRules shows that every check that does not hold is a finding of its rule.
func TestRules(t *testing.T) {
	t.Parallel()
	r := grade(t, entry(t, "leaks", postboxFiles()))
	rep, err := check.Run(t.Context(), catalog.Rules(), r, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(rep.Findings), len(failing(r)); got != want {
		t.Errorf("%d findings, want %d", got, want)
	}
	for _, f := range rep.Findings {
		if f.Rule == "integration-secrets" && (f.Severity != check.Error || f.Location.Element != "postbox" || !strings.HasPrefix(f.Message, "M06: the secret token")) {
			t.Errorf("finding = %+v", f)
		}
	}
	if err := check.ValidateMetas(catalog.Rules().Metas()); err != nil {
		t.Error(err)
	}
}
