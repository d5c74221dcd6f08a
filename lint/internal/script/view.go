package script

import (
	"slices"
	"sort"
	"strconv"

	"github.com/dop251/goja"

	"github.com/plumbapi/plumb/openapi"
)

// view shows a document to scripts, as it is written or with references
// followed. A node becomes an object when a script comes to it, and is the same
// object whenever it does; nothing is copied.
type view struct {
	realm  *realm
	follow func(*openapi.Node) *openapi.Node
	known  map[*openapi.Node]*goja.Object
}

// value is a node as scripts see it; undefined for nil.
func (v *view) value(n *openapi.Node) goja.Value {
	if n == nil {
		return goja.Undefined()
	}
	if v.follow != nil {
		n = v.follow(n)
	}
	switch n.Kind() {
	case openapi.Null:
		return goja.Null()
	case openapi.Bool:
		return v.realm.rt.ToValue(n.IsTrue())
	case openapi.Number:
		if i, ok := n.Int(); ok && i < 1<<53 && i > -1<<53 {
			return v.realm.rt.ToValue(i)
		}
		f, _ := n.Float()
		return v.realm.rt.ToValue(f)
	case openapi.String:
		return v.realm.rt.ToValue(n.Text())
	}
	if o := v.known[n]; o != nil {
		return o
	}
	var o *goja.Object
	if n.Is(openapi.Array) {
		o = v.realm.rt.NewDynamicArray(&array{v, n})
	} else {
		o = v.realm.rt.NewDynamicObject(&object{view: v, node: n})
	}
	v.known[n] = o
	v.realm.shown[o] = n
	return o
}

// object is a node that is an object. It cannot be changed.
type object struct {
	view *view
	node *openapi.Node
	keys []string
}

var _ goja.DynamicObject = (*object)(nil)

// Get implements goja.DynamicObject.
func (o *object) Get(key string) goja.Value {
	c := o.node.Get(key)
	if c == nil {
		return nil
	}
	return o.view.value(c)
}

// Has implements goja.DynamicObject.
func (o *object) Has(key string) bool { return o.node.Has(key) }

// Set implements goja.DynamicObject.
func (o *object) Set(string, goja.Value) bool { return false }

// Delete implements goja.DynamicObject.
func (o *object) Delete(key string) bool { return !o.node.Has(key) }

// Keys implements goja.DynamicObject. As everywhere in JavaScript, names that
// are indexes come first, in their order.
func (o *object) Keys() []string {
	if o.keys == nil && o.node.Len() > 0 {
		var indexes []int
		var names []string
		for _, c := range o.node.Children() {
			if i, ok := index(c.Key()); ok {
				indexes = append(indexes, i)
			} else {
				names = append(names, c.Key())
			}
		}
		sort.Ints(indexes)
		for _, i := range slices.Compact(indexes) {
			o.keys = append(o.keys, strconv.Itoa(i))
		}
		o.keys = append(o.keys, names...)
	}
	return o.keys
}

// index reads a name that JavaScript takes for an index.
func index(key string) (int, bool) {
	if key == "" || len(key) > 10 || key[0] == '0' && len(key) > 1 || key[0] < '0' || key[0] > '9' {
		return 0, false
	}
	i, err := strconv.ParseUint(key, 10, 32)
	return int(i), err == nil && i < 1<<32-1
}

// array is a node that is an array. It cannot be changed.
type array struct {
	view *view
	node *openapi.Node
}

var _ goja.DynamicArray = (*array)(nil)

// Len implements goja.DynamicArray.
func (a *array) Len() int { return a.node.Len() }

// Get implements goja.DynamicArray.
func (a *array) Get(i int) goja.Value {
	c := a.node.At(i)
	if c == nil {
		return nil
	}
	return a.view.value(c)
}

// Set implements goja.DynamicArray.
func (a *array) Set(int, goja.Value) bool { return false }

// SetLen implements goja.DynamicArray.
func (a *array) SetLen(int) bool { return false }

// node is a value of a script as a node: the node that it shows, or one that
// is made of it; nil for undefined.
func (r *realm) node(v goja.Value) (*openapi.Node, error) {
	if v == nil || goja.IsUndefined(v) {
		return nil, nil
	}
	if o, ok := v.(*goja.Object); ok {
		if n := r.shown[o]; n != nil {
			return n, nil
		}
	} else if s, ok := v.(goja.String); ok {
		return openapi.NewString(s.String()), nil
	}
	text, err := r.json(v)
	if err != nil {
		return nil, err
	}
	return openapi.ParseTree("a value of a script", text)
}

// data is a node as a value that scripts may change: a copy.
func (r *realm) data(n *openapi.Node) goja.Value {
	switch {
	case n.Is(openapi.Array):
		items := make([]any, 0, n.Len())
		for _, c := range n.Children() {
			items = append(items, r.data(c))
		}
		return r.rt.NewArray(items...)
	case n.Is(openapi.Object):
		o := r.rt.NewObject()
		for _, c := range n.Children() {
			_ = o.DefineDataProperty(c.Key(), r.data(c), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
		return o
	case n == nil:
		return goja.Null()
	}
	return r.views[0].value(n)
}
