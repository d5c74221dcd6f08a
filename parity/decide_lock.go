package parity

import "strconv"

// lockOperations lets the decisions of parity.lock about operations hold
// where the matcher decides otherwise now.
func (d *decider) lockOperations() {
	if d.opts.Lock == nil {
		return
	}
	l := d.opts.Lock
	for i := range l.Operations {
		e := &l.Operations[i]
		op := d.operation(e.Operation)
		if op == nil {
			d.note(Decision{Kind: "lock", Element: e.Operation, State: "gone", Value: e.verdict().String()}, &Note{At: e.At})
			continue
		}
		if op.Source == Declared || op.Source == Override {
			continue // the descriptions themselves, or people, say what holds
		}
		d.lockOperation(op, e)
	}
}

// lockOperation lets one decision hold. A decision with a counterpart holds
// as long as that exists; that something is only partial, or nothing, holds
// against another matcher, not against other descriptions.
func (d *decider) lockOperation(op *Operation, e *LockedOperation) {
	locked, now := e.verdict(), op.verdict()
	first := locked.first()
	dec := Decision{Kind: "lock", Element: op.Operation, Value: locked.String(), Now: now.String()}
	switch {
	case locked.same(now):
		if locked.Band == Auto && op.Confidence < autoFrom {
			op.Confidence, op.Band, op.Why = autoFrom, Auto, append([]string{sureBefore}, op.Why...)
		}
		return
	case first != "" && d.p.field(first) == nil:
		dec.State = "removed"
		d.note(dec, &Note{At: e.At})
		return
	case first == now.first() && d.sameMatcher(), first == "" && (d.sameMatcher() || d.newRoot(now.first())):
		return
	}
	locked.Path, locked.Confidence = d.path(op, first), lockedConfidence(op, locked)
	locked.Why = append([]string{"decided in parity.lock"}, whyOf(op, first)...)
	dec.State = "changed"
	d.note(dec, &Note{At: e.At})
	op.rule(locked, Locked)
}

// sureBefore is why a decision is sure that the matcher is not sure of any
// more: what goes from one side takes evidence with it, and must not by that
// make harmless what it leaves.
const sureBefore = "was sure when parity.lock was written"

func (d *decider) sameMatcher() bool { return d.opts.Lock.Matcher == MatcherVersion }

// newRoot reports whether a coordinate is a root field that the lock does not
// know.
func (d *decider) newRoot(coordinate string) bool {
	f := d.p.field(coordinate)
	return f != nil && f.Source.Parent().IsRoot() && !d.lockedRoots()[coordinate]
}

func (d *decider) lockedRoots() map[string]bool {
	if d.roots == nil {
		d.roots = map[string]bool{}
		for i := range d.opts.Lock.Roots {
			d.roots[d.opts.Lock.Roots[i].GraphQL] = true
		}
	}
	return d.roots
}

func (e *LockedOperation) verdict() Verdict {
	v := Verdict{Status: e.Status, Reason: e.Reason, GraphQL: e.GraphQL, Band: e.Band}
	if v.Status == StatusNone || len(v.GraphQL) == 0 {
		v.Status, v.Reason, v.GraphQL = StatusNone, "", nil
	}
	if v.Band == "" {
		v.Band = Review
	}
	return v
}

// lockedConfidence returns what the matcher makes of a decision of the lock,
// at the least what the band says.
func lockedConfidence(op *Operation, v Verdict) float64 {
	least := 0.6
	if v.Band == Auto {
		least = autoFrom
	}
	for _, c := range op.Candidates {
		if c.Coordinate == v.first() {
			return max(c.Confidence, least)
		}
	}
	return least
}

func whyOf(op *Operation, coordinate string) []string {
	for _, c := range op.Candidates {
		if c.Coordinate != coordinate {
			continue
		}
		why := make([]string, len(c.Evidence))
		for i, e := range c.Evidence {
			why[i] = e.Text
		}
		return why
	}
	return nil
}

// lockTypes lets the decisions of parity.lock about schemas hold.
func (d *decider) lockTypes() {
	if d.opts.Lock == nil {
		return
	}
	for i := range d.opts.Lock.Types {
		e := &d.opts.Lock.Types[i]
		locked := Verdict{Status: e.Status, Band: Auto}
		if e.GraphQL != "" && e.Status != StatusNone {
			locked.GraphQL = []string{e.GraphQL}
		} else {
			locked.Status = StatusNone
		}
		t := d.types[e.REST]
		if t == nil || t.Source == Override {
			continue // of a schema that is gone its operations tell
		}
		now := t.verdict()
		dec := Decision{Kind: "lock", Element: t.REST, Value: locked.String(), Now: now.String()}
		first := locked.first()
		switch {
		case locked.same(now):
			if e.Band == Auto && t.Confidence < autoFrom {
				t.Confidence, t.Why = autoFrom, append([]string{sureBefore}, t.Why...)
			}
		case first != "" && d.p.gql.Type(first) == nil:
			dec.State = "removed"
			d.note(dec, &Note{At: e.At})
		case d.sameMatcher() && (first == "" || first == now.first()):
		default:
			dec.State = "changed"
			d.note(dec, &Note{At: e.At})
			locked.Confidence, locked.Why = autoFrom, []string{"decided in parity.lock"}
			t.rule(locked, Locked)
		}
	}
}

// applyLock says what is new since the lock, and where gaps have grown.
func (d *decider) applyLock() {
	l := d.opts.Lock
	d.res.Lock, d.res.Baseline, d.res.options = l, []GroupCount{}, d.opts
	if l == nil {
		return
	}
	known := make(map[string]bool, len(l.Operations))
	for i := range l.Operations {
		known[template(l.Operations[i].Operation)] = true
	}
	for _, op := range d.res.Operations {
		op.New = op.Status == StatusNone && !known[template(op.Operation)]
	}
	roots := d.lockedRoots()
	for _, r := range d.res.Roots {
		r.New = r.Status == StatusNone && !roots[r.Coordinate]
	}
	d.newFields(l)
	d.loseFields()
	d.res.Baseline = baseline(d.res, l)
	at := map[string]*Note{}
	for i := range l.Groups {
		at[l.Groups[i].Group] = &Note{At: l.Groups[i].At}
	}
	for _, g := range d.res.Baseline {
		for _, n := range g.Growths() {
			dec := Decision{Kind: "lock", Element: g.Group, State: "grown", Value: strconv.Itoa(n.Locked), Now: strconv.Itoa(n.Now)}
			d.note(dec, at[g.Group])
			d.decisions[len(d.decisions)-1].Reason = n.Of
		}
	}
}

// newFields marks the gaps of fields that were opened since the lock. That of
// another matcher is no witness: it paired fields in another way.
func (d *decider) newFields(l *Lock) {
	if !d.sameMatcher() {
		return
	}
	pairs, types, gaps := map[[2]string]bool{}, map[string]bool{}, map[LockedField]bool{}
	for i := range l.Types {
		t := d.types[l.Types[i].REST]
		if t != nil && l.Types[i].Status != StatusNone {
			pairs[[2]string{t.Name, l.Types[i].GraphQL}] = true
			types[l.Types[i].GraphQL] = true
		}
	}
	for i := range l.Fields {
		gaps[LockedField{REST: l.Fields[i].REST, GraphQL: l.Fields[i].GraphQL}] = true
	}
	for _, f := range d.res.Fields {
		gap := gapOf(f)
		known := pairs[[2]string{f.Schema, f.Type}] || f.Schema == "" && types[f.Type]
		f.New = gap != (LockedField{}) && known && !gaps[gap]
	}
}
