package lifecycle

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	lifecyclelib "github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/view"
	"github.com/plumbapi/plumb/report"
)

// changelogFlags are the flags of `plumb lifecycle changelog`.
type changelogFlags struct {
	source source.Flags
	config string

	format       env.Choice
	output       string
	title        string
	from, to     string
	checkVersion bool
	quiet        bool
}

// newChangelog makes the command `plumb lifecycle changelog`.
func newChangelog(e *env.Env) *cobra.Command {
	f := &changelogFlags{}
	cmd := &cobra.Command{
		Use:   "changelog [flags] BASE REVISION",
		Short: "Write what changed between two versions for those who use the API",
		Long: `BASE and REVISION are two versions of one OpenAPI description (2.0 to 3.2), or
of one GraphQL schema. Each is given as a path, - for standard input, a URL or
REVISION:PATH, which is read from git.

The changelog has what breaks first, then what is deprecated with its dates and
what to use instead, then what is new and what else changed, each by resource:
the tag or the first segment of the path for REST, the type for GraphQL. It says
which version number the changes call for, and whether a product that removes
things at X.0 only may release them. Versions are those of info.version, for
GraphQL the revisions of git, unless --from and --to name them.

Exit codes: 0 it is written, 1 with --check-version where the version is too
small a step for the changes, 2 wrong usage or configuration, 3 something could
not be read.`,
		Example: `  plumb lifecycle changelog main:api/openapi.yaml api/openapi.yaml
  plumb lifecycle changelog --format html --output changelog.html old.graphql new.graphql`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), e, args) },
	}
	f.source.Register(cmd)
	f.format = env.Choice{Noun: "format", Words: []string{"markdown", "html", "json"}, Value: "markdown"}
	flags := cmd.Flags()
	flags.StringVar(&f.config, "config", "", "configuration `FILE` (default the next plumb.yaml upwards)")
	flags.VarP(&f.format, "format", "f", "format of the changelog")
	flags.StringVarP(&f.output, "output", "o", "", "write the changelog to `FILE` instead of standard output")
	flags.StringVar(&f.title, "title", "", "what the API is called (default the title of the description)")
	flags.StringVar(&f.from, "from", "", "the `VERSION` of BASE, such as 15.7")
	flags.StringVar(&f.to, "to", "", "the `VERSION` of REVISION, such as 15.8")
	flags.BoolVar(&f.checkVersion, "check-version", false, "exit with 1 where the version is too small a step for the changes")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "show no progress")
	output.CompleteChoice(cmd, "format", &f.format)
	return cmd
}

func (f *changelogFlags) run(ctx context.Context, e *env.Env, args []string) error {
	if len(args) != 2 {
		return env.Usagef("changelog takes two versions of a description, and %s given: plumb lifecycle changelog main:api/openapi.yaml api/openapi.yaml", areGiven(len(args)))
	}
	if err := f.source.Validate(args); err != nil {
		return err
	}
	p, err := project.Open(e, f.config, names.Config())
	if err != nil {
		return err
	}
	v := &versions{project: p, args: [2]string(args)}
	if v.loader, err = f.source.Loader(p, userAgent); err != nil {
		return err
	}
	defer v.loader.Close()
	out := e.Stdout
	var file *output.File
	if f.output != "" && f.output != "-" {
		if file, err = output.Create(e.Path(f.output), f.output); err != nil {
			return err
		}
		defer file.Abort()
		out = file
	}
	stop := progress.Start(e, f.quiet, func() string { return "comparing" })
	defer stop()
	if err := v.load(ctx); err != nil {
		return err
	}
	l, err := v.changelog()
	if err != nil {
		return err
	}
	l.Between(first(f.from, v.gitVersion(0)), first(f.to, v.gitVersion(1)))
	if f.checkVersion && l.Advice.Actual == "" {
		return env.Usagef("--check-version needs versions such as 1.4.0 on both sides, and these are %q and %q; name them with --from and --to", l.BaseVersion, l.RevisionVersion)
	}
	stop()
	if err := f.write(out, v, l); err != nil {
		return env.Incompletef("%w", err)
	}
	if file != nil {
		if err := file.Commit(); err != nil {
			return err
		}
	}
	if f.checkVersion && l.Advice.Disagrees {
		return env.Done(env.Findings)
	}
	return nil
}

func (f *changelogFlags) write(w io.Writer, v *versions, l *lifecyclelib.Changelog) error {
	if f.format.Value == "json" {
		return report.Value(w, v.shown(l))
	}
	o := view.ChangelogOptions{Title: f.title, Base: v.label(0), Revision: v.label(1)}
	if f.format.Value == "html" {
		return view.ChangelogHTML(w, l, o)
	}
	return view.ChangelogMarkdown(w, l, o)
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
