package traffic

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
	"github.com/plumbapi/plumb/perf"
)

// call is one request of the plan, all made that can be made before the run.
type call struct {
	op     *perf.Operation
	method string

	url, body template
	fixedURL  string
	fixedBody []byte
	header    http.Header // shared; what it has is fixed
	headers   []namedTemplate
	static    bool
	urlFixed  bool
	bodyFixed bool
	sources   []source
	feeders   []int // that are drawn from

	answer  *contract
	graphql bool
	fills   []fill
	keeps   []keep
	next    int // the operation of the session's next step
}

type namedTemplate struct {
	name string
	template
}

// call makes the call of an operation, alone or as the step of a session that
// has kept the names.
func (b *builder) call(index int, step *perf.Step, kept []string) (*call, error) {
	op := &b.t.plan.Operations[index]
	target := b.byTarget[op.Target]
	if target == nil && op.Target == "" && len(b.t.plan.Targets) == 1 {
		target = &b.t.plan.Targets[0]
	}
	if target == nil {
		return nil, fail(op.Location, "%q is sent to target %q, which the plan does not have", op.Name, op.Target)
	}
	c := &call{op: op, next: -1, method: op.Method}
	values := op.Values
	if step != nil {
		values = slices.Concat(step.Values, op.Values)
	}
	values = first(values)
	h := &holes{names: names{b.t, kept}}
	var err error
	if target.GraphQL || op.Document != "" {
		err = b.graphqlCall(c, index, target, values, h)
	} else {
		err = b.restCall(c, index, target, values, h)
	}
	if err == nil {
		err = b.reactions(c, step)
	}
	if err != nil {
		at := op.Location
		var value *Error
		if errors.As(err, &value) && value.Location.Line > 0 {
			at, err = value.Location, errors.New(value.Message)
		}
		return nil, fail(at, "%s: %v", op.Name, err)
	}
	c.sources = h.sources
	for _, s := range c.sources {
		if s.kind == fromFeeder && !slices.Contains(c.feeders, s.index) {
			c.feeders = append(c.feeders, s.index)
		}
	}
	c.finish()
	return c, nil
}

// first leaves the first of several values for one place.
func first(values []perf.Value) []perf.Value {
	var list []perf.Value
	for _, v := range values {
		if !slices.ContainsFunc(list, func(o perf.Value) bool {
			return o.In == v.In && (o.Name == v.Name || v.In == "header" && strings.EqualFold(o.Name, v.Name))
		}) {
			list = append(list, v)
		}
	}
	return list
}

// finish sees what is the same for every request.
func (c *call) finish() {
	c.fixedURL, c.urlFixed = c.url.fixed()
	text, fixed := c.body.fixed()
	c.bodyFixed = fixed
	if fixed && text != "" {
		c.fixedBody = []byte(text)
	}
	c.static = c.urlFixed && c.bodyFixed && len(c.headers) == 0 && len(c.sources) == 0
}

// restCall makes a request of a REST operation: of its description where
// there is one, else of what the plan says.
func (b *builder) restCall(c *call, index int, target *perf.Target, values []perf.Value, h *holes) error {
	doc, op := b.described(c.op)
	settings, err := h.settings(values, func(pointer string) bool {
		return op != nil && b.maker(doc).BodyIsString(op, pointer)
	})
	if err != nil {
		return err
	}
	server := strings.TrimRight(b.url(target), "/")
	r, err := b.request(c, index, doc, op, server, settings)
	if err != nil {
		return err
	}
	c.url = cut(r.URL(), inPath)
	b.setHeaders(c, target, r.Header)
	switch {
	case strings.Contains(r.MediaType, "json"):
		c.body = cut(string(r.Body), inJSON)
	case strings.HasPrefix(r.MediaType, "application/x-www-form-urlencoded"):
		c.body = cut(string(r.Body), inQuery)
	default:
		c.body = cut(string(r.Body), inText)
	}
	return nil
}

