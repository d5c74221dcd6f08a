package traffic

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/perf"
)

// fill puts values of answers into a pool.
type fill struct {
	pool *pool
	path []string
}

// keep takes a value of an answer for later steps of a session.
type keep struct {
	name   string
	header string
	path   []string
}

// reactions prepares what is done with answers.
func (b *builder) reactions(c *call, step *perf.Step) error {
	for _, f := range c.op.Fills {
		i := slices.IndexFunc(b.t.plan.Pools, func(p perf.Pool) bool { return p.Name == f.Pool })
		if i < 0 {
			return fmt.Errorf("it fills the pool %q, which the plan does not have", f.Pool)
		}
		path, err := openapi.ParsePointer(f.Pointer)
		if err != nil {
			return fmt.Errorf("fill %q: %w", f.Pool, err)
		}
		c.fills = append(c.fills, fill{b.t.pools[i], path})
	}
	if step == nil {
		return nil
	}
	for _, k := range step.Keeps {
		one := keep{name: k.Name, header: http.CanonicalHeaderKey(k.Header)}
		if k.Header == "" {
			path, err := openapi.ParsePointer(k.Pointer)
			if err != nil {
				return fmt.Errorf("keep %q: %w", k.Name, err)
			}
			one.path = path
		}
		c.keeps = append(c.keeps, one)
	}
	return nil
}

// NeedsBody implements [perf.Traffic].
func (t *Traffic) NeedsBody(r *perf.Request) bool {
	c := t.call(r)
	return c.graphql || len(c.fills) > 0 || len(c.keeps) > 0 || c.answer != nil && t.validates(r.Seq)
}

// validates reports whether the answer of a request is held against its
// description.
func (t *Traffic) validates(seq uint64) bool {
	return t.all || t.sample > 0 && mix(t.plan.Seed, seq)>>1 < t.sample
}

// Answer implements [perf.Traffic].
func (t *Traffic) Answer(r *perf.Request, a *perf.Answer) (cause perf.Cause, class string, next int) {
	c := t.call(r)
	if !c.expects(a.Status) {
		return perf.BadStatus, t.status(a.Status), -1
	}
	if c.graphql {
		if cause, class = t.graphqlAnswer(a.Body); cause != perf.Good {
			return cause, class, -1
		}
	}
	if c.answer != nil && t.validates(r.Seq) {
		if class = c.answer.violation(a); class != "" {
			return perf.BadContract, t.contract.bounded(class), -1
		}
	}
	for i := range c.fills {
		c.fills[i].from(a.Body)
	}
	if !c.keep(r, a) {
		return perf.Good, "", -1
	}
	return perf.Good, "", c.next
}

func (c *call) expects(status int) bool {
	if len(c.op.Expect) > 0 {
		return slices.Contains(c.op.Expect, status)
	}
	return status >= 200 && status < 400
}

func (t *Traffic) status(code int) string {
	if code < 0 || code >= len(t.statuses) {
		return "status: none of HTTP"
	}
	return t.statuses[code]
}

// maxFill bounds the values that one answer puts into a pool.
const maxFill = 1000

func (f *fill) from(body []byte) {
	n := 0
	jsonscan.Find(jsonscan.View(body), f.path, func(text string) bool {
		f.pool.put(answered(text))
		n++
		return n < maxFill
	})
}

// answered returns a JSON value of an answer. It is copied: the answer's memory
// is used again.
func answered(text string) value {
	if text[0] == '"' {
		return value{text: strings.Clone(jsonscan.Unquote(text))}
	}
	text = strings.Clone(text)
	return value{text: text, raw: text}
}

// keep takes what the session keeps from an answer. It reports whether all was
// there.
func (c *call) keep(r *perf.Request, a *perf.Answer) bool {
	for i := range c.keeps {
		k := &c.keeps[i]
		text, ok := "", false
		if k.header != "" {
			text = a.Header.Get(k.header)
			ok = text != ""
		} else {
			jsonscan.Find(jsonscan.View(a.Body), k.path, func(found string) bool {
				text, ok = answered(found).text, true
				return false
			})
		}
		if !ok {
			return false
		}
		if r.Kept == nil {
			r.Kept = map[string]string{}
		}
		r.Kept[k.name] = text
	}
	return true
}
