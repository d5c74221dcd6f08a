package docs

import (
	"encoding/json"
	"fmt"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/report"
)

// envelope is what of a report in JSON the reference shows.
type envelope struct {
	Version  int             `json:"version"`
	Findings []check.Finding `json:"findings"`
	// Operations are null in reports that are not of perf.
	Operations []struct {
		Operation string       `json:"operation"`
		Verdict   perf.Verdict `json:"verdict"`
		Reason    string       `json:"reason"`
	} `json:"operations"`
}

// readReport reads a report that plumb wrote as JSON.
func readReport(e *env.Env, flag, name string) (*envelope, error) {
	text, err := readFile(e, flag, name)
	if err != nil {
		return nil, err
	}
	var out envelope
	switch err := json.Unmarshal(text, &out); {
	case err != nil:
		return nil, env.Usagef("%s %s: it is no report in JSON: %w", flag, name, err)
	case out.Version != report.JSONVersion:
		return nil, env.Usagef("%s %s: it is not what plumb writes with --format json, version %d", flag, name, report.JSONVersion)
	}
	return &out, nil
}

// checked shows the findings of reports.
func (f *attachFlags) checked(e *env.Env, in *apidocs.Input) error {
	for _, name := range f.findings {
		rep, err := readReport(e, "--findings", name)
		if err != nil {
			return err
		}
		if rep.Findings == nil {
			return env.Usagef("--findings %s: it has no findings; write it with --format json", name)
		}
		for _, one := range rep.Findings {
			in.Attached.Findings = append(in.Attached.Findings, finding(one))
		}
	}
	return nil
}

// measured shows of each operation whether its budget was kept.
func measured(e *env.Env, name string, in *apidocs.Input) error {
	rep, err := readReport(e, "--perf", name)
	if err != nil {
		return err
	}
	if rep.Operations == nil {
		return env.Usagef("--perf %s: it has no operations; write it with plumb perf run --format json, or plumb perf judge", name)
	}
	for _, op := range rep.Operations {
		b := apidocs.Badge{Element: op.Operation, Detail: op.Reason}
		switch op.Verdict {
		case perf.Pass:
			b.Text, b.Status = "budget kept", "good"
		case perf.Fail:
			b.Text, b.Status = "budget missed", "error"
		case perf.Inconclusive, perf.Invalid:
			b.Text, b.Status = "budget not decided", "info"
		default:
			return env.Usagef("--perf %s: %q is no verdict, of %q", name, op.Verdict, op.Operation)
		}
		in.Attached.Badges = append(in.Attached.Badges, b)
	}
	return nil
}

// times says how often something changed.
func times(n int) string { return fmt.Sprintf("%s, see the changelog", words.Count(n, "change")) }
