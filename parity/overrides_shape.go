package parity

import (
	"fmt"
	"regexp"
	"time"

	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// none is the word of parity.yaml for what has no counterpart.
const none = "none"

// OverridesSchema returns the JSON Schema (draft-07) of parity.yaml, for
// editors. It ends with a line break.
func OverridesSchema() []byte { return form.Schema("parity.yaml", overridesShape()) }

// overridesShape is all that parity.yaml may say.
func overridesShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping,
		Doc:  "What people decide about the parity of a REST API and a GraphQL API.",
		Fields: []form.Field{
			{Key: "version", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: overridesVersion, Doc: "The version of this format."}},
			{Key: "direction", Shape: directionShape("Which API is to offer what the other does; both where nothing is said.")},
			{Key: "min", Shape: &form.Shape{Kind: form.Number, Max: 1, Doc: "The least share of operations that must have a counterpart, from 0 to 1."}},
			{Key: "usage", Shape: &form.Shape{Kind: form.Text, Doc: "A CSV file with the number of calls of each operation, which weighs them.", Examples: []string{"usage.csv"}}},
			{Key: "packs", Shape: &form.Shape{Kind: form.List, Doc: "Vocabularies to understand names by; all of them where nothing is said.", Item: &form.Shape{Kind: form.Text, Words: word.Packs(), Doc: "A vocabulary."}}},
			{Key: "words", Shape: &form.Shape{Kind: form.List, Doc: "Words of the project that mean the same, the first standing for the others.", Item: &form.Shape{
				Kind: form.List, Doc: "Words that mean the same.", Item: &form.Shape{Kind: form.Text, Doc: "A word or a phrase."},
			}}},
			{Key: "groups", Shape: list("How much parity single tags need.", groupShape())},
			{Key: "operations", Shape: list("What corresponds to operations.", operationShape())},
			{Key: "types", Shape: list("What corresponds to schemas.", typeShape())},
			{Key: "fields", Shape: list("What corresponds to properties.", fieldShape())},
			{Key: "exempt", Shape: list("What need not have a counterpart.", exemptShape())},
		},
	}
}

func groupShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "How much parity the operations with a tag need.", Required: []string{"tag"},
		Fields: append([]form.Field{
			{Key: "tag", Shape: &form.Shape{Kind: form.Text, Doc: "A tag of the OpenAPI description."}},
			{Key: "parity", Shape: &form.Shape{Kind: form.Text, Words: []string{string(Required), string(BestEffort), string(Unneeded)}, Doc: "Whether a gap is an error, is listed, or is none."}},
			{Key: "direction", Shape: directionShape("Which API is to offer what the other does.")},
		}, noteFields()...),
		Demand: func(get func(string) string) string {
			switch {
			case get("parity") == "" && get("direction") == "":
				return "says neither parity nor direction"
			case get("parity") != string(Unneeded):
				return ""
			}
			return answered(get)
		},
	}
}

func operationShape() *form.Shape {
	item := &form.Shape{Kind: form.Text, Pattern: `^([_A-Za-z]\w*\.[_A-Za-z]\w*|none)$`, Valid: coordinate, Doc: "A coordinate, or none.", Examples: []string{"Query.pet", "Owner.pets", "Mutation.createPet", none}}
	return &form.Shape{
		Kind: form.Mapping, Doc: "What corresponds to an operation.", Required: []string{"operation", "graphql"},
		Fields: append([]form.Field{
			{Key: "operation", Shape: &form.Shape{Kind: form.Text, Pattern: `^\S+ /`, Valid: operationName, Doc: "The method and the path.", Examples: []string{"GET /pets/{id}"}}},
			{Key: "graphql", Shape: &form.Shape{Kind: form.Texts, Item: item, Doc: "The field or mutation, or several, the best first; none where nothing corresponds."}},
			{Key: "partial", Shape: &form.Shape{Kind: form.Text, Words: reasonWords(), Doc: "Why the counterpart is only partial; leave it out for a match."}},
		}, noteFields()...),
	}
}

func typeShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "What corresponds to a named schema.", Required: []string{"rest", "graphql"},
		Fields: append([]form.Field{
			{Key: "rest", Shape: &form.Shape{Kind: form.Text, Doc: "The name of the schema, or # and its JSON Pointer.", Examples: []string{"Pet", "#/components/schemas/Pet"}}},
			{Key: "graphql", Shape: &form.Shape{Kind: form.Text, Pattern: `^[_A-Za-z]\w*$`, Valid: typeName, Doc: "The type, or none."}},
		}, noteFields()...),
	}
}

func fieldShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "What corresponds to a property.", Required: []string{"rest", "graphql"},
		Fields: append([]form.Field{
			{Key: "rest", Shape: &form.Shape{Kind: form.Text, Pattern: `^.+\..+$`, Valid: propertyName, Doc: "The schema and the property.", Examples: []string{"Pet.created_at"}}},
			{Key: "graphql", Shape: &form.Shape{Kind: form.Text, Pattern: `^([_A-Za-z]\w*\.[_A-Za-z]\w*|none)$`, Valid: coordinate, Doc: "The field, or none.", Examples: []string{"Pet.createdAt"}}},
		}, noteFields()...),
	}
}

func exemptShape() *form.Shape {
	pattern := func(doc string, examples ...string) *form.Shape {
		return &form.Shape{Kind: form.Text, Valid: patternLength, Doc: doc + " * is any part without a /, ** any part.", Examples: examples}
	}
	return &form.Shape{
		Kind: form.Mapping, Doc: "What need not have a counterpart, and why.",
		Required: []string{"reason", "owner"}, Some: []string{"operation", "graphql", "type", "field"},
		Fields: append([]form.Field{
			{Key: "operation", Shape: pattern("A pattern over operations.", "GET /admin/**")},
			{Key: "graphql", Shape: pattern("A pattern over queries and mutations.", "Mutation.admin*")},
			{Key: "type", Shape: pattern("A pattern over names of schemas.", "*Request")},
			{Key: "field", Shape: pattern("A pattern over properties and fields.", "Pet.*_url")},
		}, noteFields()...),
	}
}

func noteFields() []form.Field {
	return []form.Field{
		{Key: "reason", Shape: &form.Shape{Kind: form.Text, Doc: "Why."}},
		{Key: "owner", Shape: &form.Shape{Kind: form.Text, Doc: "Who answers for it."}},
		{Key: "until", Shape: &form.Shape{Kind: form.Text, Pattern: `^\d{4}-\d{2}-\d{2}$`, Valid: day, Doc: "The last day on which it holds, as 2026-12-31."}},
	}
}

func directionShape(doc string) *form.Shape {
	return &form.Shape{Kind: form.Text, Doc: doc, Words: []string{string(BothWays), string(RESTToGraphQL), string(GraphQLToREST)}}
}

func list(doc string, item *form.Shape) *form.Shape {
	return &form.Shape{Kind: form.List, Doc: doc, Item: item}
}

// answered says what an exemption lacks.
func answered(get func(string) string) string {
	for _, key := range [...]string{"reason", "owner"} {
		if get(key) == "" {
			return fmt.Sprintf("is exempt and has no %s", key)
		}
	}
	return ""
}

func reasonWords() []string {
	words := make([]string, len(reasons))
	for i, r := range reasons {
		words[i] = string(r)
	}
	return words
}

// reasons are all that there are, in the order in which they are documented.
var reasons = [...]Reason{Folded, NodeID, ViaFilter, ViaScan, FanOut, Subset, Variant, ViaGeneric, Narrower}

var (
	coordinateForm = regexp.MustCompile(`^[_A-Za-z]\w*\.[_A-Za-z]\w*$`)
	nameForm       = regexp.MustCompile(`^[_A-Za-z]\w*$`)
	operationForm  = regexp.MustCompile(`^\S+ /\S*$`)
	fieldForm      = regexp.MustCompile(`^.+\..+$`)
)

func coordinate(text string) string {
	if text != none && !coordinateForm.MatchString(text) {
		return "is no coordinate; expected Type.field, or none"
	}
	return ""
}

func typeName(text string) string {
	if !nameForm.MatchString(text) {
		return "is no name of a type; expected one, or none"
	}
	return ""
}

func operationName(text string) string {
	if !operationForm.MatchString(text) {
		return "is no operation; expected a method and a path, such as GET /pets/{id}"
	}
	return ""
}

func propertyName(text string) string {
	if !fieldForm.MatchString(text) {
		return "is no property; expected SCHEMA.property"
	}
	return ""
}

// patternLength keeps patterns short: matching takes as long as they are.
func patternLength(text string) string {
	if len(text) > 1000 {
		return "is longer than 1,000 bytes"
	}
	return ""
}

// day says what is wrong with a date; "" where nothing is.
func day(text string) string {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "is no date; expected one such as 2026-12-31"
	}
	return ""
}
