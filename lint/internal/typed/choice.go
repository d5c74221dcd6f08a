package typed

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// choice makes a shape that depends on the value or on its name; nil where the
// table means something else.
func (t *Tree) choice(name string) *Shape {
	switch name {
	case "path":
		return byName(t.shape("PathItem"), isPath)
	case "status":
		return byName(t.shape("Response"), isStatus)
	case "schemas":
		return byKind(openapi.Array, t.listed("Schema"), t.shape("Schema"))
	case "schema?":
		return byKind(openapi.Bool, &Shape{Kind: "boolean"}, t.shape("Schema"))
	case "pkce":
		return byKind(openapi.Bool, &Shape{Kind: "boolean"}, t.shape("XUsePkce"))
	case "types":
		one := &Shape{Enum: schemaTypes}
		return byKind(openapi.Array, &Shape{Kind: "array", Item: one}, one)
	case "mapping":
		return t.mapping()
	}
	return nil
}

// isPath reports whether a member of paths is one.
func isPath(name string) bool { return strings.HasPrefix(name, "/") }

var statusCode = regexp.MustCompile(`^[0-9][0-9Xx]{2}$`)

// isStatus reports whether a member of responses is one.
func isStatus(name string) bool { return statusCode.MatchString(name) }

// byName is a shape for the names that are something, and nothing for others.
func byName(s *Shape, is func(string) bool) *Shape {
	return &Shape{Choose: func(_ *openapi.Node, name string) *Shape {
		if is(name) {
			return s
		}
		return nil
	}}
}

// byKind is one shape for values of a kind, and another for all others.
func byKind(k openapi.Kind, is, other *Shape) *Shape {
	return &Shape{Choose: func(v *openapi.Node, _ string) *Shape {
		if v.Is(k) {
			return is
		}
		return other
	}}
}

// listed is a list of a kind, of which no table speaks.
func (t *Tree) listed(kind string) *Shape {
	list := &Type{Name: kind + "List", Items: &Shape{Type: t.named[kind]}}
	t.chosen = append(t.chosen, list)
	return &Shape{Type: list}
}

// schemaTypes are the values of type in schemas since OpenAPI 3.1.
var schemaTypes = []string{"object", "array", "string", "number", "integer", "boolean", "null"}

var dataFile = regexp.MustCompile(`(?i)\.(ya?ml|json)$`)

// mapping is a value of discriminator.mapping: a reference, or a name.
func (t *Tree) mapping() *Shape {
	ref, name := &Shape{Kind: "string", Refers: t.named["Schema"]}, &Shape{Kind: "string"}
	return &Shape{Choose: func(v *openapi.Node, _ string) *Shape {
		if text, ok := v.Str(); ok && IsMappingRef(text) {
			return ref
		}
		return name
	}}
}

// IsMappingRef reports whether the value of a discriminator's mapping is a
// reference, and no bare name of a schema.
func IsMappingRef(text string) bool {
	return strings.ContainsAny(text, "/") || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "data:") || dataFile.MatchString(text)
}

// requirements say which members must be there, by what an object holds.
var requirements = map[string]func(*openapi.Node) []string{
	"parameter20": func(n *openapi.Node) []string {
		switch {
		case n.Get("in").Text() == "":
			return []string{"name", "in"}
		case n.Get("in").Text() == "body":
			return []string{"name", "in", "schema"}
		case n.Get("type").Text() == "array":
			return []string{"name", "in", "type", "items"}
		}
		return []string{"name", "in", "type"}
	},
	"items20": func(n *openapi.Node) []string {
		if n.Get("type").Text() == "array" {
			return []string{"type", "items"}
		}
		return []string{"type"}
	},
	"security20": func(n *openapi.Node) []string {
		switch n.Get("type").Text() {
		case "apiKey":
			return []string{"type", "name", "in"}
		case "oauth2":
			switch n.Get("flow").Text() {
			case "implicit":
				return []string{"type", "flow", "authorizationUrl", "scopes"}
			case "accessCode":
				return []string{"type", "flow", "authorizationUrl", "tokenUrl", "scopes"}
			case "application", "password":
				return []string{"type", "flow", "tokenUrl", "scopes"}
			}
			return []string{"type", "flow", "scopes"}
		}
		return []string{"type"}
	},
	"security": func(n *openapi.Node) []string {
		switch n.Get("type").Text() {
		case "apiKey":
			return []string{"type", "name", "in"}
		case "http":
			return []string{"type", "scheme"}
		case "oauth2":
			return []string{"type", "flows"}
		case "openIdConnect":
			return []string{"type", "openIdConnectUrl"}
		}
		return []string{"type"}
	},
}

// allowances say which members may be there, by what an object holds.
var allowances = map[string]func(*openapi.Node) []string{
	"security20": func(n *openapi.Node) []string {
		switch n.Get("type").Text() {
		case "apiKey":
			return []string{"type", "name", "in", "description"}
		case "oauth2":
			switch n.Get("flow").Text() {
			case "implicit":
				return []string{"type", "flow", "authorizationUrl", "description", "scopes"}
			case "application", "password":
				return []string{"type", "flow", "tokenUrl", "description", "scopes"}
			}
			return []string{"type", "flow", "authorizationUrl", "tokenUrl", "description", "scopes"}
		}
		return []string{"type", "description"}
	},
	"security30": func(n *openapi.Node) []string {
		if n.Get("type").Text() == "oauth2" {
			return []string{"type", "flows", "description"}
		}
		return schemeFields(n)
	},
	"security31": func(n *openapi.Node) []string {
		if n.Get("type").Text() == "oauth2" {
			return []string{"type", "flows", "authorizationUrl", "refreshUrl", "tokenUrl", "description", "scopes"}
		}
		return schemeFields(n)
	},
	"security32": func(n *openapi.Node) []string {
		if n.Get("type").Text() == "oauth2" {
			return []string{"type", "flows", "authorizationUrl", "refreshUrl", "tokenUrl", "description", "scopes", "oauth2MetadataUrl", "deprecated"}
		}
		return append(schemeFields(n), "deprecated")
	},
}

func schemeFields(n *openapi.Node) []string {
	switch n.Get("type").Text() {
	case "apiKey":
		return []string{"type", "name", "in", "description"}
	case "http":
		return []string{"type", "scheme", "bearerFormat", "description"}
	case "openIdConnect":
		return []string{"type", "openIdConnectUrl", "description"}
	}
	return []string{"type", "description"}
}
