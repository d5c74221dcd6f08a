package parity

import (
	"context"
	"crypto/rand"
	"errors"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/decisions"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/parity/live"
	"github.com/plumbapi/plumb/parity/view"
	"github.com/plumbapi/plumb/report"
)

// verifyFlags are the flags of `plumb parity verify`.
type verifyFlags struct {
	source source.Flags
	policy policy.Flags
	output output.Flags
	pair   pairFlags

	rest, graphql    string
	fixtures         string
	record, replay   string
	only             []string
	rate             float64
	budget, objects  int
	perPage          int
	showValues, plan bool
}

// newVerify makes the command `plumb parity verify`.
func newVerify(e *env.Env) *cobra.Command {
	f := &verifyFlags{policy: policy.Flags{Check: rulebook.Parity}, output: output.Flags{DefaultLimit: 10}}
	cmd := &cobra.Command{
		Use:   "verify [flags] --rest URL --graphql URL [REST GRAPHQL]",
		Short: "Ask both running APIs for the same objects and compare the values",
		Long: `Matched reads are sent to both servers: GET requests and GraphQL queries, never
a mutation, at most --rate a second and --budget in all. REST is asked twice,
so that what changes by itself is known as noise. Parameters come from objects
that lists show, or from a file of --fixtures. Values are shown as their type
and a hash, unless --show-values is given.

A host is asked because --rest or --graphql names it; what redirects to a
private address is refused. --header sends a token, which ${VAR} takes from the
environment. --record writes down what was said, without secrets; --replay
plays it again without a network, for CI.

  plumb parity verify --rest https://api.example.com/v2 --graphql https://api.example.com/graphql \
    --header 'Authorization: Bearer ${TOKEN}' --record verify.cassette

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 a server could not be reached, or nothing could be compared.`,
		Example: `  plumb parity verify --dry-run api/openapi.yaml api/schema.graphql
  plumb parity verify --rest http://localhost:8080/v2 --graphql http://localhost:8080/graphql --replay api/verify.cassette api/openapi.yaml api/schema.graphql`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), e, args) },
	}
	f.source.Register(cmd)
	f.policy.Register(cmd)
	f.output.Register(cmd)
	f.pair.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.rest, "rest", "", "`URL` that the paths of the description are relative to")
	flags.StringVar(&f.graphql, "graphql", "", "`URL` of the GraphQL endpoint")
	flags.StringVar(&f.fixtures, "fixtures", "", "`FILE` with values for parameters that no list shows")
	flags.StringVar(&f.record, "record", "", "write what was said to this `FILE`")
	flags.StringVar(&f.replay, "replay", "", "play this `FILE` instead of asking the servers")
	flags.StringArrayVar(&f.only, "only", nil, "ask for this `OPERATION` only, such as \"GET /issues\"; repeatable")
	flags.Float64Var(&f.rate, "rate", live.DefaultRate, "send at most `N` requests a second")
	flags.IntVar(&f.budget, "budget", live.DefaultBudget, "send at most `N` requests in all")
	flags.IntVar(&f.objects, "objects", live.DefaultObjects, "ask for at most `N` objects of each operation with parameters")
	flags.IntVar(&f.perPage, "per-page", live.DefaultPerPage, "ask for `N` objects of each list")
	flags.BoolVar(&f.showValues, "show-values", false, "show values as they are")
	flags.BoolVar(&f.plan, "dry-run", false, "say what would be asked, and ask nothing")
	return cmd
}

// validate checks what can be checked before anything is read.
func (f *verifyFlags) validate(args []string) error {
	if err := f.source.Validate(args); err != nil {
		return err
	}
	for _, n := range []struct {
		flag string
		ok   bool
		want string
	}{
		{"rate", f.rate > 0, "a number above 0"}, {"budget", f.budget > 0, "1 or more"},
		{"objects", f.objects > 0, "1 or more"}, {"per-page", f.perPage > 0, "1 or more"},
	} {
		if !n.ok {
			return env.Usagef("--%s: expected %s", n.flag, n.want)
		}
	}
	switch {
	case f.record != "" && f.replay != "":
		return env.Usagef("--record and --replay exclude one another")
	case f.plan:
		return f.pair.validate()
	case f.rest == "" || f.graphql == "":
		return env.Usagef("verify asks two servers: give --rest URL and --graphql URL, or --dry-run to see what would be asked")
	}
	for flag, url := range map[string]string{"rest": f.rest, "graphql": f.graphql} {
		if !project.IsURL(url) {
			return env.Usagef("--%s %q is no URL that begins with http:// or https://", flag, url)
		}
	}
	return f.pair.validate()
}

