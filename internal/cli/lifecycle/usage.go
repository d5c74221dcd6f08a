package lifecycle

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/accesslog"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/lifecycle/usage"
)

// usageFlags are the flags of `plumb lifecycle usage`.
type usageFlags struct {
	life   lifeFlags // but for its day: logs have days of their own
	policy policy.Flags
	output output.Flags

	logs      []string
	format    string
	fields    []string
	consumers []string
	bases     []string
	endpoints []string
	follow    bool

	experimental, successful, showConsumers bool
	top                                     int
	maxShare                                string
	minDays                                 int
	minCalls                                int64
}

// newUsage makes the command `plumb lifecycle usage`.
func newUsage(e *env.Env) *cobra.Command {
	f := &usageFlags{policy: policy.Flags{Check: rulebook.Lifecycle}, output: output.Flags{Formats: []string{"csv"}, DefaultLimit: 20}}
	cmd := &cobra.Command{
		Use:   "usage [flags] [--log FILE] [DOCUMENT...]",
		Short: "Say who still calls what is deprecated, from logs",
		Long: `Logs are read for calls of what the descriptions deprecate: operations and query
parameters of REST; fields, arguments, enum values and input fields of GraphQL,
whose queries are parsed. For each it says how many calls there are, from how
many consumers, who they are and when the last one was. Without DOCUMENT the
descriptions of plumb.yaml are taken, and without --log its lifecycle.usage. Its
carriers say what is deprecated here
too, and the releases of its policy on which day a sunset such as 19.0 is.

Formats are combined and common (nginx, Apache), json (an object a line),
gitlab-api and gitlab-graphql (api_json.log, graphql_json.log), har (recorded
traffic), or the log format of nginx ("$remote_addr ...") or Apache ("%h ...").
The first lines tell which; gzip is unpacked. A line that cannot be read is
counted and never ends the run.

A consumer is who signed in, else the address; JSON has better names for it, and
--consumer says which field to take. Consumers are shown as a hash, another one
in each run unless the environment has a key in ` + accesslog.SaltVariable + `.

--max-share makes it a gate: exit code 1 where a deprecated element has more than
that share of calls or of consumers. It passes as safe only what the logs can tell:
enough days (--min-days) and calls (--min-calls).

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 a log or a description could not be read to its end.`,
		Example: `  plumb lifecycle usage --log access.log api/openapi.yaml
  plumb lifecycle usage --log 'access.log*' --max-share 1% api/openapi.yaml api/schema.graphql`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), e, args) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.logs, "log", nil, "read this `FILE`, files that match a pattern, or - for standard input; repeatable")
	flags.StringVar(&f.format, "log-format", "", "how lines are written: a `FORMAT` by name, or one of nginx or Apache (default by content)")
	flags.StringArrayVar(&f.fields, "field", nil, "say which field tells what, as `ROLE=NAME`, such as time=when; repeatable")
	flags.StringArrayVar(&f.consumers, "consumer", nil, "take the consumer from this `FIELD`, such as meta.client_id or http_x_client; repeatable, the first that a line has counts")
	flags.StringArrayVar(&f.bases, "base", nil, "the REST API is served below this `PATH`, whatever the description says; repeatable")
	flags.StringArrayVar(&f.endpoints, "graphql-path", nil, "GraphQL is served at this `PATH` (default any that ends in /graphql); repeatable")
	flags.BoolVar(&f.follow, "follow", false, "go on as the logs grow, also when they are rotated, until interrupted")
	flags.BoolVar(&f.experimental, "experimental", false, "count what is less than stable too")
	flags.BoolVar(&f.successful, "successful", false, "count only calls that were answered with a status below 400")
	flags.BoolVar(&f.showConsumers, "show-consumers", false, "name consumers as the log does")
	flags.IntVar(&f.top, "top", 5, "list the `N` consumers with the most calls of each element")
	flags.StringVar(&f.maxShare, "max-share", "", "fail where more than this `SHARE` of calls or consumers use a deprecated element, such as 1%")
	flags.IntVar(&f.minDays, "min-days", 28, "logs of fewer than `N` days do not show that something is unused")
	flags.Int64Var(&f.minCalls, "min-calls", 1000, "logs with fewer than `N` calls of an API do not show that something is unused")
	f.life.source.Register(cmd)
	f.life.settings.Register(cmd)
	f.policy.Register(cmd)
	f.output.Register(cmd)
	output.CompleteWords(cmd, "log-format", usage.Formats)
	output.CompleteWords(cmd, "field", func() []string {
		var words []string
		for _, r := range usage.Roles() {
			words = append(words, string(r)+"=")
		}
		return words
	})
	return cmd
}

