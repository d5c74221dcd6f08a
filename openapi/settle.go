package openapi

// maxRefChain is how many references the pointer of another may lead through,
// one after the other. No document has more than a handful.
const maxRefChain = 100

func (d *Document) buildRefs() {
	count := 0
	for _, src := range d.sources {
		count += len(src.refs)
	}
	all := make([]Ref, count)
	d.index.refs = make(map[*Node]*Ref, count)
	d.index.refList = make([]*Ref, 0, count)
	for _, src := range d.sources {
		for _, n := range src.refs {
			r := &all[len(d.index.refList)]
			r.Node = n
			d.index.refs[n] = r
			n.refers = true
			d.index.refList = append(d.index.refList, r)
		}
	}
	for _, r := range d.index.refList {
		d.settle(r, 0)
	}
	for _, r := range d.index.refList {
		d.followToEnd(r)
	}
}

// followToEnd finds what a reference stands for in the end, and so do all
// references on the way.
func (d *Document) followToEnd(r *Ref) {
	var way []*Ref
	on := map[*Ref]int{}
	var final *Node
	for r != nil && !r.ended {
		if i, back := on[r]; back {
			for _, c := range way[i:] {
				c.circle = true
			}
			break
		}
		on[r] = len(way)
		way = append(way, r)
		next := d.index.refs[r.Target]
		if r.Target != nil && next == nil {
			final = r.Target
		}
		r = next
	}
	if r != nil && r.ended {
		final = r.final
	}
	for _, w := range way {
		w.ended, w.final = true, final
	}
}

// settle finds the target of a reference. One whose pointer leads through
// itself has none.
func (d *Document) settle(r *Ref, depth int) {
	if r.begun {
		return
	}
	r.begun = true
	target, err := d.lookup(r.Node, r.Value(), depth)
	if err != nil {
		r.Problem = d.refProblem(r.Node, err)
	}
	r.Target = target
}

// throughRef returns what a reference on the way of a pointer stands for, nil
// where the node is no reference or leads nowhere.
func (d *Document) throughRef(n *Node, depth int) *Node {
	for range maxRefChain {
		r := d.index.refs[n]
		if r == nil {
			return n
		}
		if depth >= maxRefChain {
			return nil
		}
		d.settle(r, depth+1)
		if n = r.Target; n == nil {
			return nil
		}
	}
	return nil
}
