package headers

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// fields judges what a response says; answers tells whether it must say what
// is promised.
func (j *Judge) fields(e *Exchange, p *Promise, answers bool) []FieldVerdict {
	none := Promise{}
	if p == nil {
		p = &none
	}
	due := p.promised()
	var list []FieldVerdict
	add := func(f FieldVerdict, ok bool) {
		if ok {
			list = append(list, f)
		}
	}
	since, f, ok := deprecationOf(e, p, due, answers)
	add(f, ok)
	f, ok = sunsetOf(e, p, due, answers, since)
	add(f, ok)
	f, ok = j.successorOf(e, p, due, answers)
	add(f, ok)
	at := e.At
	if at.IsZero() {
		at = j.o.Now
	}
	if !p.Sunset.IsZero() && !at.IsZero() && !at.Before(p.Sunset) && e.Status >= 200 && e.Status < 300 {
		add(FieldVerdict{Field: Status, Verdict: Served, Promised: "410", Sent: fmt.Sprint(e.Status)}, true)
	}
	return list
}

// single returns the value of a field that comes once.
func single(e *Exchange, name string) (value, problem string, there bool) {
	values := e.Header[name]
	if len(values) == 0 {
		return "", "", false
	}
	value = strings.ToValidUTF8(clip(strings.Join(values, ", ")), "\uFFFD")
	if len(values) > 1 {
		problem = fmt.Sprintf("sent %d times", len(values))
	}
	return value, problem, true
}

// deprecationOf judges the Deprecation field, and returns its moment where it
// has one.
func deprecationOf(e *Exchange, p *Promise, due Promised, answers bool) (since time.Time, f FieldVerdict, ok bool) {
	f = FieldVerdict{Field: Deprecation, Promised: due.Deprecation, Verdict: Kept}
	sent, problem, there := single(e, Deprecation)
	if !there {
		f.Verdict = Missing
		return since, f, p.Deprecated && answers
	}
	f.Sent, f.Problem = sent, problem
	t, err := ParseDeprecation(e.Header[Deprecation][0])
	if err != nil && problem == "" {
		f.Problem = err.Error()
	}
	if err == nil {
		since = t
	}
	switch {
	case !p.Deprecated:
		f.Verdict = Unexpected
	case f.Problem != "":
		f.Verdict = Invalid
	case !p.Since.IsZero() && !sameDay(t, p.Since) && !sameDay(t, p.State.Since.Date):
		f.Verdict = Disagrees
	}
	return since, f, true
}

// sunsetOf judges the Sunset field of a response whose Deprecation field has
// the moment since, if any.
func sunsetOf(e *Exchange, p *Promise, due Promised, answers bool, since time.Time) (f FieldVerdict, ok bool) {
	f = FieldVerdict{Field: Sunset, Promised: due.Sunset, Verdict: Kept}
	sent, problem, there := single(e, Sunset)
	if !there {
		f.Verdict = Missing
		return f, due.Sunset != "" && answers
	}
	f.Sent, f.Problem = sent, problem
	t, err := ParseSunset(e.Header[Sunset][0])
	switch {
	case problem != "":
	case err != nil:
		f.Problem = err.Error()
	case !since.IsZero() && t.Before(since):
		f.Problem = "earlier than the deprecation"
	}
	switch {
	case due.Sunset == "" && p.State.Sunset.IsZero():
		f.Verdict = Unexpected
	case f.Problem != "":
		f.Verdict = Invalid
	case due.Sunset != "" && !sameDay(t, p.Sunset):
		f.Verdict = Disagrees
	}
	return f, true
}

// sameDay reports whether two moments are on one day of UTC: descriptions
// give days, servers may know the hour.
func sameDay(a, b time.Time) bool {
	return a.UTC().Truncate(24 * time.Hour).Equal(b.UTC().Truncate(24 * time.Hour))
}

// successorOf judges the link to what takes the operation's place. Nothing is
// said where the description names nothing: a server may know more.
func (j *Judge) successorOf(e *Exchange, p *Promise, due Promised, answers bool) (f FieldVerdict, ok bool) {
	if due.Successor == "" {
		return f, false
	}
	f = FieldVerdict{Field: Link, Promised: due.Successor, Verdict: Kept}
	links, err := ParseLinks(e.Header[Link]...)
	var targets []string
	for i := range links {
		if links[i].Has(RelSuccessor) {
			targets = append(targets, links[i].Target)
		}
	}
	f.Sent = strings.ToValidUTF8(clip(strings.Join(targets, ", ")), "\uFFFD")
	switch {
	case len(targets) == 0 && err != nil && answers:
		f.Verdict, f.Problem = Invalid, err.Error()
		f.Sent = strings.ToValidUTF8(clip(strings.Join(e.Header[Link], ", ")), "\uFFFD")
	case len(targets) == 0:
		f.Verdict = Missing
		// No field can be made in advance of a path with parameters.
		return f, answers && p.Successor != ""
	default:
		for _, t := range targets {
			if j.leadsTo(e, t, p) {
				return f, true
			}
		}
		f.Verdict = Disagrees
	}
	return f, true
}

// leadsTo reports whether the target of a link is what the description names.
func (j *Judge) leadsTo(e *Exchange, target string, p *Promise) bool {
	sent, err := url.Parse(target)
	if err != nil {
		return false
	}
	if base, err := url.Parse(e.URL); err == nil {
		sent = base.ResolveReference(sent)
	}
	if op := p.SuccessorOperation; op != nil {
		if at := j.router.Find(op.Method, sent.EscapedPath()); at != nil && at.Operation == op {
			return true
		}
	}
	if p.Successor == "" {
		return p.SuccessorOperation == nil // a path with parameters that is not described
	}
	want, err := url.Parse(p.Successor)
	if err != nil {
		return false
	}
	return (want.Host == "" || strings.EqualFold(want.Host, sent.Host)) &&
		strings.TrimRight(want.Path, "/") == strings.TrimRight(sent.Path, "/") && (want.RawQuery == "" || want.RawQuery == sent.RawQuery)
}
