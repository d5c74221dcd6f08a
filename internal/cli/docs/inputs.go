package docs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
)

// inputs are what a site is made of, however it is shown.
type inputs struct {
	env              *env.Env
	source           source.Flags
	config           string
	title            string
	lang             string
	guides           string
	pages            []string
	noPaths          bool
	attach           attachFlags
	theme, templates string
	try, tryGraphQL  string
	// linksBase is where relative links of descriptions lead from.
	linksBase string

	project *project.Project
	loader  *source.Loader
	args    []string
}

func (c *inputs) register(cmd *cobra.Command) {
	c.source.Register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&c.title, "title", "", "what the product is called (default the title of the first description)")
	flags.StringVar(&c.linksBase, "links-base", "", "`URL` that relative links in descriptions are meant from (default that of their externalDocs)")
	flags.StringVar(&c.lang, "lang", "en", "language of the descriptions, such as en or pt-BR")
	flags.StringVar(&c.guides, "guides", "", "`FOLDER` of guides in Markdown")
	flags.StringArrayVar(&c.pages, "page", nil, "a `FILE` in Markdown that becomes a page, such as a changelog; repeatable")
	flags.BoolVar(&c.noPaths, "no-paths", false, "make no guides from the descriptions")
	flags.StringVar(&c.theme, "theme", "", "`FILE` in CSS that changes the look, by its variables")
	flags.StringVar(&c.templates, "templates", "", "`FOLDER` of templates that fill slots of pages")
	flags.StringVar(&c.try, "try", "", "let readers send requests from the pages to the server at this `URL`, and to no other")
	flags.StringVar(&c.tryGraphQL, "try-graphql", "", "`URL` of the GraphQL API at that server (default /graphql below it)")
	c.attach.register(flags)
	flags.StringVar(&c.config, "config", "", "configuration `FILE` (default the next plumb.yaml upwards)")
}

// prepare does all that can show wrong usage before a description is read.
func (c *inputs) prepare(args []string, example string) (err error) {
	if c.linksBase != "" && !isAddress(c.linksBase) {
		return env.Usagef("--links-base %q is no address of documentation; write it as https://docs.example.com/", c.linksBase)
	}
	if c.project, err = project.Open(c.env, c.config, names.Config()); err != nil {
		return err
	}
	if c.args, err = c.project.Descriptions(args, example); err != nil {
		return err
	}
	return c.source.Validate(c.args)
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.RawQuery == "" && u.Fragment == ""
}

func (c *inputs) close() {
	if c.loader != nil {
		c.loader.Close()
	}
}

// options are what the flags say of the look of the site.
func (c *inputs) options() (site.Options, error) {
	o := site.Options{LinksBase: c.linksBase, Language: c.lang}
	if c.theme != "" {
		text, err := readFile(c.env, "--theme", c.theme)
		if err != nil {
			return o, err
		}
		if o.Theme, err = site.ParseTheme(string(text)); err != nil {
			return o, env.Usagef("--theme %s: %w", c.theme, err)
		}
	}
	if c.templates != "" {
		info, err := os.Stat(c.env.Path(c.templates))
		if err != nil {
			return o, env.Usagef("--templates %s: %w", c.templates, env.Bare(err))
		}
		if !info.IsDir() {
			return o, env.Usagef("--templates %s: this is a file; name the folder that it is in", c.templates)
		}
		if o.Templates, err = site.ParseTemplates(os.DirFS(c.env.Path(c.templates))); err != nil {
			return o, env.Usagef("--templates %s: %w", c.templates, err)
		}
	}
	switch {
	case c.try != "":
		var err error
		if o.Try, err = site.ParseTry(c.try, c.tryGraphQL); err != nil {
			return o, env.Usagef("--try %s: %w", c.try, err)
		}
	case c.tryGraphQL != "":
		return o, env.Usagef("--try-graphql needs --try, the server that requests may be sent to")
	}
	return o, nil
}

// readFile reads a file that a flag names.
func readFile(e *env.Env, flag, name string) ([]byte, error) {
	text, err := os.ReadFile(e.Path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, env.Usagef("%s %s: there is no such file", flag, name)
	}
	if err != nil {
		return nil, env.Usagef("%s %s: %w", flag, name, env.Bare(err))
	}
	return text, nil
}

// reference reads everything, and what other checks know of it.
func (c *inputs) reference(ctx context.Context) (*apidocs.Reference, error) {
	texts, err := readTexts(c.env, c.guides, c.pages)
	if err != nil {
		return nil, err
	}
	c.close()
	if c.loader, err = c.source.Loader(c.project, "plumb/"+version.Number); err != nil {
		return nil, err
	}
	in := apidocs.Input{Title: c.title, Texts: texts, NoPaths: c.noPaths}
	if err := c.descriptions(ctx, &in); err != nil {
		return nil, err
	}
	if err := c.attach.find(ctx, c.project, c.loader, &in, c.env.Now()); err != nil {
		return nil, err
	}
	ref, err := apidocs.Read(in)
	if err != nil {
		return nil, env.Usagef("%w", err)
	}
	return ref, nil
}

// descriptions loads the descriptions side by side.
func (c *inputs) descriptions(ctx context.Context, in *apidocs.Input) error {
	docs, err := c.loader.LoadAll(ctx, c.args)
	if err != nil {
		return err
	}
	var failed []error
	for _, d := range docs {
		switch {
		case d.OpenAPI != nil:
			in.OpenAPI = append(in.OpenAPI, d.OpenAPI)
		case d.GraphQL != nil && in.GraphQL != nil:
			return env.Usagef("%s is a second GraphQL schema, and a reference has one; put their files into one argument, such as 'api/*.graphql'", d.Arg)
		case d.GraphQL != nil:
			in.GraphQL = d.GraphQL
		default:
			for _, f := range d.Failed {
				failed = append(failed, unread(f))
			}
		}
	}
	if failed != nil {
		return env.Incompletef("%w", errors.Join(failed...))
	}
	return nil
}

func unread(f check.Finding) error {
	return fmt.Errorf("%s:%d:%d: %s", f.Location.File, f.Location.Line, f.Location.Column, f.Message)
}
