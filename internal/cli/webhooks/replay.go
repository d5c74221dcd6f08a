package webhooks

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
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
	"github.com/plumbapi/plumb/webhook/signature"
)

// replayCall is one call of `plumb webhooks replay`.
type replayCall struct {
	env      *env.Env
	secret   secretFlags
	target   targetFlags
	config   string
	provider string
	to       string
	wait     time.Duration
}

// newReplay makes the command `plumb webhooks replay`.
func newReplay(e *env.Env) *cobra.Command {
	c := &replayCall{env: e}
	cmd := &cobra.Command{
		Use:   "replay [flags] --to URL DIR|DELIVERY...",
		Short: "Send recorded deliveries again",
		Long: `DELIVERY is a file that plumb webhooks listen has recorded, DIR a folder of them.
They are sent to --to in the order of their names, one after the other, with the
headers and the body that they came with; each answer is told.

Where --secret-env names a secret they are signed anew, by --scheme or as
--provider signs, with the time of sending: a receiver refuses an old time. The id
of a delivery stays the same, so that a receiver can tell that it has seen it.

Deliveries go to loopback and private addresses; --allow-host allows another.

Exit codes: 0 all were taken (2xx), 1 some were not, 2 wrong usage, 3 a file
cannot be read, or the receiver cannot be reached.`,
		Example: `  plumb webhooks replay --to http://127.0.0.1:8080/hooks deliveries
  plumb webhooks replay --to http://127.0.0.1:8080/hooks --scheme github --secret-env WEBHOOK_SECRET deliveries/issues.http`,
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args) },
	}
	c.secret.register(cmd)
	c.target.register(cmd)
	registerProvider(cmd, &c.provider)
	flags := cmd.Flags()
	flags.StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringVar(&c.to, "to", "", "send to this `URL`")
	flags.DurationVar(&c.wait, "wait", 0, "wait for `TIME` between two deliveries")
	return cmd
}

func (c *replayCall) run(ctx context.Context, args []string) error {
	switch {
	case c.to == "":
		return env.Usagef("replay needs to know where to: plumb webhooks replay --to http://127.0.0.1:8080/hooks DIR")
	case len(args) == 0:
		return env.Usagef("replay needs recorded deliveries: plumb webhooks replay --to %s DIR", safe.ShellWord(project.PublicURL(c.to)))
	case c.wait < 0:
		return env.Usagef("--wait: expected a time of 0 or more")
	}
	u, err := c.target.check(c.to)
	if err != nil {
		return err
	}
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	provider, err := payload.FindProvider(p, c.provider)
	if err != nil {
		return err
	}
	var keys *signature.Keyring
	if c.secret.given() {
		if keys, err = c.secret.keyring(c.env, provider, nil); err != nil {
			return err
		}
	}
	recordings, err := c.read(args)
	if err != nil {
		return err
	}
	return c.send(ctx, u, provider, keys, recordings)
}

// namedRecording is a recording with its file as it was typed.
type namedRecording struct {
	name string
	*payload.Recording
}

func (c *replayCall) read(args []string) ([]namedRecording, error) {
	var list []namedRecording
	for _, arg := range args {
		files, err := payload.Files(c.env, arg, func(name string) bool { return strings.EqualFold(path.Ext(name), payload.RecordingExt) })
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			data, err := payload.ReadFile(c.env, name, payload.MaxFile)
			if err == nil {
				var r *payload.Recording
				if r, err = payload.ParseRecording(data); err == nil {
					list = append(list, namedRecording{name, r})
				}
			}
			if err != nil {
				return nil, env.Incompletef("%s cannot be sent: %w", shown(name), err)
			}
		}
	}
	return list, nil
}

// send sends all, and tells each answer.
func (c *replayCall) send(ctx context.Context, u *url.URL, provider *webhook.Provider, keys *signature.Keyring, list []namedRecording) error {
	client := c.target.client(u.Hostname())
	taken := 0
	for i, r := range list {
		if i > 0 && c.wait > 0 {
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-time.After(c.wait):
			}
		}
		start := c.env.Now()
		status, err := c.post(ctx, client, u, provider, keys, r.Recording)
		if err != nil {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if errors.Is(err, errFar) {
				return c.target.refusal(u.Hostname())
			}
			return env.Incompletef("%s is not delivered, %d of %d were: %s", shown(r.name), taken, len(list), safe.Line(plain(err).Error()))
		}
		if status/100 == 2 {
			taken++
		}
		if _, err := fmt.Fprintf(c.env.Stdout, "%d  %s  %s\n", status, safe.Line(r.name), words.Duration(c.env.Now().Sub(start))); err != nil {
			return env.Incompletef("%w", err)
		}
	}
	if _, err := fmt.Fprintf(c.env.Stdout, "\n%d of %s taken\n", taken, deliveries(len(list))); err != nil {
		return env.Incompletef("%w", err)
	}
	if taken < len(list) {
		return env.Done(env.Findings)
	}
	return nil
}

// plain takes the method and the URL off an error of net/http.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// post sends one delivery.
func (c *replayCall) post(ctx context.Context, client *http.Client, u *url.URL, provider *webhook.Provider, keys *signature.Keyring, r *payload.Recording) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(r.Body))
	if err != nil {
		return 0, err
	}
	req.Header = r.Header.Clone()
	for _, name := range []string{"Host", "Content-Length", "Connection", "Transfer-Encoding", "Accept-Encoding", "Expect", "Te", "Upgrade"} {
		req.Header.Del(name)
	}
	if keys != nil {
		if err := sign(req.Header, provider, keys, r, c.env.Now()); err != nil {
			return 0, err
		}
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, maxAnswer))
	return resp.StatusCode, err
}

// maxAnswer is how much of an answer is read.
const maxAnswer = 1 << 20

// sign takes off signatures that were recorded, and signs anew.
func sign(header http.Header, provider *webhook.Provider, keys *signature.Keyring, r *payload.Recording, now time.Time) error {
	for _, name := range signature.Names() {
		schemes, err := signature.Schemes(name)
		if err != nil {
			return err
		}
		for _, s := range schemes {
			header.Del(s.Header)
		}
	}
	var route hook.Routing
	if provider != nil {
		route = hookRouting(&provider.Routing)
	}
	id := route.ID(r.Header, r.Payload())
	if id == "" {
		id = r.Header.Get("webhook-id")
	}
	if id == "" {
		id = "replay_" + now.UTC().Format("20060102150405.000000000")
	}
	return keys.Sign(header, id, r.Body, now)
}
