package webhooks

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/generate"
)

// language is what can be generated.
type language struct {
	name  string
	write func(*webhook.Model, generate.Options) ([]generate.File, error)
}

// languages are all, the default first.
func languages() []language {
	return []language{
		{"go", generate.Go},
		{"ts", func(m *webhook.Model, o generate.Options) ([]generate.File, error) {
			return generate.TypeScript(m, o), nil
		}},
		{"schema", func(m *webhook.Model, _ generate.Options) ([]generate.File, error) { return generate.Schemas(m) }},
	}
}

func languageNames() []string {
	var list []string
	for _, l := range languages() {
		list = append(list, l.name)
	}
	return list
}

// lockName is the file with the names that types were given.
const lockName = "names.lock"

// generateCall is one call of `plumb webhooks generate`.
type generateCall struct {
	env      *env.Env
	flags    descriptionFlags
	config   string
	language env.Choice
	pkg      string
	output   string
	check    bool
	quiet    bool
}

// newGenerate makes the command `plumb webhooks generate`.
func newGenerate(e *env.Env) *cobra.Command {
	c := &generateCall{env: e, language: env.Choice{Noun: "language", Words: languageNames(), Value: languages()[0].name}}
	cmd := &cobra.Command{
		Use:   "generate [flags] [DOC|DIR]",
		Short: "Generate typed payloads and handlers from a description of webhooks",
		Long: `DOC is an OpenAPI description (webhooks, x-webhooks, callbacks), a JSON Schema or
an AsyncAPI description, or payloads alone, one a line (.jsonl) or a recorded
delivery (.http); DIR a folder of schemas or of payloads. Without arguments the description of plumb.yaml is taken.

--lang go writes a package, ts a module of declarations, schema a JSON Schema for
each event with a list of them.

The files go to the folder --output, by default one named after the package. All
of them are written, or none. Generated files there that are generated no more
are removed; files that do not say that they are generated are never touched.
Beside them stands names.lock, which keeps the names of types when the
description changes; commit it.

--check writes nothing and fails where the files are not as they would be
written.

Exit codes: 0 written, 1 --check found files that are out of date, 2 wrong usage
or no webhooks in the description, 3 something could not be read or written.`,
		Example: `  plumb webhooks generate --output tracker api/openapi.yaml
  plumb webhooks generate --package tracker --check --output tracker api/openapi.yaml`,
		Args: atMost(1, "generate takes one description"),
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args) },
	}
	c.flags.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.Var(&c.language, "lang", "what to generate")
	flags.StringVar(&c.pkg, "package", "", "`NAME` of the package (default that of the sender or the API)")
	flags.StringVarP(&c.output, "output", "o", "", "write to this `FOLDER` (default the name of the package)")
	flags.BoolVar(&c.check, "check", false, "write nothing; fail where files are out of date")
	flags.BoolVarP(&c.quiet, "quiet", "q", false, "say nothing of what was written")
	output.CompleteChoice(cmd, "lang", &c.language)
	return cmd
}

func (c *generateCall) run(ctx context.Context, args []string) error {
	if err := c.flags.source.Validate(args); err != nil {
		return err
	}
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	arg, err := only(p, args, "plumb webhooks generate api/openapi.yaml")
	if err != nil {
		return err
	}
	if c.output != "" {
		if c.flags.lock, err = c.readLock(); err != nil {
			return err
		}
	}
	c.flags.name = c.pkg
	d, err := c.flags.read(ctx, p, arg)
	if err != nil {
		return err
	}
	if c.output == "" {
		if d, err = c.rename(ctx, p, arg, d); err != nil {
			return err
		}
	}
	if !c.quiet {
		sayNotes(p, d.model)
	}
	files, err := c.files(d.model)
	if err != nil {
		return env.Usagef("%s", safe.Line(err.Error()))
	}
	folder := &outputFolder{env: c.env, name: c.output, path: c.env.Path(c.output)}
	plan, err := folder.plan(files)
	if err != nil {
		return err
	}
	if c.check {
		return c.judge(plan)
	}
	if err := folder.write(plan); err != nil {
		return err
	}
	return c.say(d.model, files, plan)
}

// rename names the folder after the package, and reads again where that has
// names already.
func (c *generateCall) rename(ctx context.Context, p *project.Project, arg string, d *description) (*description, error) {
	c.output = d.model.Name
	if c.pkg != "" {
		c.output = c.pkg
	}
	var err error
	if c.flags.lock, err = c.readLock(); err != nil || c.flags.lock == nil {
		return d, err
	}
	return c.flags.read(ctx, p, arg)
}

// readLock reads names.lock in the folder, nil where there is none.
func (c *generateCall) readLock() (*webhook.Lock, error) {
	name := filepath.Join(c.output, lockName)
	data, err := os.ReadFile(c.env.Path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, env.Incompletef("%s cannot be read: %w", name, env.Bare(err))
	}
	lock, err := webhook.ParseLock(data)
	if err != nil {
		return nil, env.Usagef("%s: %w; mend it, or remove it so that types are named anew", name, err)
	}
	return lock, nil
}

// files are the files of the package, and its names.
func (c *generateCall) files(m *webhook.Model) ([]generate.File, error) {
	for _, l := range languages() {
		if l.name == c.language.Value {
			files, err := l.write(m, generate.Options{Package: c.pkg})
			if err != nil {
				return nil, err
			}
			return append(files, generate.File{Name: lockName, Data: m.Lock().Bytes()}), nil
		}
	}
	return nil, fmt.Errorf("nothing generates %q", c.language.Value)
}

// judge says which files are out of date.
func (c *generateCall) judge(plan *writePlan) error {
	if len(plan.changed)+len(plan.stale) == 0 {
		return nil
	}
	for _, f := range plan.changed {
		_, _ = fmt.Fprintf(c.env.Stdout, "%s is out of date\n", safe.Line(filepath.ToSlash(filepath.Join(c.output, f.Name))))
	}
	for _, name := range plan.stale {
		_, _ = fmt.Fprintf(c.env.Stdout, "%s is generated no more\n", safe.Line(filepath.ToSlash(filepath.Join(c.output, name))))
	}
	return env.Done(env.Findings)
}

// say says what was written.
func (c *generateCall) say(m *webhook.Model, files []generate.File, plan *writePlan) error {
	if c.quiet {
		return nil
	}
	lines := 0
	for _, f := range files {
		lines += strings.Count(string(f.Data), "\n")
	}
	text := fmt.Sprintf("%s: %s, %s, %s in %s lines", safe.Line(c.output), words.Count(len(m.Events), "event"), words.Count(len(m.Types), "type"),
		words.Count(len(files), "file"), words.Number(lines))
	if n := len(plan.stale); n > 0 {
		text += "; " + words.Count(n, "file") + " generated no more is removed"
	}
	if len(plan.changed)+len(plan.stale) == 0 {
		text += "; nothing has changed"
	}
	if _, err := fmt.Fprintln(c.env.Stdout, text); err != nil {
		return env.Incompletef("%w", err)
	}
	return nil
}
