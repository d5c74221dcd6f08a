package parity

// differ finds what differs between two results.
type differ struct {
	base, now *snapshot
	change    *Change
}

func (d *differ) opened(g GapChange) { d.change.Opened = append(d.change.Opened, g) }

func (d *differ) closed(g GapChange) { d.change.Closed = append(d.change.Closed, g) }

func (d *differ) widened(w Widening) { d.change.Widened = append(d.change.Widened, w) }

func (d *differ) operations() {
	for _, op := range d.now.res.Operations {
		before := d.base.operations[template(op.Operation)]
		g := GapChange{Kind: "operation", Element: op.Operation, Group: groupOf(op), Now: op.verdict().String()}
		if before != nil {
			g.Was = before.verdict().String()
		}
		switch {
		case op.Need == Unneeded:
		case before == nil && op.Status == StatusNone:
			g.Side = RESTSide
			d.opened(g)
		case before == nil:
		case before.Status != StatusNone && op.Status == StatusNone:
			g.Side = d.side(before)
			d.opened(g)
		case before.Status == StatusNone && op.Status != StatusNone:
			g.Side = d.gained(op)
			d.closed(g)
		case before.Status == StatusMatch && op.Status == StatusPartial:
			d.widened(Widening{op.Operation, g.Was + " became " + g.Now, d.side(before), []string{op.Operation}})
		}
		if before != nil && before.verdict().first() != op.verdict().first() && before.Status != StatusNone && op.Status != StatusNone {
			d.change.Counterparts = append(d.change.Counterparts, CounterpartChange{"operation", op.Operation, g.Was, g.Now})
		}
	}
	for _, op := range d.base.res.Operations {
		if d.now.operations[template(op.Operation)] == nil && op.Status == StatusNone && op.Need != Unneeded {
			d.closed(GapChange{Kind: "operation", Element: op.Operation, Group: groupOf(op), Was: none, Side: RESTSide})
		}
	}
}

// side says who lost the counterpart of an operation.
func (d *differ) side(before *Operation) Side {
	first := before.verdict().first()
	if g := d.now.res.GraphQL; g != nil && first != "" {
		if _, ok := g.Lookup(first); !ok {
			return GraphQLSide
		}
	}
	after := d.now.operations[template(before.Operation)]
	if before.Node == nil || after == nil || after.Node == nil {
		return Neither
	}
	if source(before) != source(after) {
		return RESTSide
	}
	return Neither
}

// gained says who made an operation correspond.
func (d *differ) gained(op *Operation) Side {
	first := op.verdict().first()
	if g := d.base.res.GraphQL; g != nil && first != "" {
		if _, ok := g.Lookup(first); !ok {
			return GraphQLSide
		}
	}
	before := d.base.operations[template(op.Operation)]
	if before.Node != nil && op.Node != nil && source(before) != source(op) {
		return RESTSide
	}
	return Neither
}

// source is the text of an operation.
func source(op *Operation) string {
	n := op.Node.Node
	start, end := n.Offsets()
	return n.Source().Text()[start:end]
}

func (d *differ) roots() {
	for _, r := range d.now.res.Roots {
		before := d.base.roots[r.Coordinate]
		g := GapChange{Kind: "root", Element: r.Coordinate, Group: groupName(r.Group), Now: string(r.Status), Side: GraphQLSide}
		if before != nil {
			g.Was, g.Side = string(before.Status), RESTSide
		}
		switch {
		case r.Need == Unneeded:
		case r.Status == StatusNone && (before == nil || before.Status != StatusNone):
			d.opened(g)
		case before != nil && before.Status == StatusNone && r.Status != StatusNone:
			d.closed(g)
		}
	}
	for _, r := range d.base.res.Roots {
		if d.now.roots[r.Coordinate] == nil && r.Status == StatusNone && r.Need != Unneeded {
			d.closed(GapChange{Kind: "root", Element: r.Coordinate, Group: groupName(r.Group), Was: none, Side: GraphQLSide})
		}
	}
}

