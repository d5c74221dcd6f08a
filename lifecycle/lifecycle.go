// Package lifecycle says how the elements of a REST API, a GraphQL API and
// webhooks come, change and go: what changed between two versions and whether
// that breaks a client, what is experimental, deprecated or due to be removed,
// and whether all of that keeps to a policy.
//
// Diff and DiffGraphQL yield the changes between two versions of a
// description; Inspect and InspectGraphQL yield the elements of one version
// with what the description says of their life. Both are facts. Rules over
// them judge by a Policy.
//
// The package reads descriptions and nothing else. What happened over the tags
// of a repository is for package lifecycle/history, what a running server says
// and does for lifecycle/server, who still calls what for lifecycle/usage.
package lifecycle
