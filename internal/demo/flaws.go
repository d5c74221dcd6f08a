package demo

// Kind is a kind of flaw.
type Kind string

// The kinds, in the order in which they are shown.
const (
	REST          Kind = "REST description"
	GraphQL       Kind = "GraphQL schema"
	Documentation Kind = "documentation"
	Parity        Kind = "parity"
	Changes       Kind = "breaking changes"
	Lifecycle     Kind = "lifecycle"
	Webhooks      Kind = "webhooks"
	Load          Kind = "load"
	Live          Kind = "running servers"
)

// Kinds returns all kinds, in the order in which they are shown.
func Kinds() []Kind {
	return []Kind{REST, GraphQL, Documentation, Parity, Changes, Lifecycle, Webhooks, Load, Live}
}

// Finding is what one rule says of one element, however often.
type Finding struct{ Rule, Element string }

// Flaw is something that is wrong with Gutter, and what is to be found of it.
type Flaw struct {
	Kind Kind
	// Where is the operation, field, type or event as people call it, What is
	// wrong with it, in a few words.
	Where, What string
	// Why says what comes of it.
	Why string
	// Findings are all that plumb says of it.
	Findings []Finding
}

// Flaws returns all that is wrong with Gutter, by kind.
func Flaws() []Flaw {
	const (
		schema   = "/components/schemas/Issue/properties/"
		board    = "/paths/~1projects~1{project_id}~1board/get"
		comments = "/paths/~1issues~1{issue_id}~1comments/post"
		issues   = "/paths/~1projects~1{project_id}~1issues/post"
	)
	return []Flaw{
		{
			REST, "POST /projects/{project_id}/issues", "its example is refused by its own schema", "Who copies it gets an error.",
			[]Finding{{"oas3-valid-media-example", issues + "/requestBody/content/application~1json/example/priority"}},
		},
		{
			REST, "POST /issues/{issue_id}/comments", "its operationId is that of another operation", "Generators of clients drop one of the two, or stop.",
			[]Finding{{"operation-operationId-unique", comments + "/operationId"}},
		},
		{
			GraphQL, "Priority.high", "a value in lower case among others in upper case", "Clients branch on values, and this one is missed.",
			[]Finding{{"graphql-enum-values-all-caps", "Priority.high"}},
		},
		{
			GraphQL, "CloseIssuePayload.errors", "a list whose entries may be null", "Every client has to look for entries that never are.",
			[]Finding{{"graphql-list-item-non-null", "CloseIssuePayload.errors"}},
		},
		{
			Documentation, "GET /users/{user_id}", "no description", "The reference has a page that says nothing.",
			[]Finding{{"operation-description", "/paths/~1users~1{user_id}/get"}},
		},
		{
			Documentation, "Issue.author", "no description", "The same in GraphQL, where editors show it as one types.",
			[]Finding{{"graphql-fields-have-descriptions", "Issue.author"}},
		},
		{
			Parity, "GET /projects/{project_id}/statistics", "GraphQL cannot do it", "A client of GraphQL needs REST as well.",
			[]Finding{{"parity-operation-missing-in-graphql", "/paths/~1projects~1{project_id}~1statistics/get"}},
		},
		{
			Parity, "Mutation.archiveProject", "REST cannot do it", "The other way round.",
			[]Finding{{"parity-operation-missing-in-rest", "Mutation.archiveProject"}},
		},
		{
			Parity, "Issue.estimate", "a number in REST, a text in GraphQL", "Who moves from one to the other sorts 10 before 9.",
			[]Finding{{"parity-scalar-differs", schema + "estimate"}},
		},
		{
			Parity, "Issue.closedAt", "deprecated in GraphQL only", "Nobody knows whether it stays.",
			[]Finding{{"parity-deprecated-on-one-side", "Issue.closedAt"}},
		},
		{
			Changes, "Issue.weight", "gone from REST since the version before", "Clients that read it break today.",
			[]Finding{{"response-required-property-removed", schema + "weight"}, {"request-property-removed", schema + "weight"}},
		},
		{
			Changes, "Issue.weight", "gone from GraphQL as well", "Queries that ask for it are refused as a whole.",
			[]Finding{{"FIELD_REMOVED", "Issue.weight"}},
		},
		{
			Changes, "GET /projects/{project_id}/wiki", "removed before the sunset that was announced", "Who planned for the day has four months less.",
			[]Finding{{"api-path-removed-before-sunset", "/paths/~1projects~1{project_id}~1wiki/get"}},
		},
		{
			Lifecycle, "GET /feed", "deprecated, and nobody says until when", "Nobody moves without a day.",
			[]Finding{{"lifecycle-deprecated-needs-sunset", "/paths/~1feed/get"}},
		},
		{
			Lifecycle, "GET /projects/{project_id}/board", "a tenth of all calls, and it is to go", "Its day cannot be kept.",
			[]Finding{{"lifecycle-deprecated-still-used", board}},
		},
		{
			Webhooks, "commentCreated", "nothing described tells it from the others", "Receivers have to guess by its shape.",
			[]Finding{{"webhook-discriminator", "/webhooks"}},
		},
		{
			Webhooks, "issueClosed", "sent with a member that nobody described", "What left the API long ago is still sent.",
			[]Finding{{"webhook-drift-unknown-member", "/components/schemas/Issue"}},
		},
		{
			Webhooks, "issueClosed", "a priority of null, which the description forbids", "Typed receivers refuse the delivery.",
			[]Finding{{"webhook-drift-null", "/components/schemas/Priority"}},
		},
		{
			Load, "GET /projects/{project_id}/milestones", "over its budget when many ask", "It is fine for one caller, so nobody noticed.",
			[]Finding{{"perf-budget-exceeded", "/operations/GET ~1projects~1{project_id}~1milestones/budget"}},
		},
		{
			Load, "GET /projects/{project_id}/statistics", "two of three answers are errors", "Who tries again sees nothing.",
			[]Finding{{"perf-budget-exceeded", "/operations/GET ~1projects~1{project_id}~1statistics/budget"}},
		},
		{
			Live, "GET /projects/{project_id}/board", "its answers do not announce its end", "Clients that watch for the headers learn nothing.",
			[]Finding{{"lifecycle-header-missing", board}},
		},
		{
			Live, "Issue.commentsCount", "GraphQL counts one less than REST", "Two screens of one product disagree.",
			[]Finding{{"parity-live-difference", schema + "comments_count"}},
		},
	}
}
