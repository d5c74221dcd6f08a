package parity

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// loss is something that surely had a counterpart, by the lock, and has none.
type loss struct {
	what, element, lost string
	at, decision        check.Location
	also                []string // the same in other schemas
}

// losses lists what lost a counterpart that it should have.
func losses(res *Result) []loss {
	if res.Lock == nil {
		return nil
	}
	l := newLosing(res)
	for _, d := range res.Decisions {
		if d.Kind != "lock" {
			continue
		}
		switch d.State {
		case "removed":
			if t := l.types[d.Element]; t != nil {
				l.schema(t, d)
			} else {
				l.operation(d)
			}
		case "gone":
			l.root(d)
		case "lost":
			l.field(d)
		}
	}
	return l.list
}

// lost are the elements that have lost their counterpart.
func lost(res *Result) map[string]bool {
	names := map[string]bool{}
	for _, l := range losses(res) {
		names[l.element] = true
		for _, name := range l.also {
			names[name] = true
		}
	}
	return names
}

// losing finds losses.
type losing struct {
	res         *Result
	operations  map[string]*LockedOperation
	lockedTypes map[string]*LockedType
	types       map[string]*Type // by pointer
	byName      map[string]*Type
	roots       map[string]*Root
	properties  map[string]*Field
	fields      map[string]*Field // by coordinate
	same        map[[2]string]int // where a loss of a field is in the list
	list        []loss
}

func newLosing(res *Result) *losing {
	l := &losing{
		res: res, operations: map[string]*LockedOperation{}, lockedTypes: map[string]*LockedType{}, types: map[string]*Type{}, byName: map[string]*Type{},
		roots: map[string]*Root{}, properties: map[string]*Field{}, fields: map[string]*Field{}, same: map[[2]string]int{},
	}
	for i := range res.Lock.Operations {
		e := &res.Lock.Operations[i]
		l.operations[e.Operation], l.operations[template(e.Operation)] = e, e
	}
	for i := range res.Lock.Types {
		l.lockedTypes[res.Lock.Types[i].REST] = &res.Lock.Types[i]
	}
	for _, t := range res.Types {
		l.types[t.REST], l.byName[t.Name] = t, t
	}
	for _, r := range res.Roots {
		l.roots[r.Coordinate] = r
	}
	for _, f := range res.Fields {
		if f.REST != "" {
			l.properties[f.REST] = f
		}
		if before := l.fields[f.GraphQL]; before == nil || before.Exempt == "" {
			l.fields[f.GraphQL] = f
		}
	}
	return l
}

func (l *losing) locked(name string) *LockedOperation {
	e := l.operations[name]
	if e == nil {
		e = l.operations[template(name)]
	}
	if e == nil || e.Band != Auto || len(e.GraphQL) == 0 {
		return nil
	}
	return e
}

func (l *losing) schema(t *Type, d Decision) {
	if e := l.lockedTypes[t.REST]; e != nil && e.Band == Auto && t.Status == StatusNone && t.Need != Unneeded {
		l.list = append(l.list, loss{what: "schema", element: t.Name, lost: e.GraphQL, at: t.Location, decision: d.At})
	}
}

func (l *losing) operation(d Decision) {
	e, o := l.locked(d.Element), l.res.operation(d.Element)
	if e != nil && o != nil && !l.replaced(o) && o.Need != Unneeded {
		l.list = append(l.list, loss{what: "operation", element: o.Operation, lost: e.GraphQL[0], at: o.Location, decision: d.At})
	}
}

func (l *losing) root(d Decision) {
	e := l.locked(d.Element)
	if e == nil {
		return
	}
	if r := l.roots[e.GraphQL[0]]; r != nil && r.Status == StatusNone && r.Need != Unneeded {
		l.list = append(l.list, loss{what: "field", element: r.Coordinate, lost: e.Operation, at: r.Location, decision: d.At})
	}
}

// replaced reports whether an operation surely has another counterpart than
// that of the lock: one that was an alternative, or that is new. What had been
// there and was not thought of is none.
func (l *losing) replaced(o *Operation) bool {
	if o.Status == StatusNone || o.Confidence < autoFrom || len(o.GraphQL) == 0 {
		return false
	}
	e := l.operations[o.Operation]
	if e == nil {
		e = l.operations[template(o.Operation)]
	}
	now := o.GraphQL[0]
	if e == nil || slices.Contains(e.GraphQL, now) {
		return true
	}
	for i := range l.res.Lock.Roots {
		if l.res.Lock.Roots[i].GraphQL == now {
			return false
		}
	}
	for i := range l.res.Lock.Operations {
		if slices.Contains(l.res.Lock.Operations[i].GraphQL, now) {
			return false
		}
	}
	return true
}

// field adds a property that has lost its field, or a field that has lost its
// property. What several schemas of a type have lost alike is one loss.
func (l *losing) field(d Decision) {
	at := loss{what: "property", element: d.Element, lost: d.Value, decision: d.At}
	name := d.Element
	f := l.properties[d.Element]
	if f != nil {
		at.at = f.RESTLocation
	} else {
		name = d.Value
		at.what, at.at, f = "field", mentioned(l.res, d.Element).at, l.fields[d.Element]
	}
	t := l.typeOf(name)
	if t == nil || l.lockedTypes[t.REST] == nil || l.lockedTypes[t.REST].Band != Auto || t.Exempt != "" || f != nil && f.Exempt != "" {
		return
	}
	if at.what == "property" && t.Need == Unneeded || at.what == "field" && !l.res.toREST() {
		return
	}
	property := strings.TrimPrefix(name, t.Name+".")
	key := [2]string{property, d.Value}
	if at.what == "field" {
		key = [2]string{property, d.Element}
	}
	if i, ok := l.same[key]; ok {
		l.list[i].also = append(l.list[i].also, name)
		return
	}
	l.same[key] = len(l.list)
	l.list = append(l.list, at)
}

// typeOf returns the schema that a property is one of: both names may have
// dots in them.
func (l *losing) typeOf(property string) *Type {
	for i := range len(property) {
		if property[i] == '.' && l.byName[property[:i]] != nil {
			return l.byName[property[:i]]
		}
	}
	return nil
}
