package parity

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
)

// keyValue is one key of an entry. Several values are a list.
type keyValue struct {
	key    string
	values []string
}

func (p GroupPolicy) keys() (section string, keys []keyValue) {
	return "groups", said(p.Note, keyValue{"tag", []string{p.Tag}}, keyValue{"parity", []string{string(p.Need)}}, keyValue{"direction", []string{string(p.Direction)}})
}

func (o OperationOverride) keys() (section string, keys []keyValue) {
	graphQL := slices.Clone(o.GraphQL)
	if len(graphQL) == 0 {
		graphQL = []string{none}
	}
	return "operations", said(o.Note, keyValue{"operation", []string{o.Operation}}, keyValue{"graphql", graphQL}, keyValue{"partial", []string{string(o.Partial)}})
}

func (o TypeOverride) keys() (section string, keys []keyValue) {
	return "types", said(o.Note, keyValue{"rest", []string{o.REST}}, keyValue{"graphql", []string{nameOrNone(o.GraphQL)}})
}

func (o FieldOverride) keys() (section string, keys []keyValue) {
	return "fields", said(o.Note, keyValue{"rest", []string{o.REST}}, keyValue{"graphql", []string{nameOrNone(o.GraphQL)}})
}

func (e Exemption) keys() (section string, keys []keyValue) {
	return "exempt", said(e.Note, keyValue{"operation", []string{e.Operation}}, keyValue{"graphql", []string{e.GraphQL}},
		keyValue{"type", []string{e.Type}}, keyValue{"field", []string{e.Field}})
}

// said returns the keys that have a value, and what the note says.
func said(n Note, keys ...keyValue) []keyValue {
	until := ""
	if !n.Until.IsZero() {
		until = n.Until.Format(time.DateOnly)
	}
	keys = append(keys, keyValue{"reason", []string{n.Reason}}, keyValue{"owner", []string{n.Owner}}, keyValue{"until", []string{until}})
	return slices.DeleteFunc(keys, func(k keyValue) bool { return len(k.values) == 1 && k.values[0] == "" })
}

// blockOf writes an entry as an item of a list, a key a line.
func blockOf(keys []keyValue, indent, newline string) string {
	var b strings.Builder
	lead := indent + "- "
	for _, k := range keys {
		b.WriteString(lead + k.key + ": ")
		if len(k.values) == 1 {
			b.WriteString(scalar(k.values[0]))
		} else {
			b.WriteString(flowList(k.values))
		}
		b.WriteString(newline)
		lead = indent + "  "
	}
	return b.String()
}

// flowOf writes an entry in brackets, so that it is JSON too.
func flowOf(keys []keyValue) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		value := flowList(k.values)
		if len(k.values) == 1 {
			value = jsonText(k.values[0])
		}
		parts[i] = jsonText(k.key) + ": " + value
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func flowList(values []string) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = jsonText(v)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

var (
	plainScalar = regexp.MustCompile(`^[A-Za-z_/][A-Za-z0-9_./{}()\-]*( [A-Za-z0-9_./{}()\-]+)*$`)
	otherScalar = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|null|y|n)$`)
)

// scalar writes a text in YAML, plain where that cannot be taken for
// something else.
func scalar(text string) string {
	if plainScalar.MatchString(text) && !otherScalar.MatchString(text) {
		return text
	}
	return jsonText(text)
}

func jsonText(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
