package headers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/lifecycle/internal/route"
	"github.com/plumbapi/plumb/openapi"
)

// Exchange is a request with its response, as far as a Judge looks at it.
type Exchange struct {
	Method string
	// URL is the whole URL of the request, or its path and query.
	URL string
	// Status is the status of the response, 0 where there was none.
	Status int
	Header http.Header
	// At is when it took place; zero means now.
	At time.Time
	// Operation is what the request is for; nil lets the Judge find it.
	Operation *openapi.Operation
}

// JudgeOptions are those of a Judge.
type JudgeOptions struct {
	Options
	// Now is the time of exchanges that have none. Zero means that those are
	// not held against the sunset.
	Now time.Time
	// Bases are paths below which the API is served, beside those of the
	// description's servers.
	Bases []string
	// Hosts are those whose exchanges count, "name" or "name:port"; empty
	// means any.
	Hosts []string
}

// Judge compares exchanges with what a description promises. It is not safe
// for concurrent use. Its memory is bounded by the description, not by the
// number of exchanges.
type Judge struct {
	o          JudgeOptions
	doc        *openapi.Document
	router     *route.Router
	promises   map[*openapi.Operation]*Promise
	results    map[*openapi.Operation]*OperationResult
	counts     Counts
	incomplete []string
}

// NewJudge makes a judge that has seen nothing.
func NewJudge(doc *openapi.Document, o JudgeOptions) *Judge {
	j := &Judge{
		o: o, doc: doc, router: route.New(doc, route.Options{Also: o.Bases}),
		promises: map[*openapi.Operation]*Promise{}, results: map[*openapi.Operation]*OperationResult{},
	}
	list := Promises(doc, o.Options)
	for i := range list {
		p := &list[i]
		j.promises[p.Operation] = p
		j.result(p.Operation)
	}
	j.counts.Promising = len(list)
	return j
}

// result returns the place where the results of an operation are kept.
func (j *Judge) result(op *openapi.Operation) *OperationResult {
	r := j.results[op]
	if r == nil {
		p := j.promises[op]
		r = &OperationResult{Operation: op.String(), Promised: p.promised(), Responses: []*Response{}, op: op, promise: p, known: map[string]*Response{}}
		j.results[op] = r
	}
	return r
}

// Add judges one exchange.
func (j *Judge) Add(e *Exchange) {
	if len(j.o.Hosts) > 0 && !slices.ContainsFunc(j.o.Hosts, e.from) {
		return
	}
	j.counts.Exchanges++
	op := e.Operation
	if op == nil {
		at := j.router.Find(e.Method, e.URL)
		if at == nil {
			j.counts.Unknown++
			return
		}
		op = at.Operation
	}
	answers := answersFor(e.Status)
	if answers {
		j.counts.Judged++
	} else {
		j.counts.NotJudged++
	}
	p := j.promises[op]
	if p == nil && (e.Status == 0 || e.silent()) {
		return // nothing promised, nothing said
	}
	r := j.result(op)
	if answers {
		r.Judged++
	} else {
		r.NotJudged++
	}
	if e.Status != 0 {
		if fields := j.fields(e, p, answers); len(fields) > 0 {
			r.add(e, fields)
		}
	}
}

// answersFor reports whether a response is the operation's own.
func answersFor(status int) bool {
	return status >= 200 && status < 400 && status != http.StatusNotModified
}

// from reports whether the exchange was with a host.
func (e *Exchange) from(host string) bool {
	u, err := url.Parse(e.URL)
	return err == nil && (strings.EqualFold(u.Host, host) || strings.EqualFold(u.Hostname(), host))
}

// silent reports whether the response says nothing of the operation's life.
func (e *Exchange) silent() bool {
	return len(e.Header[Deprecation]) == 0 && len(e.Header[Sunset]) == 0
}

// maxAlike bounds the responses of one operation that are told apart by what
// they say; further ones are told apart by their verdicts.
const maxAlike = 100

// add keeps a response.
func (r *OperationResult) add(e *Exchange, fields []FieldVerdict) {
	var b strings.Builder
	fmt.Fprint(&b, e.Status)
	for _, f := range fields {
		fmt.Fprintf(&b, "\n%s\t%s", f.Field, f.Verdict)
		if len(r.Responses) < maxAlike {
			fmt.Fprintf(&b, "\t%q", f.Sent)
		}
	}
	key := b.String()
	if known := r.known[key]; known != nil {
		known.Count++
		return
	}
	response := &Response{Count: 1, Status: e.Status, Example: clip(e.Method) + " " + plainURL(e.URL), Fields: fields}
	r.known[key] = response
	r.Responses = append(r.Responses, response)
}

// plainURL is a URL as it may be shown: without a password and a query.
func plainURL(text string) string {
	text, _, _ = strings.Cut(text, "?")
	text, _, _ = strings.Cut(text, "#")
	if scheme, rest, ok := strings.Cut(text, "://"); ok {
		host, path := rest, ""
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			host, path = rest[:i], rest[i:]
		}
		text = scheme + "://" + host[strings.LastIndexByte(host, '@')+1:] + path
	}
	const most = 300
	if len(text) > most {
		text = text[:most] + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// Fail notes that something could not be read or asked, so that the result is
// not complete.
func (j *Judge) Fail(reason string) { j.incomplete = append(j.incomplete, reason) }

// Result returns what was found so far.
func (j *Judge) Result() *Result {
	res := &Result{Incomplete: append([]string{}, j.incomplete...), Counts: j.counts, Operations: []*OperationResult{}, doc: j.doc}
	for _, op := range j.doc.Operations() {
		r := j.results[op]
		if r == nil {
			continue
		}
		res.Operations = append(res.Operations, r)
		if r.promise != nil && r.Judged > 0 {
			res.Counts.Seen++
		}
	}
	if reason := res.empty(); reason != "" && len(res.Incomplete) == 0 {
		res.Incomplete = append(res.Incomplete, reason)
	}
	res.Complete = len(res.Incomplete) == 0
	return res
}

// empty says why a result that judged nothing says nothing; "" where it does.
func (r *Result) empty() string {
	c := r.Counts
	switch {
	case c.Promising == 0 && (c.Judged > 0 || c.Exchanges == 0), c.Judged > 0:
		return ""
	case c.Exchanges == 0:
		return "there is no exchange to judge"
	case c.Unknown == c.Exchanges:
		return "no exchange is for an operation of the description; is the base path right?"
	}
	return fmt.Sprintf("no response could be judged: %d of %d are errors or missing", c.NotJudged, c.Exchanges)
}
