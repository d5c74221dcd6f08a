package webhooks

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/payload"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/hook"
)

// verifyCall is one call of `plumb webhooks verify`.
type verifyCall struct {
	env      *env.Env
	secret   secretFlags
	config   string
	provider string
	headers  []string
	at       string
	anyAge   bool
}

// newVerify makes the command `plumb webhooks verify`.
func newVerify(e *env.Env) *cobra.Command {
	c := &verifyCall{env: e}
	cmd := &cobra.Command{
		Use:   "verify [flags] DELIVERY|BODY",
		Short: "Check that a delivery is signed with a secret",
		Long: `DELIVERY is a delivery as plumb webhooks listen records it: an HTTP request as
text, with headers, an empty line and the body. BODY is the body alone, byte for
byte; its headers are then given with --header. - is standard input.

The secret is in the environment variable that --secret-env names. The scheme is
that of --scheme, else that of --provider, else the one whose header the delivery
has. The time of signing is judged as of when a recorded delivery came in, else as
of now; --at says another moment, --any-age does not judge it.

Exit codes: 0 the signature is right, 1 it is not, 2 wrong usage, 3 the delivery
cannot be read.`,
		Example: `  plumb webhooks verify --secret-env WEBHOOK_SECRET deliveries/issues.http
  plumb webhooks verify --scheme github --secret-env WEBHOOK_SECRET --header 'X-Hub-Signature-256: sha256=0' body.json`,
		RunE: func(_ *cobra.Command, args []string) error { return c.run(args) },
	}
	c.secret.register(cmd)
	registerProvider(cmd, &c.provider)
	flags := cmd.Flags()
	flags.StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringArrayVarP(&c.headers, "header", "H", nil, "a header of the delivery, as `NAME: VALUE`; repeatable")
	flags.StringVar(&c.at, "at", "", "judge the time of signing as of this `TIME`, as 2026-11-27T17:00:00Z")
	flags.BoolVar(&c.anyAge, "any-age", false, "do not judge the time of signing")
	return cmd
}

func (c *verifyCall) run(args []string) error {
	switch {
	case len(args) == 0:
		return env.Usagef("verify needs a delivery: plumb webhooks verify --secret-env VARIABLE DELIVERY")
	case len(args) > 1:
		return env.Usagef("verify takes one delivery, not %d", len(args))
	case !c.secret.given():
		return env.Usagef("verify needs a secret: --secret-env names the environment variable that has it")
	case c.anyAge && c.at != "":
		return env.Usagef("--at and --any-age exclude one another")
	}
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	provider, err := payload.FindProvider(p, c.provider)
	if err != nil {
		return err
	}
	r, err := c.delivery(args[0])
	if err != nil {
		return err
	}
	keys, err := c.secret.keyring(c.env, provider, r.Header)
	if err != nil {
		return err
	}
	now, err := c.now(r)
	if err != nil {
		return err
	}
	if c.anyAge {
		keys = keys.Within(-1, -1)
	}
	if err := keys.Verify(r.Header, r.Body, now); err != nil {
		_, _ = fmt.Fprintf(c.env.Stdout, "not valid: %s\n", safe.Line(err.Error()))
		return env.Done(env.Findings)
	}
	what := "the delivery"
	if event := eventIn(provider, r); event != "" {
		what = safe.Line(event)
	}
	if _, err := fmt.Fprintf(c.env.Stdout, "valid: %s, %s bytes\n", what, words.Number(len(r.Body))); err != nil {
		return env.Incompletef("%w", err)
	}
	return nil
}

// delivery reads the delivery.
func (c *verifyCall) delivery(name string) (*payload.Recording, error) {
	data, err := payload.ReadFile(c.env, name, payload.MaxFile)
	if err != nil {
		return nil, env.Incompletef("%s cannot be read: %w", shown(name), err)
	}
	if len(c.headers) == 0 {
		r, err := payload.ParseRecording(data)
		if err != nil {
			return nil, env.Incompletef("%s: %w; of a body alone, --header gives the headers", shown(name), err)
		}
		return r, nil
	}
	header, err := parseHeaders(c.headers)
	return &payload.Recording{Header: header, Body: data}, err
}

// parseHeaders reads the values of --header.
func parseHeaders(lines []string) (http.Header, error) {
	header := http.Header{}
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.ContainsAny(line, "\r\n") || strings.ContainsAny(name, " \t") {
			return nil, env.Usagef("--header is not of the form NAME: VALUE")
		}
		header.Add(name, strings.TrimSpace(value))
	}
	return header, nil
}

// now is the moment as of which the time of signing is judged.
func (c *verifyCall) now(r *payload.Recording) (time.Time, error) {
	if c.at != "" {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			return at, env.Usagef("--at %q is no time, such as 2026-11-27T17:00:00Z", c.at)
		}
		return at, nil
	}
	if !r.Received.IsZero() {
		return r.Received, nil
	}
	return c.env.Now(), nil
}

// eventIn is the event of a delivery, as far as the provider knows.
func eventIn(p *webhook.Provider, r *payload.Recording) string {
	if p == nil {
		return ""
	}
	route := hookRouting(&p.Routing)
	event, action := route.Route(r.Header, r.Payload())
	if action != "" {
		return event + "." + action
	}
	return event
}

// hookRouting is the routing of a model as the runtime has it.
func hookRouting(r *webhook.Routing) hook.Routing { return hook.Routing(*r) }
