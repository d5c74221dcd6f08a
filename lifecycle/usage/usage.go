// Package usage says who still calls what is deprecated: it reads access logs,
// logs of requests as JSON, GitLab's own, and recorded traffic (HAR), and
// counts for each deprecated operation, query parameter, field, argument, enum
// value and input field how many calls use it, from how many consumers, and
// when last.
//
// Count yields facts: a Result. Rules over it are the gate that a removal has
// to pass.
//
// Logs hold what strangers sent. Memory is bounded however large or hostile a
// log is, a line that cannot be read is counted and never stops the count, and
// consumers are known by a keyed hash unless the caller wants their names.
//
// The package opens no file, follows none and knows no clock; what a server
// answers is for package lifecycle/server.
package usage

import (
	"context"
	"errors"
	"io"
	"runtime"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
)

// Log is one log to be read.
type Log struct {
	// Name is what errors and the result call it.
	Name string
	// R yields the text, compressed with gzip or not.
	R io.Reader
	// Live says that R yields lines as they are written: a line is counted
	// when it is there, and not when a block is full.
	Live bool
}

// Options says what to count and how to read the logs.
type Options struct {
	// REST and GraphQL are the descriptions of the API.
	REST    []*openapi.Document
	GraphQL []*graphql.Schema
	// Carriers are what descriptions say the life of their elements with; nil
	// means those that plumb knows.
	Carriers *lifecycle.Carriers
	// Policy has the calendar by which a sunset that names a release has a
	// day; nil knows none. Nothing else of it is looked at.
	Policy *lifecycle.Policy
	// Bases are the paths below which the REST API is served; nil means those
	// that the descriptions say.
	Bases []string
	// Endpoints are the paths of GraphQL; nil means any path that ends in
	// /graphql.
	Endpoints []string
	// Experimental counts what is less than stable too.
	Experimental bool
	// Successful counts only calls that were answered with a status below
	// 400, or with none that the log knows.
	Successful bool

	// Format is how the lines are written: one of [Formats], or a template
	// of nginx ("$remote_addr …") or Apache ("%h …"); "" finds out.
	Format string
	// Fields are names of fields that are tried before the usual ones. Those
	// in objects of JSON have dots: "meta.client_id".
	Fields map[Role][]string

	// Salt keys the hashes of consumers. Without one they can be undone by
	// trying.
	Salt []byte
	// ShowConsumers names consumers as the log does. What looks like a secret
	// stays a hash.
	ShowConsumers bool
	// Top is how many consumers are listed for an element; 0 means 5.
	Top int

	// Limits are what verdicts and rules go by.
	Limits Limits

	// Workers is how many processors are used; 0 means all.
	Workers int
	// Cap bounds the consumers that are told apart, for all calls and for
	// each element; beyond, numbers are estimates. 0 means 65,536.
	Cap int
}

// ErrNothing says that no description was given.
var ErrNothing = errors.New("no description says what is deprecated")

// Count reads the logs to their ends, several at a time where there are
// processors for it. The result does not depend on how the work is divided.
//
// What cannot be read is in the result, as a number of lines or, where a log
// could not be read to its end, in Incomplete. A context that ends does the
// same: what was read until then counts. The error is about the options.
func Count(ctx context.Context, logs []Log, o Options) (*Result, error) {
	if len(o.REST) == 0 && len(o.GraphQL) == 0 {
		return nil, ErrNothing
	}
	o.setDefaults()
	w, err := newWatch(&o)
	if err != nil {
		return nil, err
	}
	form, err := parseFormat(&o)
	if err != nil {
		return nil, err
	}
	r := &run{ctx: ctx, opts: &o, watch: w, format: form, logs: logs}
	return r.result(r.count()), nil
}

func (o *Options) setDefaults() {
	if o.Carriers == nil {
		o.Carriers = lifecycle.DefaultCarriers()
	}
	if o.Top == 0 {
		o.Top = 5
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Cap <= 0 {
		o.Cap = 1 << 16
	}
}
