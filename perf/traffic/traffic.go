// Package traffic makes the requests of a load plan from API descriptions, and
// says what their answers are worth.
//
// Whatever does not depend on a request's number is made before the run, by
// [New]: values from the schemas of the description, GraphQL operations from
// the schema, places for what data files, pools and sessions fill in. A wrong
// plan ends there. During the run a request costs little more than what is
// different about it.
//
// An answer is held against the statuses that are expected, against GraphQL's
// errors in a good status, and, for a share of requests that is a pure function
// of their numbers, against what the description promises. Classes of what is
// wrong are short and few: "response: /items/*/id is a string, want an
// integer".
//
// It sends nothing; package perf/load does.
package traffic

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
	"github.com/plumbapi/plumb/openapi/sample"
	"github.com/plumbapi/plumb/perf"
)

// Options is what a plan is made into traffic with.
type Options struct {
	// OpenAPI are the descriptions of REST operations; the first that has an
	// operation is taken. GraphQL are the schemas, in the same way. An operation
	// that none has is sent as the plan says it, and its answers are held
	// against no description.
	OpenAPI []*openapi.Document
	GraphQL []*graphql.Schema
	// Files are the contents of the feeders' files, by the names in the plan.
	Files map[string][]byte
	// LookupEnv returns what an environment variable holds, for the headers of
	// targets. Nil means that there are none.
	LookupEnv func(name string) (string, bool)
	// URLs take the place of the targets' own, by the names of targets.
	URLs map[string]string
	// AllowWrites lets operations be sent that change data.
	AllowWrites bool
	// Depth is how deep operations that are made from a GraphQL schema select.
	Depth int
	// Optional sends optional parameters that have an example too.
	Optional bool
}

// Traffic makes the requests of one plan. It implements [perf.Traffic].
type Traffic struct {
	plan     *perf.Plan
	opts     Options
	single   []*call   // by operation; nil where it is only sent in sessions
	steps    [][]*call // by session and step
	feeders  []*feeder
	pools    []*pool
	sample   uint64 // validated are requests whose hash is below
	all      bool
	statuses [600]string
	graphql  classes
	contract classes
	notes    []string
}

// Error is what is wrong with a plan, at its place in the plan.
type Error struct {
	Location check.Location
	Message  string
}

