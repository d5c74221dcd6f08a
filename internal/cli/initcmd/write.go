package initcmd

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/internal/safe"
)

// write makes the text of plumb.yaml.
func write(apis []config.API, e evidence, m *move) string {
	var b strings.Builder
	b.WriteString(`# What plumb checks in this project: https://github.com/plumbapi/plumb
# yaml-language-server: $schema=https://raw.githubusercontent.com/plumbapi/plumb/main/docs/config.schema.json

# The API descriptions, by API. Paths are relative to this file.
`)
	if len(apis) == 0 {
		b.WriteString(`apis:
#  - name: example
#    openapi: api/openapi.yaml
#    graphql: api/schema.graphql
`)
	} else {
		b.WriteString("apis:\n")
	}
	for i := range apis {
		writeAPI(&b, &apis[i])
	}
	b.WriteString(`
lint:
  # Rulesets, a later one wins: plumb:recommended, plumb:all, plumb:graphql,
  # plumb:gitlab, plumb:owasp, spectral:oas, or the path of a ruleset file.
`)
	fmt.Fprintf(&b, "  extends: [%s]\n", strings.Join(quoteAll(m.extends), ", "))
	b.WriteString(`  # Single rules: off, info, warning, error, or on. plumb rules lists them.
  rules:
  #  operation-tags: off
  # Findings that never count.
  ignore:
`)
	if len(m.ignores) == 0 {
		b.WriteString(`  #  - rule: operation-description
  #    element: /paths/~1internal**
  #    reason: not for customers
`)
	}
	for i := range m.ignores {
		writeIgnore(&b, &m.ignores[i])
	}
	b.WriteByte('\n')
	e.write(&b)
	b.WriteString(`# Known findings, which do not count. plumb check --update-baseline writes them.
baseline: .plumb/baseline.json

# Findings that somebody answers for until a day.
waivers:
#  - rule: operation-tags
#    element: /paths/~1old/get
#    reason: goes with version 2
#    owner: "@api-team"
#    until: 2027-06-30
`)
	return b.String()
}

func writeIgnore(b *strings.Builder, i *check.Ignore) {
	fmt.Fprintf(b, "    - rule: %s\n", quote(i.Rule))
	if i.File != "" {
		fmt.Fprintf(b, "      file: %s\n", quote(i.File))
	}
	if i.Element != "" {
		fmt.Fprintf(b, "      element: %s\n", quote(i.Element))
	}
	fmt.Fprintf(b, "      reason: %s\n", quote(i.Reason))
}

func quoteAll(list []string) []string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = text
		if !plainName.MatchString(text) {
			quoted[i] = quote(text)
		}
	}
	return quoted
}

// plainName matches names of rulesets that YAML takes as they are within a list.
var plainName = regexp.MustCompile(`^[\w./-]+(:[\w.-]+)?$`)

func writeAPI(b *strings.Builder, api *config.API) {
	fmt.Fprintf(b, "  - name: %s\n", quote(api.Name))
	if api.OpenAPI != "" {
		fmt.Fprintf(b, "    openapi: %s\n", quote(api.OpenAPI))
	}
	if api.GraphQL != "" {
		fmt.Fprintf(b, "    graphql: %s\n", quote(api.GraphQL))
	}
	if len(api.Payloads) == 0 {
		return
	}
	b.WriteString("    # Deliveries, which are held against the description.\n    payloads:\n")
	for _, path := range api.Payloads {
		fmt.Fprintf(b, "      - %s\n", quote(path))
	}
}

// write writes the sections that there is evidence for, and shows the others.
func (e *evidence) write(b *strings.Builder) {
	b.WriteString("lifecycle:\n  # What changes are compared with: git:REVISION, a file or a folder.\n")
	if e.base != "" {
		fmt.Fprintf(b, "  base: %s\n", quote(e.base))
	} else {
		b.WriteString("  # base: git:origin/main\n")
	}
	b.WriteString("  # What is promised before something goes: a policy that plumb knows, or a file.\n")
	if e.policy != "" {
		fmt.Fprintf(b, "  policy: %s  # %s\n", quote(e.policy), safe.Line(e.why))
	} else {
		b.WriteString("  # policy: policy.yaml\n")
	}
	if e.decisions || e.lock {
		b.WriteString("\nparity:\n")
		if e.decisions {
			b.WriteString("  map: parity.yaml\n")
		}
		if e.lock {
			b.WriteString("  lock: parity.lock\n")
		}
	}
	if e.plan != "" {
		fmt.Fprintf(b, "\nperf:\n  plan: %s\n", quote(e.plan))
	}
	b.WriteByte('\n')
}

// quote writes a text as a YAML scalar: bare where it is plain, else in
// double quotes, whose escapes YAML shares with JSON.
func quote(text string) string {
	plain := text != ""
	for i, r := range text {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '/'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789-.*", r)) {
			plain = false
		}
	}
	switch strings.ToLower(text) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		plain = false
	}
	if plain {
		return text
	}
	return quoted(text)
}

func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
