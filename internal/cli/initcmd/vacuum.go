package initcmd

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/ruleset"
	"github.com/plumbapi/plumb/openapi"
)

// vacuumFile is where vacuum looks for its configuration.
const vacuumFile = "vacuum.conf.yaml"

// vacuum takes over vacuum.conf.yaml: the ruleset that it names, or vacuum's own,
// and what its file of ignored findings sets aside.
func (m *move) vacuum(ctx context.Context) error {
	conf, err := m.file(vacuumFile)
	switch {
	case missing(err):
		return env.Usagef("--from vacuum: %s has no %s", m.folder, vacuumFile)
	case err != nil:
		return err
	}
	var rules []check.Meta
	if n := conf.Get("ruleset"); n != nil {
		if rules, err = m.vacuumRuleset(ctx, n); err != nil {
			return err
		}
	}
	if len(m.extends) == 0 {
		m.extends = []string{"spectral:oas"}
		m.take(check.Location{File: vacuumFile, Line: 1}, "vacuum's recommended rules are spectral:oas here; those that only vacuum has are not")
	}
	for _, n := range conf.Children() {
		switch n.Key() {
		case "ruleset":
		case "ignore-file":
			err = m.vacuumIgnores(n, rules)
		case "hard-mode":
			if n.IsTrue() {
				m.extends = append(m.extends, "plumb:owasp")
				m.take(n.KeyLocation(), "hard-mode adds plumb:owasp to lint.extends")
			}
		default:
			m.leave(n.KeyLocation(), "%s %s", n.Key(), vacuumReason(n.Key()))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// vacuumReason is why a setting has no place in plumb.yaml.
func vacuumReason(key string) string {
	switch key {
	case "fail-severity", "min-score", "errors":
		return "says when a run fails, which is --fail-on of each call"
	case "base", "remote", "ext-refs", "nested-refs-doc-context", "cert-file", "key-file", "ca-file", "insecure":
		return "says how references are followed, which is --allow-remote and --allow-host of each call; those within the folder always are"
	case "globbed-files":
		return "names descriptions; those that were found are under apis"
	case "functions":
		return "names functions in JavaScript; functionsDir of the ruleset does here"
	case "skip-check", "timeout", "lookup-timeout", "ignore-array-circle-ref", "ignore-polymorph-circle-ref", "turbo":
		return "changes how vacuum reads descriptions, and nothing here"
	}
	return "is about what vacuum shows, and nothing of plumb.yaml"
}

// vacuumRuleset keeps the ruleset that the configuration names.
func (m *move) vacuumRuleset(ctx context.Context, n *openapi.Node) ([]check.Meta, error) {
	name, ok := n.Str()
	switch {
	case !ok || name == "":
		return nil, m.wrong(n, "ruleset is %s; expected the path of a ruleset", n.Kind().WithArticle())
	case strings.Contains(name, "://"):
		m.leave(n.Location(), "the ruleset %s is on another host; keep a copy beside plumb.yaml and add it to lint.extends", name)
		return nil, nil
	case filepath.IsAbs(name) || !filepath.IsLocal(name):
		m.leave(n.Location(), "the ruleset %s is outside the folder; copy it beside plumb.yaml and add it to lint.extends", name)
		return nil, nil
	case m.first(name) == "":
		return nil, m.wrong(n, "there is no ruleset %s", name)
	}
	set, err := m.keep(ctx, path.Clean(filepath.ToSlash(name)), n.Location())
	if err != nil {
		return nil, err
	}
	return set.Rules(), nil
}

// vacuumIgnores takes over the file of ignored findings: JSONPaths by rule.
func (m *move) vacuumIgnores(n *openapi.Node, rules []check.Meta) error {
	name := n.Text()
	if !filepath.IsLocal(name) {
		m.leave(n.Location(), "the ignore-file %s is outside the folder", name)
		return nil
	}
	root, err := m.file(path.Clean(filepath.ToSlash(name)))
	switch {
	case missing(err):
		return m.wrong(n, "there is no ignore-file %s", name)
	case err != nil:
		return err
	}
	for _, rule := range root.Children() {
		if !rule.Is(openapi.Array) {
			return m.wrong(rule, "%q is %s; expected a list of JSONPaths, such as $.paths['/pets']", rule.Key(), rule.Kind().WithArticle())
		}
		for _, p := range rule.Children() {
			text, ok := p.Str()
			if !ok {
				return m.wrong(p, "%s is no JSONPath", p.Kind().WithArticle())
			}
			element, ok := pointer(text)
			if !ok {
				m.leave(p.Location(), "%s at %s: the path is more than names and indices, which lint.ignore cannot say", rule.Key(), text)
				continue
			}
			m.ignore(check.Ignore{Rule: ruleset.PlumbName(rule.Key()), Element: element, At: p.Location()}, rules)
		}
	}
	return nil
}

// pointer is a JSONPath of names, indices and * as a pattern of elements: JSON
// Pointers with * for any one name. Ok is false for any other path, for names with
// signs that mean more in a pattern, and for $ itself, which no pattern is.
func pointer(text string) (element string, ok bool) {
	rest, ok := strings.CutPrefix(text, "$")
	var parts []string
	for ok && rest != "" {
		var part string
		quoted := false
		switch {
		case strings.HasPrefix(rest, "['") || strings.HasPrefix(rest, `["`):
			part, rest, ok = strings.Cut(rest[2:], rest[1:2]+"]")
			quoted = true
		case rest[0] == '[':
			part, rest, ok = strings.Cut(rest[1:], "]")
			if _, err := strconv.ParseUint(part, 10, 32); part != "*" && err != nil {
				return "", false
			}
		case rest[0] == '.' && len(rest) > 1:
			end := strings.IndexAny(rest[1:], ".[")
			if end < 0 {
				end = len(rest) - 1
			}
			part, rest = rest[1:1+end], rest[1+end:]
			ok = part != "" && !slices.ContainsFunc([]byte(part), func(c byte) bool { return strings.IndexByte("?()@~^", c) >= 0 })
		default:
			ok = false
		}
		ok = ok && (part == "*" && !quoted || !strings.ContainsAny(part, "*?"))
		parts = append(parts, "/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(part))
	}
	return strings.Join(parts, ""), ok && len(parts) > 0
}
