package house

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/lint"
)

// rulePages renders docs/rules: a page for each rule and an index.
func rulePages(files Files) {
	metas, rulesets := documented(), lint.Rulesets()
	for _, m := range metas {
		files["docs/rules/"+m.ID+".md"] = []byte(rulePage(m, rulesets))
	}
	files["docs/rules/README.md"] = []byte(ruleIndex(metas, rulesets))
}

// documented are the rules that have pages of their own. Kinds of change have
// one page for each API.
func documented() []check.Meta {
	return slices.DeleteFunc(rulebook.Metas(), func(m check.Meta) bool { return rulebook.IsChange(m.ID) })
}

func ruleIndex(metas []check.Meta, rulesets []lint.Ruleset) string {
	var b strings.Builder
	b.WriteString("# Rules\n\n")
	fmt.Fprintf(&b, "%d rules. *Opt-in* rules run only where a ruleset or the configuration names them.\n", len(metas))
	b.WriteString("`plumb rules` prints this list, `plumb explain RULE` a page of it. Kinds of change between two\n" +
		"versions are rules too: those of [OpenAPI](../changes/openapi.md) and of [GraphQL](../changes/graphql.md).\n\n")
	b.WriteString("| ruleset | rules | for |\n|---|---:|---|\n")
	for _, r := range rulesets {
		fmt.Fprintf(&b, "| `%s` | %d | %s |\n", r.Name, len(r.Rules), r.Summary)
	}
	for _, group := range groups(metas) {
		fmt.Fprintf(&b, "\n## %s\n\n| rule | severity | what must hold |\n|---|---|---|\n", group.title)
		for _, m := range group.metas {
			severity := m.Severity.String()
			if m.OptIn {
				severity += ", opt-in"
			}
			fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s |\n", m.ID, m.ID, severity, cell(m.Summary))
		}
	}
	return b.String()
}

type group struct {
	title string
	metas []check.Meta
}

// groups sorts rules by check and surface, in the order of the rules.
func groups(metas []check.Meta) []group {
	out := []group{{title: "OpenAPI"}, {title: "GraphQL"}, {title: "Lifecycle"}, {title: "Parity"}, {title: "Performance"}, {title: "Webhooks"}, {title: "Integrations"}, {title: "Policy"}}
	for _, m := range metas {
		switch rulebook.HomeOf(m.ID).Check {
		case rulebook.Lifecycle:
			out[2].metas = append(out[2].metas, m)
			continue
		case rulebook.Parity:
			out[3].metas = append(out[3].metas, m)
			continue
		case rulebook.Perf:
			out[4].metas = append(out[4].metas, m)
			continue
		case rulebook.Webhooks:
			out[5].metas = append(out[5].metas, m)
			continue
		case rulebook.Integrations:
			out[6].metas = append(out[6].metas, m)
			continue
		}
		i := 7
		for _, tag := range m.Tags {
			switch tag {
			case "openapi":
				i = 0
			case "graphql":
				i = 1
			}
		}
		out[i].metas = append(out[i].metas, m)
	}
	return out
}

func rulePage(m check.Meta, rulesets []lint.Ruleset) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", m.ID, m.Summary)
	optIn := "no"
	if m.OptIn {
		optIn = "yes"
	}
	b.WriteString("| | |\n|---|---|\n")
	home := rulebook.HomeOf(m.ID)
	fmt.Fprintf(&b, "| severity | %s |\n| opt-in | %s |\n", m.Severity, optIn)
	if home.Check == rulebook.Lint {
		fmt.Fprintf(&b, "| rulesets | %s |\n", strings.Join(rulesetsOf(m.ID, rulesets), ", "))
	} else {
		fmt.Fprintf(&b, "| run by | `%s` |\n", home.Command)
	}
	fmt.Fprintf(&b, "| tags | %s |\n| since | %s |\n", strings.Join(m.Tags, ", "), m.Since)
	if len(m.Aliases) > 0 {
		fmt.Fprintf(&b, "| also known as | %s |\n", strings.Join(m.Aliases, ", "))
	}
	if m.Deprecated != "" {
		fmt.Fprintf(&b, "\n**Deprecated**: %s Use [%s](%s.md).\n", m.Deprecated, m.ReplacedBy, m.ReplacedBy)
	}
	fmt.Fprintf(&b, "\n## Why\n\n%s\n", m.Rationale)
	if m.Fix != "" {
		fmt.Fprintf(&b, "\n## Fix\n\n%s %s\n", m.Fix, fixWith(m.Fix))
	}
	if ex, ok := rulebook.Example(m.ID); ok {
		example(&b, "Avoid", ex.Bad)
		if len(ex.Findings) > 0 {
			b.WriteString("\nplumb says:\n")
			fence(&b, "text", strings.Join(ex.Findings, "\n")+"\n")
		}
		example(&b, "Prefer", ex.Good)
	}
	b.WriteString("\n## Configure\n")
	fence(&b, "yaml", fmt.Sprintf("%s:\n  rules:\n    %s: off  # or error, warning, info\n", home.Check, key(m.ID)))
	b.WriteString("\n## Set aside\n\nFor one element, with a reason, in `plumb.yaml`:\n")
	fence(&b, "yaml", fmt.Sprintf("waivers:\n  - rule: %s\n    element: %s\n    reason: goes with version 3\n    owner: api-team\n    until: 2027-06-30\n", key(m.ID), element(m)))
	return b.String()
}

func example(b *strings.Builder, title string, c cases.Case) {
	if c.Name == "" {
		return
	}
	fmt.Fprintf(b, "\n## %s\n", title)
	for _, f := range c.Files {
		if len(c.Files) > 1 {
			fmt.Fprintf(b, "\n`%s`\n", f.Name)
		}
		language := strings.TrimPrefix(path.Ext(f.Name), ".")
		if language == "lock" {
			language = "json"
		}
		fence(b, language, string(f.Data))
	}
}

// fence writes a code block whose fence is longer than any in the text.
func fence(b *strings.Builder, language, text string) {
	mark := "```"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	fmt.Fprintf(b, "\n%s%s\n%s%s\n", mark, language, text, mark)
}

func rulesetsOf(id string, rulesets []lint.Ruleset) []string {
	var names []string
	for _, r := range rulesets {
		if _, ok := r.Rules[id]; ok {
			names = append(names, "`"+r.Name+"`")
		}
	}
	return names
}

// element returns an element that a rule of the surface might speak of.
func element(m check.Meta) string {
	if slices.Contains(m.Tags, "graphql") {
		return "Legacy.field"
	}
	return "/paths/~1legacy/get"
}

// key quotes a rule ID where YAML needs it.
func key(id string) string {
	if strings.ContainsAny(id, "$*&!%@`") {
		return `"` + id + `"`
	}
	return id
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// fixWith says how a fix is applied.
func fixWith(fix string) string {
	if strings.Contains(fix, "; unsafe,") {
		return "Applied by `plumb lint --fix --fix-unsafe`."
	}
	return "Applied by `plumb lint --fix`."
}
