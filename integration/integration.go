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

// Tool is one integration.
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
