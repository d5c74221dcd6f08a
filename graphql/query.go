package graphql

import "strings"

// introspectionQueries returns the queries that ask for a schema, each in the
// terms of an older specification than the one before: with one-of input
// objects (2025), with deprecated arguments (drafts since 2020), that of
// October 2021, that of June 2018.
func introspectionQueries() []string {
	return []string{
		introspectionQuery(true, true, true),
		introspectionQuery(false, true, true),
		introspectionQuery(false, false, true),
		introspectionQuery(false, false, false),
	}
}

// typeDepth is how many wrappers of a type are asked for: [[[[T!]!]!]!]! has
// nine.
const typeDepth = 9

func introspectionQuery(oneOf, inputs, modern bool) string {
	when := func(on bool, text string) string {
		if on {
			return text
		}
		return ""
	}
	all := when(inputs, "(includeDeprecated: true)")
	return `query Introspection {
  __schema {` + when(modern, " description") + `
    queryType { name }
    mutationType { name }
    subscriptionType { name }
    types {
      kind name description` + when(modern, " specifiedByURL") + when(oneOf, " isOneOf") + `
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason
        args` + all + ` { ...Input }
        type { ...Type }
      }
      inputFields` + all + ` { ...Input }
      interfaces { name }
      possibleTypes { name }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    }
    directives {
      name description locations` + when(modern, " isRepeatable") + `
      args` + all + ` { ...Input }
    }
  }
}
fragment Input on __InputValue {
  name description defaultValue` + when(inputs, " isDeprecated deprecationReason") + `
  type { ...Type }
}
fragment Type on __Type { ` + strings.Repeat("kind name ofType { ", typeDepth) + "kind name" + strings.Repeat(" }", typeDepth) + ` }
`
}
