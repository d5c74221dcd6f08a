package redocly

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// level is what a configuration says of a rule.
type level uint8

const (
	offLevel level = iota + 1
	warnLevel
	errorLevel
)

func (l level) severity() check.Severity {
	if l == warnLevel {
		return check.Warning
	}
	return check.Error
}

// setting is what is said of one rule.
type setting struct {
	level level
	// node holds the options, nil where there are none; of a configurable rule all
	// that it is.
	node *openapi.Node
	at   check.Location
}

// layer is rules by group: rules, oas2Rules and the like.
type layer struct {
	groups map[string]map[string]*setting
	order  map[string][]string
}

func newLayer() *layer {
	return &layer{groups: map[string]map[string]*setting{}, order: map[string][]string{}}
}

func (l *layer) set(group, rule string, s *setting) {
	if l.groups[group] == nil {
		l.groups[group] = map[string]*setting{}
	}
	if l.groups[group][rule] == nil {
		l.order[group] = append(l.order[group], rule)
	}
	l.groups[group][rule] = s
}

// put sets a rule over what was said before: where that had options, and now only
// a severity is given, the options stay.
func (l *layer) put(group, rule string, s *setting) {
	if before := l.groups[group][rule]; before != nil && before.node != nil && s.node == nil {
		s = &setting{level: s.level, node: before.node, at: s.at}
	}
	l.set(group, rule, s)
}

// over puts another layer over this one. What it says in rules counts for the
// versions too, where those have the rule already.
func (l *layer) over(o *layer) {
	groups := []string{"rules"}
	for _, v := range versions {
		groups = append(groups, v.group)
	}
	for _, group := range groups {
		for _, rule := range o.order[group] {
			l.put(group, rule, o.groups[group][rule])
		}
		if group == "rules" {
			continue
		}
		for _, rule := range o.order["rules"] {
			if l.groups[group][rule] != nil {
				l.put(group, rule, o.groups["rules"][rule])
			}
		}
	}
}

// of returns the rules of a version, those in rules first.
func (l *layer) of(v openapi.Version) (names []string, settings map[string]*setting) {
	settings = map[string]*setting{}
	for _, group := range []string{"rules", groupOf(v)} {
		for _, rule := range l.order[group] {
			if settings[rule] == nil {
				names = append(names, rule)
			}
			settings[rule] = l.groups[group][rule]
		}
	}
	return names, settings
}

func groupOf(v openapi.Version) string {
	for _, g := range versions {
		if g.version == v {
			return g.group
		}
	}
	return versions[0].group
}
