package source

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/fetch"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// Flags are the flags of a command that takes descriptions as arguments.
type Flags struct {
	stdinName   string
	allowRemote bool
	allowHosts  []string
	headers     []string
}

// Register adds the flags to a command, and completes its arguments.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.stdinName, "stdin-name", "", "`PATH` that stands for standard input")
	flags.BoolVar(&f.allowRemote, "allow-remote", false, "follow references to public hosts")
	flags.StringArrayVar(&f.allowHosts, "allow-host", nil, "follow references to this `HOST`, which may be private; repeatable")
	flags.StringArrayVar(&f.headers, "header", nil, "send a header to the hosts named in arguments, as `NAME: VALUE`; ${VAR} is taken from the environment; repeatable")
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml", "json", "graphql", "graphqls", "gql"}, cobra.ShellCompDirectiveFilterFileExt
	}
}

// StdinName returns the path that stands for standard input, "" for none.
func (f *Flags) StdinName() string { return f.stdinName }

// Validate checks the arguments before any is read.
func (f *Flags) Validate(args []string) error {
	stdins := 0
	for _, arg := range args {
		switch arg {
		case "-":
			stdins++
		case "":
			return env.Usagef("an argument is empty; expected a path, a URL, REVISION:PATH or -")
		}
	}
	switch {
	case stdins > 1:
		return env.Usagef("standard input (-) is named twice; it can be read once")
	case f.stdinName != "" && stdins == 0:
		return env.Usagef("--stdin-name names standard input, but no argument is -")
	}
	return nil
}

// Loader makes the loader of a call. The user agent names the program.
func (f *Flags) Loader(p *project.Project, userAgent string) (*Loader, error) {
	fetcher, err := f.fetcher(p.Env, userAgent)
	if err != nil {
		return nil, err
	}
	return &Loader{Project: p, Fetcher: fetcher, AllowRemote: f.allowRemote, StdinName: f.stdinName}, nil
}

// Rulesets returns what gets rulesets of other hosts: those that were typed, and
// by the rules of references what these name.
func (f *Flags) Rulesets(e *env.Env, typed []string, userAgent string) (func(context.Context, string) ([]byte, error), error) {
	fetcher, err := f.fetcher(e, userAgent)
	if err != nil {
		return nil, err
	}
	for _, name := range typed {
		if project.IsURL(name) {
			fetcher.Type(name)
		}
	}
	return func(ctx context.Context, url string) ([]byte, error) {
		body, err := gate{fetcher: fetcher, open: f.allowRemote}.Fetch(ctx, url)
		if err != nil {
			return nil, err
		}
		defer func() { _ = body.Close() }()
		data, err := io.ReadAll(io.LimitReader(body, maxRuleset+1))
		if err == nil && len(data) > maxRuleset {
			err = fmt.Errorf("the ruleset has more than %d MiB", maxRuleset>>20)
		}
		return data, err
	}, nil
}

// maxRuleset bounds a ruleset of another host, in bytes.
const maxRuleset = 8 << 20

func (f *Flags) fetcher(e *env.Env, userAgent string) (*fetch.Fetcher, error) {
	header, err := f.Header(e)
	if err != nil {
		return nil, err
	}
	fetcher := fetch.New(fetch.Options{Header: header, UserAgent: userAgent, Transport: e.Transport})
	for _, host := range f.allowHosts {
		if host == "" || strings.ContainsAny(host, "/@ ") {
			return nil, env.Usagef("--allow-host %q is no host, such as schemas.example.com or localhost:8080", host)
		}
		fetcher.Allow(host)
	}
	return fetcher, nil
}

// Header reads the values of --header. Variables keep secrets out of the
// list of processes.
func (f *Flags) Header(e *env.Env) (http.Header, error) {
	h := http.Header{}
	for _, line := range f.headers {
		name, value, ok := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || name == "" || strings.ContainsAny(name, " \t\r\n") {
			return nil, env.Usagef("--header is not of the form NAME: VALUE")
		}
		var unset string
		value = os.Expand(value, func(variable string) string {
			v := e.Getenv(variable)
			if v == "" {
				unset = variable
			}
			return v
		})
		if unset != "" {
			return nil, env.Usagef("--header %s: the environment variable %s is not set", name, unset)
		}
		if strings.ContainsAny(value, "\r\n") {
			return nil, env.Usagef("--header %s: the value has a line break", name)
		}
		h.Add(name, value)
	}
	return h, nil
}