func (d *differ) types() {
	for _, t := range d.now.res.Types {
		before := d.base.types[t.Name]
		g := GapChange{Kind: "type", Element: t.Name, Group: groupName(t.Group), Now: t.verdict().String(), Side: RESTSide}
		if before != nil {
			g.Was = before.verdict().String()
			if d.now.res.GraphQL != nil && before.GraphQL != "" && d.now.res.GraphQL.Type(before.GraphQL) == nil {
				g.Side = GraphQLSide
			}
		}
		switch {
		case t.Need == Unneeded:
		case t.Status == StatusNone && (before == nil || before.Status != StatusNone):
			d.opened(g)
		case before != nil && before.Status == StatusNone && t.Status != StatusNone:
			g.Side = Neither
			if d.base.res.GraphQL != nil && d.base.res.GraphQL.Type(t.GraphQL) == nil {
				g.Side = GraphQLSide
			}
			d.closed(g)
		case before != nil && t.Status != StatusNone && before.GraphQL != t.GraphQL:
			d.change.Counterparts = append(d.change.Counterparts, CounterpartChange{"type", t.Name, g.Was, g.Now})
		}
	}
	for _, t := range d.base.res.Types {
		if d.now.types[t.Name] == nil && t.Status == StatusNone && t.Need != Unneeded {
			d.closed(GapChange{Kind: "type", Element: t.Name, Group: groupName(t.Group), Was: none, Side: RESTSide})
		}
	}
}

// fields compares the fields of pairs that both results have: what a new pair
// lacks was lacking before.
func (d *differ) fields() {
	for _, f := range d.now.res.Fields {
		if !d.paired(d.base, f) || f.Exempt != "" || f.Class != "" {
			continue
		}
		before := d.base.fields[fieldKey(f)]
		switch f.Kind {
		case RESTOnly:
			if before == nil || before.GraphQL != "" {
				d.opened(d.fieldGap(f, before))
			}
		case GraphQLOnly:
			if before == nil && d.asked(GraphQLToREST) && !d.covered(d.base, f) {
				g := d.fieldGap(f, d.pairOf(d.base, f))
				g.Side = GraphQLSide
				if g.Was != "" {
					g.Side = RESTSide
				}
				d.opened(g)
			}
		default:
			if before != nil && before.GraphQL == "" {
				d.closed(d.fieldGap(f, before))
			}
			d.fieldDifferences(f, before)
		}
	}
	for _, f := range d.base.res.Fields {
		gap := f.Kind == RESTOnly || f.Kind == GraphQLOnly && d.asked(GraphQLToREST)
		if !gap || f.Class != "" || f.Exempt != "" || !d.paired(d.now, f) || d.now.fields[fieldKey(f)] != nil || d.covered(d.now, f) {
			continue
		}
		side := RESTSide
		if f.Kind == GraphQLOnly {
			side = GraphQLSide
		}
		d.closed(GapChange{Kind: "field", Element: f.REST + f.GraphQL, Group: d.group(d.base, f), Was: none, Side: side})
	}
}

// paired reports whether a result has the pair that a field belongs to.
func (d *differ) paired(s *snapshot, f *Field) bool {
	t := s.types[f.Schema]
	return t == nil && f.Schema == "" || t != nil && t.Status != StatusNone && t.GraphQL == f.Type
}

// pairOf returns the field of a result that has the same GraphQL field and a
// property, nil where there is none.
func (d *differ) pairOf(s *snapshot, f *Field) *Field {
	for _, g := range s.res.Fields {
		if g.GraphQL == f.GraphQL && g.Schema == f.Schema && g.REST != "" {
			return g
		}
	}
	return nil
}

// covered reports whether a result has a GraphQL field without a property in
// another pair already.
func (d *differ) covered(s *snapshot, f *Field) bool {
	return f.Kind == GraphQLOnly && s.fields["graphql "+f.Schema+" "+f.GraphQL] != nil
}

func (d *differ) asked(direction Direction) bool {
	r := d.now.res.Direction
	return r == "" || r == BothWays || r == direction
}

func (d *differ) group(s *snapshot, f *Field) string {
	if t := s.types[f.Schema]; t != nil {
		return groupName(t.Group)
	}
	return other
}

func (d *differ) fieldGap(f, before *Field) GapChange {
	g := GapChange{Kind: "field", Element: f.REST, Group: d.group(d.now, f), Now: nameOrNone(f.GraphQL), Side: RESTSide}
	if f.REST == "" {
		g.Element, g.Now = f.GraphQL, none
	}
	if before != nil {
		g.Was = nameOrNone(before.GraphQL)
		g.Side = GraphQLSide
		if f.REST == "" {
			g.Was = before.REST
		}
	}
	return g
}
