package webhooks

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/fake"
)

// fakeFlags say which payload is made.
type fakeFlags struct {
	description descriptionFlags
	config      string
	options     fake.Options
}

func (f *fakeFlags) register(cmd *cobra.Command) {
	f.description.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.BoolVar(&f.options.Full, "full", false, "make the members too that may be absent")
	flags.Uint64Var(&f.options.Seed, "seed", 0, "`NUMBER` that decides where there is a choice; 0 takes the first of everything")
	flags.BoolVar(&f.options.Example, "example", false, "take the example of the description, where it has one")
}

// newFake makes the command `plumb webhooks fake`.
func newFake(e *env.Env) *cobra.Command {
	f := &fakeFlags{}
	var out string
	cmd := &cobra.Command{
		Use:   "fake [flags] EVENT [DOC]",
		Short: "Make an example payload of an event from its schema",
		Long: `EVENT is the name of an event with its action, such as issues.opened; plumb
webhooks events lists them. DOC is the OpenAPI description; without it that of
plumb.yaml is taken.

The payload is made of the examples, constants and formats of the schema. It is
the same whenever it is made; another --seed makes another one.

Exit codes: 0 made, 2 wrong usage or no such event, 3 the description cannot be
read, or no value can be made of the schema.`,
		Example: `  plumb webhooks fake issueOpened api/openapi.yaml
  plumb webhooks fake --full --seed 7 issueOpened api/openapi.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return env.Usagef("fake needs an event: plumb webhooks fake EVENT [DOC]")
			case len(args) > 2:
				return env.Usagef("fake takes an event and a description, not %d arguments", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := f.make(cmd.Context(), e, args[0], args[1:])
			if err != nil {
				return err
			}
			return writeOut(e, out, indented(p.JSON))
		},
	}
	f.register(cmd)
	cmd.Flags().StringVarP(&out, "output", "o", "", "write to `FILE` instead of standard output")
	return cmd
}

// make makes a payload of an event of the only description that is named.
func (f *fakeFlags) make(ctx context.Context, e *env.Env, event string, args []string) (*fake.Payload, error) {
	p, d, err := f.read(ctx, e, args)
	if err != nil {
		return nil, err
	}
	x, err := findEvent(d.model, event)
	if err != nil {
		return nil, err
	}
	return f.of(p, d, x)
}

// read reads the description.
func (f *fakeFlags) read(ctx context.Context, e *env.Env, args []string) (*project.Project, *description, error) {
	if err := f.description.source.Validate(args); err != nil {
		return nil, nil, err
	}
	p, err := project.Open(e, f.config, names.Config())
	if err != nil {
		return nil, nil, err
	}
	arg, err := only(p, args, "plumb webhooks fake issueOpened api/openapi.yaml")
	if err != nil {
		return nil, nil, err
	}
	d, err := f.description.read(ctx, p, arg)
	return p, d, err
}

// of makes a payload of an event.
func (f *fakeFlags) of(p *project.Project, d *description, x *webhook.Event) (*fake.Payload, error) {
	if d.openapi == nil {
		if len(x.Examples) == 0 {
			return nil, env.Usagef("payloads are made of OpenAPI descriptions only")
		}
		return &fake.Payload{Event: x.Name, Action: x.Action, JSON: x.Examples[0].JSON}, nil
	}
	made, err := fake.Make(d.openapi, d.model, x, f.options)
	switch {
	case errors.Is(err, fake.ErrNoSchema):
		return nil, env.Usagef("%w", err)
	case err != nil:
		return nil, env.Incompletef("%s", safe.Line(err.Error()))
	}
	for _, note := range made.Notes {
		p.Env.Say("plumb: note: %s", safe.Line(note))
	}
	return made, nil
}

// indented is JSON as people read it.
func indented(text []byte) []byte {
	var b bytes.Buffer
	if json.Indent(&b, text, "", "  ") != nil {
		return append(bytes.Clone(text), '\n')
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// writeOut writes to a file, whole or not at all, or to standard output where
// none is named.
func writeOut(e *env.Env, name string, text []byte) error {
	if name == "" || name == "-" {
		if _, err := e.Stdout.Write(text); err != nil {
			return env.Incompletef("%w", err)
		}
		return nil
	}
	f, err := output.Create(e.Path(name), name)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(text); err != nil {
		return env.Incompletef("write %s: %w", name, env.Bare(err))
	}
	return f.Commit()
}
