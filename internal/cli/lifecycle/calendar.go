package lifecycle

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/words"
	lifecyclelib "github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/view"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/report"
)

// calendarCall is one call of `plumb lifecycle calendar`.
type calendarCall struct {
	env    *env.Env
	life   *life
	flags  lifeFlags
	config string
	format env.Choice
	color  env.Choice
	output string
	name   string
	all    bool
	file   *output.File
}

// newCalendar makes the command `plumb lifecycle calendar`.
func newCalendar(e *env.Env) *cobra.Command {
	c := &calendarCall{env: e}
	cmd := &cobra.Command{
		Use:   "calendar [flags] [DOC...]",
		Short: "List what is deprecated by the day on which it goes",
		Long: `DOC is an OpenAPI description (2.0 to 3.2) or a GraphQL schema (SDL or
introspection JSON), given as a path, a pattern, - for standard input, a URL
or REVISION:PATH. Without arguments those of plumb.yaml are taken.

An element goes on the day that its description says, else on the first day
that the policy allows, which is then said. The format ical is a calendar file
(RFC 5545) for calendar programs; overlay is an OpenAPI Overlay that writes
x-deprecated-at, x-sunset and x-replaced-by into one OpenAPI description.

Exit codes: 0 listed, 2 wrong usage or configuration, 3 something could not be
read or written.`,
		Example: `  plumb lifecycle calendar api/openapi.yaml api/schema.graphql
  plumb lifecycle calendar --policy gitlab --format ical --output sunsets.ics api/schema.graphql`,
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if err := c.prepare(args); err != nil {
				return err
			}
			return c.run(cmd.Context())
		},
	}
	c.flags.register(cmd)
	c.format = env.Choice{Noun: "format", Words: []string{"text", "json", "markdown", "html", "ical", "overlay"}, Value: "text"}
	c.color = env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"}
	flags := cmd.Flags()
	flags.VarP(&c.format, "format", "f", "format of the calendar")
	flags.StringVarP(&c.output, "output", "o", "", "write the calendar to `FILE` instead of standard output")
	flags.StringVar(&c.name, "name", "", "`NAME` of the product in a calendar file and an overlay (default that of the folder)")
	flags.BoolVar(&c.all, "all", false, "list everything (text, markdown)")
	flags.Var(&c.color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	flags.StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	output.CompleteChoice(cmd, "format", &c.format)
	output.CompleteChoice(cmd, "color", &c.color)
	_ = cmd.RegisterFlagCompletionFunc("config", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml"}, cobra.ShellCompDirectiveFilterFileExt
	})
	return cmd
}

// prepare does all that can show wrong usage before a description is read.
func (c *calendarCall) prepare(args []string) error {
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	if c.life, err = c.flags.prepare(p, args, "plumb lifecycle calendar api/openapi.yaml"); err != nil {
		return err
	}
	if c.life.loader, err = c.flags.source.Loader(p, "plumb/"+version.Number); err != nil {
		return err
	}
	if c.output != "" && c.output != "-" {
		c.file, err = output.Create(c.env.Path(c.output), c.output)
	}
	return err
}

func (c *calendarCall) close() {
	if c.life != nil && c.life.loader != nil {
		c.life.loader.Close()
	}
	if c.file != nil {
		c.file.Abort()
	}
}

func (c *calendarCall) run(ctx context.Context) error {
	stop := progress.Start(c.env, false, func() string { return "reading " + words.Count(len(c.life.args), "description") })
	err := c.life.load(ctx)
	stop()
	if err != nil {
		return err
	}
	if err := c.life.unreadable(); err != nil {
		return err
	}
	calendar := lifecyclelib.NewCalendar(c.life.Policy, c.life.now, c.life.inventories...)
	w := c.env.Stdout
	if c.file != nil {
		w = c.file
	}
	if err := c.write(w, calendar); err != nil {
		return err
	}
	if c.file != nil {
		return c.file.Commit()
	}
	return nil
}

// write writes the calendar in the format that was asked for.
func (c *calendarCall) write(w io.Writer, calendar *lifecyclelib.Calendar) error {
	o := view.Options{All: c.all, Shown: c.life.project.Shown, Stamp: c.life.now, Name: c.product()}
	switch c.format.Value {
	case "json":
		return report.Value(w, view.CalendarJSON(calendar, o))
	case "markdown":
		return view.CalendarMarkdown(w, calendar, o)
	case "html":
		return view.CalendarHTML(w, calendar, o)
	case "ical":
		return view.ICal(w, calendar, o)
	case "overlay":
		return c.overlay(w, calendar, o)
	}
	o.Width, o.Color = c.env.Width, c.file == nil && c.env.Color(c.color.Value)
	return view.CalendarText(w, calendar, o)
}

// overlay writes an overlay for the one OpenAPI description.
func (c *calendarCall) overlay(w io.Writer, calendar *lifecyclelib.Calendar, o view.Options) error {
	var doc *openapi.Document
	n := 0
	for _, d := range c.life.docs {
		if d.OpenAPI != nil {
			doc, n = d.OpenAPI, n+1
		}
	}
	if n != 1 {
		return env.Usagef("an overlay is for one OpenAPI description, and %s given; name one", given(n))
	}
	overlay, skipped := view.NewOverlay(calendar, doc, o)
	if skipped > 0 {
		c.env.Say("plumb: %s in other files than %s, which an overlay cannot reach", words.Count(skipped, "deprecated element"), c.life.project.Shown(doc.Source().Name()))
	}
	return view.WriteOverlay(w, overlay)
}

func given(n int) string {
	switch n {
	case 0:
		return "none is"
	case 1:
		return "one is"
	}
	return words.Number(n) + " are"
}

// product names what the descriptions are of: as the flag has it, as
// plumb.yaml names its only API, else as the folder is called.
func (c *calendarCall) product() string {
	p := c.life.project
	switch {
	case c.name != "":
		return c.name
	case len(p.Config.APIs) == 1:
		return p.Config.APIs[0].Name
	case p.Repository != "":
		return filepath.Base(p.Repository)
	}
	if base := filepath.Base(p.Env.Dir); base != string(os.PathSeparator) {
		return base
	}
	return ""
}
