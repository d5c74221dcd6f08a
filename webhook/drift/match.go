package drift

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// look is what looking at one payload gave.
type look struct {
	event, action string
	described     *described // nil where the description has no such event
	misfits       []misfit
	assertions    int
}

// errNoEvent says that a payload does not tell what it is for.
var errNoEvent = errors.New("nothing says which event the payload is for: no header of a recorded delivery, not the payload, not the name of its file")

// look finds the webhook that a payload is for and holds it against that.
func (d *Description) look(p *Payload, body *openapi.Node) (*look, error) {
	event, action := p.Event, p.Action
	if event == "" {
		event = said(body, d.model.Routing.EventPointers)
	}
	if action == "" {
		action = said(body, d.model.Routing.ActionPointers)
	}
	if event == "" {
		return d.guess(p.Name, body, action)
	}
	candidates := d.candidates(event, action)
	if len(candidates) == 0 {
		return &look{event: event, action: action}, nil
	}
	return d.best(body, candidates, event, action)
}

// said returns the first text that stands at one of the pointers.
func said(body *openapi.Node, pointers []string) string {
	for _, p := range pointers {
		if tokens, err := openapi.ParsePointer(p); err == nil {
			if n := body.Find(tokens...); n.Is(openapi.String) {
				return n.Text()
			}
		}
	}
	return ""
}

// candidates are the webhooks for an event with the action; where none names
// the action, those for the event with any.
func (d *Description) candidates(event, action string) []*described {
	var exact, any []*described
	name := fold(event)
	for _, e := range d.events {
		if fold(e.event) != name {
			continue
		}
		switch e.action {
		case action:
			exact = append(exact, e)
		case "":
			any = append(any, e)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return any
}

// best holds a payload against each of the webhooks and keeps the closest: the
// one with the fewest violations, then the fewest unknown members.
func (d *Description) best(body *openapi.Node, candidates []*described, event, action string) (*look, error) {
	var best *look
	for _, c := range candidates {
		l := &look{event: event, action: action, described: c}
		if err := d.compare(l, body); err != nil {
			return nil, err
		}
		if best == nil || l.distance() < best.distance() {
			best = l
		}
		if best.distance() == 0 {
			break
		}
	}
	return best, nil
}

// distance orders webhooks by how far a payload is from them.
func (l *look) distance() int {
	n := 0
	for i := range l.misfits {
		if l.misfits[i].violates() {
			n += 1 << 20
		} else {
			n++
		}
	}
	return n
}

// guess finds the webhook for a payload that does not tell its event: by the
// name of its file, else the only event whose schema knows all its members and
// asks for no others.
func (d *Description) guess(name string, body *openapi.Node, action string) (*look, error) {
	if event := d.named(name); event != "" {
		if candidates := d.candidates(event, action); len(candidates) > 0 {
			return d.best(body, candidates, candidates[0].event, action)
		}
	}
	var found []*described
	for _, e := range d.events {
		if e.schema != nil && (e.action == action || e.action == "") && d.knows(e.schema, body) {
			found = append(found, e)
		}
	}
	if len(found) == 0 || slices.ContainsFunc(found, func(e *described) bool { return fold(e.event) != fold(found[0].event) }) {
		return nil, errNoEvent
	}
	return d.best(body, found, found[0].event, action)
}

// named returns the event that a file is named after, "" where it is named
// after none: the longest whose name the file's begins with.
func (d *Description) named(file string) string {
	base := fold(path.Base(file))
	longest := ""
	for _, e := range d.events {
		if name := fold(e.event); name != "" && len(name) > len(fold(longest)) && strings.HasPrefix(base, name) {
			longest = e.event
		}
	}
	return longest
}

// knows reports whether a schema knows all members of a payload's top level, and
// asks for no others.
func (d *Description) knows(schema, body *openapi.Node) bool {
	known := map[string]bool{}
	b := budget(maxWork)
	for _, s := range d.flat([]*openapi.Node{schema}, &b) {
		for _, c := range s.Get("properties").Children() {
			known[c.Key()] = true
		}
		for _, c := range s.Get("required").Children() {
			if !body.Has(c.Text()) {
				return false
			}
		}
	}
	return body.Len() > 0 && !slices.ContainsFunc(body.Children(), func(c *openapi.Node) bool { return !known[c.Key()] })
}
