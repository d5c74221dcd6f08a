package deliver_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/cli/deliver"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// in opens a project in a folder with some variables.
func in(t *testing.T, variables map[string]string) *project.Project {
	t.Helper()
	p, err := project.Open(&env.Env{
		Stdin: strings.NewReader(""), Stdout: &strings.Builder{}, Stderr: &strings.Builder{}, Dir: t.TempDir(),
		Getenv: func(name string) string { return variables[name] },
		Now:    func() time.Time { return time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC) },
	}, "", names.Config())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestComplete shows what a pipeline says of itself, and what stands for it
// where there is none.
func TestComplete(t *testing.T) {
	t.Parallel()
	type facts struct {
		ID, URL, Revision, Branch string
		Change                    int
	}
	tests := []struct {
		name      string
		variables map[string]string
		want      facts
	}{
		{"GitLab, of a merge request", map[string]string{
			"GITLAB_CI": "true", "CI_PROJECT_ID": "7", "CI_PIPELINE_ID": "99", "CI_PIPELINE_URL": "https://gitlab.example/p/99", "CI_COMMIT_SHA": "4f2c",
			"CI_COMMIT_REF_NAME": "refs/merge-requests/12/head", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "feature", "CI_MERGE_REQUEST_IID": "12",
		}, facts{"gitlab-7-99", "https://gitlab.example/p/99", "4f2c", "feature", 12}},
		{"GitHub, of a pull request", map[string]string{
			"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "5", "GITHUB_SERVER_URL": "https://github.example", "GITHUB_REPOSITORY": "a/b", "GITHUB_SHA": "4f2c",
			"GITHUB_REF": "refs/pull/34/merge", "GITHUB_HEAD_REF": "feature", "GITHUB_REF_NAME": "34/merge",
		}, facts{"github-5", "https://github.example/a/b/actions/runs/5", "4f2c", "feature", 34}},
		{"GitHub, of a branch", map[string]string{"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "6", "GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main"}, facts{ID: "github-6", Branch: "main"}},
		{"Jenkins", map[string]string{
			"JENKINS_URL": "https://ci.example", "JOB_NAME": "team/api", "BUILD_NUMBER": "3", "BUILD_URL": "https://ci.example/3", "GIT_COMMIT": "4f2c", "GIT_BRANCH": "main",
		}, facts{"jenkins-team.api-3", "https://ci.example/3", "4f2c", "main", 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := &integration.Delivery{Report: &check.Report{}}
			var f deliver.Facts
			f.Complete(in(t, tt.variables), d)
			if diff := cmp.Diff(tt.want, facts{d.ID, d.URL, d.Revision, d.Branch, d.Change}); diff != "" {
				t.Errorf("Complete (-want +got):\n%s", diff)
			}
		})
	}
}

// TestIDWithoutAPipeline shows that the same findings are the same delivery, and
// others are not, and that a job's name that is no ID is none.
func TestIDWithoutAPipeline(t *testing.T) {
	t.Parallel()
	id := func(variables map[string]string, message string) string {
		d := &integration.Delivery{Product: "a", Report: &check.Report{Findings: []check.Finding{{Rule: "r", Message: message}}}}
		var f deliver.Facts
		f.Complete(in(t, variables), d)
		return d.ID
	}
	same, other := id(nil, "x"), id(nil, "y")
	if same != id(nil, "x") || same == other || !strings.HasPrefix(same, "run-") {
		t.Errorf("IDs are %s, %s", same, other)
	}
	if got := id(map[string]string{"JENKINS_URL": "x", "JOB_NAME": "a b", "BUILD_NUMBER": "1"}, "x"); got != same {
		t.Errorf("a job with a space gives the ID %q", got)
	}
}

// TestResolveNamesWhatIsMissing shows that the variable is named, and no value.
func TestResolveNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	_, err := deliver.Resolve(in(t, map[string]string{"JIRA_URL": "https://example.atlassian.net", "JIRA_PROJECT": "API"}), "jira")
	if env.Code(err) != env.Usage || !strings.Contains(err.Error(), "JIRA_TOKEN is not set") {
		t.Errorf("Resolve = %v, exit code %d", err, env.Code(err))
	}
	_, err = deliver.Resolve(in(t, nil), "slack")
	if env.Code(err) != env.Usage || !strings.Contains(err.Error(), "SLACK_WEBHOOK_URL") {
		t.Errorf("Resolve = %v, exit code %d", err, env.Code(err))
	}
	_, err = deliver.Resolve(in(t, map[string]string{"JIRA_URL": "canary-canary", "JIRA_PROJECT": "API", "JIRA_TOKEN": "x\ncanary-token"}), "jira")
	if env.Code(err) != env.Usage || strings.Contains(err.Error(), "canary-token") {
		t.Errorf("Resolve = %v", err)
	}
}
