package lifecycle

import (
	"context"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/promise"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/lifecycle/headers"
)

// headersFlags are the flags of `plumb lifecycle headers`.
type headersFlags struct {
	source   source.Flags
	settings promise.Flags
	policy   policy.Flags
	output   output.Flags

	parameters   []string
	bases, hosts []string
	undeprecated bool
	rate         float64
	budget       int
	plan         bool
}

// newHeaders makes the command `plumb lifecycle headers`.
func newHeaders(e *env.Env) *cobra.Command {
	f := &headersFlags{policy: policy.Flags{Check: rulebook.Lifecycle}, output: output.Flags{DefaultLimit: 20}}
	cmd := &cobra.Command{
		Use:   "headers [flags] DOC URL|HAR...",
		Short: "Check that responses say of the end of operations what the description says",
		Long: `The description DOC promises that responses of deprecated operations carry a
Deprecation field (RFC 9745), a Sunset field (RFC 8594) and a link to what takes
their place, as far as it names the days and the successor. Responses of a
running server, or recorded ones, are held against that: fields that are missing,
unexpected, invalid or of another day, and success after the sunset.

A URL is that of a server, with the path that those of the description are
relative to. It is asked for deprecated operations only, with GET and HEAD, and
only where parameters have an example in the description or a value of --param; at
most --rate requests a second. Redirects are not followed. A host is asked because
it is an argument; --header sends it a token, which ${VAR} takes from the
environment. HAR is a file of recorded traffic, as browsers and proxies write it.

  plumb lifecycle headers --header 'Authorization: Bearer ${TOKEN}' api/openapi.yaml https://api.example.com/v2

Responses 2xx and 3xx are judged. Errors may come from something before the API, so
that they need not say anything.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 a server could not be reached, a file could not be read, or no
response could be judged.`,
		Example: `  plumb lifecycle headers api/openapi.yaml api/traffic.har
  plumb lifecycle headers --dry-run api/openapi.yaml http://localhost:8080/v2`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), e, args) },
	}
	f.source.Register(cmd)
	f.settings.Register(cmd)
	f.policy.Register(cmd)
	f.output.Register(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.parameters, "param", nil, "ask with this value of a parameter, as `NAME=VALUE`; repeatable")
	flags.StringArrayVar(&f.bases, "base", nil, "look for the API below this `PATH` in recorded traffic too; repeatable")
	flags.StringArrayVar(&f.hosts, "host", nil, "take only recorded traffic with this `HOST`; repeatable")
	flags.BoolVar(&f.undeprecated, "undeprecated", false, "ask for operations too that promise nothing")
	flags.Float64Var(&f.rate, "rate", headers.DefaultRate, "send at most `N` requests a second")
	flags.IntVar(&f.budget, "budget", headers.DefaultBudget, "send at most `N` requests in all to each server")
	flags.BoolVar(&f.plan, "dry-run", false, "say what a server would be asked, and ask nothing")
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml", "json", "har"}, cobra.ShellCompDirectiveFilterFileExt
	}
	return cmd
}

// validate checks what can be checked before anything is read.
func (f *headersFlags) validate(args []string) error {
	if err := f.source.Validate(args); err != nil {
		return err
	}
	switch {
	case len(args) == 0:
		return env.Usagef("headers needs a description, and what is to be held against it: plumb lifecycle headers DOC URL|HAR...")
	case len(args) == 1 && !f.plan:
		return env.Usagef("%s is held against what? give the URL of a server or a HAR file; --dry-run says what a server would be asked", project.PublicURL(args[0]))
	case f.rate <= 0:
		return env.Usagef("--rate: expected a number above 0")
	case f.budget <= 0:
		return env.Usagef("--budget: expected 1 or more")
	}
	for _, arg := range args[1:] {
		if !project.IsURL(arg) {
			continue
		}
		if u, err := url.Parse(arg); err != nil || u.Host == "" {
			return env.Usagef("%q is no URL of a server", project.PublicURL(arg))
		}
	}
	for _, p := range f.parameters {
		if name, value, ok := strings.Cut(p, "="); !ok || name == "" || value == "" {
			return env.Usagef("--param %q is not of the form NAME=VALUE", p)
		}
	}
	return nil
}

// values are those of --param.
func (f *headersFlags) values() map[string]string {
	values := map[string]string{}
	for _, p := range f.parameters {
		name, value, _ := strings.Cut(p, "=")
		values[name] = value
	}
	return values
}

func (f *headersFlags) run(ctx context.Context, e *env.Env, args []string) error {
	if err := f.validate(args); err != nil {
		return err
	}
	c := &headersCall{flags: f, env: e, args: args, started: e.Now()}
	defer c.close()
	if err := c.prepare(ctx); err != nil {
		return err
	}
	if c.doc.OpenAPI == nil {
		return c.unread()
	}
	if f.plan {
		return c.writePlan()
	}
	if err := c.look(ctx); err != nil {
		return err
	}
	return c.finish(ctx)
}
