package perf

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/plan"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/monitor"
)

// monitoring are the formats by which production is watched.
func monitoring() []*exporter {
	return []*exporter{
		prometheusRules(),
		single("grafana", "Write a dashboard for Grafana", `
The dashboard shows all objectives of the plan in a table and a row for each
operation: what is left of the error budget, how fast it burns, the share that
kept each objective beside what was promised, latency and rate. It needs the
rules that "plumb perf export prometheus" writes of the same plan. The source of
data is chosen in the dashboard; importing it again replaces it.`,
			`  plumb perf export grafana slo.yaml
  plumb perf export grafana --output dashboard.json slo.yaml`, monitor.Grafana),
		single("sloth", "Write the objectives for sloth", `
One file of the form prometheus/v1, from which "sloth generate" makes rules.`,
			`  plumb perf export sloth slo.yaml
  plumb perf export sloth --output sloth.yaml slo.yaml`, monitor.Sloth),
		single("pyrra", "Write the objectives for Pyrra", `
One ServiceLevelObjective (pyrra.dev/v1alpha1) for each objective, in one file
of several documents, for "kubectl apply".`,
			`  plumb perf export pyrra slo.yaml
  plumb perf export pyrra --output pyrra.yaml slo.yaml`, monitor.Pyrra),
		single("openslo", "Write the objectives in OpenSLO v1", `
A Service, an SLO for each objective, and the conditions and policies of its
alerts. Annotations name the operation and the latency in the words of the plan,
so that a plan can be made of it again.`,
			`  plumb perf export openslo slo.yaml
  plumb perf export openslo --output openslo.yaml slo.yaml`, monitor.OpenSLO),
	}
}

func prometheusRules() *exporter {
	var tests string
	var opts monitor.Options
	return &exporter{
		name:  "prometheus",
		short: "Write rules for Prometheus: error budgets, burn rates and alerts",
		long: `For each objective of the plan, recording rules with the share of bad requests
over several windows and what is left of the error budget, under the names that
sloth gives them, and alerts when the budget burns too fast in a long and a
short window at once: severity page and severity ticket.

--tests writes a second file for "promtool test rules", with series that burn
the budgets at given rates and the alerts that are expected.`,
		example: `  plumb perf export prometheus --output rules.yaml slo.yaml
  plumb perf export prometheus --output rules.yaml --tests rules_test.yaml slo.yaml`,
		flags: func(cmd *cobra.Command) {
			cmd.Flags().StringVar(&tests, "tests", "", "write tests of the rules to `FILE`; needs --output")
			cmd.Flags().IntVar(&opts.LeastBad, "least-bad", 5, "no alert before `N` requests were bad in the long window")
		},
		files: func(p *plan.Loaded, output string) ([]exported, []string, error) {
			if opts.LeastBad < 1 {
				return nil, nil, env.Usagef("--least-bad %d: expected 1 or more", opts.LeastBad)
			}
			if tests != "" && (output == "" || output == "-") {
				return nil, nil, env.Usagef("--tests needs --output, since tests name the file of the rules")
			}
			rules, err := monitor.Prometheus(p.Plan, opts)
			if err != nil {
				return nil, nil, err
			}
			files := []exported{{output, rules}}
			if tests != "" {
				text, err := monitor.PrometheusTests(p.Plan, opts, between(tests, output))
				if err != nil {
					return nil, nil, err
				}
				files = append(files, exported{tests, text})
			}
			notes, err := monitor.Notes(p.Plan)
			return files, notes, err
		},
	}
}

// single is a format that is one file and has no flags of its own.
func single(name, short, long, example string, write func(*perflib.Plan) ([]byte, error)) *exporter {
	return &exporter{
		name: name, short: short, long: long, example: example,
		files: func(p *plan.Loaded, output string) ([]exported, []string, error) {
			text, err := write(p.Plan)
			if err != nil {
				return nil, nil, err
			}
			notes, err := monitor.Notes(p.Plan)
			return []exported{{output, text}}, notes, err
		},
	}
}

// between returns how one file is named in another.
func between(from, to string) string {
	if filepath.IsAbs(from) != filepath.IsAbs(to) {
		return to
	}
	rel, err := filepath.Rel(filepath.Dir(from), to)
	if err != nil {
		return to
	}
	return filepath.ToSlash(rel)
}
