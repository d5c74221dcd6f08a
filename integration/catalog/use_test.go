package catalog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
)

// TestInUse shows when long use stands for a rating, and what keeps it from
// doing so.
func TestInUse(t *testing.T) {
	t.Parallel()
	ago := func(days int) time.Time { return now.Truncate(24*time.Hour).AddDate(0, 0, -days) }
	long := integration.Use{First: ago(100), Last: ago(1), Days: 60, Gap: 7}
	none := []catalog.Fault{}
	fault := func(severity, opened, closed int) []catalog.Fault {
		f := catalog.Fault{Integration: "postbox", Severity: severity, Opened: ago(opened), Summary: "it lost a letter"}
		if closed > 0 {
			f.Closed = ago(closed)
		}
		return []catalog.Fault{f}
	}
	tests := []struct {
		name, flaw string
		use        integration.Use
		faults     []catalog.Fault
		status     catalog.Status
		want       string
	}{
		{"long and well", "", long, none, catalog.Passed, "in use since 19 Aug 2026, with deliveries on 60 days, L01 to L05 hold, and no fault of severity 1 or 2 was open for 90 days"},
		{"90 days", "", integration.Use{First: ago(90), Last: ago(14), Days: 9, Gap: 14}, none, catalog.Passed, ""},
		{"89 days", "", integration.Use{First: ago(89), Last: ago(1), Days: 9, Gap: 7}, none, catalog.Failed, "89 days; it needs 90"},
		{"a gap", "", integration.Use{First: ago(100), Last: ago(1), Days: 9, Gap: 15}, none, catalog.Failed, "for 15 days without any; 14 may pass"},
		{"no longer", "", integration.Use{First: ago(200), Last: ago(20), Days: 99, Gap: 1}, none, catalog.Failed, "for 20 days without any"},
		{"a clock that was wrong", "", integration.Use{First: ago(100), Last: ago(-2), Days: 60, Gap: 7}, none, catalog.Failed, "is in the future"},
		{"another check fails", "deaf", long, none, catalog.Failed, "L05 does not hold"},
		{"nobody looks", "", long, nil, catalog.Unknown, "nobody keeps account of its faults"},
		{"an open fault", "", long, fault(2, 200, 0), catalog.Failed, `a fault of severity 2 is open: "it lost a letter"`},
		{"a fault of this month", "", long, fault(1, 20, 19), catalog.Failed, "a fault of severity 1 was open until 8 Nov 2026"},
		{"a fault of long ago", "", long, fault(1, 200, 90), catalog.Passed, ""},
		{"a small fault", "", long, fault(3, 20, 0), catalog.Passed, ""},
		{"a fault of another", "", long, []catalog.Fault{{Integration: "slack", Severity: 1, Opened: ago(5)}}, catalog.Passed, ""},
		{"never used", "", integration.Use{}, none, catalog.Unknown, "no delivery of it is on record here"},
	}
	trials := grade(t, entry(t, "", postboxFiles())).Trials()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := withEvidence(t, postboxFiles(), func(e *catalog.Evidence) { e.Results = e.Results[:len(e.Results)-1] })
			o := catalog.Options{Now: now, Practice: catalog.Practice{Use: map[string]integration.Use{}, Faults: tt.faults}}
			if tt.flaw == "" {
				o.Trials = trials
			}
			if tt.use.Days > 0 {
				o.Practice.Use["postbox"] = tt.use
			}
			r, err := catalog.Grade(t.Context(), entry(t, tt.flaw, files), o)
			if err != nil {
				t.Fatal(err)
			}
			if got := outcome(t, r, "L06"); got.Status != tt.status || !strings.Contains(got.Reason, tt.want) {
				t.Errorf("L06 is %s: %q, want %s: %q", got.Status, got.Reason, tt.status, tt.want)
			}
		})
	}
}

func outcome(t *testing.T, r *catalog.Result, id string) *catalog.Outcome {
	t.Helper()
	for i := range r.Outcomes {
		if r.Outcomes[i].Check.ID == id {
			return &r.Outcomes[i]
		}
	}
	t.Fatalf("there is no %s", id)
	return nil
}

func TestParseFaults(t *testing.T) {
	t.Parallel()
	got, err := catalog.ParseFaults("faults.yaml", []byte("faults:\n- {integration: slack, severity: 2, opened: 2026-11-01, closed: 2026-11-03, summary: Twice.}\n"))
	want := []catalog.Fault{{
		Integration: "slack", Severity: 2, Opened: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Closed: time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC), Summary: "Twice.",
	}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v, faults (-want +got):\n%s", err, diff)
	}
	if got, err := catalog.ParseFaults("faults.yaml", []byte("faults: []\n")); err != nil || got == nil || len(got) > 0 {
		t.Errorf("no faults are %v, %v", got, err)
	}
	for text, want := range map[string]string{
		"":            "faults.yaml:1:1: the file is empty",
		"faults: 1\n": "faults.yaml:1:9: ",
		"faults:\n- {integration: a, severity: 5, opened: 2026-11-01, summary: b}\n": "faults.yaml:2:30: ",
		"faults:\n- {integration: a, severity: 1, opened: soon, summary: b}\n":       "is no day",
		"faults:\n- {integration: a, severity: 1, summary: b}\n":                     "opened",
	} {
		if _, err := catalog.ParseFaults("faults.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// TestTrials shows that a grading by the trials of another is the same, and runs
// nothing: a tool that would panic passes. Without all of them everything runs.
func TestTrials(t *testing.T) {
	t.Parallel()
	files := withEvidence(t, postboxFiles(), nil)
	first := grade(t, entry(t, "", files))
	o := catalog.Options{Now: now, Trials: first.Trials()}
	again, err := catalog.Grade(t.Context(), entry(t, "panics", files), o)
	if err != nil {
		t.Fatal(err)
	}
	type seen struct {
		id      string
		status  catalog.Status
		reason  string
		details []string
	}
	outcomes := func(r *catalog.Result) (list []seen) {
		for _, o := range r.Outcomes {
			list = append(list, seen{o.Check.ID, o.Status, o.Reason, o.Details})
		}
		return list
	}
	if diff := cmp.Diff(outcomes(first), outcomes(again), cmp.AllowUnexported(seen{})); diff != "" {
		t.Errorf("outcomes (-first +again):\n%s", diff)
	}
	delete(o.Trials, "L07")
	again, err = catalog.Grade(t.Context(), entry(t, "panics", files), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := outcome(t, again, "M03"); got.Status != catalog.Failed {
		t.Errorf("M03 is %s by trials that are not whole", got.Status)
	}
	if n := len(again.Trials()); n >= len(first.Trials()) {
		t.Errorf("%d trials of a tool that panics, %d of a sound one", n, len(first.Trials()))
	}
}
