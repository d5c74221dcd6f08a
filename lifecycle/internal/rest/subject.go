package rest

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// Subject names a place as people do: "User.name" for a property of a named
// schema, "GET /users parameter sort" for what belongs to an operation. The
// keyword that changed is left to the message.
func Subject(n *openapi.Node) string {
	if name := strings.TrimSpace(subject(n)); name != "" {
		return name
	}
	return n.Pointer()
}

func subject(n *openapi.Node) string {
	tokens, err := openapi.ParsePointer(n.Pointer())
	if err != nil || len(tokens) == 0 {
		return n.Source().Name()
	}
	depth := len(tokens)
	for tokens = trim(tokens); depth > len(tokens); depth-- {
		n = n.Parent()
	}
	switch {
	case tokens[0] == "components" && len(tokens) > 2:
		return component(tokens[1], tokens[2:])
	case tokens[0] == "definitions" && len(tokens) > 1:
		return component("schemas", tokens[1:])
	case tokens[0] == "securityDefinitions" && len(tokens) > 1:
		return component("securitySchemes", tokens[1:])
	case (tokens[0] == "paths" || tokens[0] == "webhooks") && len(tokens) > 1:
		return inPath(n, tokens[1], tokens[2:])
	case tokens[0] == "info":
		return strings.Join(tokens, ".")
	}
	return member(tokens[0], tokens[1:])
}

// containers hold what the author named.
var containers = []string{
	"properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas", "parameters", "headers",
	"responses", "requestBodies", "securitySchemes", "securityDefinitions", "callbacks", "paths", "webhooks", "content", "mapping",
}

// details are members that say something of what holds them.
var details = []string{
	"type", "format", "enum", "default", "const", "nullable", "readOnly", "writeOnly", "deprecated", "required", "pattern",
	"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems",
	"maxItems", "minProperties", "maxProperties", "minContains", "maxContains", "uniqueItems", "x-sunset",
	"x-stability-level", "x-extensible-enum", "x-nullable", "operationId", "tags", "security", "contentMediaType", "contentEncoding",
}

// trim leaves out the detail that the last tokens name.
func trim(tokens []string) []string {
	if k := len(tokens) - 2; k > 0 && slices.Contains([]string{"tags", "enum", "security"}, tokens[k]) {
		tokens = tokens[:k+1]
	}
	if k := len(tokens) - 1; k > 1 && slices.Contains(details, tokens[k]) && !slices.Contains(containers, tokens[k-1]) {
		tokens = tokens[:k]
	}
	return tokens
}

// component names what is in a component.
func component(kind string, tokens []string) string {
	if kind == "schemas" {
		return member(tokens[0], tokens[1:])
	}
	return member(componentNoun(kind)+" "+tokens[0], insideMedia(tokens[1:]))
}

func componentNoun(kind string) string {
	switch kind {
	case "requestBodies":
		return "request body"
	case "securitySchemes":
		return "security scheme"
	}
	return strings.TrimSuffix(kind, "s")
}

// inPath names what is in a path.
func inPath(n *openapi.Node, path string, tokens []string) string {
	if len(tokens) == 0 {
		return path
	}
	if tokens[0] == "parameters" {
		return inOperation(n, path, tokens)
	}
	if tokens[0] == "additionalOperations" && len(tokens) > 1 {
		tokens = tokens[1:]
	}
	return inOperation(n, strings.ToUpper(tokens[0])+" "+path, tokens[1:])
}

// inOperation names what is in an operation.
func inOperation(n *openapi.Node, name string, tokens []string) string {
	if len(tokens) == 0 {
		return name
	}
	switch tokens[0] {
	case "parameters":
		if len(tokens) > 1 {
			return member(name+" parameter "+parameterName(n, len(tokens)-2), insideMedia(tokens[2:]))
		}
	case "requestBody":
		return member(name+" body", insideMedia(tokens[1:]))
	case "responses":
		if len(tokens) > 3 && tokens[2] == "headers" {
			return member(name+" "+tokens[1]+" header "+tokens[3], tokens[4:])
		}
		if len(tokens) > 1 {
			return member(name+" "+tokens[1], insideMedia(tokens[2:]))
		}
	case "callbacks":
		if len(tokens) > 3 {
			return inOperation(n, name+" callback "+tokens[1], tokens[4:])
		}
	}
	return member(name, tokens)
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
