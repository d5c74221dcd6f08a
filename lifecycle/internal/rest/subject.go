package rest

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// Subject names a place as people do: "User.name" for a property of a named
// schema, "GET /users parameter sort" for what belongs to an operation.
func Subject(n *openapi.Node) string {
	tokens, err := openapi.ParsePointer(n.Pointer())
	if err != nil || len(tokens) == 0 {
		return n.Source().Name()
	}
	switch {
	case tokens[0] == "components" && len(tokens) > 2:
		return component(n, tokens[1], tokens[2:])
	case tokens[0] == "definitions" && len(tokens) > 1, tokens[0] == "securityDefinitions" && len(tokens) > 1:
		return component(n, "schemas", tokens[1:])
	case (tokens[0] == "paths" || tokens[0] == "webhooks") && len(tokens) > 1:
		return inPath(n, tokens[1], tokens[2:])
	}
	return strings.Join(tokens, ".")
}

// component names what is in a component.
func component(n *openapi.Node, kind string, tokens []string) string {
	if kind == "schemas" {
		return member(tokens[0], tokens[1:])
	}
	return member(strings.TrimSuffix(kind, "s")+" "+tokens[0], tokens[1:])
}

// inPath names what is in a path.
func inPath(n *openapi.Node, path string, tokens []string) string {
	if len(tokens) == 0 {
		return path
	}
	name := strings.ToUpper(tokens[0]) + " " + path
	rest := tokens[1:]
	if tokens[0] == "parameters" {
		name, rest = path, tokens
	}
	if len(rest) == 0 {
		return name
	}
	switch rest[0] {
	case "parameters":
		if len(rest) > 1 {
			return member(name+" parameter "+parameterName(n, len(rest)-2), rest[2:])
		}
	case "requestBody":
		return member(name+" body", insideMedia(rest[1:]))
	case "responses":
		if len(rest) > 1 {
			return member(name+" "+rest[1], insideMedia(rest[2:]))
		}
	}
	return member(name, rest)
}

// parameterName is the name of the parameter that a node lies so deep in.
func parameterName(n *openapi.Node, depth int) string {
	for range depth {
		n = n.Parent()
	}
	if name := n.Get("name").Text(); name != "" {
		return name
	}
	ref := n.Get("$ref").Text()
	return ref[strings.LastIndexByte(ref, '/')+1:]
}

// insideMedia leaves out the steps to the schema of a media type.
func insideMedia(tokens []string) []string {
	if len(tokens) > 2 && tokens[0] == "content" && tokens[2] == "schema" {
		return tokens[3:]
	}
	return tokens
}

// member appends the way into a schema: "User.name", "User.tags[]".
func member(name string, tokens []string) string {
	var b strings.Builder
	b.WriteString(name)
	for i := 0; i < len(tokens); i++ {
		switch t := tokens[i]; {
		case t == "properties" && i+1 < len(tokens):
			i++
			b.WriteByte('.')
			b.WriteString(tokens[i])
		case t == "items":
			b.WriteString("[]")
		case t == "schema" && i == 0:
		default:
			b.WriteByte(' ')
			b.WriteString(t)
		}
	}
	return b.String()
}
