package perf

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/monitor"
)

// monitoring are the formats by which production is watched.
func monitoring() []*exporter {
	return []*exporter{prometheusRules()}
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
		example: `  plumb perf export prometheus --output rules.yaml --tests rules_test.yaml slo.yaml
  promtool check rules rules.yaml && promtool test rules rules_test.yaml`,
		flags: func(cmd *cobra.Command) {
			cmd.Flags().StringVar(&tests, "tests", "", "write tests of the rules to `FILE`; needs --output")
			cmd.Flags().IntVar(&opts.LeastBad, "least-bad", 5, "no alert before `N` requests were bad in the long window")
		},
		files: func(p *perflib.Plan, output string) ([]exported, []string, error) {
			if opts.LeastBad < 1 {
				return nil, nil, env.Usagef("--least-bad %d: expected 1 or more", opts.LeastBad)
			}
			if tests != "" && (output == "" || output == "-") {
				return nil, nil, env.Usagef("--tests needs --output, since tests name the file of the rules")
			}
			rules, err := monitor.Prometheus(p, opts)
			if err != nil {
				return nil, nil, err
			}
			files := []exported{{output, rules}}
			if tests != "" {
				text, err := monitor.PrometheusTests(p, opts, between(tests, output))
				if err != nil {
					return nil, nil, err
				}
				files = append(files, exported{tests, text})
			}
			notes, err := monitor.Notes(p)
			return files, notes, err
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