func (f *verifyFlags) run(ctx context.Context, e *env.Env, args []string) error {
	if err := f.validate(args); err != nil {
		return err
	}
	started := e.Now()
	c, err := prepareWith(e, &f.source, &f.policy, &f.pair, args)
	if err != nil {
		return err
	}
	defer c.loader.loader.Close()
	if len(c.pairs) > 1 {
		return severalAPIs(c.pairs)
	}
	p := &c.pairs[0]
	opts, err := f.options(e)
	if err != nil {
		return err
	}
	if opts.Fixtures, err = f.readFixtures(c.project); err != nil {
		return err
	}
	res, err := c.result(ctx, p, f.pair.options(c.project))
	if err != nil {
		return err
	}
	plan, err := live.NewPlan(res, opts)
	if err != nil {
		return env.Usagef("%w", err)
	}
	if f.plan {
		return f.writePlan(e, plan)
	}
	sink, err := f.output.Open(e)
	if err != nil {
		return err
	}
	defer sink.Abort()
	result, err := f.ask(ctx, c, plan, opts)
	if err != nil {
		return err
	}
	rep, err := live.Check(ctx, result, c.policy)
	if err != nil {
		return err
	}
	merged := check.Merge(c.policy, rep)
	ropts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb parity verify", HelpURL: version.RulePage,
		Documents: 2, Duration: e.Now().Sub(started),
		Extra: []report.Member{{Name: "live", Value: result}}, Facts: view.LiveFacts(result),
	}
	code := f.output.ExitCode(merged)
	if err := sink.Write(c.project, merged, p.text, ropts); err != nil {
		return err
	}
	return env.Done(code)
}

// options are those of package live.
func (f *verifyFlags) options(e *env.Env) (live.Options, error) {
	o := live.Options{
		Only: f.only, PerPage: f.perPage, Objects: f.objects, Rate: f.rate, Budget: f.budget, ShowValues: f.showValues,
		Clock: live.Clock{Now: e.Now},
	}
	if f.replay != "" {
		o.Clock = live.NoWait()
		return o, nil // the same hashes each time
	}
	o.Salt = make([]byte, 16)
	if _, err := rand.Read(o.Salt); err != nil {
		return o, env.Incompletef("no randomness for the hashes of values: %w", err)
	}
	return o, nil
}

func (f *verifyFlags) readFixtures(p *project.Project) (*live.Fixtures, error) {
	if f.fixtures == "" {
		return nil, nil
	}
	data, err := decisions.ReadFile(p.Env.Path(f.fixtures))
	if err != nil {
		return nil, env.Usagef("--fixtures %s cannot be read: %w", f.fixtures, env.Bare(err))
	}
	fixtures, err := live.ParseFixtures(f.fixtures, data)
	if err != nil {
		return nil, env.Usagef("%w", err)
	}
	return fixtures, nil
}

// writePlan says what would be asked.
func (f *verifyFlags) writePlan(e *env.Env, plan *live.Plan) error {
	if f.output.Format() == "json" {
		return report.Value(e.Stdout, plan)
	}
	return view.Plan(e.Stdout, plan, view.Options{Width: e.Width, Color: f.output.Color(e)})
}

// ask asks the servers, or the cassette. A run that could not end, because a
// server is away, is a result that is not complete.
func (f *verifyFlags) ask(ctx context.Context, c *call, plan *live.Plan, opts live.Options) (*live.Result, error) {
	client, finish, err := f.client(c)
	if err != nil {
		return nil, err
	}
	stop := progress.Start(c.env, f.output.Quiet(), func() string { return "asking both servers" })
	result, err := live.Verify(ctx, plan, live.Endpoints{REST: f.rest, GraphQL: f.graphql, Client: client}, opts)
	stop()
	switch {
	case err == nil:
		return result, finish(true)
	case ctx.Err() == nil && result != nil && !result.Complete:
		return result, finish(false) // it says what kept it from its end
	case ctx.Err() == nil:
		err = env.Incompletef("%w", err)
	}
	return nil, errors.Join(err, finish(false))
}
