package source_test

import (
	"testing"

	"github.com/plumbapi/plumb/internal/cli/source"
)

func TestSniff(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, text string
		want             source.Kind
		certain          bool
	}{
		{"YAML", "a", "openapi: 3.0.3\n", source.OpenAPI, true},
		{"YAML with a quoted key", "a", "\"swagger\": '2.0'\n", source.OpenAPI, true},
		{"YAML with the version late", "a", "info:\n  title: t\nopenapi: 3.1.0\n", source.OpenAPI, true},
		{"YAML in a file for GraphQL", "a.graphql", "openapi: 3.0.3\n", source.OpenAPI, true},
		{"YAML whose first key is a word of SDL", "a", "type: object\n", source.OpenAPI, false},
		{"JSON", "a", `{"info": {"data": {"__schema": 1}}, "openapi": "3.0.3"}`, source.OpenAPI, true},
		{"JSON with nothing to tell", "a", `{"a": 1}`, source.OpenAPI, false},
		{"JSON with a value that is a keyword", "a", `{"a": "openapi", "data": 1, "b": "__schema"}`, source.OpenAPI, false},
		{"JSON with data that is empty", "a", `{"data": {}, "__schema": {}}`, source.GraphQL, true},
		{"JSON with data that is a list", "a", `{"data": [{"__schema": 1}], "swagger": "2.0"}`, source.OpenAPI, false},
		{"JSON cut off", "a", `{"swagger`, source.OpenAPI, false},
		{"introspection", "a.json", `{"__schema": {}}`, source.GraphQL, true},
		{"introspection under data", "a", ` {"extensions": {"openapi": []}, "data": {"__schema": {}}}`, source.GraphQL, true},
		{"a member of that name further in", "a", `{"a": {"__schema": 1}, "data": 1, "b": {"__schema": 1}}`, source.OpenAPI, false},
		{"SDL", "a.yaml", "type Query {\n", source.GraphQL, true},
		{"SDL behind comments", "a", "\ufeff# c\n\n\"\"\"\nopenapi: 3\n\"\"\"\n\"d\" type Query\n", source.GraphQL, true},
		{"SDL: schema", "a", "schema { query: Q }", source.GraphQL, true},
		{"SDL: schema with a directive", "a", "schema @link(url: \"u\") {", source.GraphQL, true},
		{"SDL: directive", "a", "directive @a on FIELD", source.GraphQL, true},
		{"SDL: extension", "a", "extend type Query {", source.GraphQL, true},
		{"SDL: description without end", "a", "\"\"\"\nlong", source.GraphQL, true},
		{"queries", "a", "query Q { a }", source.OpenAPI, false},
		{"queries in a file for GraphQL", "a.gql", "query Q { a }", source.GraphQL, false},
		{"empty", "a.yaml", "", source.OpenAPI, false},
		{"empty file for GraphQL", "a.graphqls", " ", source.GraphQL, false},
		{"HTML", "a", "<!doctype html>", source.OpenAPI, false},
		{"string without end", "a", "\"abc", source.OpenAPI, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, certain := source.Sniff(tt.file, []byte(tt.text))
			if got != tt.want || certain != tt.certain {
				t.Errorf("Sniff = %v, %t; want %v, %t", got, certain, tt.want, tt.certain)
			}
		})
	}
}