// described returns the operation of a description that the plan means, nil
// where none has it.
func (b *builder) described(o *perf.Operation) (*openapi.Document, *openapi.Operation) {
	for _, doc := range b.t.opts.OpenAPI {
		for _, op := range doc.Operations() {
			if op.Origin == openapi.FromPath && op.Method == o.Method && op.Path == o.Path {
				return doc, op
			}
		}
	}
	return nil, nil
}

func (b *builder) maker(doc *openapi.Document) *sample.Maker {
	m := b.makers[doc]
	if m == nil {
		m = sample.New(doc, sample.Options{Seed: b.t.plan.Seed})
		b.makers[doc] = m
	}
	return m
}

// request makes the request of an operation with tokens for what is filled in
// later.
func (b *builder) request(c *call, index int, doc *openapi.Document, op *openapi.Operation, server string, settings []sample.Setting) (*sample.Request, error) {
	if op == nil {
		if b.t.plan.Validate > 0 {
			b.note(c.op.Name + ": no description has it, so its answers are held against none")
		}
		return sample.Plain(c.op.Method, c.op.Path, server, settings)
	}
	if c.answer = b.answers[index]; c.answer == nil {
		c.answer = b.contractOf(doc, op)
		b.answers[index] = c.answer
	}
	r, err := b.maker(doc).Request(op, sample.RequestOptions{Server: server, Optional: b.t.opts.Optional, Settings: settings})
	if err != nil {
		return nil, err
	}
	for _, n := range r.Notes {
		b.note(n.String())
	}
	return r, nil
}

func (b *builder) note(text string) {
	if !slices.Contains(b.t.notes, text) && len(b.t.notes) < 1000 {
		b.t.notes = append(b.t.notes, text)
	}
}

// settings makes what the plan sets ready to be put into a request.
func (h *holes) settings(values []perf.Value, isString func(pointer string) bool) ([]sample.Setting, error) {
	var list []sample.Setting
	for _, v := range values {
		value, err := h.value(v, isString)
		if err != nil {
			return nil, err
		}
		list = append(list, sample.Setting{In: v.In, Name: v.Name, Value: value})
	}
	return list, nil
}

// value reads one value: JSON in bodies and variables where it can be read as
// such and no string is wanted, text everywhere else.
func (h *holes) value(v perf.Value, isString func(pointer string) bool) (*sample.Value, error) {
	text, only, err := h.replace(v.Text)
	if err != nil {
		return nil, fail(v.Location, "%s %q: %v", v.In, v.Name, err)
	}
	if v.In != "body" && v.In != "variable" {
		return sample.String(text), nil
	}
	wantsString := isString(v.Name)
	if only && !wantsString {
		return sample.String(tokenRaw + text[len(tokenText):]), nil
	}
	if parsed, err := sample.Parse(quoteTokens(text)); err == nil && (!wantsString || parsed.Kind == openapi.String && !only) {
		return parsed, nil
	}
	return sample.String(text), nil
}

// quoteTokens makes strings of the tokens in a JSON text that stand for whole
// values.
func quoteTokens(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		if text[i] == '"' {
			end, _, ok := jsonscan.String(text, i)
			if !ok {
				return text
			}
			b.WriteString(text[i:end])
			i = end
			continue
		}
		if k, _ := find(text[i:]); k == 0 {
			b.WriteString(`"` + tokenRaw + text[i+len(tokenText):i+tokenSize] + `"`)
			i += tokenSize
			continue
		}
		b.WriteByte(text[i])
		i++
	}
	return b.String()
}

// setHeaders puts the headers of the request and of its target together; what
// the plan says of the operation goes before what it says of the target.
func (b *builder) setHeaders(c *call, target *perf.Target, fields []sample.Field) {
	c.header = http.Header{}
	for name, list := range b.headers[target.Name] {
		c.header[name] = slices.Clone(list)
	}
	for _, f := range fields {
		name := http.CanonicalHeaderKey(f.Name)
		t := cut(f.Value, inHeader)
		if text, ok := t.fixed(); ok {
			c.header[name] = []string{text}
			continue
		}
		delete(c.header, name)
		c.headers = append(c.headers, namedTemplate{name, t})
	}
}
