package integrations

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// newTest makes the command `plumb integrations test`.
func newTest(e *env.Env) *cobra.Command {
	var config string
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "test [flags] NAME",
		Short: "Send a small report that says it is a test",
		Long: `The report has one finding, that of a rule called integration-test. Inputs come from
the environment and from integrations in plumb.yaml, secrets from the environment
only. Twice the same day makes nothing new where the integration can tell.

--dry-run shows every request as it would be sent, with secrets masked, answered by
the tool's own fake; without inputs it takes the examples of the manifest.

Exit codes: 0 delivered, 2 wrong usage or an input that is missing, 3 not delivered:
why, and what to do, is said.`,
		Example: `  plumb integrations test slack --dry-run
  plumb integrations test jenkins --dry-run`,
		Args: oneName("test"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := project.Open(e, config, names.Config())
			if err != nil {
				return err
			}
			return runTest(cmd.Context(), p, args[0], dryRun)
		},
		ValidArgsFunction: completeNames,
	}
	cmd.Flags().StringVar(&config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would be sent, with secrets masked, and send nothing")
	return cmd
}

func runTest(ctx context.Context, p *project.Project, name string, dryRun bool) error {
	t, err := target(p, name, dryRun)
	if err != nil {
		return err
	}
	d := testDelivery(p.Env.Now().UTC())
	if dryRun {
		return show(ctx, p.Env.Stdout, t, d, "requests")
	}
	return tell(ctx, p.Env, t, d)
}

// testDelivery is a report that says it is a test.
func testDelivery(now time.Time) *integration.Delivery {
	const rule, element = "integration-test", "/paths/~1test/get"
	return &integration.Delivery{
		ID: "test-" + now.Format(time.DateOnly), Product: "plumb test", At: now, FailOn: check.Error,
		Report: &check.Report{
			Subjects: []string{}, Files: []string{}, Suppressed: []check.Suppressed{}, Incomplete: []check.Incomplete{},
			Rules: []check.Meta{{ID: rule, Summary: "A test arrives.", Rationale: "It shows that the set up works.", Severity: check.Info, Since: "0.1.0"}},
			Findings: []check.Finding{{
				Rule: rule, Severity: check.Info, Message: "this is a test of the integration; nothing is wrong",
				Fingerprint: check.Fingerprint(rule, "", element, ""), Location: check.Location{Element: element},
				Related: []check.Related{}, Properties: map[string]any{},
			}},
		},
	}
}
