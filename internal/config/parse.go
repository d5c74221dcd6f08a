package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/check"
)

// Parse reads a file. The name is used for messages and places only. An
// error about the content is an [*Error] with every problem found, at most
// twenty.
func Parse(name string, data []byte, names Names) (*Config, error) {
	fail := func(line, column int, format string, args ...any) (*Config, error) {
		return nil, &Error{Name: name, Problems: []Problem{{line, column, fmt.Sprintf(format, args...)}}}
	}
	switch {
	case len(data) > MaxBytes:
		return fail(1, 1, "the file is larger than %d KiB", MaxBytes>>10)
	case !utf8.Valid(data):
		return fail(1, 1, "the file is not UTF-8 text")
	}
	c := &Config{Name: name}
	if strings.TrimSpace(string(data)) == "" {
		return c, nil
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		line, column, message := syntaxProblem(err)
		return fail(line, column, "%s", message)
	}
	if len(doc.Content) == 0 {
		return c, nil
	}
	v := newValidator(names)
	v.extends = extends(name, member(follow(doc.Content[0]), "lint"))
	v.value(doc.Content[0], &file, "")
	switch {
	case v.failed != nil:
		return nil, v.failed
	case len(v.problems) > 0:
		return nil, &Error{Name: name, Problems: v.problems}
	}
	c.read(follow(doc.Content[0]))
	return c, nil
}

// syntaxProblem takes the place out of an error of the YAML parser.
func syntaxProblem(err error) (line, column int, message string) {
	var e *yaml.LoadError
	if !errors.As(err, &e) {
		return 1, 1, strings.TrimPrefix(err.Error(), "yaml: ")
	}
	return max(e.Mark.Line, 1), max(e.Mark.Column, 1), e.Message
}

// read takes over what a valid file says.
func (c *Config) read(root *yaml.Node) {
	for _, n := range items(root, "apis") {
		base := member(n, "base")
		api := API{
			Name: str(n, "name"), OpenAPI: str(n, "openapi"), GraphQL: str(n, "graphql"),
			Base: Base{OpenAPI: str(base, "openapi"), GraphQL: str(base, "graphql")}, At: place(c.Name, n),
		}
		for _, e := range items(n, "payloads") {
			api.Payloads = append(api.Payloads, e.Value)
		}
		c.APIs = append(c.APIs, api)
	}
	lint, lifecycle := member(root, "lint"), member(root, "lifecycle")
	c.Lint = Lint{Extends: extends(c.Name, lint), Rules: c.rules(lint), Ignores: c.ignores(lint)}
	c.Lifecycle = Lifecycle{
		Policy: str(lifecycle, "policy"), Releases: str(lifecycle, "releases"), Carriers: str(lifecycle, "carriers"), Base: str(lifecycle, "base"),
		Usage: readUsage(member(lifecycle, "usage")),
		Rules: c.rules(lifecycle), Ignores: c.ignores(lifecycle),
	}
	c.readParity(member(root, "parity"))
	perf := member(root, "perf")
	c.Perf = Perf{Plan: str(perf, "plan"), Rules: c.rules(perf), Ignores: c.ignores(perf)}
	webhooks := member(root, "webhooks")
	c.Webhooks = Webhooks{Provider: str(webhooks, "provider"), Rules: c.rules(webhooks), Ignores: c.ignores(webhooks)}
	integrations := member(root, "integrations")
	c.Integrations = Integrations{
		Catalog: str(integrations, "catalog"), Inputs: c.inputs(integrations),
		Rules: c.rules(integrations), Ignores: c.ignores(integrations),
	}
	report := member(root, "report")
	c.Report = Report{Product: str(report, "product"), History: str(report, "history"), Criteria: str(report, "criteria")}
	for _, n := range items(report, "teams") {
		t := Team{Name: str(n, "name")}
		for _, tag := range items(n, "tags") {
			t.Tags = append(t.Tags, tag.Value)
		}
		for _, e := range items(n, "elements") {
			t.Elements = append(t.Elements, e.Value)
		}
		c.Report.Teams = append(c.Report.Teams, t)
	}
	for _, n := range items(report, "send") {
		c.Report.Send = append(c.Report.Send, n.Value)
	}
	c.Baseline = str(root, "baseline")
	for _, n := range items(root, "waivers") {
		until, _ := time.Parse(time.DateOnly, str(n, "until"))
		c.Waivers = append(c.Waivers, check.Waiver{
			Rule: str(n, "rule"), File: str(n, "file"), Element: str(n, "element"),
			Reason: str(n, "reason"), Owner: str(n, "owner"), Until: until, At: place(c.Name, n),
		})
	}
}

