package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/check"
)

// validator collects what is wrong with a file. It stops at a number of
// problems and at a number of values, which aliases can multiply.
type validator struct {
	names    Names
	rules    map[section][]string // IDs, then aliases
	problems []Problem
	visited  int
	extends  []Extend
	own      []string // the rules of rulesets in files, once they were asked for
	failed   error    // the answer
}

const (
	maxProblems = 20
	maxVisited  = 200_000
)

func newValidator(names Names) *validator {
	v := &validator{names: names, rules: map[section][]string{}}
	for _, s := range append([]section{anySection}, sections...) {
		v.rules[s] = ruleNames(names.of(s))
	}
	return v
}

// ruleNames returns the IDs of rules, then their aliases.
func ruleNames(metas []check.Meta) []string {
	var names []string
	for _, m := range metas {
		names = append(names, m.ID)
	}
	for _, m := range metas {
		names = append(names, m.Aliases...)
	}
	return names
}

func (v *validator) full() bool { return len(v.problems) >= maxProblems || v.visited > maxVisited }

func (v *validator) report(n *yaml.Node, format string, args ...any) {
	if !v.full() {
		v.problems = append(v.problems, Problem{Line: n.Line, Column: n.Column, Message: fmt.Sprintf(format, args...)})
	}
}

// value checks a value against its shape; where is the path of keys to it,
// for messages.
func (v *validator) value(n *yaml.Node, s *shape, where string) {
	if v.visited++; v.visited == maxVisited {
		v.report(n, "the file has too many values")
	}
	if v.full() {
		return
	}
	n = follow(n)
	switch {
	case !isNull(n):
	case s.nullable():
		return
	default:
		v.report(n, "%s is empty; expected %s", where, s.what())
		return
	}
	switch s.kind {
	case mapping:
		v.mapping(n, s, where)
	case ruleLevels:
		v.ruleLevels(n, s, where)
	case toolInputs:
		v.toolInputs(n, s, where)
	case list:
		if n.Kind != yaml.SequenceNode {
			v.mismatch(n, s, where)
			return
		}
		for i, item := range n.Content {
			v.value(item, s.item, fmt.Sprintf("%s[%d]", where, i))
		}
	case number:
		v.number(n, s, where)
	default:
		v.text(n, s, where)
	}
}

func (v *validator) mapping(n *yaml.Node, s *shape, where string) {
	if n.Kind != yaml.MappingNode {
		v.mismatch(n, s, where)
		return
	}
	seen := map[string]bool{}
	for key, value := range v.members(n) {
		seen[key.Value] = true
		next := s.field(key.Value)
		if next == nil {
			v.report(key, "unknown key %q%s%s", key.Value, in(where), oneOf(key.Value, s.keys()))
			continue
		}
		v.value(value, next, strings.TrimPrefix(where+"."+key.Value, "."))
	}
	for _, key := range s.required {
		if !seen[key] {
			v.report(n, "%s has no %s", where, key)
		}
	}
	if len(s.some) > 0 && !slices.ContainsFunc(s.some, func(key string) bool { return seen[key] }) {
		v.report(n, "%s has none of %s", where, strings.Join(s.some, ", "))
	}
}

func (v *validator) ruleLevels(n *yaml.Node, s *shape, where string) {
	if n.Kind != yaml.MappingNode {
		v.mismatch(n, s, where)
		return
	}
	for key, value := range v.members(n) {
		v.ruleName(key, s.rules)
		value = follow(value)
		at := where + "." + key.Value
		switch {
		case isNull(value):
			v.report(key, "%s has no level; expected %s", at, strings.Join(Levels(), ", "))
		case value.Kind == yaml.MappingNode:
			v.value(value, &ruleSetting, at)
		default:
			v.value(value, ruleSetting.field("severity"), at)
		}
	}
}

// members yields the members of a mapping, each key once.
func (v *validator) members(n *yaml.Node) func(yield func(key, value *yaml.Node) bool) {
	first := map[string]*yaml.Node{}
	return func(yield func(key, value *yaml.Node) bool) {
		for i := 0; i+1 < len(n.Content) && !v.full(); i += 2 {
			key, value := follow(n.Content[i]), n.Content[i+1]
			if key.Kind != yaml.ScalarNode {
				v.report(n.Content[i], "a key must be text")
				continue
			}
			if before := first[key.Value]; before != nil {
				v.report(n.Content[i], "key %q is given twice; the first is at line %d", key.Value, before.Line)
				continue
			}
			first[key.Value] = n.Content[i]
			if !yield(key, value) {
				return
			}
		}
	}
}

