package history

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/lifecycle"
)

// Replay reads the versions, which are ordered, oldest first, and says what
// happened to each element. Descriptions of different tracks are read side by
// side, and the next version while the one before it is compared; no more than
// four versions of a description are held at once.
//
// A version that cannot be read is passed over and is in the result; what
// happened there shows in the next one. The error says that ctx ended.
func Replay(ctx context.Context, versions []Version, tracks []Track, opts Options) (*Result, error) {
	ctx, stop := context.WithCancel(ctx)
	var reading sync.WaitGroup
	defer reading.Wait()
	defer stop()
	res := &Result{Versions: make([]Replayed, len(versions)), Tracks: make([]string, len(tracks)), Lives: []*Life{}}
	numbered := slices.Clone(versions)
	for i := range numbered {
		v := &numbered[i]
		if v.Release.IsZero() {
			v.Release, _ = ParseRelease(v.Name)
		}
		res.Versions[i] = Replayed{Version: *v, Readings: make([]Reading, len(tracks))}
	}
	recorders := make([]*recorder, len(tracks))
	feeds := make([]<-chan answer, len(tracks))
	for i, t := range tracks {
		res.Tracks[i] = t.Name
		recorders[i] = &recorder{track: t.Name, lives: map[key]int{}, last: -1}
		out := make(chan answer)
		feeds[i] = out
		reading.Go(func() { feed(ctx, t, numbered, out) })
	}
	for v := range res.Versions {
		for i, r := range recorders {
			select {
			case got := <-feeds[i]:
				res.Versions[v].Readings[i] = r.record(v, got)
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			}
		}
		if opts.Done != nil {
			opts.Done(v + 1)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	for _, r := range recorders {
		res.Lives = append(res.Lives, r.finish()...)
	}
	findParents(res.Lives)
	slices.SortStableFunc(res.Lives, func(a, b *Life) int {
		return cmp.Or(cmp.Compare(surfaceOrder(a.Surface), surfaceOrder(b.Surface)), cmp.Compare(a.Surface, b.Surface), cmp.Compare(a.Name, b.Name))
	})
	return res, nil
}

func surfaceOrder(s lifecycle.Surface) int {
	return slices.Index([]lifecycle.Surface{lifecycle.REST, lifecycle.GraphQL, lifecycle.Webhooks}, s)
}

// answer is what a track has for a version.
type answer struct {
	inventory *lifecycle.Inventory
	err       error
}

// feed reads a track, one version ahead of whoever takes from the channel.
func feed(ctx context.Context, t Track, versions []Version, out chan<- answer) {
	for _, v := range versions {
		var a answer
		if a.err = ctx.Err(); a.err == nil {
			a.inventory, a.err = t.Read(ctx, v)
		}
		select {
		case out <- a:
		case <-ctx.Done():
			return
		}
	}
}

// key is what tells an element from all others of a track.
type key struct {
	surface lifecycle.Surface
	name    string
}

// keyOf returns the key of an element. What the parameters of a path are
// called does not matter: clients do not see it.
func keyOf(e *lifecycle.Element) key {
	k := key{e.Surface, e.Name}
	if e.Operation == "" || e.Surface != lifecycle.REST || !strings.Contains(e.Operation, "{") {
		return k
	}
	rest, ok := strings.CutPrefix(e.Name, e.Operation)
	if !ok {
		return k
	}
	k.name = withoutNames(e.Operation) + rest
	return k
}

// withoutNames empties the braces of an operation: "GET /users/{}".
func withoutNames(operation string) string {
	var b strings.Builder
	for rest := operation; ; {
		before, after, ok := strings.Cut(rest, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		if _, rest, ok = strings.Cut(after, "}"); !ok {
			b.WriteString("{" + after)
			return b.String()
		}
		b.WriteString("{}")
	}
}

// recorder writes down the lives of one track.
type recorder struct {
	track string
	list  []*Life
	lives map[key]int // index of list

	last      int // version that inventory is of, -1 before the first
	inventory *lifecycle.Inventory
	at        []int // by index of list: the element in inventory, -1 for none
}

// record takes down what a version has.
func (r *recorder) record(version int, got answer) Reading {
	reading := Reading{Track: r.track}
	switch {
	case got.err == nil && got.inventory == nil, errors.Is(got.err, fs.ErrNotExist):
		reading.Status = Absent
		if r.inventory != nil {
			reading.Status, reading.Err = Missing, got.err
		}
		return reading
	case got.err != nil:
		reading.Status, reading.Err = Unreadable, got.err
		return reading
	case got.inventory == r.inventory:
		reading.Status = Unchanged
	default:
		reading.Status = Read
		r.compare(version, got.inventory)
	}
	r.last, reading.Elements = version, len(got.inventory.Elements)
	return reading
}

// compare takes down what differs between the inventory of the version before
// and that of a version.
func (r *recorder) compare(version int, now *lifecycle.Inventory) {
	at := make([]int, len(r.list), len(r.list)+16)
	for i := range at {
		at[i] = -1
	}
	for i := range now.Elements {
		e := &now.Elements[i]
		life, known := r.lives[keyOf(e)]
		switch {
		case !known:
			life = r.add(version, e)
			at = append(at, -1)
		case at[life] >= 0:
			continue // given twice; the first counts
		case life < len(r.at) && r.at[life] >= 0:
			r.change(version, r.list[life], &r.inventory.Elements[r.at[life]], e)
		default:
			r.happened(r.list[life], Event{Kind: Returned, Version: version, Location: e.Location, To: e.State})
		}
		at[life] = i
	}
	for life, before := range r.at {
		if before >= 0 && at[life] < 0 {
			r.remove(version, r.list[life], &r.inventory.Elements[before])
		}
	}
	r.at, r.inventory = at, now
}

// add begins the life of an element.
func (r *recorder) add(version int, e *lifecycle.Element) int {
	l := &Life{
		Track: r.track, Surface: e.Surface, Kind: e.Kind, Name: strings.Clone(e.Name), Operation: strings.Clone(e.Operation),
		First: version, FromStart: r.last < 0, Initial: settle(e.State),
	}
	if !l.FromStart {
		r.happened(l, Event{Kind: Appeared, Version: version, Location: e.Location, To: e.State})
	}
	k := keyOf(e)
	k.name = strings.Clone(k.name)
	r.lives[k] = len(r.list)
	r.list = append(r.list, l)
	return len(r.list) - 1
}

// change takes down what differs between two states of an element.
func (r *recorder) change(version int, l *Life, before, now *lifecycle.Element) {
	if l.Name != now.Name {
		l.Name, l.Operation = strings.Clone(now.Name), strings.Clone(now.Operation)
	}
	for _, kind := range differences(&before.State, &now.State) {
		r.happened(l, Event{
			Kind: kind, Version: version, Location: now.Location, Base: before.Location, From: before.State, To: now.State,
		})
	}
}

// remove ends the life of an element, as far as anybody can tell.
func (r *recorder) remove(version int, l *Life, before *lifecycle.Element) {
	l.Last, l.State, l.Location = r.last, settle(before.State), settlePlace(before.Location)
	r.happened(l, Event{Kind: Removed, Version: version, Base: before.Location, From: before.State})
}

// happened adds an event, with nothing in it that belongs to a document.
func (r *recorder) happened(l *Life, e Event) {
	e.Previous = r.last
	e.Location, e.Base = settlePlace(e.Location), settlePlace(e.Base)
	e.From, e.To = settle(e.From), settle(e.To)
	l.Events = append(l.Events, e)
}

// finish returns the lives, with the state that the last version has.
func (r *recorder) finish() []*Life {
	for i, at := range r.at {
		if at < 0 {
			continue
		}
		e, l := &r.inventory.Elements[at], r.list[i]
		l.Present, l.Last = true, r.last
		l.State, l.Location = settle(e.State), settlePlace(e.Location)
	}
	return r.list
}
