// Package webhook knows the webhooks of a product: which events it sends and
// what their payloads hold, read from an OpenAPI description, JSON Schemas,
// AsyncAPI topics or example payloads alone. From that Model come typed Go
// packages, TypeScript declarations, a JSON Schema for each event, and the
// drift between what is described and what is really sent.
//
// What generated code needs at run time is in package hook; receiving,
// signatures and sending have packages of their own. This package neither
// listens nor sends.
package webhook
