package parity

import (
	"context"
	"os"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/decisions"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	paritylib "github.com/plumbapi/plumb/parity"
)

// pair is two descriptions of one product and what came of them.
type pair struct {
	name    string    // of the API in plumb.yaml, "" for arguments
	several bool      // plumb.yaml has other APIs with both descriptions
	args    [2]string // as they were typed
	docs    [2]*source.Document

	rest, graphql *source.Document
	files         decisions.Files
	opts          paritylib.Options // with what files says
	result        *paritylib.Result
	report        *check.Report
}

// pairs returns the arguments, else the APIs of plumb.yaml that have both
// descriptions.
func (f *pairFlags) pairs(p *project.Project, args []string) ([]pair, error) {
	switch {
	case len(args) == 2 && f.api != "":
		return nil, env.Usagef("--api names descriptions of plumb.yaml, and two are given as arguments")
	case len(args) == 2:
		if _, err := os.Stat(p.Env.Path(args[0])); err != nil {
			if err := misspelt(f.cmd, args); err != nil {
				return nil, err
			}
		}
		return []pair{{args: [2]string{args[0], args[1]}}}, nil
	case len(args) != 0:
		return nil, wrongNumber(f.cmd, args)
	case p.ConfigPath == "":
		return nil, env.Usagef("nothing to compare is given, and there is no plumb.yaml: name both descriptions, such as plumb parity api/openapi.yaml api/schema.graphql, or run plumb init")
	}
	config := p.Shown(p.Canonical(p.ConfigPath))
	var list []pair
	var names []string
	for _, api := range p.Config.APIs {
		if api.OpenAPI == "" || api.GraphQL == "" {
			continue
		}
		names = append(names, api.Name)
		if f.api == "" || f.api == api.Name {
			list = append(list, pair{name: api.Name, args: [2]string{p.Argument(api.OpenAPI), p.Argument(api.GraphQL)}})
		}
	}
	for i := range list {
		list[i].several = len(names) > 1
	}
	switch {
	case len(names) == 0:
		return nil, env.Usagef("no API of %s has both an OpenAPI description and a GraphQL schema: add the other one, or name both, such as plumb parity api/openapi.yaml api/schema.graphql", config)
	case len(list) == 0:
		return nil, env.Usagef("--api: %w", env.Unknown("API", f.api, names))
	}
	return list, nil
}

// wrongNumber is the error of arguments that are no pair. The first may be a
// command that is not spelt right.
func wrongNumber(cmd *cobra.Command, args []string) error {
	if err := misspelt(cmd, args); err != nil {
		return err
	}
	are := "s are"
	if len(args) == 1 {
		are = " is"
	}
	return env.Usagef("%d argument%s given; a comparison needs a REST description and a GraphQL schema, such as plumb parity api/openapi.yaml api/schema.graphql", len(args), are)
}

// misspelt says so where the first argument is no file and nearly the name of
// a command below this one.
func misspelt(cmd *cobra.Command, args []string) error {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	if strings.ContainsAny(args[0], "./:") || check.Closest(args[0], names) == "" {
		return nil
	}
	return env.Usagef("%w (%s --help lists them)", env.Unknown("command", args[0], names), cmd.CommandPath())
}

// load reads what stands beside two descriptions, then both side by side, and
// finds out which is which.
func (l *loader) load(ctx context.Context, p *pair, writesLock bool) error {
	if err := p.files.Read(l.project, &p.opts, writesLock); err != nil {
		return err
	}
	if p.docs[0] != nil {
		return p.sort() // as it was in a revision
	}
	var errs [2]error
	var wg sync.WaitGroup
	for i, arg := range p.args {
		wg.Go(func() { p.docs[i], errs[i] = l.loader.Load(ctx, arg) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return p.sort()
}

// sort tells REST and GraphQL apart.
func (p *pair) sort() error {
	p.rest, p.graphql = p.docs[0], p.docs[1]
	if p.failed() {
		return nil
	}
	if p.rest.Kind == source.GraphQL {
		p.rest, p.graphql = p.graphql, p.rest
	}
	if p.rest.OpenAPI == nil || p.graphql.GraphQL == nil {
		return env.Usagef("both %s and %s are %s descriptions; a comparison needs an OpenAPI description and a GraphQL schema",
			project.PublicURL(p.args[0]), project.PublicURL(p.args[1]), p.docs[0].Kind)
	}
	return nil
}

// failed reports whether a description could not be read.
func (p *pair) failed() bool { return len(p.docs[0].Failed)+len(p.docs[1].Failed) > 0 }

// text returns the text of a file of either description, by canonical name.
func (p *pair) text(name string) (string, bool) {
	for _, d := range p.docs {
		if d == nil {
			continue
		}
		if text, ok := d.Text(name); ok {
			return text, true
		}
	}
	text, ok := p.files.Texts[name]
	return text, ok
}

// loader is what every command of this package needs to read descriptions.
type loader struct {
	env     *env.Env
	project *project.Project
	loader  *source.Loader
}

func (l *loader) note(out *output.Flags, text string) {
	if !out.Quiet() {
		l.env.Say("plumb: %s", text)
	}
}
