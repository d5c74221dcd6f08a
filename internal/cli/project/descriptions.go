package project

import (
	"slices"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// Descriptions returns the arguments of a call, else the descriptions that
// plumb.yaml names, each once. Where there are none, the error shows the
// example, a call that names one.
func (p *Project) Descriptions(args []string, example string) ([]string, error) {
	if len(args) > 0 {
		return args, nil
	}
	for _, api := range p.Config.APIs {
		for _, path := range []string{api.OpenAPI, api.GraphQL} {
			if path == "" {
				continue
			}
			arg := p.Argument(path)
			if !slices.Contains(args, arg) {
				args = append(args, arg)
			}
		}
	}
	switch {
	case len(args) > 0:
		return args, nil
	case p.ConfigPath != "":
		return nil, env.Usagef("no description is given, and %s names none under apis: name one, such as %s", p.Shown(p.Canonical(p.ConfigPath)), example)
	}
	return nil, env.Usagef("no description is given, and there is no plumb.yaml: name one, such as %s, or run plumb init", example)
}

// Argument returns a description of plumb.yaml as an argument.
func (p *Project) Argument(path string) string {
	arg := p.FromConfig(path)
	if IsURL(arg) {
		return arg
	}
	return p.Shown(p.Canonical(arg))
}
