package initcmd

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/openapi"
)

// redocly takes over redocly.yaml: the file stays in use for its rules, the APIs
// that it names are those of plumb.yaml, and what is set aside in the file beside
// it is set aside here.
func (m *move) redocly(ctx context.Context) error {
	name := m.first("redocly.yaml", "redocly.yml", ".redocly.yaml", ".redocly.yml")
	if name == "" {
		return env.Usagef("--from redocly: %s has no redocly.yaml, redocly.yml, .redocly.yaml or .redocly.yml", m.folder)
	}
	set, err := m.keep(ctx, name, check.Location{File: name, Line: 1})
	if err != nil {
		return err
	}
	root, err := m.file(name)
	if err != nil {
		return err
	}
	for _, a := range root.Get("apis").Children() {
		m.api(a)
	}
	for _, key := range []string{"theme", "resolve", "telemetry", "organization", "region"} {
		if n := root.Get(key); n != nil {
			m.leave(n.KeyLocation(), "%s is nothing that findings depend on", key)
		}
	}
	var rules []check.Meta
	for _, f := range set.Files() {
		for _, a := range append([]config.API{{}}, m.apis...) { // an API may have rules of its own
			rules = append(rules, f.For(a.OpenAPI).Rules()...)
		}
		for _, i := range f.Ignores() {
			m.ignore(i, rules)
		}
	}
	return nil
}

// api takes over an API that the configuration names.
func (m *move) api(n *openapi.Node) {
	root := n.Get("root").Text()
	switch {
	case strings.Contains(root, "://"):
	case path.IsAbs(root) || strings.HasPrefix(path.Clean(root), ".."):
		m.leave(n.KeyLocation(), "API %q is outside the folder: %s", n.Key(), root)
		return
	case m.first(root) == "":
		m.leave(n.KeyLocation(), "API %q has no file %s", n.Key(), root)
		return
	default:
		root = path.Clean(root)
	}
	m.apis = append(m.apis, config.API{Name: n.Key(), OpenAPI: root})
	m.take(n.KeyLocation(), "API %q is %s", n.Key(), root)
}

// choose are the APIs of plumb.yaml: those that the configuration names, with the
// schemas that were found beside them, and of those that were found the ones that
// are GraphQL only. Where it names none they are those that were found.
func (m *move) choose(found []config.API) []config.API {
	if m.apis == nil {
		return found
	}
	list := slices.Clone(m.apis)
	for i := range found {
		at := slices.IndexFunc(list, func(a config.API) bool { return a.OpenAPI == found[i].OpenAPI })
		switch {
		case found[i].OpenAPI == "":
			list = append(list, found[i])
		case at >= 0:
			list[at].GraphQL, list[at].Payloads = found[i].GraphQL, found[i].Payloads
		default:
			m.left = append(m.left, m.shown(found[i].OpenAPI)+": it is not among the APIs of the configuration")
		}
	}
	return list
}