// run is the command.
func (f *usageFlags) run(ctx context.Context, e *env.Env, args []string) error {
	c := &usageCall{flags: f, env: e, started: e.Now()}
	defer c.close()
	if err := c.prepare(args); err != nil {
		return err
	}
	if err := c.load(ctx); err != nil {
		return err
	}
	if err := c.count(ctx); err != nil {
		return err
	}
	return c.finish(context.WithoutCancel(ctx)) // an interrupt has ended the counting
}

// origin says in messages where the logs and what is known of them come from.
type origin struct {
	logs   string
	fields accesslog.Where
}

// settle takes the logs of plumb.yaml where none is named, and what it says of
// them.
func (f *usageFlags) settle(p *project.Project) origin {
	u := &p.Config.Lifecycle.Usage
	if len(f.logs) > 0 || len(u.Logs) == 0 {
		return origin{"--log", accesslog.Where{Field: "--field", Consumer: "--consumer"}}
	}
	f.logs = accesslog.Named(p)
	f.format = cmp.Or(f.format, u.Format)
	f.fields, f.consumers = append(f.fields, u.Fields...), append(f.consumers, u.Consumers...)
	if len(f.bases) == 0 {
		f.bases = u.Bases
	}
	if len(f.endpoints) == 0 {
		f.endpoints = u.GraphQLPaths
	}
	return origin{accesslog.Key + ".logs", accesslog.Configured()}
}

// validate checks what can be checked before anything is read.
func (f *usageFlags) validate(args []string) error {
	stdins := 0
	for _, log := range f.logs {
		if log == "" {
			return env.Usagef("--log is empty; expected a file, a pattern or -")
		}
		if log == "-" {
			stdins++
		}
	}
	switch {
	case len(f.logs) == 0:
		return env.Usagef("no log is given: name one with --log or lifecycle.usage in plumb.yaml, as in plumb lifecycle usage --log access.log api/openapi.yaml")
	case stdins > 1:
		return env.Usagef("--log - is given twice; standard input can be read once")
	case stdins > 0 && slices.Contains(args, "-"):
		return env.Usagef("standard input cannot be a description and a log")
	case f.top < 1:
		return env.Usagef("--top %d: expected 1 or more", f.top)
	case f.minDays < 0:
		return env.Usagef("--min-days %d: expected 0 or more", f.minDays)
	case f.minCalls < 0:
		return env.Usagef("--min-calls %d: expected 0 or more", f.minCalls)
	}
	return nil
}

// limits are those of the flags. Nought means none.
func (f *usageFlags) limits() (usage.Limits, error) {
	l := usage.Limits{MinDays: f.minDays, MinCalls: f.minCalls}
	if l.MinDays == 0 {
		l.MinDays = -1
	}
	if l.MinCalls == 0 {
		l.MinCalls = -1
	}
	if f.maxShare == "" {
		return l, nil
	}
	text, isPercent := strings.CutSuffix(f.maxShare, "%")
	share, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if isPercent {
		share /= 100
	}
	if err != nil || !(share >= 0 && share <= 1) {
		return l, env.Usagef("--max-share %q is no share, such as 1%% or 0.01", f.maxShare)
	}
	l.Gate, l.MaxShare = true, share
	return l, nil
}
