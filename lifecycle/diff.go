package lifecycle

import (
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle/internal/rest"
	"github.com/plumbapi/plumb/openapi"
)

// Option sets how two versions are compared.
type Option func(*rest.Options)

// Expand asks for one change per operation and place in it, instead of one per
// cause: what oasdiff calls a change. Those that are not Beyond are the rows that
// oasdiff prints. Levels are oasdiff's too, which takes webhooks for operations
// that clients call.
func Expand() Option { return func(o *rest.Options) { o.Rows = true } }

// At sets the day on which the sunset dates of a description are judged:
// whether one that has been removed had time left, whether one that was
// announced lies behind us. Without it, no date is judged.
func At(now time.Time) Option { return func(o *rest.Options) { o.Now = now } }

// Diff compares two versions of an OpenAPI description of any version,
// 2.0 to 3.2, and says what changed for the clients of the API: operations,
// parameters, bodies, responses, headers, security, webhooks and callbacks,
// down to every keyword of every schema. Texts that only describe are not
// compared, and neither are operations that are less stable than beta.
//
// The two may be of different versions of OpenAPI. The documents are left as
// they are. A comparison that would go beyond its bounds, schemas that refer to
// each other in more than half a million different pairs, is incomplete.
func Diff(base, revision *openapi.Document, options ...Option) *Comparison {
	var o rest.Options
	for _, set := range options {
		set(&o)
	}
	found, err := rest.Compare(base, revision, o)
	c := &Comparison{Changes: make([]Change, len(found))}
	if err != nil {
		c.Incomplete = err.Error()
	}
	for i := range found {
		c.Changes[i] = changeOf(&found[i])
		if f := &found[i]; f.Revision == nil {
			c.Changes[i].anchor = anchorOf(revision, f.Base)
		}
	}
	return c
}

func changeOf(f *rest.Change) Change {
	c := Change{ID: f.ID, Level: f.Level, Message: f.Message, Operations: f.Operations, Beyond: f.Beyond, key: f.Key}
	if f.Base != nil {
		c.Base = placeOf(f.Base)
		c.Element, c.Subject = c.Base.Element, rest.Subject(f.Base)
	}
	if f.Revision != nil {
		c.Revision = placeOf(f.Revision)
		c.Element, c.Subject = c.Revision.Element, rest.Subject(f.Revision)
	}
	if f.Place != "" {
		c.Subject += " (" + f.Place + ")"
	}
	return c
}

// placeOf is where a change shows: the name of a member, the value elsewhere.
func placeOf(n *openapi.Node) check.Location {
	if n.Key() != "" {
		return n.KeyLocation()
	}
	return n.Location()
}

// anchorOf is the innermost place in the revision that holds the place of
// what is gone.
func anchorOf(revision *openapi.Document, gone *openapi.Node) check.Location {
	at := revision.Root()
	tokens, err := openapi.ParsePointer(gone.Pointer())
	if err != nil {
		return check.Location{}
	}
	for _, t := range tokens {
		next := at.Find(t)
		if next == nil {
			break
		}
		at = next
	}
	return placeOf(at)
}
