package webhooks

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/payload"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/send"
)

// sendCall is one call of `plumb webhooks send`.
type sendCall struct {
	env      *env.Env
	fake     fakeFlags
	secret   secretFlags
	target   targetFlags
	event    string
	headers  []string
	attempts int
}

// newSend makes the command `plumb webhooks send`.
func newSend(e *env.Env) *cobra.Command {
	c := &sendCall{env: e}
	cmd := &cobra.Command{
		Use:   "send [flags] URL FILE|EVENT [DOC]",
		Short: "Send a signed delivery to a receiver",
		Long: `FILE is a payload as JSON, a recorded delivery (.http), or - for standard input.
EVENT is the name of an event of the OpenAPI description DOC, by default that of
plumb.yaml: its payload is then made of the schema, as plumb webhooks fake does.

The delivery is signed with the secret that --secret-env names, by --scheme or as
--provider signs, else as Standard Webhooks says. --provider also says in which
headers the event and the id go. It is sent once; --attempts tries again where the
receiver fails.

Deliveries go to loopback and private addresses; --allow-host allows another.

Exit codes: 0 taken (2xx), 1 answered otherwise, 2 wrong usage, 3 the payload
cannot be read, or the receiver cannot be reached.`,
		Example: `  plumb webhooks send http://127.0.0.1:8080/hooks issueOpened api/openapi.yaml
  plumb webhooks send --provider github --event issues.opened --secret-env WEBHOOK_SECRET http://127.0.0.1:8080/hooks payload.json`,
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args) },
	}
	c.fake.description.provider = ""
	registerProvider(cmd, &c.fake.description.provider)
	c.secret.register(cmd)
	c.target.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&c.fake.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.BoolVar(&c.fake.options.Full, "full", false, "make the members too that may be absent")
	flags.Uint64Var(&c.fake.options.Seed, "seed", 0, "`NUMBER` that decides where there is a choice; 0 takes the first of everything")
	flags.StringVar(&c.event, "event", "", "say that the payload is for this `EVENT`, such as issues.opened")
	flags.StringArrayVarP(&c.headers, "header", "H", nil, "send one more header, as `NAME: VALUE`; repeatable")
	flags.IntVar(&c.attempts, "attempts", 1, "try up to `N` times")
	return cmd
}

func (c *sendCall) run(ctx context.Context, args []string) error {
	switch {
	case len(args) < 2:
		return env.Usagef("send needs a receiver and what to send: plumb webhooks send URL FILE|EVENT [DOC]")
	case len(args) > 3:
		return env.Usagef("send takes a URL, a payload and a description, not %d arguments", len(args))
	case c.attempts < 1 || c.attempts > maxAttempts:
		return env.Usagef("--attempts %d: expected 1 to %d", c.attempts, maxAttempts)
	}
	u, err := c.target.check(args[0])
	if err != nil {
		return err
	}
	p, err := project.Open(c.env, c.fake.config, names.Config())
	if err != nil {
		return err
	}
	provider, err := payload.FindProvider(p, c.fake.description.provider)
	if err != nil {
		return err
	}
	endpoint, err := c.endpoint(args[0], provider)
	if err != nil {
		return err
	}
	m, err := c.message(ctx, provider, args[1], args[2:])
	if err != nil {
		return err
	}
	return c.deliver(ctx, u, endpoint, m)
}

// maxAttempts bounds --attempts: with waits that double they take half an hour.
const maxAttempts = 10

// endpoint is the receiver.
func (c *sendCall) endpoint(target string, provider *webhook.Provider) (send.Endpoint, error) {
	header, err := parseHeaders(c.headers)
	if err != nil {
		return send.Endpoint{}, err
	}
	e := send.Endpoint{ID: "receiver", URL: target, Unsigned: true, Header: header}
	if provider != nil {
		e.EventHeader, e.DeliveryHeader = provider.Routing.EventHeader, provider.Routing.DeliveryHeader
	}
	if c.secret.given() {
		keys, err := c.secret.keyring(c.env, provider, nil)
		if err != nil {
			return e, err
		}
		e.Signer, e.Unsigned = keys, false
	}
	return e, nil
}

