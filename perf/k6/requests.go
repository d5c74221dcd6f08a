package k6

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/perf"
)

// table holds the requests of a script, each once.
type table struct {
	requests []request
	// order has for each number of the schedule the index of its request, −1
	// where there is nothing to send. Where it is nil, lists has those of each
	// operation.
	order []int
	lists [][]int
	// chains are the requests of sessions, step by step. In order stands the
	// index of the chain for a number that begins a session.
	chains       [][]int
	sessionLists [][]int
}

// request is one request as the script sends it.
type request struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	// Binary says that the body is in Base64.
	Binary bool `json:"binary,omitempty"`
}

// render makes the requests of a plan: all of them when there are at most
// limit, else an equal number for each operation.
func render(plan *perf.Plan, traffic perf.Traffic, total uint64, limit int) (*table, error) {
	t := &table{requests: []request{}, chains: [][]int{}}
	r := renderer{plan: plan, traffic: traffic, table: t, seen: map[string]int{}, chains: map[string]int{}}
	if total <= uint64(limit) {
		mix := perf.NewMix(plan)
		t.order = make([]int, 0, total)
		for seq := range total {
			op, session := mix.At(seq)
			one := func() (int, error) { return r.add(seq, op) }
			if session >= 0 {
				one = func() (int, error) { return r.chain(seq, session) }
			}
			index, err := one()
			if err != nil {
				return nil, err
			}
			t.order = append(t.order, index)
		}
		return t, nil
	}
	t.lists = make([][]int, len(plan.Operations))
	each := max(1, limit/max(1, sending(plan)))
	for op := range plan.Operations {
		for seq := 0; seq < each && plan.Operations[op].Weight > 0; seq++ {
			index, err := r.add(uint64(seq), op)
			if err != nil {
				return nil, err
			}
			t.lists[op] = append(t.lists[op], index)
		}
		// One request for all numbers is written once.
		if l := t.lists[op]; len(l) > 1 && !slices.ContainsFunc(l, func(i int) bool { return i != l[0] }) {
			t.lists[op] = l[:1]
		}
	}
	for at := range plan.Sessions {
		var list []int
		for seq := range max(1, each/len(plan.Sessions[at].Steps)) {
			index, err := r.chain(uint64(seq), at)
			if err != nil {
				return nil, err
			}
			list = append(list, index)
		}
		if !slices.ContainsFunc(list, func(i int) bool { return i != list[0] }) {
			list = list[:1]
		}
		t.sessionLists = append(t.sessionLists, list)
	}
	return t, nil
}

// sending returns how many operations are sent.
func sending(plan *perf.Plan) int {
	n := 0
	for _, in := range used(plan) {
		if in {
			n++
		}
	}
	return n
}

// renderer puts requests into a table.
type renderer struct {
	plan    *perf.Plan
	traffic perf.Traffic
	table   *table
	seen    map[string]int
	chains  map[string]int
}

// add makes the request of a number for an operation of its own and returns its
// index.
func (r *renderer) add(seq uint64, op int) (int, error) {
	return r.make(&perf.Request{Seq: seq, Operation: op, Session: -1})
}

// make makes one request and returns its index, −1 where there is nothing to
// send.
func (r *renderer) make(made *perf.Request) (int, error) {
	seq, op := made.Seq, made.Operation
	if err := r.traffic.Request(made); err != nil {
		var nothing perf.ErrNothing
		if errors.As(err, &nothing) {
			return -1, nil
		}
		return 0, fmt.Errorf("make request %d, %s: %w", seq, r.plan.Operations[op].Name, err)
	}
	out := request{Method: made.Method, URL: made.URL, Body: string(made.Body)}
	if !utf8.Valid(made.Body) {
		out.Body, out.Binary = base64.StdEncoding.EncodeToString(made.Body), true
	}
	var err error
	if out.Headers, err = r.headers(op, made.Header); err != nil {
		return 0, err
	}
	if made.Session >= 0 {
		if strings.Contains(out.URL+out.Body, "\x00") {
			return 0, fmt.Errorf("make request %d, %s: %w", seq, r.plan.Operations[op].Name, errNUL)
		}
		out.marked()
	}
	key, err := json.Marshal(out)
	if err != nil {
		return 0, fmt.Errorf("make request %d, %s: %w", seq, r.plan.Operations[op].Name, err)
	}
	index, ok := r.seen[string(key)]
	if !ok {
		index = len(r.table.requests)
		r.seen[string(key)] = index
		r.table.requests = append(r.table.requests, out)
	}
	return index, nil
}

// headers returns those of a request that are no secrets: what the
// environment holds is put in where the script runs.
func (r *renderer) headers(op int, from http.Header) (map[string]string, error) {
	secret := map[string]perf.Header{}
	for _, h := range target(r.plan, op).Headers {
		if h.Env != "" {
			secret[http.CanonicalHeaderKey(h.Name)] = h
		}
	}
	out := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(from)) {
		value := strings.Join(from[name], ", ")
		h, ok := secret[http.CanonicalHeaderKey(name)]
		switch {
		case !ok:
			out[name] = value
		case value != h.Prefix+"${"+h.Env+"}":
			return nil, fmt.Errorf("the header %s of %s holds the value of the environment variable %s, which must not be written into a script",
				h.Name, r.plan.Operations[op].Name, h.Env)
		}
	}
	return out, nil
}

// target returns the target of an operation: the one it names, or else the
// first that is for its kind.
func target(plan *perf.Plan, op int) *perf.Target {
	o := &plan.Operations[op]
	for i := range plan.Targets {
		if plan.Targets[i].Name == o.Target {
			return &plan.Targets[i]
		}
	}
	for i := range plan.Targets {
		if o.Target == "" && plan.Targets[i].GraphQL == (o.Document != "") {
			return &plan.Targets[i]
		}
	}
	return &perf.Target{}
}
