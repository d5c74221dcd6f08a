package integration

import "embed"

// folders are those of the tools with all that is in them. What evidence was
// measured of is told by it, sources included.
//
//go:embed slack teams googlechat jira servicenow rally jama jenkins gitlab github webhook email
var folders embed.FS

// Folders returns the folders of the tools, by name.
func Folders() embed.FS { return folders }
