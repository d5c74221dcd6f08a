package jsonpath

import (
	"errors"
	"slices"
	"strconv"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
)

// ErrWork is the error of a path that asks for more work than MaxWork.
var ErrWork = errors.New("the JSONPath leads to too many values")

// MaxWork bounds how many values one Select goes to. Other work is counted in
// parts of that: an operator of a filter, a character of a text and a step of a
// regular expression are a sixteenth each. A path over a description of 13 MB,
// asking for everything, takes a tenth of it.
const MaxWork = 10_000_000

// What things cost, in parts of the work.
const (
	placeCost   = 16   // to go to a value, or to put one into a list
	compileCost = 1000 // of a regular expression, for each character
)

// Select returns what the path leads to in the tree, in the order of the way
// there, each value once. The error is ErrWork, or ErrSlow of package ecma; the
// matches until then are returned with it.
func (p *Path) Select(t *Tree) ([]Match, error) {
	matches, _, err := p.SelectWithin(t, MaxWork)
	return matches, err
}

// SelectWithin is Select with another bound than MaxWork. Left is what has not
// been used of it; it is below 0 where the last step was too much.
func (p *Path) SelectWithin(t *Tree, work int) (matches []Match, left int, err error) {
	r := &run{path: p, tree: t, fuel: work * placeCost, seen: make([]map[key]bool, len(p.steps)+1), entered: make([]map[*openapi.Node]bool, len(p.steps))}
	r.from(0, t.root)
	if r.fuel < 0 && r.err == nil {
		r.err = ErrWork
	}
	return r.matches, r.fuel / placeCost, r.err
}

// run is one Select.
type run struct {
	path    *Path
	tree    *Tree
	fuel    int // what is left of the work, in parts
	err     error
	seen    []map[key]bool           // by step, the places that it has begun at
	entered []map[*openapi.Node]bool // by step, the values that .. has gone into
	matches []Match

	patterns map[string]*ecma.Regexp // texts that filters take for patterns
}

// key is as much of a place as later steps can tell apart.
type key struct{ node, holder, up *openapi.Node }

// known reports whether a step has begun at the place before, or at one that it
// cannot tell from it.
func (r *run) known(i int, p *Place) bool {
	n := needValue
	if i < len(r.path.steps) {
		n = r.path.steps[i].need
	}
	k := key{node: p.node}
	switch n {
	case needRoute:
		return false
	case needParent:
		if p.up != nil {
			k.up = p.up.node
		}
		fallthrough
	case needHolder:
		k.holder = p.holder
	}
	if r.seen[i] == nil {
		r.seen[i] = map[key]bool{}
	}
	before := r.seen[i][k]
	r.seen[i][k] = true
	return before
}

// from goes on with step i at a place.
func (r *run) from(i int, p *Place) {
	if !r.pay(placeCost) || r.known(i, p) {
		return
	}
	if i == len(r.path.steps) {
		r.matches = append(r.matches, Match{Place: p})
		return
	}
	s := &r.path.steps[i]
	switch s.kind {
	case child:
		r.fuel -= len(s.names)
		for _, name := range s.names {
			if c := at(p.node, name); c != nil {
				r.from(i+1, r.tree.below(p, c))
			}
		}
	case wildcard:
		for _, c := range p.node.Children() {
			r.from(i+1, r.tree.below(p, c))
		}
	case descend:
		r.descend(i, p)
	case slicing:
		r.slice(i, p)
	case filter:
		at := &scope{run: r, tree: r.tree}
		for _, c := range p.node.Children() {
			if !r.pay(placeCost/2 + s.test.cost) {
				return
			}
			if at.place = r.tree.below(p, c); truthy(s.test.run(at)) {
				r.from(i+1, at.place)
			}
		}
	case script:
		if !r.pay(s.test.cost) {
			return
		}
		if c := at(p.node, r.text(s.test.run(&scope{run: r, tree: r.tree, place: p}))); c != nil {
			r.from(i+1, r.tree.below(p, c))
		}
	case parent:
		if p.up != nil {
			r.from(i+1, p.up)
		}
	case name:
		if p.up != nil && i == len(r.path.steps)-1 {
			r.matches = append(r.matches, Match{Place: p, Name: true})
		}
	case typed:
		for _, c := range p.node.Children() {
			q := r.tree.below(p, c)
			if !r.pay(placeCost/4 + len(q.node.Text())/8) {
				return
			}
			if s.is.of(q.node) {
				r.from(i+1, q)
			}
		}
	}
}

// pay counts work that is about to be done, and reports whether it may be.
func (r *run) pay(cost int) bool {
	r.fuel -= cost
	return r.fuel >= 0
}

