package integrations

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/integration/catalog/view"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/words"
)

// newExport makes the command `plumb integrations export`.
func newExport(e *env.Env) *cobra.Command {
	f := &catalogFlags{env: e}
	format := env.Choice{Noun: "format", Words: []string{"html", "backstage"}, Value: "html"}
	var file, title, docs string
	cmd := &cobra.Command{
		Use:   "export [flags] [NAME...]",
		Short: "Write the catalog as a site of static pages, or for Backstage",
		Long: `html is a folder: index.html to search and browse, a page and a badge for each
integration. The pages work from a server and from a disk, with and without
JavaScript, and ask nothing of other hosts. A folder that an earlier call wrote is
replaced whole; any other must be empty.

backstage is a file of YAML: a Component and an API for each integration, with the
level in annotations.

Exit codes: 0 written, 2 wrong usage or a manifest that is wrong, 3 interrupted, or
something cannot be written.`,
		Example: `  plumb integrations export --output public/integrations
  plumb integrations export --format backstage --output catalog-info.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := f.project()
			if err != nil {
				return err
			}
			entries, err := f.entries(p, args)
			if err != nil {
				return err
			}
			if format.Value == "backstage" {
				results, err := f.grade(cmd.Context(), entries, false)
				if err != nil {
					return err
				}
				return exportBackstage(e, results, file, docs)
			}
			if file == "" {
				file = "plumb-integrations"
			}
			folder, err := output.CreateFolder(e.Path(file), file)
			if err != nil {
				return err
			}
			defer folder.Abort()
			results, err := f.grade(cmd.Context(), entries, false)
			if err != nil {
				return err
			}
			if err := view.Site(folder, results, view.Options{Title: title}); err != nil {
				return env.Incompletef("%w", err)
			}
			if err := folder.Commit(); err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.Stdout, "%s, %s in %s\nopen %s\n", words.Count(len(results), "integration"), words.Count(len(results)+1, "page"), file, path.Join(file, "index.html"))
			return written(err)
		},
		ValidArgsFunction: completeNames,
	}
	f.register(cmd, true)
	flags := cmd.Flags()
	flags.VarP(&format, "format", "f", "what to write")
	flags.StringVarP(&file, "output", "o", "", "write to `FOLDER`, or to a file for backstage (default plumb-integrations, or standard output)")
	flags.StringVar(&title, "title", "Integrations", "what the catalog is called")
	flags.StringVar(&docs, "docs-url", "", "`URL` of the site, so that entities of Backstage link to the pages")
	output.CompleteChoice(cmd, "format", &format)
	return cmd
}

func exportBackstage(e *env.Env, results []*catalog.Result, file, docs string) error {
	page := func(name string) string {
		if docs == "" {
			return ""
		}
		return strings.TrimSuffix(docs, "/") + "/" + name + ".html"
	}
	write := func(w io.Writer) error { return catalog.WriteBackstage(w, results, page) }
	if file == "" || file == "-" {
		return written(write(e.Stdout))
	}
	return output.WriteFile(e.Path(file), file, write)
}

// WriteSite writes the pages of all integrations of a project, graded now, into
// another site.
func WriteSite(ctx context.Context, p *project.Project, w view.Writer, o view.Options) error {
	f := &catalogFlags{env: p.Env, maxAge: catalog.DefaultMaxAge}
	entries, err := f.entries(p, nil)
	if err != nil {
		return err
	}
	results, err := f.grade(ctx, entries, true)
	if err != nil {
		return err
	}
	return written(view.Site(w, results, o))
}
