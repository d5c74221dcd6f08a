// Package upsert keeps the objects of a tracker in step with findings: one
// object for each group of findings, found by its fingerprint, created where
// there is none, updated where it says something else, closed when it is mended,
// reopened when it comes back. It is what all trackers share; what an object
// looks like, and how it is reached, is for them.
package upsert

import (
	"context"
	"errors"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/words"
)

// Object is one object that plumb has made in a tracker.
type Object struct {
	// ID is what the tracker's API calls it, Name what its users do: "API-12".
	ID, Name string
	// URL is where people read it; "" where the tracker does not say.
	URL string
	// Fingerprint and Digest are those of the group when it was written last.
	Fingerprint, Digest string
	Open                bool
	// Declined says that people have closed it since they do not mean to mend
	// it; such an object is left alone.
	Declined bool
	// Status is the tracker's own word for its state.
	Status string
}

// Tracker reaches the objects of one product in one tracker. Errors are
// *integration.Error.
type Tracker interface {
	// Open returns all open objects that plumb has made for the product, the
	// oldest first. It must fail rather than leave some out.
	Open(ctx context.Context) ([]Object, error)
	// Find returns the newest object of a group in whatever state, nil where
	// there is none.
	Find(ctx context.Context, fingerprint string) (*Object, error)
	// Create makes an object. It must not repeat a request that may have been
	// carried out.
	Create(ctx context.Context, g *message.Group) (Object, error)
	// Update makes the object say what the group is now, and leaves its state.
	Update(ctx context.Context, o Object, g *message.Group) (Object, error)
	// Close closes an object whose findings are mended, and says so there.
	Close(ctx context.Context, o Object) (Object, error)
	// Reopen opens an object again and makes it say what the group is now.
	Reopen(ctx context.Context, o Object, g *message.Group) (Object, error)
}

// DefaultMost is how many objects a run makes or opens again at most: more at
// once help nobody, and a wrong setting must not flood a tracker.
const DefaultMost = 50

// Options bound a run.
type Options struct {
	// Most is how many objects are created or reopened, DefaultMost where it is
	// 0.
	Most int
	// Least is the least severity that gets an object; 0 is any.
	Least check.Severity
	// Wanted says which groups get an object beside that; nil means all. What
	// has one keeps it as long as it is found.
	Wanted func(*message.Group) bool
}

// Run brings a tracker in step with a delivery, and adds what it does to the
// receipt. An error of one object does not keep the others from being written;
// one of credentials or of the tool ends the run. Run again, it goes on where
// it ended.
func Run(ctx context.Context, t Tracker, c *integration.Client, d *integration.Delivery, o Options, receipt *integration.Receipt) error {
	if o.Most == 0 {
		o.Most = DefaultMost
	}
	r := &run{tracker: t, client: c, receipt: receipt, left: o.Most, before: message.GroupsBefore(d), known: d.Before != nil, findings: findingsOf(d)}
	open, err := t.Open(ctx)
	if err != nil {
		return err
	}
	r.open = map[string]Object{}
	for _, object := range open {
		if _, ok := r.open[object.Fingerprint]; !ok { // of two the oldest is ours
			r.open[object.Fingerprint] = object
		}
	}
	present := message.KnownGroups(d)
	groups := message.Groups(d)
	for i := range groups {
		g := &groups[i]
		present[g.Fingerprint] = true
		if g.Rule != integration.TestRule && (g.Severity < o.Least || o.Wanted != nil && !o.Wanted(g)) {
			continue
		}
		if err := r.group(ctx, g); r.ends(err) {
			return err
		}
	}
	if d.Report.Complete() { // what was not looked at is not mended
		for _, object := range open {
			if present[object.Fingerprint] {
				continue
			}
			if err := r.close(ctx, object); r.ends(err) {
				return err
			}
		}
	}
	return r.result()
}

