// Package k6 writes a load plan as a script for k6, and as what the k6
// operator runs on a cluster, for loads that one machine cannot send. The
// script sends the same requests at the same moments, counts what is good by
// the same rules and latencies in the same buckets, and keeps all of it in
// counters; package perf/engines reads what it writes, and perf judges it as
// a run of plumb's own.
//
// What k6 cannot do as plumb does it is refused, not left out: see [Check].
package k6

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"unicode/utf16"

	"github.com/plumbapi/plumb/perf"
)

// Options say how a script is made.
type Options struct {
	// File is where the script writes its result; "" stands for
	// plumb-k6.json. The part of a sharded run is put before its extension.
	File string
	// Requests bounds how many requests are written into the script; 0 stands
	// for 20,000. A plan with more of them goes through those it has, by number.
	Requests int
	// MaxVUs bounds the virtual users; 0 stands for as many as the rate and the
	// timeout can keep busy, or the plan's workers where it bounds them.
	MaxVUs int
}

// Export is a script.
type Export struct {
	Script []byte
	// Notes are what is other than in a run of plumb's own, a sentence each.
	Notes []string
	// Env are the environment variables whose values the script needs.
	Env []string
}

// Script writes a plan as a script for k6 1.x.
//
// One scenario of arrival rates sends all operations, and one before it warms
// up. Which operation a request is for is worked out from its number, as
// [perf.Mix] does: scenarios of one operation each would send the same number
// of requests, but not in the same order, and a machine that sends a part
// could not know which. The requests themselves are made here, by traffic, and
// written into the script.
//
// Traffic has to be made with "${NAME}" for the value of each environment
// variable NAME: a script that held a secret is an error. So is a plan with
// pools, whose values all virtual users would have to share, with more
// operations than k6 can count by bucket, or with a target that is no http or
// https URL; see [Check].
func Script(plan *perf.Plan, traffic perf.Traffic, o Options) (*Export, error) {
	if o.File == "" {
		o.File = "plumb-k6.json"
	}
	if o.Requests == 0 {
		o.Requests = 20_000
	}
	if err := Check(plan); err != nil {
		return nil, err
	}
	w, err := newWriter(plan, o)
	if err != nil {
		return nil, err
	}
	table, err := render(plan, traffic, w.total, o.Requests)
	if err != nil {
		return nil, err
	}
	if table.order == nil {
		for i := range w.data.Operations {
			if op := w.data.Operations[i]; op != nil {
				op.Requests = table.lists[i]
			}
		}
		for i := range w.data.Sessions {
			w.data.Sessions[i].Chains = table.sessionLists[i]
		}
		w.note("of %d requests %d are written into the script; their numbers go through these again and again", w.total, len(table.requests))
	}
	if plan.Validate > 0 {
		w.note("answers are not held against the description: k6 cannot")
	}
	if plan.Poisson {
		w.note("requests are sent at even distances: k6 has no others")
	}
	text, err := w.script(table)
	if err != nil {
		return nil, err
	}
	return &Export{Script: text, Notes: w.notes, Env: w.data.Env}, nil
}

//go:embed script.js
var body []byte

// script puts data and program together. All that comes from the plan is
// written as JSON in ASCII, so nothing of it can end a string, a line or a
// script, whatever carries the script.
func (w *writer) script(t *table) ([]byte, error) {
	requests, err := quote(t.requests)
	if err != nil {
		return nil, err
	}
	order := []byte(`""`)
	if t.order != nil {
		if order, err = quote(t.order); err != nil {
			return nil, err
		}
	}
	chains, err := quote(t.chains)
	if err != nil {
		return nil, err
	}
	data, err := ascii(w.data)
	if err != nil {
		return nil, fmt.Errorf("write the plan into a script: %w", err)
	}
	var b bytes.Buffer
	b.WriteString("// Written by plumb from a load plan: change the plan and write it anew.\n" +
		"import http from 'k6/http';\n" +
		"import encoding from 'k6/encoding';\n" +
		"import exec from 'k6/execution';\n" +
		"import { SharedArray } from 'k6/data';\n" +
		"import { Counter, Gauge } from 'k6/metrics';\n\n")
	fmt.Fprintf(&b, "const plan = %s;\nconst requestsText = %s;\nconst orderText = %s;\nconst chainsText = %s;\n\n", data, requests, order, chains)
	b.Write(body)
	return b.Bytes(), nil
}

// quote returns a value as JSON, in a string of JavaScript.
func quote(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write requests into a script: %w", err)
	}
	return ascii(string(text))
}

// ascii returns a value as JSON without any character beyond ASCII.
func ascii(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		switch {
		case r < 0x7f:
			out = append(out, byte(r))
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, "\\u%04x\\u%04x", high, low)
		default:
			out = fmt.Appendf(out, "\\u%04x", r)
		}
	}
	return out, nil
}