// Error returns the place and the message.
func (e *Error) Error() string {
	switch {
	case e.Location.File == "":
		return e.Message
	case e.Location.Line == 0:
		return e.Location.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d: %s", e.Location.File, e.Location.Line, e.Message)
}

func fail(at check.Location, format string, args ...any) *Error {
	return &Error{at, fmt.Sprintf(format, args...)}
}

// New prepares the traffic of a plan. The error joins an *[Error] for each
// thing that is wrong.
func New(p *perf.Plan, o Options) (*Traffic, error) {
	t := &Traffic{plan: p, opts: o}
	b := &builder{t: t, makers: map[*openapi.Document]*sample.Maker{}, compilers: map[*openapi.Document]*jsonschema.Compiler{}}
	b.data()
	b.targets()
	b.operations()
	b.sessions()
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	b.ranks()
	for i := range t.statuses {
		t.statuses[i] = "status: " + strconv.Itoa(i)
		if text := http.StatusText(i); text != "" {
			t.statuses[i] += " " + text
		}
	}
	t.all = p.Validate >= 1
	t.sample = uint64(max(p.Validate, 0) * (1 << 63))
	return t, nil
}

// Notes tells what is not as the descriptions mean it: patterns that cannot be
// met, members that were left out. A sentence each.
func (t *Traffic) Notes() []string { return t.notes }

// builder makes the calls of a plan.
type builder struct {
	t         *Traffic
	headers   map[string]http.Header // by target
	byTarget  map[string]*perf.Target
	makers    map[*openapi.Document]*sample.Maker
	compilers map[*openapi.Document]*jsonschema.Compiler
	answers   map[int]*contract
	errs      []error
}

// fail notes an error, once: an operation may be sent alone and by sessions.
func (b *builder) fail(err error) {
	if !slices.ContainsFunc(b.errs, func(other error) bool { return other.Error() == err.Error() }) {
		b.errs = append(b.errs, err)
	}
}

func (b *builder) data() {
	for i := range b.t.plan.Feeders {
		f, err := newFeeder(&b.t.plan.Feeders[i], b.t.opts.Files, b.t.plan.Seed)
		if err != nil {
			b.fail(err)
		}
		b.t.feeders = append(b.t.feeders, f)
	}
	for i := range b.t.plan.Pools {
		b.t.pools = append(b.t.pools, newPool(&b.t.plan.Pools[i]))
	}
}

// ranks tells feeders which requests take a row.
func (b *builder) ranks() {
	t := b.t
	for i, f := range t.feeders {
		takes := func(c *call) bool { return c != nil && slices.Contains(c.feeders, i) }
		single := make([]bool, len(t.single))
		for k, c := range t.single {
			single[k] = takes(c)
		}
		sessions := make([]bool, len(t.steps))
		for k, steps := range t.steps {
			sessions[k] = slices.ContainsFunc(steps, takes)
		}
		f.ranker = newRanker(t.plan, func(operation, session int) bool {
			if session >= 0 {
				return sessions[session]
			}
			return single[operation]
		})
	}
}

// targets makes the headers that go with every request to a target. Secrets
// are read here, and shown nowhere.
func (b *builder) targets() {
	b.headers = map[string]http.Header{}
	b.byTarget = map[string]*perf.Target{}
	for i := range b.t.plan.Targets {
		target := &b.t.plan.Targets[i]
		b.byTarget[target.Name] = target
		header := http.Header{}
		for _, h := range target.Headers {
			value := h.Prefix
			if h.Env != "" {
				secret, ok := "", false
				if b.t.opts.LookupEnv != nil {
					secret, ok = b.t.opts.LookupEnv(h.Env)
				}
				if !ok || secret == "" {
					b.fail(fail(target.Location, "header %s of target %q needs the environment variable %s, which is not set", h.Name, target.Name, h.Env))
					continue
				}
				value += secret
			}
			if strings.ContainsAny(value, "\r\n\x00") {
				b.fail(fail(target.Location, "header %s of target %q holds a line break", h.Name, target.Name))
				continue
			}
			header.Add(h.Name, value)
		}
		b.headers[target.Name] = header
	}
}

func (b *builder) url(t *perf.Target) string {
	address := t.URL
	if u, ok := b.t.opts.URLs[t.Name]; ok {
		address = u
	}
	return address
}

func (b *builder) operations() {
	p := b.t.plan
	used := make([]bool, len(p.Operations))
	for i := range p.Sessions {
		for _, s := range p.Sessions[i].Steps {
			if s.Operation >= 0 && s.Operation < len(used) {
				used[s.Operation] = true
			}
		}
	}
	b.answers = map[int]*contract{}
	b.t.single = make([]*call, len(p.Operations))
	for i := range p.Operations {
		op := &p.Operations[i]
		if op.Write && !b.t.opts.AllowWrites && (op.Weight > 0 || used[i]) {
			b.fail(fail(op.Location, "%q changes data and is not sent; allow writes, or take it out of the plan", op.Name))
			continue
		}
		if op.Weight <= 0 {
			continue
		}
		c, err := b.call(i, nil, nil)
		if err != nil {
			b.fail(err)
			continue
		}
		b.t.single[i] = c
	}
}

func (b *builder) sessions() {
	p := b.t.plan
	b.t.steps = make([][]*call, len(p.Sessions))
	for i := range p.Sessions {
		s := &p.Sessions[i]
		var kept []string
		for k := range s.Steps {
			step := &s.Steps[k]
			if step.Operation < 0 || step.Operation >= len(p.Operations) {
				b.fail(fail(s.Location, "step %d of session %q has no operation", k+1, s.Name))
				break
			}
			if op := &p.Operations[step.Operation]; op.Write && !b.t.opts.AllowWrites {
				continue // told with the operation
			}
			c, err := b.call(step.Operation, step, kept)
			if err != nil {
				b.fail(err)
				continue
			}
			c.next = -1
			if k+1 < len(s.Steps) {
				c.next = s.Steps[k+1].Operation
			}
			for _, keep := range step.Keeps {
				kept = append(kept, keep.Name)
			}
			b.t.steps[i] = append(b.t.steps[i], c)
		}
	}
}
