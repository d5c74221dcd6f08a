package redocly

import (
	"strings"

	"github.com/plumbapi/plumb/lint/internal/redocly"
	"github.com/plumbapi/plumb/openapi"
)

// rules reads the groups of rules of a mapping.
func (r *reading) rules(n *openapi.Node) (*layer, error) {
	l := newLayer()
	groups := []string{"rules"}
	for _, v := range versions {
		groups = append(groups, v.group)
	}
	for _, group := range groups {
		m := n.Get(group)
		if m != nil && !m.Is(openapi.Object) && !m.Is(openapi.Null) {
			return nil, wrong(m, "%s is %s; expected a mapping of rules by name", group, m.Kind().WithArticle())
		}
		for _, rule := range m.Children() {
			s, err := r.setting(rule)
			if err != nil {
				return nil, err
			}
			if s != nil {
				l.set(group, rule.Key(), s)
			}
		}
	}
	return l, nil
}

// setting reads what is said of one rule, nil where it is none that is run here.
func (r *reading) setting(n *openapi.Node) (*setting, error) {
	name := n.Key()
	s := &setting{level: errorLevel, at: n.KeyLocation()}
	at := n
	switch {
	case n.Is(openapi.String):
	case n.Is(openapi.Object):
		s.node = n
		at = n.Get("severity")
	default:
		return nil, wrong(n, "rule %q is %s; expected error, warn or off, or a mapping with severity and options", name, n.Kind().WithArticle())
	}
	if at != nil {
		switch at.Text() {
		case "error":
		case "warn":
			s.level = warnLevel
		case "off":
			s.level = offLevel
		default:
			return nil, wrong(at, "severity %s of the rule %q is unknown; it is error, warn or off", shown(at), name)
		}
	}
	if strings.HasPrefix(name, "rule/") {
		return s, r.configurable(n, s)
	}
	rule := redocly.Find(name)
	switch {
	case rule == nil && strings.Contains(name, "/"):
		r.note(n, "%q is a rule of a plugin; plugins are JavaScript and are not run", name)
		return nil, nil
	case rule == nil:
		if s.level != offLevel {
			r.note(n, "%q is no rule for OpenAPI descriptions and is left out%s", name, closest(name, known()))
		}
		return nil, nil
	}
	if rule.Valid != nil && s.level != offLevel && s.node != nil {
		if at, problem := rule.Valid(redocly.Options{Node: s.node}); problem != "" {
			return nil, wrong(at, "rule %q %s", name, problem)
		}
	}
	return s, nil
}

// configurable checks a rule with assertions.
func (r *reading) configurable(n *openapi.Node, s *setting) error {
	if s.level == offLevel {
		return nil
	}
	if !n.Is(openapi.Object) {
		return wrong(n, "rule %q is %s; expected a mapping with subject and assertions", n.Key(), n.Kind().WithArticle())
	}
	_, err := redocly.NewAssertion(n.Key(), n)
	if err != nil {
		if plugin := err.Plugin; plugin != "" {
			r.note(err.Node, "assertion %q is of a plugin; plugins are JavaScript and are not run, so %s is left out", plugin, n.Key())
			s.level = offLevel
			return nil
		}
		return wrong(err.Node, "rule %q: %s", n.Key(), err.Text)
	}
	return nil
}
