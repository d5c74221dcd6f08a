package parity

// Score says how much parity there is, in parts that are kept apart: breadth
// (operations), depth (fields of matched types), fidelity (how alike matched
// fields are), lifecycle (whether both sides agree on what is deprecated).
// Shares are from 0 to 1, and 0 where there is nothing to share.
type Score struct {
	// Operations is the breadth from REST to GraphQL with partial
	// counterparts weighed in; Types the share of named schemas that have a
	// type; Fields the depth.
	Operations float64 `json:"operations"`
	Types      float64 `json:"types"`
	Fields     float64 `json:"fields"`

	RESTToGraphQL Breadth `json:"rest_to_graphql"`
	GraphQLToREST Breadth `json:"graphql_to_rest"`
	Depth         Share   `json:"depth"`
	Fidelity      Share   `json:"fidelity"`
	Lifecycle     Share   `json:"lifecycle"`
	// Groups are the tags of the description, the largest first.
	Groups []Group `json:"groups"`
}

// Breadth counts the operations of one side by what the other has.
type Breadth struct {
	Total   int `json:"total"`
	Match   int `json:"match"`
	Partial int `json:"partial"`
	None    int `json:"none"`
	// Exempt are those of None that need no counterpart; they are not in the
	// shares.
	Exempt int `json:"exempt"`
	// Share is that of matches, WithPartial that of matches and partial
	// counterparts, Weighted that of matches and, by their reasons, partial
	// counterparts, by importance.
	Share       float64 `json:"share"`
	WithPartial float64 `json:"with_partial"`
	Weighted    float64 `json:"weighted"`
}

// Share is a part of a whole.
type Share struct {
	Value float64 `json:"value"`
	Part  int     `json:"part"`
	Whole int     `json:"whole"`
}

// Group is the breadth of one tag.
type Group struct {
	// Tag is "other" for what has none.
	Tag string `json:"tag"`
	// Breadth is that from REST to GraphQL, over the operations whose first
	// tag it is.
	Breadth
	GraphQLToREST Breadth `json:"graphql_to_rest"`
	// Missing counts the fields that matched types of the group lack.
	// A property that several schemas of one type have is one.
	Missing int `json:"missing_fields"`
}
