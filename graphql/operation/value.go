package operation

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/plumbapi/plumb/graphql"
)

// valueOf makes a value of an input type, as JSON: the fewest members that it
// may have, one item in a list.
func valueOf(ref *graphql.TypeRef, name string, open map[*graphql.Type]bool) (string, error) {
	if ref.IsList() {
		item, err := valueOf(ref.Elem, name, open)
		if err != nil {
			return "[]", nil //nolint:nilerr // an item that cannot be made leaves an empty list
		}
		return "[" + item + "]", nil
	}
	t := ref.Type()
	if t == nil {
		return quote(plain(ref.Name, name)), nil
	}
	switch t.Kind {
	case graphql.Enum:
		for _, v := range t.EnumValues {
			if v.Deprecated == nil {
				return quote(v.Name), nil
			}
		}
		return "", errors.New(t.Name + " has no value that is not deprecated")
	case graphql.InputObject:
		return object(t, open)
	}
	return scalar(t.Name, name), nil
}

// object makes an input object: its required fields, or the first that can be
// made of one-of.
func object(t *graphql.Type, open map[*graphql.Type]bool) (string, error) {
	if open[t] {
		return "", errors.New(t.Name + " asks for itself without end")
	}
	open[t] = true
	defer delete(open, t)
	var members []string
	for _, f := range t.InputFields {
		if !f.Required() && !t.OneOf {
			continue
		}
		v, err := valueOf(f.Type, f.Name, open)
		if t.OneOf && err == nil {
			return "{" + quote(f.Name) + ":" + v + "}", nil
		}
		if t.OneOf {
			continue
		}
		if err != nil {
			return "", err
		}
		members = append(members, quote(f.Name)+":"+v)
	}
	if t.OneOf {
		return "", errors.New("no field of " + t.Name + " can be given a value")
	}
	return "{" + strings.Join(members, ",") + "}", nil
}

// scalar makes a value of a scalar, as JSON.
func scalar(typeName, name string) string {
	switch typeName {
	case "Int", "BigInt", "Long", "UnsignedInt":
		return "1"
	case "Float", "Decimal":
		return "1.5"
	case "Boolean":
		return "true"
	case "JSON", "JSONObject", "Map":
		return "{}"
	}
	return quote(plain(typeName, name))
}

// plain makes a text for a scalar that is written as one, by the customary
// names.
func plain(typeName, name string) string {
	switch typeName {
	case "ID":
		return "1"
	case "DateTime", "Time", "ISO8601DateTime", "Timestamp", "PreciseDateTime", "GitTimestamp":
		return "2026-01-01T12:00:00Z"
	case "Date", "ISO8601Date":
		return "2026-01-01"
	case "URI", "URL":
		return "https://example.com/1"
	case "UUID":
		return "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
	case "Email", "EmailAddress":
		return "user@example.com"
	case "Base64String", "Base64":
		return "c3RyaW5n"
	case "GitObjectID":
		return strings.Repeat("0", 40)
	}
	if strings.Contains(strings.ToLower(name), "email") {
		return "user@example.com"
	}
	return "string"
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}
