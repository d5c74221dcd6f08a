package server

import (
	"net/http"
	"time"

	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/lifecycle/internal/route"
	"github.com/plumbapi/plumb/openapi"
)

// Middleware returns what wraps the handler of the API that a description
// describes. Responses of deprecated operations carry
//
//   - Deprecation, the moment of the deprecation (RFC 9745),
//   - Sunset, when the operation is gone, where the description says so (RFC
//     8594), never earlier than the deprecation,
//   - Link to the documentation (deprecation), to the policy (sunset) and to
//     what takes the operation's place (successor-version), as far as they
//     are known; a successor whose path has parameters is not linked.
//
// Values are made and checked once, here. What a handler sets itself stays: a
// Deprecation or Sunset field, and links of the same relation; its other links
// are kept beside ours. All other operations, and paths that the description
// does not have, pass without an allocation and without a wrapped
// ResponseWriter.
//
// The error is about the options.
func Middleware(doc *openapi.Document, o Options) (func(http.Handler) http.Handler, error) {
	if o.Now == nil {
		return nil, errNow
	}
	if o.Since.IsZero() {
		o.Since = o.Now().UTC().Truncate(24 * time.Hour)
	}
	count, err := newCounter("rest", &o)
	if err != nil {
		return nil, err
	}
	m := &middleware{router: route.New(doc, route.Options{Bases: o.Bases}), count: count, now: o.Now, gone: o.Gone}
	answers := map[*openapi.Operation]*answer{}
	for _, p := range headers.Promises(doc, headers.Options{Inventory: o.Inventory, Releases: o.Releases}) {
		if answers[p.Operation], err = newAnswer(&p, &o); err != nil {
			return nil, err
		}
	}
	for _, r := range m.router.Routes() {
		m.answers = append(m.answers, answers[r.Operation])
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { m.serve(w, r, next) })
	}, nil
}

type middleware struct {
	router  *route.Router
	answers []*answer // by the index of the route; nil where nothing is due
	count   *counter
	now     func() time.Time
	gone    bool
}

func (m *middleware) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	at := m.router.FindURL(r.Method, r.URL)
	if at == nil || m.answers[at.Index] == nil {
		next.ServeHTTP(w, r)
		return
	}
	a := m.answers[at.Index]
	if a.deprecated {
		m.count.add(a.element, r)
	}
	if m.gone && !a.until.IsZero() && !m.now().Before(a.until) {
		a.sayGone(w, r)
		return
	}
	wrapped, done := wrap(w, a)
	next.ServeHTTP(wrapped, r)
	done() // not after a panic: the response is lost then
}
