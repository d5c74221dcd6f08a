package jenkins_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/jenkins"
)

// jobWith are the parameters that a job defines.
func jobWith(names ...string) map[string]bool {
	defined := map[string]bool{}
	for _, n := range names {
		defined[n] = true
	}
	return defined
}

// many makes a delivery of n findings.
func many(n int) *integration.Delivery {
	var findings []check.Finding
	for i := range n {
		findings = append(findings, integrationtest.Finding(check.Error, "operation-tags", fmt.Sprintf("/paths/~1%d/get", i), fmt.Sprintf("finding %d has a text", i), i+1))
	}
	return integrationtest.Delivery("run-many", findings, nil)
}

func TestFormOfEveryParameter(t *testing.T) {
	t.Parallel()
	d := many(2)
	d.Before = []check.Finding{integrationtest.Finding(check.Info, "gone", "/a", "it is gone", 1)}
	got := jenkins.Form(d, jobWith(jenkins.Parameters()...))
	for _, file := range []string{"PLUMB_JUNIT", "PLUMB_SARIF"} {
		if !strings.Contains(got.Get(file), "finding 1 has a text") || strings.Contains(got.Get(file), "more finding") {
			t.Errorf("%s = %s", file, got.Get(file))
		}
		got.Del(file)
	}
	want := url.Values{
		"PLUMB_RUN_ID": {"run-many"}, "PLUMB_PRODUCT": {"tracker"}, "PLUMB_VERDICT": {"failed"}, "PLUMB_SUMMARY": {"tracker failed: 2 errors; 2 new, 1 mended"},
		"PLUMB_REVISION": {d.Revision}, "PLUMB_BRANCH": {"main"}, "PLUMB_CHANGE": {"12"}, "PLUMB_REPORT_URL": {d.URL}, "PLUMB_NEW": {"2"}, "PLUMB_MENDED": {"1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Form (-want +got):\n%s", diff)
	}
}

// TestFormHasWhatTheJobDefines shows that Jenkins is told nothing that the job
// does not ask for, and no change where there is none.
func TestFormHasWhatTheJobDefines(t *testing.T) {
	t.Parallel()
	d := many(1)
	d.Change = 0
	if got := jenkins.Form(d, nil); len(got) > 0 {
		t.Errorf("Form = %v of a job without parameters", got)
	}
	got := jenkins.Form(d, jobWith("PLUMB_RUN_ID", "PLUMB_CHANGE"))
	if diff := cmp.Diff(url.Values{"PLUMB_RUN_ID": {"run-many"}}, got); diff != "" {
		t.Errorf("Form (-want +got):\n%s", diff)
	}
}

// TestTextsAtTheirLimits: a revision has 64 bytes, any other text 2,000.
func TestTextsAtTheirLimits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		at   int
		set  func(*integration.Delivery, string)
	}{
		{"PLUMB_REVISION", 64, func(d *integration.Delivery, s string) { d.Revision = s }},
		{"PLUMB_BRANCH", 2000, func(d *integration.Delivery, s string) { d.Branch = s }},
	} {
		for _, n := range []int{tt.at - 1, tt.at, tt.at + 1} {
			d := many(1)
			tt.set(d, strings.Repeat("x", n))
			got := jenkins.Form(d, jobWith(tt.name)).Get(tt.name)
			want := strings.Repeat("x", n)
			if n > tt.at {
				want = strings.Repeat("x", tt.at-len("…")) + "…"
			}
			if got != want {
				t.Errorf("%s of %d bytes has %d: %.20q…", tt.name, n, len(got), got)
			}
		}
	}
}

// TestFilesSayWhatIsMissing: the two files share the room of a form, one alone
// has all of it, and each says how many findings are left out.
func TestFilesSayWhatIsMissing(t *testing.T) {
	t.Parallel()
	const room, total = 200_000, 4000
	more := regexp.MustCompile(`and ([0-9,]+) more findings in the whole report, https://reports\.example/tracker/run-many\.html`)
	for _, names := range [][]string{{"PLUMB_JUNIT"}, {"PLUMB_SARIF"}, {"PLUMB_JUNIT", "PLUMB_SARIF"}} {
		form := jenkins.Form(many(total), jobWith(names...))
		size := len(form.Encode())
		if size > room || size < room*9/10 {
			t.Errorf("%v: the form has %d bytes of %d", names, size, room)
		}
		for _, name := range names {
			text := form.Get(name)
			if share := len(url.QueryEscape(text)); len(names) == 2 && (share < room*4/10 || share > room*6/10) {
				t.Errorf("%s has %d bytes of %d", name, share, room)
			}
			m := more.FindStringSubmatch(text)
			if m == nil {
				t.Errorf("%s does not say how many are missing: …%s", name, text[max(0, len(text)-400):])
				continue
			}
			left, err := strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
			if err != nil {
				t.Fatal(err)
			}
			last := total - left - 1
			if !strings.Contains(text, fmt.Sprintf("finding %d has a text", last)) || strings.Contains(text, fmt.Sprintf("finding %d has a text", last+1)) {
				t.Errorf("%s says that %d are missing of %d, and does not end with number %d", name, left, total, last)
			}
		}
	}
}

// TestFilesWithoutAnAddress shows that nothing is said of a report that is
// published nowhere.
func TestFilesWithoutAnAddress(t *testing.T) {
	t.Parallel()
	d := many(4000)
	d.URL = ""
	if text := jenkins.Form(d, jobWith("PLUMB_JUNIT")).Get("PLUMB_JUNIT"); !strings.Contains(text, "more findings in the whole report<") && !strings.Contains(text, `more findings in the whole report"`) {
		t.Errorf("the file ends with %s", text[max(0, len(text)-400):])
	}
}
