package sample

import (
	"strconv"

	"github.com/plumbapi/plumb/openapi"
)

// array makes an array of as few items as there may be, but one where there
// may be one: an empty list tells a server and a reader nothing.
func (r *run) array(s *shape) (*Value, error) {
	v := &Value{Kind: openapi.Array}
	want := max(s.minItems, 1)
	for _, p := range s.prefix {
		want = max(want, p.Len())
	}
	if s.maxItems >= 0 {
		want = min(want, max(s.maxItems, s.minItems))
	}
	if s.minItems > max(r.left, 1) {
		return nil, r.fail(s.node(), "an array of %d items is more than is made", s.minItems)
	}
	for i := range want {
		item, err := r.item(s, i, v)
		if err != nil && len(v.Items) >= s.minItems && len(s.contains) == 0 {
			if !endless(err) {
				r.note(s.node(), "items are left out: %v", err)
			}
			return v, nil
		}
		if err != nil {
			return nil, err
		}
		v.Items = append(v.Items, item)
	}
	return v, nil
}

// item makes item i of an array, different from those before it where it has
// to be.
func (r *run) item(s *shape, i int, before *Value) (*Value, error) {
	r.path = append(r.path, strconv.Itoa(i))
	variant := r.variant
	defer func() {
		r.path = r.path[:len(r.path)-1]
		r.variant = variant
	}()
	schemas := r.itemSchemas(s, i)
	if !s.unique {
		r.variant = 0
		return r.itemOf(schemas)
	}
	var err error
	for try := range maxVariants {
		r.variant = i + try
		var v *Value
		if v, err = r.itemOf(schemas); err != nil {
			return nil, err
		}
		if !among(before.Items, v) {
			return v, nil
		}
	}
	return nil, r.fail(s.node(), "no %d items were found that differ", i+1)
}

// maxVariants is how often an item is made again to differ from others.
const maxVariants = 64

func (r *run) itemOf(schemas []*openapi.Node) (*Value, error) {
	if len(schemas) == 0 {
		return r.string(&shape{maxLength: -1})
	}
	return r.make(schemas)
}

func (r *run) itemSchemas(s *shape, i int) []*openapi.Node {
	var list []*openapi.Node
	short := true
	for _, p := range s.prefix {
		if n := p.At(i); n != nil {
			list = append(list, n)
			short = false
		}
	}
	if short {
		list = append(list, s.items...)
	}
	if i == 0 {
		list = append(list, s.contains...)
	}
	return list
}

// among reports whether an equal value is in the list.
func among(list []*Value, v *Value) bool {
	text := v.JSON()
	for _, o := range list {
		if o.JSON() == text {
			return true
		}
	}
	return false
}
