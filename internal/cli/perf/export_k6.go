package perf

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/perf/k6"
	"github.com/plumbapi/plumb/perf/traffic"
)

// generators are the formats by which other engines send the same load.
func generators() []*exporter {
	return []*exporter{k6Script(), k6Operator()}
}

// k6Flags say how a script for k6 is made.
type k6Flags struct {
	writes   bool
	requests int
	maxVUs   int
	result   string
}

func (f *k6Flags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.writes, "allow-writes", false, "the script may send operations that change data")
	flags.IntVar(&f.requests, "requests", 20_000, "write at most `N` requests into the script; a plan with more goes through these again and again")
	flags.IntVar(&f.maxVUs, "max-vus", 0, "at most `N` virtual users (default what rate and timeout can keep busy)")
}

// script makes the script of a plan. Secrets stay where they are: the traffic
// is made with the names of environment variables in the place of what they
// hold.
func (f *k6Flags) script(p *plan.Loaded) (*k6.Export, error) {
	if f.requests < 1 {
		return nil, env.Usagef("--requests %d: expected 1 or more", f.requests)
	}
	if f.maxVUs < 0 {
		return nil, env.Usagef("--max-vus %d: expected 1 or more, or 0 for no bound", f.maxVUs)
	}
	if err := k6.Check(p.Plan); err != nil {
		return nil, env.Usagef("%s", p.Placed(err))
	}
	t, err := p.Requests(traffic.Options{AllowWrites: f.writes, LookupEnv: plan.Named})
	if err != nil {
		return nil, err
	}
	e, err := k6.Script(p.Plan, t, k6.Options{File: f.result, Requests: f.requests, MaxVUs: f.maxVUs})
	if err != nil {
		return nil, env.Usagef("%s", p.Placed(err))
	}
	e.Notes = append(e.Notes, t.Notes()...)
	return e, nil
}

func k6Script() *exporter {
	var f k6Flags
	return &exporter{
		name:  "k6",
		short: "Write a script for k6 that sends the same load and counts the same",
		long: `The script sends the requests of the plan, in the same order and at the same
moments, and counts what is good by the same rules: the status, errors in
answers of GraphQL, and the latency objectives, with the time for connections
in it. It writes what it counted into a file, which plumb perf judge judges as
a run of plumb's own. k6's own thresholds fail when too few requests were good,
none at all included.

Sessions are sent step by step, with what their answers leave. What k6 cannot do
is refused: pools, which its virtual users would have to share, and unix sockets.
Secrets are not written into the script; k6 takes them from the environment:
k6 run -e TOKEN=… script.js, and then plumb perf judge plumb-k6.json.`,
		example: `  plumb perf export k6 --output script.js slo.yaml
  plumb perf export k6 --result out/k6.json --output script.js slo.yaml`,
		flags: func(cmd *cobra.Command) {
			f.register(cmd)
			cmd.Flags().StringVar(&f.result, "result", "plumb-k6.json", "the script writes its result to `FILE`")
		},
		files: func(p *plan.Loaded, output string) ([]exported, []string, error) {
			e, err := f.script(p)
			if err != nil {
				return nil, nil, err
			}
			return []exported{{output, e.Script}}, e.Notes, nil
		},
	}
}

func k6Operator() *exporter {
	var f k6Flags
	var o k6.OperatorOptions
	return &exporter{
		name:  "k6-operator",
		short: "Write a TestRun for the k6 operator, which sends the load from a cluster",
		long: `A ConfigMap with the script of plumb perf export k6, and a TestRun
(k6.io/v1alpha1) that deals the requests of the plan out to pods. No pod judges,
since none knows what the others measured: thresholds are off, and each writes
its result to the claim, or into its log where there is none. plumb perf judge
merges them and judges the whole.

Environment variables come from a Secret that has them under their names. What
is written is for "kubectl apply"; plumb perf judge results/*.json comes after.`,
		example: `  plumb perf export k6-operator --parallelism 4 slo.yaml
  plumb perf export k6-operator --parallelism 4 --claim results --output run.yaml slo.yaml`,
		flags: func(cmd *cobra.Command) {
			f.register(cmd)
			flags := cmd.Flags()
			flags.IntVar(&o.Parallelism, "parallelism", 2, "deal the load out to `N` pods")
			flags.StringVar(&o.Name, "name", "", "`NAME` of the TestRun and its ConfigMap (default plumb- and that of the service)")
			flags.StringVar(&o.Namespace, "namespace", "", "`NAME` of the namespace")
			flags.StringVar(&o.Image, "image", "", "`IMAGE` of the pods (default that of the operator)")
			flags.StringVar(&o.Claim, "claim", "", "`NAME` of the PersistentVolumeClaim for results (default the logs of the pods)")
			flags.StringVar(&o.Secret, "secret", "", "`NAME` of the Secret with the environment variables (default as the TestRun)")
		},
		files: func(p *plan.Loaded, output string) ([]exported, []string, error) {
			e, err := f.script(p)
			if err != nil {
				return nil, nil, err
			}
			text, err := k6.TestRun(p.Plan, e, o)
			if err != nil {
				return nil, nil, err
			}
			return []exported{{output, text}}, e.Notes, nil
		},
	}
}
