package docs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/words"
)

// buildCall is one call of `plumb docs build`.
type buildCall struct {
	env     *env.Env
	source  source.Flags
	config  string
	output  string
	title   string
	baseURL string
	// linksBase is where relative links of descriptions lead from.
	linksBase string
	lang      string
	guides    string
	pages     []string
	noPaths   bool
	quiet     bool
	attach    attachFlags
	texts     []apidocs.Text

	project *project.Project
	loader  *source.Loader
	folder  *output.Folder
	args    []string
}

// newBuild makes the command `plumb docs build`.
func newBuild(e *env.Env) *cobra.Command {
	c := &buildCall{env: e}
	cmd := &cobra.Command{
		Use:   "build [flags] [DOC...]",
		Short: "Write the reference site",
		Long: `DOC is an OpenAPI description (2.0 to 3.2) or a GraphQL schema (SDL or
introspection JSON), given as a path, a pattern, - for standard input, a URL
or REVISION:PATH. Without arguments those of plumb.yaml are taken.

The site is a folder of static pages, one for each operation, webhook, type and
GraphQL field, that work from a server and from a disk, with and without
JavaScript, and ask nothing of other hosts. Every page has a twin in Markdown,
listed in llms.txt. A folder that an earlier call wrote is replaced whole; any
other folder must be empty.

Guides for a first call, lists, errors and webhooks are made from the
descriptions; those in the folder of --guides, Markdown files in the order of
their names, follow. In them a line {{ operation GET /issues }} stands for an
operation, and so do schema, webhook, field, type, and {{ sample GET /issues Go }};
[text](<ref:GET /issues>) is a link. What the descriptions do not have is an
error.

Exit codes: 0 written, 2 wrong usage or configuration, 3 something could not be
read or written.`,
		Example: `  plumb docs build api/openapi.yaml api/schema.graphql
  plumb docs build --output public --base-url https://docs.example.com/api/ api/openapi.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if err := c.prepare(args); err != nil {
				return err
			}
			return c.run(cmd.Context())
		},
	}
	c.source.Register(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&c.output, "output", "o", "plumb-docs", "write the site to `FOLDER`")
	flags.StringVar(&c.title, "title", "", "what the product is called (default the title of the first description)")
	flags.StringVar(&c.baseURL, "base-url", "", "`URL` where the site will stand, for canonical links and the site map")
	flags.StringVar(&c.linksBase, "links-base", "", "`URL` that relative links in descriptions are meant from (default that of their externalDocs)")
	flags.StringVar(&c.lang, "lang", "en", "language of the descriptions, such as en or pt-BR")
	flags.StringVar(&c.guides, "guides", "", "`FOLDER` of guides in Markdown")
	flags.StringArrayVar(&c.pages, "page", nil, "a `FILE` in Markdown that becomes a page, such as a changelog; repeatable")
	flags.BoolVar(&c.noPaths, "no-paths", false, "make no guides from the descriptions")
	c.attach.register(flags)
	flags.StringVar(&c.config, "config", "", "configuration `FILE` (default the next plumb.yaml upwards)")
	flags.BoolVarP(&c.quiet, "quiet", "q", false, "show no progress, and no summary")
	return cmd
}

// prepare does all that can show wrong usage before a description is read.
func (c *buildCall) prepare(args []string) (err error) {
	if c.baseURL != "" {
		u, err := url.Parse(c.baseURL)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return env.Usagef("--base-url %q is no address of a site; write it as https://docs.example.com/api/", c.baseURL)
		}
		c.baseURL = strings.TrimSuffix(c.baseURL, "/") + "/"
	}
	if u, err := url.Parse(c.linksBase); c.linksBase != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return env.Usagef("--links-base %q is no address of documentation; write it as https://docs.example.com/", c.linksBase)
	}
	if c.project, err = project.Open(c.env, c.config, names.Config()); err != nil {
		return err
	}
	if c.args, err = c.project.Descriptions(args, "plumb docs build api/openapi.yaml"); err != nil {
		return err
	}
	if err = c.source.Validate(c.args); err != nil {
		return err
	}
	if c.texts, err = readTexts(c.env, c.guides, c.pages); err != nil {
		return err
	}
	if c.loader, err = c.source.Loader(c.project, "plumb/"+version.Number); err != nil {
		return err
	}
	c.folder, err = output.CreateFolder(c.env.Path(c.output), c.output)
	return err
}

func (c *buildCall) close() {
	if c.loader != nil {
		c.loader.Close()
	}
	if c.folder != nil {
		c.folder.Abort()
	}
}

func (c *buildCall) run(ctx context.Context) error {
	started := c.env.Now()
	var done, of atomic.Int64
	stop := progress.Start(c.env, c.quiet, func() string {
		if of.Load() == 0 {
			return "reading " + words.Count(len(c.args), "description")
		}
		return fmt.Sprintf("%s of %s", words.Number(int(done.Load())), words.Count(int(of.Load()), "page"))
	})
	defer stop()
	in, err := c.read(ctx)
	if err != nil {
		return err
	}
	if err := c.attach.find(ctx, c.project, &in, c.env.Now()); err != nil {
		return err
	}
	ref, err := apidocs.Read(in)
	if err != nil {
		return env.Usagef("%w", err)
	}
	summary, err := site.Build(ctx, ref, site.Options{
		BaseURL: c.baseURL, LinksBase: c.linksBase, Language: c.lang,
		Progress: func(d, n int) { done.Store(int64(d)); of.Store(int64(n)) },
	}, c.folder)
	if err != nil {
		return env.Incompletef("%w", err)
	}
	if err := c.folder.Commit(); err != nil {
		return err
	}
	stop()
	if !c.quiet {
		c.say(c.env.Stdout, ref, summary, c.env.Now().Sub(started))
	}
	return nil
}

// read loads the descriptions side by side.
func (c *buildCall) read(ctx context.Context) (apidocs.Input, error) {
	in := apidocs.Input{Title: c.title, Texts: c.texts, NoPaths: c.noPaths}
	docs, err := c.loader.LoadAll(ctx, c.args)
	if err != nil {
		return in, err
	}
	var failed []error
	for _, d := range docs {
		switch {
		case d.OpenAPI != nil:
			in.OpenAPI = append(in.OpenAPI, d.OpenAPI)
		case d.GraphQL != nil && in.GraphQL != nil:
			return in, env.Usagef("%s is a second GraphQL schema, and a reference has one; put their files into one argument, such as 'api/*.graphql'", d.Arg)
		case d.GraphQL != nil:
			in.GraphQL = d.GraphQL
		default:
			for _, f := range d.Failed {
				failed = append(failed, unread(f))
			}
		}
	}
	if failed != nil {
		return in, env.Incompletef("%w", errors.Join(failed...))
	}
	return in, nil
}

func unread(f check.Finding) error {
	return fmt.Errorf("%s:%d:%d: %s", f.Location.File, f.Location.Line, f.Location.Column, f.Message)
}

// say sums up what was written, and says what to open.
func (c *buildCall) say(w io.Writer, ref *apidocs.Reference, s *site.Summary, took time.Duration) {
	var parts []string
	for _, section := range ref.Sections {
		n := 0
		for _, g := range section.Groups {
			n += len(g.Entries)
		}
		parts = append(parts, section.Title+" "+words.Number(n))
	}
	_, _ = fmt.Fprintf(w, "%s: %s · %s, %.1f MB, %.1f s\nopen %s/index.html\n",
		ref.Title, strings.Join(parts, ", "), words.Count(s.Pages, "page"), float64(s.Bytes)/1e6, took.Seconds(), strings.TrimSuffix(c.output, "/"))
}