func (v *validator) number(n *yaml.Node, s *shape, where string) {
	f, err := strconv.ParseFloat(n.Value, 64)
	switch {
	case n.Kind != yaml.ScalarNode || err != nil || n.Tag == "!!str":
		v.mismatch(n, s, where)
	case !(f >= s.min && f <= s.max):
		v.report(n, "%s is %s; expected a number from %v to %v", where, n.Value, s.min, s.max)
	}
}

func (v *validator) text(n *yaml.Node, s *shape, where string) {
	switch {
	case n.Kind != yaml.ScalarNode || n.Tag != "!!str" && n.Tag != "!!timestamp":
		v.mismatch(n, s, where)
	case s.kind == ruleName:
		v.ruleName(n, s.rules)
	case s.words == levelWords:
		if _, err := ParseLevel(n.Value); err != nil {
			v.report(n, "%s: %v", where, err)
		}
	case s.words != anyWord:
		if words := s.words.list(v.names); !slices.Contains(words, n.Value) && !(s.words == rulesetWords && isPath(n.Value)) {
			v.report(n, "unknown %s %q%s", s.words.noun(), n.Value, oneOf(n.Value, words))
		}
	case n.Value == "":
		v.report(n, "%s is empty; expected text", where)
	case s.valid != nil:
		if problem := s.valid(n.Value); problem != "" {
			v.report(n, "%s %q %s", where, n.Value, problem)
		}
	}
}

// ruleName checks the name of a rule in a section.
func (v *validator) ruleName(n *yaml.Node, in section) {
	if slices.Contains(v.rules[in], n.Value) {
		return
	}
	names := v.rules[in]
	if in == lintSection || in == anySection {
		own := v.ownRules()
		if slices.Contains(own, n.Value) || v.failed != nil {
			return
		}
		names = slices.Concat(names, own)
	}
	for _, s := range sections {
		if slices.Contains(v.rules[s], n.Value) {
			v.report(n, "rule %q is one of %s and has no effect in %s; it belongs below %s", n.Value, s, in, s)
			return
		}
	}
	v.report(n, "unknown rule %q%s", n.Value, meant(n.Value, names))
}

// ownRules are the names of the rules that only the rulesets in files have.
func (v *validator) ownRules() []string {
	if v.own == nil && v.names.Own != nil && slices.ContainsFunc(v.extends, func(e Extend) bool { return isPath(e.Name) }) {
		metas, err := v.names.Own(v.extends)
		v.failed, v.own = err, append([]string{}, ruleNames(metas)...)
	}
	return v.own
}

// isPath reports whether a ruleset is named by its path: the names of plumb's own
// have neither dots nor slashes.
func isPath(name string) bool { return strings.ContainsAny(name, `./\`) }

func (v *validator) mismatch(n *yaml.Node, s *shape, where string) {
	if where == "" {
		where = "the file"
	}
	hint := ""
	if n.Kind == yaml.ScalarNode && s.what() == "text" {
		hint = "; put it in quotes"
	}
	v.report(n, "%s is %s; expected %s%s", where, nodeKind(n), s.what(), hint)
}

// oneOf names the closest of the names, or all of them where they are few.
func oneOf(name string, names []string) string {
	if s := meant(name, names); s != "" {
		return s
	}
	if len(names) == 0 {
		return "; there are no keys for it yet"
	}
	return "; it is one of " + strings.Join(names, ", ")
}

func in(where string) string {
	if where == "" {
		return ""
	}
	return " in " + where
}

func nodeKind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.Tag {
	case "!!int", "!!float":
		return "the number " + n.Value
	case "!!bool":
		return "the boolean " + n.Value
	}
	return fmt.Sprintf("%.60q", n.Value)
}

// follow returns what an alias stands for.
func follow(n *yaml.Node) *yaml.Node {
	for range 100 {
		if n.Kind != yaml.AliasNode || n.Alias == nil {
			break
		}
		n = n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// place returns where a node is.
func place(name string, n *yaml.Node) check.Location {
	return check.Location{File: name, Line: n.Line, Column: n.Column, EndLine: n.Line, EndColumn: n.Column}
}
