package deliver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/report"
)

// Facts are flags that say of a run what findings do not.
type Facts struct {
	before string
	url    string
	run    string

	read *Findings
}

// Register adds the flags to a command.
func (f *Facts) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.before, "before", "", "`FILE` with the JSON report of the run before, so that messages tell what is new")
	flags.StringVar(&f.url, "report-url", "", "`URL` where the whole report is read (default that of the pipeline)")
	flags.StringVar(&f.run, "run-id", "", "`ID` of the run; equal ones are the same delivery (default that of the pipeline)")
}

var runID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// Validate looks at what can be wrong before the work.
func (f *Facts) Validate(p *project.Project) error {
	if f.run != "" && !runID.MatchString(f.run) {
		return env.Usagef("--run-id %q: expected 1 to 64 letters, digits, dots, hyphens and underscores", f.run)
	}
	if f.url != "" && !project.IsURL(f.url) {
		return env.Usagef("--report-url %q is no address; write it as https://reports.example.com/17", f.url)
	}
	if f.before == "" {
		return nil
	}
	var err error
	f.read, err = ReadFindings(p.Env, f.before)
	return err
}

// Complete adds to a delivery what flags and environment say of the run.
func (f *Facts) Complete(p *project.Project, d *integration.Delivery) {
	ci := pipeline(p.Env.Getenv)
	set := func(to *string, values ...string) {
		for _, v := range values {
			if *to == "" {
				*to = v
			}
		}
	}
	if d.Product == "" {
		if len(p.Config.APIs) > 0 {
			d.Product = p.Config.APIs[0].Name
		}
		set(&d.Product, filepath.Base(p.Root))
	}
	set(&d.URL, f.url, ci.url)
	set(&d.Revision, ci.revision)
	set(&d.Branch, ci.branch)
	if d.Change == 0 {
		d.Change = ci.change
	}
	if d.At.IsZero() {
		d.At = p.Env.Now().UTC()
	}
	if f.read != nil {
		d.Before = f.read.Report.Findings
	}
	set(&d.ID, f.run, ci.id)
	if d.ID == "" {
		d.ID = contentID(d)
	}
}

// contentID names a run that no pipeline names by what it found: the same again
// is the same delivery.
func contentID(d *integration.Delivery) string {
	var all strings.Builder
	for i := range d.Report.Findings {
		f := &d.Report.Findings[i]
		fmt.Fprintf(&all, "%s %s\n", f.Fingerprint, f.Message)
	}
	return "run-" + check.Fingerprint(d.Product, d.Branch, d.Revision, all.String())[:16]
}

// run is what a pipeline says of itself.
type run struct {
	id, url, revision, branch string
	change                    int
}

// pipeline reads what GitLab, GitHub and Jenkins tell a job.
func pipeline(getenv func(string) string) run {
	number := func(text string) int { n, _ := strconv.Atoi(text); return n }
	id := func(parts ...string) string {
		text := strings.Join(parts, "-")
		if !runID.MatchString(text) {
			return ""
		}
		return text
	}
	switch {
	case getenv("GITLAB_CI") != "":
		return run{
			id("gitlab", getenv("CI_PROJECT_ID"), getenv("CI_PIPELINE_ID")), getenv("CI_PIPELINE_URL"), getenv("CI_COMMIT_SHA"),
			first(getenv("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"), getenv("CI_COMMIT_REF_NAME")), number(getenv("CI_MERGE_REQUEST_IID")),
		}
	case getenv("GITHUB_ACTIONS") != "":
		change := 0
		if rest, ok := strings.CutPrefix(getenv("GITHUB_REF"), "refs/pull/"); ok {
			n, _, _ := strings.Cut(rest, "/")
			change = number(n)
		}
		url := ""
		if server := getenv("GITHUB_SERVER_URL"); server != "" {
			url = server + "/" + getenv("GITHUB_REPOSITORY") + "/actions/runs/" + getenv("GITHUB_RUN_ID")
		}
		return run{id("github", getenv("GITHUB_RUN_ID")), url, getenv("GITHUB_SHA"), first(getenv("GITHUB_HEAD_REF"), getenv("GITHUB_REF_NAME")), change}
	case getenv("JENKINS_URL") != "":
		return run{
			id("jenkins", strings.ReplaceAll(getenv("JOB_NAME"), "/", "."), getenv("BUILD_NUMBER")), getenv("BUILD_URL"), getenv("GIT_COMMIT"),
			first(getenv("CHANGE_BRANCH"), getenv("GIT_BRANCH")), number(getenv("CHANGE_ID")),
		}
	}
	return run{}
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// Findings are what a JSON report holds.
type Findings struct{ Report *check.Report }

// maxReport bounds the report that is read.
const maxReport = 256 << 20

// ReadFindings reads a report that plumb wrote with --format json; - is standard
// input. A file that is no such report, or of a newer version, is wrong usage.
func ReadFindings(e *env.Env, name string) (*Findings, error) {
	data, err := readAll(e, name)
	if err != nil {
		return nil, env.Incompletef("%s cannot be read: %w", name, env.Bare(err))
	}
	var file struct {
		Version    int                `json:"version"`
		Findings   []check.Finding    `json:"findings"`
		Suppressed []check.Suppressed `json:"suppressed"`
		Incomplete []check.Incomplete `json:"incomplete"`
		Complete   *bool              `json:"complete"`
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	switch err := dec.Decode(&file); {
	case err != nil:
		return nil, env.Usagef("%s is no JSON report: %s; plumb check --format json writes one", name, safe.Brief(err.Error()))
	case file.Version == 0 || file.Findings == nil:
		return nil, env.Usagef("%s is no JSON report: it has no version and findings; plumb check --format json writes one", name)
	case file.Version > report.JSONVersion:
		return nil, env.Usagef("%s has version %d; this plumb reads version %d", name, file.Version, report.JSONVersion)
	}
	rep := &check.Report{Subjects: []string{}, Files: []string{}, Findings: file.Findings, Suppressed: file.Suppressed, Incomplete: file.Incomplete}
	if file.Complete != nil && !*file.Complete && len(rep.Incomplete) == 0 {
		rep.Incomplete = []check.Incomplete{{Message: "the run was not complete"}}
	}
	return &Findings{Report: rep}, nil
}

func readAll(e *env.Env, name string) ([]byte, error) {
	in := e.Stdin
	if name != "-" {
		file, err := os.Open(e.Path(name))
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	var b bytes.Buffer
	n, err := b.ReadFrom(io.LimitReader(in, maxReport+1))
	if err == nil && n > maxReport {
		err = errors.New("it is larger than 256 MiB")
	}
	return b.Bytes(), err
}
