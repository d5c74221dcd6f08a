// Package integration brings what plumb found to the tools that teams work in:
// chats, trackers, code hosts, change management, mail. Each tool is a folder
// below this one with a manifest, what it sends, a fake of the real API for
// tests and dry runs, golden payloads, and a page of documentation.
//
// This package is what they share: the Delivery that all of them take, the
// Client that all of them send through (timeouts, attempts, Retry-After,
// masked secrets), the Manifest that says what each needs and bears, and the
// kinds of error. It decides nothing about findings: package check has done so.
// How far an integration has come is judged by package catalog, from what ran.
package integration

import (
	"context"
	"net/http"
)

// Tool is one integration. Its folder has, beside the code:
//
//   - manifest.yaml;
//   - schema.json, what the tool's API says of request bodies, by its own
//     documentation: {"requests": [{"method": "POST", "path": "regular
//     expression of the path", "schema": {JSON Schema 2020-12}}]};
//   - testdata/*.json, golden payloads;
//   - docs.md with the sections "Set up" (its first block of commands leads to
//     the first message), "Inputs", "Permissions", "Trouble" and "Changes".
type Tool interface {
	// Manifest says what the tool needs, bears and is for. It is the embedded
	// manifest.yaml of the tool's folder, and the same for every call.
	Manifest() *Manifest
	// Deliver brings a delivery to the tool. Called again with an equal
	// delivery it makes nothing new. An error is an *Error; what was done
	// before it is in the receipt, which is never nil.
	Deliver(ctx context.Context, c *Client, d *Delivery) (*Receipt, error)
	// Fake returns a server in this process that takes and refuses what the
	// real one does: limits, credentials, bodies, states. It keeps what it was
	// given, and is safe for concurrent use. The inputs are those that it is to
	// accept; dry runs and tests are answered by it.
	Fake(inputs Inputs) Fake
}

// Fake is the server that stands in for a tool.
type Fake interface {
	http.Handler
	// Objects are what deliveries have made there (messages, issues, checks),
	// in the order of their making, as short stable texts such as
	// "issue API-1 open: …". Two equal deliveries leave it as one did.
	Objects() []string
}

// Follower is a Tool whose objects have a state that people change there: an
// issue that somebody has closed is news for whoever reads the report.
type Follower interface {
	Tool
	// States says what has become of the objects that deliveries have made, for
	// the findings that a delivery reports or knows from before; findings
	// without an object are left out. It changes nothing.
	States(ctx context.Context, c *Client, d *Delivery) ([]State, error)
}

// State is what has become of one object.
type State struct {
	// Object and URL are as in Action.
	Object, URL string
	// Status is the tool's own word, such as "In Progress".
	Status string
	// Done says that nobody means to work on it any more, and Declined that they
	// have decided against it: "won't do" is reason for a waiver, see [Suggest].
	Done, Declined bool
	// Fingerprints are those of the findings that it is about, sorted.
	Fingerprints []string
}

// Receipt says what a delivery has come to.
type Receipt struct {
	// Tool is the manifest's name.
	Tool string
	// Actions are what was done, in order.
	Actions []Action
}

// Action is one thing that a delivery has done to one object of the tool.
type Action struct {
	// Verb is "posted", "created", "updated", "closed", "reopened", "unchanged"
	// or "triggered".
	Verb string
	// Object names it as its users do: "API-12", "#general", "build 17".
	Object string
	// URL is where it is read; "" where the tool does not say.
	URL string
	// Fingerprints are those of the findings that it is about, sorted; empty
	// for what is about the whole delivery.
	Fingerprints []string
}