// fail ends the run.
func (r *run) fail(err error) {
	if err != nil && r.err == nil && r.fuel >= 0 {
		r.err = err
	}
	if err != nil {
		r.fuel = -1
	}
}

// spend counts a text that an expression has made against the work; beyond it,
// nothing is made any more.
func (r *run) spend(v any) any {
	s, _ := v.(string)
	if !r.pay(len(s)) {
		return undefined
	}
	return v
}

// elements are those of an array, each counted; none beyond the work.
func (s *scope) elements(v any) []any {
	n := 0
	switch v := v.(type) {
	case []any:
		n = len(v)
	case *openapi.Node:
		n = v.Len()
	}
	if !s.run.pay(placeCost / 2 * n) {
		return nil
	}
	return s.list(v)
}

// at is the child of the name, or of the decimal index.
func at(n *openapi.Node, name string) *openapi.Node {
	if !n.Is(openapi.Array) {
		return n.Get(name)
	}
	if i, err := strconv.Atoi(name); err == nil {
		return n.At(i)
	}
	return nil
}

func (r *run) slice(i int, p *Place) {
	if !p.node.Is(openapi.Array) {
		return
	}
	from, to, by := r.path.steps[i].slice.bounds(p.node.Len())
	for n := from; r.fuel >= 0 && (by > 0 && n < to || by < 0 && n > to); n += by {
		r.from(i+1, r.tree.below(p, p.node.At(n)))
	}
}

// descend goes on at a place and at all below it. From the root, which is where
// nearly all paths do so, the places are those that the tree keeps.
func (r *run) descend(i int, p *Place) {
	if p != r.tree.root {
		entered := map[*openapi.Node]bool{}
		if r.path.steps[i].need != needRoute {
			if r.entered[i] == nil {
				r.entered[i] = entered
			}
			entered = r.entered[i] // what is below it leads to the same
		}
		r.deep(i, p, entered)
		return
	}
	r.tree.index()
	if r.tree.deep {
		r.fail(ErrWork)
	}
	if next := i + 1; next < len(r.path.steps) {
		// ..name: only the members of the name are looked at.
		if s := r.path.steps[next]; s.kind == child && len(s.names) == 1 && s.need != needRoute && !isIndex(s.names[0]) {
			for _, q := range r.tree.byName[s.names[0]] {
				r.from(next+1, q)
			}
			return
		}
	}
	if next := i + 1; next < len(r.path.steps) {
		// ..[?(…)]: what is in values is looked at, whose places are known. A filter
		// that asks for more of the way than its end takes the longer way.
		if s := &r.path.steps[next]; s.kind == filter && s.need == needValue {
			r.filter(next, r.tree.inner)
			return
		}
	}
	for _, q := range r.tree.all {
		if r.fuel < 0 {
			return
		}
		r.from(i+1, q)
	}
}

// filter goes on at the places that pass the filter of step i.
func (r *run) filter(i int, places []*Place) {
	test := r.path.steps[i].test
	at := &scope{run: r, tree: r.tree}
	for _, q := range places {
		if !r.pay(placeCost/2 + test.cost) {
			return
		}
		if at.place = q; truthy(test.run(at)) {
			r.from(i+1, q)
		}
	}
}

// isIndex reports whether a name can be an index of an array.
func isIndex(name string) bool { return name != "" && name[0] >= '0' && name[0] <= '9' }

// deep goes on at a place and at all below it that it has not entered yet.
func (r *run) deep(i int, p *Place, entered map[*openapi.Node]bool) {
	r.from(i+1, p)
	if p.depth > maxWay {
		r.fail(ErrWork)
	}
	if entered[p.node] || r.fuel < 0 {
		return
	}
	entered[p.node] = true
	for _, c := range p.node.Children() {
		r.deep(i, r.tree.below(p, c), entered)
	}
}

// of reports whether a value has the type.
func (t typeName) of(n *openapi.Node) bool {
	switch t {
	case typeNull:
		return n.Is(openapi.Null)
	case typeBoolean:
		return n.Is(openapi.Bool)
	case typeNumber:
		return n.Is(openapi.Number)
	case typeInteger:
		_, ok := n.Int()
		return ok
	case typeString:
		return n.Is(openapi.String)
	case typeArray:
		return n.Is(openapi.Array)
	case typeObject:
		return n.Is(openapi.Object)
	case typeScalar:
		return slices.Contains([]openapi.Kind{openapi.Null, openapi.Bool, openapi.Number, openapi.String}, n.Kind())
	}
	return false
}
