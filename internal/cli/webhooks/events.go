package webhooks

import (
	"bufio"
	"context"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/fake"
)

// eventsCall is one call of `plumb webhooks events`.
type eventsCall struct {
	env    *env.Env
	flags  descriptionFlags
	config string
	format env.Choice
}

// newEvents makes the command `plumb webhooks events`.
func newEvents(e *env.Env) *cobra.Command {
	c := &eventsCall{env: e, format: env.Choice{Noun: "format", Words: []string{"text", "json"}, Value: "text"}}
	cmd := &cobra.Command{
		Use:   "events [flags] [DOC|DIR]",
		Short: "List the events that a description has, with their types",
		Long: `DOC is an OpenAPI description (webhooks, x-webhooks, callbacks), a JSON Schema or
an AsyncAPI description; DIR a folder of payloads. Without arguments the
description of plumb.yaml is taken.

Each event is listed as other commands take it, with the type that generate
writes for it. What of the description was not understood is told besides.

Exit codes: 0 listed, 2 wrong usage or nothing that describes an event, 3 the
description cannot be read.`,
		Example: `  plumb webhooks events api/openapi.yaml
  plumb webhooks events --format json api/openapi.yaml`,
		Args: atMost(1, "events takes one description"),
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args) },
	}
	c.flags.register(cmd)
	cmd.Flags().StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	cmd.Flags().VarP(&c.format, "format", "f", "format of the list")
	output.CompleteChoice(cmd, "format", &c.format)
	return cmd
}

// atMost refuses more arguments than a command takes.
func atMost(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > n {
			return env.Usagef("%s, not %d", what, len(args))
		}
		return nil
	}
}

func (c *eventsCall) run(ctx context.Context, args []string) error {
	if err := c.flags.source.Validate(args); err != nil {
		return err
	}
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	arg, err := only(p, args, "plumb webhooks events api/openapi.yaml")
	if err != nil {
		return err
	}
	d, err := c.flags.read(ctx, p, arg)
	if err != nil {
		return err
	}
	sayNotes(p, d.model)
	write := writeEvents
	if c.format.Value == "json" {
		write = writeEventsJSON
	}
	if err := write(c.env, p, d.model); err != nil {
		return env.Incompletef("%w", err)
	}
	return nil
}

// writeEvents lists events for a person.
func writeEvents(e *env.Env, _ *project.Project, m *webhook.Model) error {
	w := bufio.NewWriter(e.Stdout)
	column, types := 0, 0
	for _, x := range m.Events {
		column = max(column, safe.Cells(safe.Line(fake.Name(x))))
		types = max(types, len(x.GoName))
	}
	column = min(column, 60)
	for _, x := range m.Events {
		line := safe.Pad(safe.Line(fake.Name(x)), column) + "  " + safe.Pad(x.GoName, types)
		if text := summary(x); text != "" {
			line += "  " + text
		}
		if x.Deprecated {
			line += "  (deprecated)"
		}
		_, _ = w.WriteString(trimRight(line) + "\n")
	}
	_, _ = w.WriteString("\n" + words.Count(len(m.Events), "event") + ", " + words.Count(len(m.Types), "type") + " · " + routing(&m.Routing) + "\n")
	return w.Flush()
}

func trimRight(s string) string {
	for s != "" && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// summary is the first sentence that the description has for an event.
func summary(x *webhook.Event) string {
	text := x.Summary
	if text == "" {
		text = x.Description
	}
	return firstSentence(safe.Line(text), 70)
}

// firstSentence cuts a text after its first sentence, or where it is too long.
func firstSentence(s string, most int) string {
	r := []rune(s)
	for i, c := range r {
		if c == '.' && (i+1 == len(r) || r[i+1] == ' ') && i < most {
			return string(r[:i])
		}
	}
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}

// routing says how deliveries tell their event.
func routing(r *webhook.Routing) string {
	switch {
	case r.EventHeader != "":
		return "the header " + safe.Line(r.EventHeader) + " tells the event"
	case len(r.EventPointers) > 0:
		return "the member " + safe.Line(r.EventPointers[0]) + " tells the event"
	}
	return "nothing that is described tells the event; --provider says who sends"
}

// listedEvent is an event in JSON.
type listedEvent struct {
	Name       string `json:"name"`
	Event      string `json:"event"`
	Action     string `json:"action"`
	Type       string `json:"type"`
	Summary    string `json:"summary"`
	Deprecated bool   `json:"deprecated"`
	File       string `json:"file"`
	Line       int    `json:"line"`
	Element    string `json:"element"`
}

func writeEventsJSON(e *env.Env, p *project.Project, m *webhook.Model) error {
	list := make([]listedEvent, 0, len(m.Events))
	for _, x := range m.Events {
		list = append(list, listedEvent{
			Name: fake.Name(x), Event: x.Name, Action: x.Action, Type: x.GoName, Summary: x.Summary, Deprecated: x.Deprecated,
			File: p.Shown(x.Location.File), Line: x.Location.Line, Element: x.Location.Element,
		})
	}
	return report.Value(e.Stdout, struct {
		Version int           `json:"version"`
		Name    string        `json:"name"`
		Types   int           `json:"types"`
		Events  []listedEvent `json:"events"`
	}{1, m.Name, len(m.Types), list})
}
