// Package headers knows the fields of HTTP responses that say how long an API
// will live: Deprecation (RFC 9745), Sunset (RFC 8594) and Link with the
// relations deprecation, sunset and successor-version (RFC 8288).
//
// [Promises] says which values the operations of a description promise,
// [ParseDeprecation], [ParseSunset] and [ParseLinks] read what servers send. A
// [Judge] compares both over exchanges: those of a running server, which a
// [Plan] asks, and those that were recorded, which [ReadHAR] reads. What it
// finds is a [Result], and [Check] runs the rules over it.
//
// The package sends no such fields; for that see package lifecycle/server.
package headers

import (
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
)

// The names of the fields.
const (
	Deprecation = "Deprecation"
	Sunset      = "Sunset"
	Link        = "Link"
)

// The relations of links.
const (
	RelDeprecation = "deprecation"
	RelSunset      = "sunset"
	RelSuccessor   = "successor-version"
)

// Promise is what a description says that responses of an operation carry.
type Promise struct {
	Operation *openapi.Operation
	Location  check.Location
	State     lifecycle.State
	// Deprecated says that a Deprecation field is due. Since is its moment;
	// zero where the description gives no day, and any will do.
	Deprecated bool
	Since      time.Time
	// Sunset is the moment of the Sunset field, never earlier than Since; zero
	// where none is due.
	Sunset time.Time
	// Successor is the target of the link to what takes the operation's
	// place, as a reference that URLs may be resolved against; "" where none
	// is known. Template is the same where it has parameters, which no field
	// can be made of in advance; SuccessorOperation the operation, where it is
	// one of the description.
	Successor, Template string
	SuccessorOperation  *openapi.Operation
	// Docs is a URL of what people read about the deprecation; "" where none
	// is known. Nothing promises a link to it.
	Docs string
}

// Options say how promises are made.
type Options struct {
	// Inventory is what the description says; nil means that of
	// lifecycle.Inspect.
	Inventory *lifecycle.Inventory
	// Releases tells the days of releases, for descriptions that say "15.7"
	// and no day; nil knows none.
	Releases *lifecycle.Releases
}

// Promises returns what the operations of a description promise, in source
// order; those that promise nothing are left out. Deprecated parameters and
// properties do not make an operation deprecated, and webhooks and callbacks
// are answered by others.
//
// Where the sunset is earlier than the deprecation, which the RFC forbids, both
// are at the sunset: clients must not be told of more time than there is.
func Promises(doc *openapi.Document, o Options) []Promise {
	inventory := o.Inventory
	if inventory == nil {
		inventory = lifecycle.Inspect(doc)
	}
	elements := map[string]*lifecycle.Element{}
	for i := range inventory.Elements {
		if e := &inventory.Elements[i]; e.Kind == lifecycle.Operation && e.Surface == lifecycle.REST {
			elements[e.Name] = e
		}
	}
	find := newSuccessors(doc)
	var list []Promise
	for _, op := range doc.Operations() {
		e := elements[op.String()]
		if op.Origin != openapi.FromPath || e == nil || !e.State.Deprecated && e.State.Sunset.IsZero() {
			continue
		}
		p := Promise{Operation: op, Location: e.Location, State: e.State, Deprecated: e.State.Deprecated}
		if p.Deprecated {
			p.Since = o.day(e.State.Since)
		}
		p.Sunset = o.day(e.State.Sunset)
		if !p.Sunset.IsZero() && p.Sunset.Before(p.Since) {
			p.Since = p.Sunset
		}
		find.fill(&p)
		if p.Deprecated || !p.Sunset.IsZero() {
			list = append(list, p)
		}
	}
	return list
}

// day returns the day of a moment.
func (o *Options) day(m lifecycle.Moment) time.Time {
	t := o.Releases.Complete(m).Date.UTC()
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return time.Time{} // no field can say it
	}
	return t.Truncate(time.Second)
}
