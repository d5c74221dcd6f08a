// Package initcmd is the command `plumb init`: it looks for descriptions and
// writes a plumb.yaml that names them.
package initcmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/discover"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/revision"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/internal/words"
)

type options struct {
	force, dryRun bool
	linter        string
}

// New makes the command.
func New(e *env.Env) *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:   "init [flags] [FOLDER]",
		Short: "Find the API descriptions of a project and write its plumb.yaml",
		Long: `It asks nothing: it looks below the FOLDER, which is the working directory
unless given, and writes plumb.yaml there. A REST description and a GraphQL
schema that belong together become one API; the branch that changes are compared
with is the remote's own; a load plan, payloads of webhooks, parity.yaml and
parity.lock are named where they are there, and a policy where the descriptions
show that they are under it. Hidden folders, node_modules and vendor are left
out, and so are folders with a plumb.yaml of their own.

--from takes over the configuration of another linter, and says of each part what
became of it, with its file and line:

  spectral   .spectral.yaml, .yml, .json or .js stays in use under lint.extends
  redocly    redocly.yaml stays in use; its apis and what .redocly.lint-ignore.yaml
             sets aside become those of plumb.yaml
  vacuum     the ruleset of vacuum.conf.yaml stays in use; what its ignore-file
             sets aside becomes lint.ignore

What stays in use counts alone, with its rules and severities: findings are the same.
A file that cannot be read is wrong usage, and nothing is written.`,
		Example: `  plumb init --dry-run
  plumb init && plumb check`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return env.Usagef("init takes one folder, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			folder := "."
			if len(args) == 1 {
				folder = args[0]
			}
			return run(cmd.Context(), e, o, folder)
		},
	}
	cmd.Flags().StringVar(&o.linter, "from", "", "take over the configuration of `LINTER`: spectral, redocly or vacuum")
	cmd.Flags().BoolVar(&o.force, "force", false, "replace a plumb.yaml that is there")
	cmd.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "print what would be written")
	return cmd
}

func run(ctx context.Context, e *env.Env, o *options, folder string) error {
	dir := e.Path(folder)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return env.Usagef("%s is no folder; name the folder of the project", folder)
	}
	path, shown := filepath.Join(dir, config.FileName), filepath.Join(folder, config.FileName)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) && !o.force && !o.dryRun {
		return env.Usagef("%s is there already; --force replaces it, --dry-run shows what would be written", shown)
	}
	moved, err := o.from(ctx, dir, folder)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return env.Incompletef("open %s: %w", folder, err)
	}
	defer func() { _ = root.Close() }()
	found, err := discover.Search(ctx, root.FS())
	if err != nil {
		return env.Incompletef("search %s: %w", folder, err)
	}
	apis := moved.choose(found.APIs(filepath.Base(dir)))
	evidence := gather(root.FS(), &found)
	pairs := 0
	for i := range apis {
		if apis[i].OpenAPI != "" && apis[i].GraphQL != "" {
			pairs++
		}
	}
	if pairs != 1 { // each of several has files of its own
		evidence.decisions, evidence.lock = false, false
	}
	receivers(root.FS(), &found, apis)
	if branch := revision.DefaultBranch(ctx, dir); branch != "" {
		evidence.base = "git:" + branch
	}
	content := write(apis, evidence, moved)
	if o.dryRun {
		moved.tell(e.Stderr, e.Width)
		_, err := io.WriteString(e.Stdout, content)
		return err
	}
	err = output.WriteFile(path, shown, func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	})
	if err != nil {
		return err
	}
	next := "plumb check"
	if len(apis) == 0 {
		next = "name your descriptions under apis:, then: plumb check"
	}
	moved.tell(e.Stdout, e.Width)
	_, err = fmt.Fprintf(e.Stdout, "%s names %s\n%s\n", shown, count(apis, found.Cut), next)
	return err
}

// count says how much is named.
func count(apis []config.API, cut bool) string {
	rest, graphql := 0, 0
	for i := range apis {
		if apis[i].OpenAPI != "" {
			rest++
		}
		if apis[i].GraphQL != "" {
			graphql++
		}
	}
	text := words.Count(rest, "OpenAPI description") + " and " + words.Count(graphql, "GraphQL schema")
	if cut {
		text += "; the project is large, and not all of it was searched"
	}
	return text
}
