package graphql

import (
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
)

// The rules under which problems of a schema are found.
const (
	ruleParse             = "graphql-parse"
	ruleResponseErrors    = "graphql-response-errors"
	ruleDuplicateType     = "graphql-duplicate-type"
	ruleDuplicateField    = "graphql-duplicate-field"
	ruleDuplicateArgument = "graphql-duplicate-argument"
	ruleDuplicateValue    = "graphql-duplicate-enum-value"
	ruleDuplicateMember   = "graphql-duplicate-member"
	ruleDuplicateDir      = "graphql-duplicate-directive"
	ruleDuplicateSchema   = "graphql-duplicate-schema"
	ruleUnknownType       = "graphql-unknown-type"
	ruleUnknownDirective  = "graphql-unknown-directive"
	ruleInvalidKind       = "graphql-invalid-kind"
	ruleInvalidDirective  = "graphql-invalid-directive"
	ruleInvalidDefault    = "graphql-invalid-default"
	ruleInvalidOneOf      = "graphql-invalid-one-of"
	ruleInterface         = "graphql-interface-not-satisfied"
	ruleCycle             = "graphql-cycle"
	ruleMissingQuery      = "graphql-missing-query-root"
	ruleEmptyType         = "graphql-empty-type"
	ruleInvalidName       = "graphql-invalid-name"
	ruleRequired          = "graphql-deprecated-required"
)

// ProblemRules describes the rules of [Schema.Problems] and [Error], in the
// order in which they are documented. They have no code of their own: loading
// finds what they report.
func ProblemRules() []check.Meta {
	meta := func(id, summary, rationale string) check.Meta {
		return check.Meta{
			ID: id, Summary: summary, Rationale: rationale, Severity: check.Error,
			Tags: []string{"graphql", "document", "plumb:graphql"}, Since: "0.1.0", Aliases: []string{},
		}
	}
	return []check.Meta{
		meta(ruleParse, "The schema must be well-formed SDL or the result of an introspection query.",
			"Nothing can be said of a schema that cannot be read. The run counts as incomplete, never as clean."),
		meta(ruleResponseErrors, "The result of an introspection query must be free of errors.",
			"A response that has errors beside its data may have holes: what a resolver could not tell is null or missing. Repeat the query and look at the server's log."),
		meta(ruleDuplicateType, "Every type must be defined once.",
			"Two definitions of one name contradict each other, and which of them a server takes is chance. Remove one, or turn the second into `extend`."),
		meta(ruleDuplicateField, "Every field of a type must be defined once.",
			"Servers and code generators take the first or the last of two definitions, each in its own way, and strict tools refuse the whole schema. Remove one."),
		meta(ruleDuplicateArgument, "Every argument of a field or a directive must be defined once.",
			"Which of two definitions holds is chance, and strict tools refuse the whole schema. Remove one."),
		meta(ruleDuplicateValue, "Every value of an enum must be defined once.",
			"Code generators make a constant of each value and then do not compile; strict tools refuse the whole schema. Remove one."),
		meta(ruleDuplicateMember, "Every member of a union and every implemented interface must be named once.",
			"The second mention says nothing new, and strict tools refuse the whole schema for it. Remove it."),
		meta(ruleDuplicateDir, "Every directive must be defined once.",
			"Two definitions of one name contradict each other, and which of them a server takes is chance. Remove one."),
		meta(ruleDuplicateSchema, "There must be one schema definition, with each root type named once.",
			"A server has one entry for queries, one for mutations and one for subscriptions. Merge the definitions, or turn the second into `extend schema`."),
		meta(ruleUnknownType, "Every type that is named must be defined.",
			"A name without a definition is a slip of the pen or a file that is missing from the list. Strict tools refuse the whole schema."),
		meta(ruleUnknownDirective, "Every directive that is used must be defined.",
			"A directive that nobody defined does nothing, although it looks as if it did. Define it with `directive @name on …`, or import it with `@link`."),
		meta(ruleInvalidKind, "Every type must be of a kind that fits its place.",
			"Arguments and input fields take scalars, enums and input objects; fields have any type but input objects; unions have object types as members; only interfaces can be implemented; root types are object types."),
		meta(ruleInvalidDirective, "Every directive must be used where, and with the arguments that, its definition says.",
			"A directive at a place that it is not defined for is ignored by some servers and refused by others. So is one that is used twice without being repeatable, that lacks a required argument or that has one it does not know."),
		meta(ruleInvalidDefault, "Every default value must be a value of its type.",
			"A client that leaves the argument out gets an error, or a value that it could not have given itself."),
		meta(ruleInvalidOneOf, "The fields of a `@oneOf` input object must be nullable and without defaults.",
			"Exactly one of them is given; a field that must be there, or that has a value without being given, makes that impossible."),
		meta(ruleInterface, "Every type must have what the interfaces that it implements demand.",
			"A client that selects a field of the interface gets an error for the types that lack it. The type needs each field with the same or a stricter type, each argument with the same type, no further required argument, and the interfaces of its interfaces."),
		meta(ruleCycle, "Interfaces must not implement themselves, and input objects must not require themselves.",
			"An interface that implements itself says nothing. An input object that requires itself, over any number of steps, has no finite value: no client can ever give one."),
		meta(ruleMissingQuery, "The schema must have a query type.",
			"Every GraphQL service answers queries; without a query type it cannot even be introspected. Define `type Query`, or name another type in `schema { query: … }`."),
		meta(ruleEmptyType, "Every type must have a field, a member or a value.",
			"Nothing can be selected from a type without fields, and nothing be given for an input without any. Strict tools refuse the whole schema."),
		meta(ruleInvalidName, "Every name must be one that the specification allows.",
			"Names are made of ASCII letters, digits and underscores. Those that begin with two underscores are reserved for introspection, so that a later version may give them a meaning; `true`, `false` and `null` cannot be values of an enum, for they would read as constants."),
		meta(ruleRequired, "Required arguments and input fields must not be deprecated.",
			"Nobody can stop using what must be given. Make it nullable or give it a default first."),
	}
}

// maxProblems is how many problems of one schema are told. Hostile schemas
// can have more of them than memory holds.
const maxProblems = 10_000

// report adds a problem. The key tells problems of one rule at one element
// apart.
func (b *builder) report(rule string, at check.Location, key, format string, args ...any) {
	b.reportRelated(rule, at, key, nil, format, args...)
}

func (b *builder) reportRelated(rule string, at check.Location, key string, related []check.Related, format string, args ...any) {
	if len(b.problems) >= maxProblems {
		b.full = true
		return
	}
	if at.File == "" && len(b.sources) > 0 {
		at.File = b.sources[0].name
	}
	f := problem(rule, at, key, "%s", fmt.Sprintf(format, args...))
	if related != nil {
		f.Related = related
	}
	b.problems = append(b.problems, f)
}

// first is the related place of a duplicate.
func first(at check.Location) []check.Related {
	return []check.Related{{Message: "the first definition", Location: at}}
}

// sortProblems puts the problems in order. Where there are more than
// maxProblems, one at the place of the last says so.
func (b *builder) sortProblems() []check.Finding {
	slices.SortStableFunc(b.problems, func(x, y check.Finding) int { return x.Compare(&y) })
	if b.full {
		last := b.problems[len(b.problems)-1]
		at := last.Location
		at.Element = ""
		b.problems = append(b.problems, problem(last.Rule, at, "more", "the schema has more problems than these %d", maxProblems))
	}
	return b.problems
}