func readUsage(n *yaml.Node) Usage {
	return Usage{
		Logs: texts(n, "logs"), Format: str(n, "format"), Fields: texts(n, "fields"), Consumers: texts(n, "consumers"),
		Bases: texts(n, "bases"), GraphQLPaths: texts(n, "graphql_paths"),
	}
}

// extends are the rulesets that the section lint names.
func extends(file string, lint *yaml.Node) []Extend {
	var list []Extend
	for _, n := range items(lint, "extends") {
		list = append(list, Extend{n.Value, place(file, n)})
	}
	return list
}

func (c *Config) readParity(n *yaml.Node) {
	c.Parity = Parity{
		Map: str(n, "map"), Lock: str(n, "lock"), Usage: str(n, "usage"), Direction: str(n, "direction"),
		Rules: c.rules(n), Ignores: c.ignores(n),
	}
	c.Parity.Min, _ = strconv.ParseFloat(str(n, "min"), 64)
}

// rules returns the levels of a section.
func (c *Config) rules(n *yaml.Node) []RuleSetting {
	var settings []RuleSetting
	if rules := member(n, "rules"); rules != nil && rules.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(rules.Content); i += 2 {
			key, value := follow(rules.Content[i]), follow(rules.Content[i+1])
			s := RuleSetting{Rule: key.Value, At: place(c.Name, rules.Content[i])}
			word := value.Value
			if value.Kind == yaml.MappingNode {
				word, s.Reason = str(value, "severity"), str(value, "reason")
			}
			s.Level, _ = ParseLevel(word)
			settings = append(settings, s)
		}
	}
	return settings
}

// inputs returns the values of the inputs of integrations.
func (c *Config) inputs(n *yaml.Node) (list []Input) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		tool, inputs := follow(n.Content[i]).Value, follow(n.Content[i+1])
		if inputs.Kind != yaml.MappingNode || integrationsShape.field(tool) != nil {
			continue
		}
		for j := 0; j+1 < len(inputs.Content); j += 2 {
			key := follow(inputs.Content[j])
			list = append(list, Input{Integration: tool, Name: key.Value, Value: follow(inputs.Content[j+1]).Value, At: place(c.Name, inputs.Content[j])})
		}
	}
	return list
}

// ignores returns the ignores of a section.
func (c *Config) ignores(n *yaml.Node) []check.Ignore {
	var ignores []check.Ignore
	for _, e := range items(n, "ignore") {
		ignores = append(ignores, check.Ignore{
			Rule: str(e, "rule"), File: str(e, "file"), Element: str(e, "element"),
			Reason: str(e, "reason"), At: place(c.Name, e),
		})
	}
	return ignores
}

// member returns the value of a key, aliases followed, or nil.
func member(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if follow(n.Content[i]).Value == key {
			return follow(n.Content[i+1])
		}
	}
	return nil
}

// str returns the text of a key, "" where there is none.
func str(n *yaml.Node, key string) string {
	if m := member(n, key); m != nil && m.Kind == yaml.ScalarNode && !isNull(m) {
		return m.Value
	}
	return ""
}

// texts returns the texts of the list of a key.
func texts(n *yaml.Node, key string) (list []string) {
	for _, item := range items(n, key) {
		list = append(list, item.Value)
	}
	return list
}

// items returns the items of the list of a key, aliases followed.
func items(n *yaml.Node, key string) []*yaml.Node {
	m := member(n, key)
	if m == nil || m.Kind != yaml.SequenceNode {
		return nil
	}
	list := make([]*yaml.Node, len(m.Content))
	for i, item := range m.Content {
		list[i] = follow(item)
	}
	return list
}
