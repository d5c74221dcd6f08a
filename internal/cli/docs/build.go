package docs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/links"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/integration/catalog/view"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/integrations"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/words"
)

// buildCall is one call of `plumb docs build`.
type buildCall struct {
	inputs
	output  string
	baseURL string
	check   bool
	paths   string
	quiet   bool
	// integrations says that the catalog goes into the site.
	integrations bool
	single       string
	folder       *output.Folder
	file         *output.File
	look         site.Options
}

// newBuild makes the command `plumb docs build`.
func newBuild(e *env.Env) *cobra.Command {
	c := &buildCall{inputs: inputs{env: e}}
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

A description that breaks its standard is shown as far as it goes: the pages say
so, and the exit code is 1.

Exit codes: 0 written, 1 written from a description that breaks its standard, or
with --check where a link leads nowhere, 2 wrong usage or configuration, 3
something could not be read or written.`,
		Example: `  plumb docs build api/openapi.yaml api/schema.graphql
  plumb docs build --output public --base-url https://docs.example.com/api/ api/openapi.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if c.single != "" {
				for _, other := range []string{"output", "base-url", "paths", "check", "try"} {
					if cmd.Flags().Changed(other) {
						return env.Usagef("--single-file writes one file, and --%s is for a folder of pages", other)
					}
				}
			}
			if err := c.prepare(args); err != nil {
				return err
			}
			return c.run(cmd.Context())
		},
	}
	c.register(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&c.output, "output", "o", "plumb-docs", "write the site to `FOLDER`")
	flags.StringVar(&c.single, "single-file", "", "write one HTML `FILE` of everything in place of the folder")
	flags.StringVar(&c.baseURL, "base-url", "", "`URL` where the site will stand, for canonical links and the site map")
	flags.StringVar(&c.paths, "paths", "", "`FILE` that remembers where pages are, so that a page which moves leads on from where it was; made where it is missing")
	flags.BoolVar(&c.check, "check", false, "follow every link of the site, and exit with 1 where one leads nowhere")
	flags.BoolVar(&c.integrations, "integrations", false, "write the catalog of integrations into the site, each graded now")
	flags.BoolVarP(&c.quiet, "quiet", "q", false, "show no progress, and no summary")
	return cmd
}

// prepare does all that can show wrong usage before a description is read.
func (c *buildCall) prepare(args []string) (err error) {
	if c.baseURL != "" {
		if !isAddress(c.baseURL) {
			return env.Usagef("--base-url %q is no address of a site; write it as https://docs.example.com/api/", c.baseURL)
		}
		c.baseURL = strings.TrimSuffix(c.baseURL, "/") + "/"
	}
	if err := c.inputs.prepare(args, "plumb docs build api/openapi.yaml"); err != nil {
		return err
	}
	if c.look, err = c.options(); err != nil {
		return err
	}
	if c.integrations && c.single != "" {
		return env.Usagef("--integrations makes pages beside those of the reference, and --single-file is one file")
	}
	if c.single != "" {
		c.file, err = output.Create(c.env.Path(c.single), c.single)
		return err
	}
	c.folder, err = output.CreateFolder(c.env.Path(c.output), c.output)
	return err
}

func (c *buildCall) close() {
	c.inputs.close()
	if c.folder != nil {
		c.folder.Abort()
	}
	if c.file != nil {
		c.file.Abort()
	}
}

func (c *buildCall) run(ctx context.Context) error {
	started := c.env.Now()
	tuned := c.env.Getenv("GOGC") == ""
	if tuned {
		defer debug.SetGCPercent(debug.SetGCPercent(whileRead))
	}
	var done, of atomic.Int64
	stop := progress.Start(c.env, c.quiet, func() string {
		if of.Load() == 0 {
			return "reading " + words.Count(len(c.args), "description")
		}
		return fmt.Sprintf("%s of %s", words.Number(int(done.Load())), words.Count(int(of.Load()), "page"))
	})
	defer stop()
	ref, err := c.reference(ctx)
	if err != nil {
		return err
	}
	if tuned {
		debug.SetGCPercent(spare())
	}
	o := c.look
	o.BaseURL = c.baseURL
	if o.Before, err = c.before(); err != nil {
		return err
	}
	o.Progress = func(d, n int) { done.Store(int64(d)); of.Store(int64(n)) }
	summary, err := c.write(ctx, ref, o)
	if err != nil {
		return err
	}
	stop()
	if !c.quiet {
		c.say(c.env.Stdout, ref, summary, c.env.Now().Sub(started))
	}
	if c.check {
		if err := c.follow(); err != nil {
			return err
		}
	}
	return c.broken(ref)
}