// message is what is sent: what a file holds, else a payload of an event.
func (c *sendCall) message(ctx context.Context, provider *webhook.Provider, what string, doc []string) (send.Message, error) {
	var m send.Message
	_, missing := os.Stat(c.env.Path(what))
	if what != "-" && missing != nil && !strings.ContainsAny(what, "/\\") && !strings.HasSuffix(what, ".json") {
		made, err := c.fake.make(ctx, c.env, what, doc)
		if err != nil {
			return m, err
		}
		m = send.Message{Event: made.Event, Action: made.Action, Body: made.JSON}
		c.name(&m)
		return m, nil
	}
	data, err := payload.ReadFile(c.env, what, payload.MaxFile)
	if err != nil {
		return m, env.Incompletef("%s cannot be read: %w", shown(what), err)
	}
	m.Body = data
	var route hook.Routing
	if provider != nil {
		route = hookRouting(&provider.Routing)
	}
	var header map[string][]string
	if strings.HasSuffix(what, payload.RecordingExt) {
		r, err := payload.ParseRecording(data)
		if err != nil {
			return m, env.Incompletef("%s: %w", shown(what), err)
		}
		m.Body, header = r.Payload(), r.Header
	}
	m.Event, m.Action = route.Route(header, m.Body)
	c.name(&m)
	return m, nil
}

// name calls a message what --event says.
func (c *sendCall) name(m *send.Message) {
	if c.event != "" {
		m.Event, m.Action, _ = strings.Cut(c.event, ".")
	}
}

// deliver sends, and tells each attempt.
func (c *sendCall) deliver(ctx context.Context, u *url.URL, endpoint send.Endpoint, m send.Message) error {
	told := make(chan send.Attempt, maxAttempts)
	s, err := send.New(send.Options{
		Endpoints: []send.Endpoint{endpoint}, Timeout: c.target.timeout, Retry: c.retry(), MaxBody: payload.MaxFile,
		Guard: send.Guard{HTTP: true, Networks: networks(), Dial: c.target.dialer(u.Hostname())},
		Log:   quietLog(), Now: c.env.Now, UserAgent: "plumb/" + version.Number,
		Observe: func(a send.Attempt) { told <- a },
	})
	if err != nil {
		return env.Usagef("%s", safe.Line(err.Error()))
	}
	defer func() { _ = s.Close(context.WithoutCancel(ctx)) }()
	if _, err := s.Send(ctx, m); err != nil {
		if errors.Is(err, send.ErrNotJSON) || errors.Is(err, send.ErrTooLarge) {
			return env.Incompletef("%w", err)
		}
		return err
	}
	for n := 1; ; n++ {
		var a send.Attempt
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case a = <-told:
		}
		if _, err := fmt.Fprintln(c.env.Stdout, attemptLine(a, len(m.Body))); err != nil {
			return env.Incompletef("%w", err)
		}
		if a.Class == send.OK || n == c.attempts || a.Class == send.ClassGone || a.Class == send.ClassBlocked {
			return c.verdict(u, a)
		}
	}
}

func attemptLine(a send.Attempt, size int) string {
	answer := string(a.Class)
	if a.Status > 0 {
		answer = fmt.Sprint(a.Status)
		if a.Class != send.OK {
			answer += " " + string(a.Class)
		}
	}
	return fmt.Sprintf("%s  %s  %s", answer, words.Count(size, "byte"), words.Duration(a.Duration))
}

// verdict is what the last attempt means.
func (c *sendCall) verdict(u *url.URL, a send.Attempt) error {
	switch {
	case a.Class == send.OK:
		return nil
	case a.Status > 0:
		return env.Done(env.Findings)
	case !c.target.allows(u.Hostname()) && (a.Class == send.ClassBlocked || a.Class == send.ClassNetwork):
		return env.Incompletef("%s cannot be reached, or its address is neither a loopback nor a private one (--allow-host %s allows it)", u.Hostname(), u.Hostname())
	}
	return env.Incompletef("%s is not delivered: %s", project.PublicURL(u.String()), a.Class)
}

// retry waits two seconds before the second attempt, and twice as long before
// each one after.
func (c *sendCall) retry() send.Retry {
	waits := make([]time.Duration, c.attempts)
	for i := 1; i < len(waits); i++ {
		waits[i] = time.Second << i
	}
	return send.Retry{Waits: waits, MaxRetryAfter: time.Minute}
}

// networks are those that may be sent to although they are not public.
func networks() []netip.Prefix {
	var list []netip.Prefix
	for _, p := range []string{"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"} {
		list = append(list, netip.MustParsePrefix(p))
	}
	return list
}
