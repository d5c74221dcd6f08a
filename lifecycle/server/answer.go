package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/textproto"
	"strconv"
	"time"

	"github.com/plumbapi/plumb/lifecycle/headers"
)

// answer is what responses of an operation carry, as it goes over the wire.
type answer struct {
	element     string
	deprecated  bool
	until       time.Time // zero where there is no sunset
	deprecation []string
	sunset      []string
	links       []link
	gone        []byte
}

type link struct{ relation, value string }

func newAnswer(p *headers.Promise, o *Options) (*answer, error) {
	a := &answer{element: p.Operation.String(), deprecated: p.Deprecated, until: p.Sunset}
	if p.Deprecated {
		since := p.Since
		if since.IsZero() {
			since = o.Since
		}
		if !p.Sunset.IsZero() && p.Sunset.Before(since) {
			since = p.Sunset
		}
		a.deprecation = []string{headers.FormatDeprecation(since)}
	}
	if !p.Sunset.IsZero() {
		a.sunset = []string{headers.FormatSunset(p.Sunset)}
	}
	docs := p.Docs
	if docs == "" {
		docs = o.Docs
	}
	if p.Deprecated {
		a.link(docs, headers.RelDeprecation)
		a.link(p.Successor, headers.RelSuccessor)
	}
	if a.sunset != nil {
		a.link(o.SunsetDocs, headers.RelSunset)
	}
	body, err := json.Marshal(problem(p))
	a.gone = body
	return a, errors.Join(err, a.check())
}

func (a *answer) link(target, relation string) {
	if target != "" {
		a.links = append(a.links, link{relation, headers.FormatLink(target, relation)})
	}
}

// check holds the values against the grammars of the RFCs.
func (a *answer) check() error {
	var since, until time.Time
	var err error
	for _, v := range a.deprecation {
		if since, err = headers.ParseDeprecation(v); err != nil {
			return fmt.Errorf("%s: Deprecation %q: %w", a.element, v, err)
		}
	}
	for _, v := range a.sunset {
		if until, err = headers.ParseSunset(v); err != nil {
			return fmt.Errorf("%s: Sunset %q: %w", a.element, v, err)
		}
		if until.Before(since) {
			return fmt.Errorf("%s: Sunset %q is earlier than the deprecation", a.element, v)
		}
	}
	for _, l := range a.links {
		if _, err := headers.ParseLinks(l.value); err != nil || textproto.TrimString(l.value) != l.value {
			return fmt.Errorf("%s: Link %q: %w", a.element, l.value, err)
		}
	}
	return nil
}

// put adds to a header what it does not have yet.
func (a *answer) put(h http.Header) {
	if a.deprecation != nil && len(h[headers.Deprecation]) == 0 {
		h[headers.Deprecation] = a.deprecation[:1:1]
	}
	if a.sunset != nil && len(h[headers.Sunset]) == 0 {
		h[headers.Sunset] = a.sunset[:1:1]
	}
	if len(a.links) == 0 {
		return
	}
	own, _ := headers.ParseLinks(h[headers.Link]...) // what cannot be read says nothing
	for _, l := range a.links {
		if !hasRelation(own, l.relation) {
			h.Add(headers.Link, l.value)
		}
	}
}

func hasRelation(list []headers.WebLink, relation string) bool {
	for i := range list {
		if list[i].Has(relation) {
			return true
		}
	}
	return false
}

// problemDetails is the body of 410 Gone (RFC 9457).
type problemDetails struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Operation string `json:"operation"`
	Sunset    string `json:"sunset"`
	Successor string `json:"successor,omitempty"`
}

func problem(p *headers.Promise) problemDetails {
	d := problemDetails{
		Type: "about:blank", Title: http.StatusText(http.StatusGone), Status: http.StatusGone,
		Operation: p.Operation.String(), Sunset: p.Sunset.Format(time.RFC3339), Successor: p.Successor,
	}
	if d.Successor == "" {
		d.Successor = p.Template
	}
	d.Detail = fmt.Sprintf("%s is gone since %s.", d.Operation, p.Sunset.Format("2 Jan 2006"))
	if d.Successor != "" {
		d.Detail += " Use " + d.Successor + " instead."
	}
	return d
}

// sayGone answers 410.
func (a *answer) sayGone(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	a.put(h)
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Length", strconv.Itoa(len(a.gone)))
	w.WriteHeader(http.StatusGone)
	if r.Method != http.MethodHead {
		_, _ = w.Write(a.gone) // the client may be away already
	}
}
