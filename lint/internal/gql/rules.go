// Package gql holds the rules over GraphQL schemas: names, descriptions,
// deprecations, pages, mutations, nullability and what is left over. What a
// strict build of the schema would refuse is found by package graphql itself,
// as the problems of a schema.
//
// The rules are those of graphql-eslint and graphql-schema-linter that look
// at schemas, under the names that they have there as aliases, those of
// GitLab's style guide for GraphQL, which carry the tag plumb:gitlab, and
// some more. Those on which sensible people differ are opt-in.
package gql

import (
	"embed"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// Testdata holds one archive of test cases for each rule, testdata/ID.txtar.
// The first ones are the examples on the rule's page.
//
//go:embed all:testdata
var Testdata embed.FS

// Rules returns the rules of the package, in the order in which they are
// documented.
func Rules() check.Set[*graphql.Schema] {
	return check.Set[*graphql.Schema]{
		typesHaveDescriptions,
		fieldsHaveDescriptions,
		argumentsHaveDescriptions,
		inputObjectValuesHaveDescriptions,
		enumValuesHaveDescriptions,
		directivesHaveDescriptions,
		descriptionStyle,
		descriptionsAreCapitalized,
		descriptionsEndWithPeriod,
		descriptionsWithoutArticle,
		booleanDescriptionsBeginWithVerb,
		timestampDescriptions,
		sortEnumDescriptions,
		noHashtagDescription,
		typesArePascalCase,
		fieldsAreCamelCased,
		argumentsAreCamelCased,
		inputObjectValuesAreCamelCased,
		enumValuesAllCaps,
		directivesAreCamelCased,
		noTypenamePrefix,
		noKindAffix,
		noGetPrefix,
		noOperationAffix,
		mutationVerbFirst,
		mutationResourceFirst,
		mutationDeleteNotDestroy,
		booleanNames,
		inputTypeSuffix,
		noSimilarNames,
		uniqueEnumValueNames,
		deprecationReason,
		deprecationMilestone,
		deprecationReasonFormat,
		deprecationReplacementExists,
		deprecationReplacementDeprecated,
		deprecationDate,
		deprecationInDescription,
		deprecatedTypeInUse,
		interfaceDeprecation,
		relayConnectionTypes,
		relayEdgeTypes,
		relayPageInfo,
		relayArguments,
		relayNode,
		relayNodeInterface,
		listPagination,
		noOffsetPagination,
		noScalarResultTypeOnMutation,
		mutationPayloadName,
		mutationPayloadErrors,
		mutationClientMutationId,
		mutationNullableResult,
		mutationInputArgument,
		mutationInputType,
		mutationQueryField,
		nullableResultInRoot,
		listItemNonNull,
		listNonNull,
		idType,
		idSuffixType,
		strictIdInTypes,
		timestampType,
		noJsonScalar,
		noUnreachableTypes,
		definedTypesAreUsed,
		unusedDirectives,
		interfaceImplemented,
		interfaceImplementors,
		unionMembers,
		scalarSpecifiedBy,
		enumSingleValue,
		inputSingleField,
		maxArguments,
		typeFieldsSortedAlphabetically,
		interfaceFieldsSortedAlphabetically,
		inputObjectFieldsSortedAlphabetically,
		enumValuesSortedAlphabetically,
		noRootType,
		nullableFieldsWithOneof,
		typePatternWithOneof,
		noInternalHosts,
		noSecrets,
	}
}
