package perf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
	perflib "github.com/plumbapi/plumb/perf"
)

// initCall is one call of `plumb perf init`.
type initCall struct {
	env           *env.Env
	config        string
	output        string
	weights, from string
	urgency       env.Choice
	force, dryRun bool
	project       *project.Project
	path          string // of the file to write
}

// newInit makes the command `plumb perf init`.
func newInit(e *env.Env) *cobra.Command {
	c := &initCall{env: e, urgency: env.Choice{Noun: "urgency", Words: []string{"high", "medium", "default", "low"}, Value: "default"}}
	cmd := &cobra.Command{
		Use:   "init [flags] [DOC...]",
		Short: "Write a load plan from API descriptions",
		Long: `DOC is an OpenAPI description (2.0 to 3.2) or a GraphQL schema. Without
arguments those of plumb.yaml are taken.

The plan has every read whose values are known: from examples, defaults and
enums of the description, or from the answers of another read, which a pool then
carries over. Reads of which more has to be told are in it as comments. It has
no writes.

--weights takes counts, such as those of an access log, as CSV with the header
operation,count. --from takes the objectives that production has already, as
documents in OpenSLO v1.

Exit codes: 0 written, 2 wrong usage, 3 something could not be read or written.`,
		Example: `  plumb perf init api/openapi.yaml api/schema.graphql
  plumb perf init --urgency high --weights counts.csv --dry-run api/openapi.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringVarP(&c.output, "output", "o", plan.FileName, "write to `FILE`")
	flags.StringVar(&c.weights, "weights", "", "`FILE` that says how often each operation is asked for: operation,count")
	flags.StringVar(&c.from, "from", "", "`FILE` with the objectives of production in OpenSLO v1")
	flags.Var(&c.urgency, "urgency", "what operations owe of which nothing else is said")
	flags.BoolVar(&c.force, "force", false, "replace a plan that is there")
	flags.BoolVarP(&c.dryRun, "dry-run", "n", false, "print what would be written")
	output.CompleteWords(cmd, "urgency", func() []string { return c.urgency.Words })
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml", "json", "graphql", "graphqls", "gql"}, cobra.ShellCompDirectiveFilterFileExt
	}
	return cmd
}

func (c *initCall) run(ctx context.Context, args []string) error {
	var err error
	if c.project, err = project.Open(c.env, c.config, names.Config()); err != nil {
		return err
	}
	c.path = c.env.Path(c.output)
	if _, err := os.Lstat(c.path); !errors.Is(err, fs.ErrNotExist) && !c.force && !c.dryRun {
		return env.Usagef("%s is there already; --force replaces it, --dry-run shows what would be written", c.output)
	}
	if args, err = c.project.Descriptions(args, "plumb perf init api/openapi.yaml"); err != nil {
		return err
	}
	o := perflib.DraftOptions{Service: c.service(), Urgency: c.urgency.Value}
	descriptions, _, err := plan.Describe(ctx, c.project, nil, c.env.Dir, args)
	if err != nil {
		return err
	}
	for i, d := range descriptions {
		d.Name = c.fromPlan(args[i])
		o.Descriptions = append(o.Descriptions, d)
	}
	if c.weights != "" {
		if o.Weights, err = readWeights(c.env.Path(c.weights), c.weights); err != nil {
			return err
		}
	}
	if c.from != "" {
		if o.Production, err = readOpenSLO(c.project, c.from); err != nil {
			return err
		}
		c.sayUnread(o.Production)
	}
	text, notes, err := perflib.Draft(o)
	if err != nil {
		return env.Usagef("%s: %w", c.weights, err)
	}
	for _, note := range notes {
		c.env.Say("plumb: note: %s", safe.Line(note))
	}
	return c.write(text)
}

// service is the name of the first API of plumb.yaml, else that of the folder.
func (c *initCall) service() string {
	for _, api := range c.project.Config.APIs {
		return api.Name
	}
	return filepath.Base(c.project.Root)
}

// fromPlan returns an argument as the plan has to name it.
func (c *initCall) fromPlan(arg string) string {
	if project.IsURL(arg) {
		return arg
	}
	if rel, err := filepath.Rel(filepath.Dir(c.path), c.env.Path(arg)); err == nil {
		return filepath.ToSlash(rel)
	}
	return arg
}

func (c *initCall) sayUnread(p *perflib.Production) {
	for _, u := range p.Unread {
		c.env.Say("plumb: note: %s", safe.Line(fmt.Sprintf("%s:%d:%d: %s", c.from, u.Line, u.Column, u.Message)))
	}
}

func (c *initCall) write(text []byte) error {
	if c.dryRun {
		if _, err := c.env.Stdout.Write(text); err != nil {
			return env.Incompletef("%w", err)
		}
		return nil
	}
	err := output.WriteFile(c.path, c.output, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.env.Stdout, "%s is written; look it over, then: plumb perf lint %s && plumb perf run %s\n", c.output, c.output, c.output)
	return err
}
