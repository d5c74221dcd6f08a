package rest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// changes returns what was found, in order.
func (c *comparison) changes() []Change {
	c.settleLevels()
	list := make([]Change, 0, len(c.found))
	for i := range c.found {
		f := &c.found[i]
		if f.entry == nil {
			continue
		}
		list = append(list, Change{
			ID: f.entry.ID, Level: f.level, Message: f.message(), Key: f.key, Base: f.base, Revision: f.revision, Place: f.place,
			Operations: c.names(f.operations), Beyond: f.beyond,
		})
		if !c.options.Rows {
			list[len(list)-1].Place = "" // of one of many
		}
	}
	order := c.sources()
	slices.SortStableFunc(list, func(a, b Change) int { return compareChanges(order, &a, &b) })
	return list
}

// settleLevels leaves an operation only with the worst level of a cause that
// has several, since it stands in several places.
func (c *comparison) settleLevels() {
	if c.options.Rows {
		return
	}
	worst := map[causeKey]int{}
	for i := range c.found {
		f := &c.found[i]
		key := f.causeKey
		key.level = 0
		j, ok := worst[key]
		if !ok {
			worst[key] = i
			continue
		}
		high, low := f, &c.found[j]
		if low.level > high.level {
			high, low = low, high
		} else {
			worst[key] = i
		}
		if len(low.operations) > 0 && !low.operations.without(high.operations) {
			low.entry = nil
		}
	}
}

// message puts the values into what the entry says.
func (f *found) message() string {
	values := strings.NewReplacer("%key", f.key, "%from", orNone(f.from), "%to", orNone(f.to))
	return f.entry.Where + " " + values.Replace(f.entry.Says) + f.also
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// sources numbers the sources of both documents.
func (c *comparison) sources() map[*openapi.Source]int {
	order := map[*openapi.Source]int{}
	for _, d := range []*side{c.right, c.left} {
		for _, s := range d.doc.Sources() {
			order[s] = len(order)
		}
	}
	return order
}

func compareChanges(order map[*openapi.Source]int, a, b *Change) int {
	x, y := orElse(a.Revision, a.Base), orElse(b.Revision, b.Base)
	start := func(n *openapi.Node) int {
		s, _ := n.Offsets()
		return s
	}
	return cmp.Or(
		cmp.Compare(order[x.Source()], order[y.Source()]),
		cmp.Compare(start(x), start(y)),
		cmp.Compare(a.ID, b.ID),
		cmp.Compare(start(a.Base), start(b.Base)),
		cmp.Compare(a.Message, b.Message),
		slices.Compare(a.Operations, b.Operations),
		cmp.Compare(a.Place, b.Place),
	)
}