type run struct {
	tracker Tracker
	client  *integration.Client
	receipt *integration.Receipt
	open    map[string]Object
	before  map[string]bool
	// findings are the fingerprints of each group's findings.
	findings map[string][]string
	known    bool // whether before is known
	left     int  // how many objects may still be made
	over     int  // groups beyond that
	failed   error
	others   int // errors beyond the first
}

// group brings the object of one group in step.
func (r *run) group(ctx context.Context, g *message.Group) error {
	if object, ok := r.open[g.Fingerprint]; ok {
		if object.Digest == g.Digest() {
			r.did("unchanged", object)
			return nil
		}
		return r.done("updated", g.Fingerprint)(r.tracker.Update(ctx, object, g))
	}
	if r.left == 0 {
		r.over++
		return nil
	}
	object, err := r.tracker.Find(ctx, g.Fingerprint)
	switch {
	case err != nil:
		return err // without an answer nothing is made: it could be there
	case object == nil:
		r.left--
		return r.create(ctx, g)
	case object.Open: // made a moment ago, and not in the list yet
		r.did("unchanged", *object)
		return nil
	case object.Declined, r.known && r.before[g.Fingerprint]:
		// Somebody has closed it though it was never mended: that is a
		// decision, and is left alone.
		r.did("unchanged", *object)
		return nil
	}
	r.left--
	return r.done("reopened", g.Fingerprint)(r.tracker.Reopen(ctx, *object, g))
}

// create makes an object. Where the answer is lost, it looks whether the object
// has been made all the same, and does not make it twice.
func (r *run) create(ctx context.Context, g *message.Group) error {
	object, err := r.tracker.Create(ctx, g)
	var e *integration.Error
	if err == nil || !errors.As(err, &e) || e.Kind != integration.Remote || ctx.Err() != nil {
		return r.done("created", g.Fingerprint)(object, err)
	}
	// The first error is told where the second look does not help.
	if made, _ := r.tracker.Find(ctx, g.Fingerprint); made != nil {
		object, err = *made, nil
	}
	return r.done("created", g.Fingerprint)(object, err)
}

func (r *run) close(ctx context.Context, object Object) error {
	return r.done("closed", object.Fingerprint)(r.tracker.Close(ctx, object))
}

func (r *run) done(verb, fingerprint string) func(Object, error) error {
	return func(o Object, err error) error {
		if err == nil {
			o.Fingerprint = fingerprint
			r.did(verb, o)
		}
		return err
	}
}

func (r *run) did(verb string, o Object) {
	findings := r.findings[o.Fingerprint]
	if findings == nil { // what nobody remembers
		findings = []string{}
	}
	r.receipt.Actions = append(r.receipt.Actions, integration.Action{Verb: verb, Object: o.Name, URL: o.URL, Fingerprints: findings})
}

// ends reports whether an error ends the run. One that is about a single
// object does not: it is remembered. Such is what the tracker does not take of
// one object, and an object that is locked.
func (r *run) ends(err error) bool {
	var e *integration.Error
	switch {
	case err == nil:
		return false
	case !errors.As(err, &e) || !single(e):
		return true
	case r.failed == nil:
		r.failed = err
	default:
		r.others++
	}
	return false
}

func single(e *integration.Error) bool {
	switch e.Status {
	case 400, 403, 409, 413, 422:
		return e.Kind == integration.Config || e.Kind == integration.Limit
	}
	return e.Status == 423
}

// result is the error of the whole run.
func (r *run) result() error {
	var e *integration.Error
	switch {
	case r.failed != nil && r.others > 0 && errors.As(r.failed, &e):
		more := *e
		more.Text += fmt.Sprintf(" (and %s more alike)", words.Count(r.others, "error"))
		return &more
	case r.failed != nil:
		return r.failed
	case r.over > 0:
		r.receipt.Actions = append(r.receipt.Actions, integration.Action{Verb: "unchanged", Object: words.Count(r.over, "group") + " of findings for a later run: a run makes no more objects"})
	}
	return nil
}