// write writes the site, or the one file.
func (c *buildCall) write(ctx context.Context, ref *apidocs.Reference, o site.Options) (*site.Summary, error) {
	if c.single != "" {
		summary, err := site.BuildSingle(ctx, ref, o, c.file)
		if err != nil {
			return nil, env.Incompletef("%w", err)
		}
		return summary, c.file.Commit()
	}
	if c.integrations {
		o.Beside = append(o.Beside, site.Link{Path: "integrations/index", Title: "Integrations"})
	}
	summary, err := site.Build(ctx, ref, o, c.folder)
	if err != nil {
		return nil, env.Incompletef("%w", err)
	}
	if c.integrations {
		beside := view.Options{Home: "../index.html", HomeTitle: ref.Title}
		if err := integrations.WriteSite(ctx, c.project, below{c.folder, "integrations/"}, beside); err != nil {
			return nil, err
		}
	}
	if err := c.folder.Commit(); err != nil {
		return nil, err
	}
	return summary, c.remember(summary.Paths)
}

// below puts files into a folder of another.
type below struct {
	site.Writer
	prefix string
}

// Put implements view.Writer.
func (b below) Put(name string, data []byte) error { return b.Writer.Put(b.prefix+name, data) }

// broken says that the reference may lack something, and where to read what.
func (c *buildCall) broken(ref *apidocs.Reference) error {
	if len(ref.Broken) == 0 {
		return nil
	}
	for i, f := range ref.Broken {
		if i == 5 {
			c.env.Say("plumb: and %s more", words.Number(len(ref.Broken)-i))
			break
		}
		c.env.Say("plumb: %s:%d: %s: %s", f.File, f.Line, f.Rule, f.Message)
	}
	c.env.Say("plumb: the reference was written, and may lack what was meant there; plumb lint shows all of it")
	return env.Done(env.Findings)
}

// before reads where pages were.
func (c *buildCall) before() (*site.Paths, error) {
	if c.paths == "" {
		return nil, nil
	}
	data, err := os.ReadFile(c.env.Path(c.paths))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, env.Usagef("--paths %s: %w", c.paths, env.Bare(err))
	}
	p, err := site.ParsePaths(data)
	if err != nil {
		return nil, env.Usagef("--paths %s: %w", c.paths, err)
	}
	return p, nil
}

// remember writes where pages are now.
func (c *buildCall) remember(p *site.Paths) error {
	if c.paths == "" {
		return nil
	}
	text, err := p.JSON()
	if err != nil {
		return err
	}
	file, err := output.Create(c.env.Path(c.paths), c.paths)
	if err != nil {
		return err
	}
	defer file.Abort()
	if _, err := file.Write(text); err != nil {
		return err
	}
	return file.Commit()
}

// follow reads the site that was written, and says which links lead nowhere.
func (c *buildCall) follow() error {
	problems, err := links.Check(os.DirFS(c.env.Path(c.output)))
	if err != nil {
		return env.Incompletef("%s: %w", c.output, env.Bare(err))
	}
	for _, p := range problems {
		_, _ = fmt.Fprintf(c.env.Stdout, "%s/%s\n", strings.TrimSuffix(c.output, "/"), p)
	}
	if len(problems) > 0 {
		verb := "lead"
		if len(problems) == 1 {
			verb = "leads"
		}
		c.env.Say("plumb: %s of the site %s nowhere", words.Count(len(problems), "link"), verb)
		return env.Done(env.Findings)
	}
	return nil
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
	_, _ = fmt.Fprintf(w, "%s: %s · %s, %.1f MB, %.1f s\n",
		ref.Title, strings.Join(parts, ", "), words.Count(s.Pages, "page"), float64(s.Bytes)/1e6, took.Seconds())
	if c.single == "" {
		_, _ = fmt.Fprintf(w, "open %s/index.html\n", strings.TrimSuffix(c.output, "/"))
		return
	}
	if s.Bytes > slowSingle {
		_, _ = fmt.Fprintf(w, "a browser takes seconds for a file of this size; without --single-file a page is there at once\n")
	}
	_, _ = fmt.Fprintf(w, "open %s\n", c.single)
}

// slowSingle is from how many bytes on one file of everything is slow to open.
const slowSingle = 10_000_000
