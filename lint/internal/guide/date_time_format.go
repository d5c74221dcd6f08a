package guide

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var dateTimeFormat = &rule{
	Meta: check.Meta{
		ID:      "date-time-format",
		Summary: "A string that is named for a date must have a format.",
		Rationale: "`created_at: {type: string}` may be RFC 3339, a local time or a word. `format: date-time` (or `date`) fixes it, and clients get a date instead of a string. " +
			"Names count that end in at, on or date; a string with an enum or a pattern, with an example that is no date, or described as meant for people, is not reported.",
		Severity: check.Warning, Tags: []string{"openapi", "schemas", "dates", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkDateTimeFormat,
}

func checkDateTimeFormat(_ context.Context, p *pass) error {
	d := p.Subject
	for c := range declaredProperties(d) {
		if isDateName(c.Key()) && d.Ref(c) == nil && isUnformatted(c) {
			p.Reportf(c.KeyLocation(), "property %q is a string without a date format%s", c.Key(), exampleOf(c))
		}
	}
	for _, param := range d.Nodes(openapi.ParameterRole) {
		name := param.Get("name")
		schema := parameterSchema(d, param)
		if isDateName(name.Text()) && schema != nil && isUnformatted(schema) && mayBeDate(param.Get("example")) {
			p.Reportf(name.Location(), "parameter %q is a string without a date format%s", name.Text(), exampleOf(schema))
		}
	}
	return nil
}

func isDateName(name string) bool {
	n := dateNameOf(name)
	return n == anyDate || n == moment
}

// isUnformatted reports whether a schema is a string that may hold any text.
func isUnformatted(schema *openapi.Node) bool {
	t := schema.Get("type")
	if t.Is(openapi.Array) {
		nullable := t.Len() == 2 && (t.At(0).Text() == "null" || t.At(1).Text() == "null")
		if !nullable || t.At(0).Text() != "string" && t.At(1).Text() != "string" {
			return false
		}
	} else if t.Text() != "string" {
		return false
	}
	for _, c := range schema.Children() {
		switch c.Key() {
		case "format", "enum", "const", "pattern", "contentMediaType", "contentEncoding":
			return false
		case "description":
			if isForPeople(c.Text()) {
				return false
			}
		}
	}
	return mayBeDate(schema.Get("example")) && mayBeDate(schema.Get("examples").At(0)) && mayBeDate(schema.Get("default"))
}

// isForPeople reports whether a description says that a text is free:
// "a date in human-readable form".
func isForPeople(description string) bool {
	return strings.Contains(description, "human-readable") || strings.Contains(description, "human readable") || strings.Contains(description, "free-form")
}

// mayBeDate reports whether an example is a date as RFC 3339 writes it, or
// missing.
func mayBeDate(example *openapi.Node) bool {
	s, ok := example.Str()
	if !ok || s == "" {
		return true
	}
	const form = "0000-00-00"
	if len(s) < len(form) {
		return false
	}
	for i := range len(form) {
		if isDigit := '0' <= s[i] && s[i] <= '9'; isDigit != (form[i] == '0') || !isDigit && s[i] != '-' {
			return false
		}
	}
	return true
}

// exampleOf tells the example that a schema gives, where it gives one.
func exampleOf(schema *openapi.Node) string {
	if s, ok := schema.Get("example").Str(); ok && s != "" {
		return fmt.Sprintf(", such as %q", s)
	}
	return ""
}
