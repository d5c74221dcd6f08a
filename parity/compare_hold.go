package parity

import "github.com/plumbapi/plumb/parity/internal/gql"

// hold keeps the pairs of which the lock was sure, as long as both sides are
// there: what has changed on one of them is a difference of the pair, not the
// end of it. That the matcher would decide otherwise is noted.
func (c *comparer) hold(link typeLink, out *assignment, props []*prop) {
	locked := c.p.lockedFields[link.schema.Name]
	if locked == nil {
		return
	}
	for i, p := range props {
		m := &out.pairs[i]
		if m.forced {
			continue
		}
		s := out.side.slotOf(c, c.p.field(locked[p.property.Name]))
		if s == nil {
			continue
		}
		if m.slot == s {
			m.held = true
			continue
		}
		before := Decision{Kind: "lock", State: "changed", Element: link.schema.Name + "." + p.property.Name, Value: s.field.Coordinate, Now: none}
		if m.slot != nil {
			before.Now = m.slot.field.Coordinate
		}
		c.overruled = append(c.overruled, before)
		*m = c.judge(p, s, out.side, props)
		m.held = true
		for j := range out.pairs {
			switch other := &out.pairs[j]; {
			case j == i || other.slot != s || other.forced:
			case other.held || c.mayShare(other, m):
				other.shared = true
			default:
				other.slot = nil
			}
		}
	}
}

// slotOf returns the slot of a field, nil where the side has none.
func (s *typeSide) slotOf(c *comparer, f *gql.Field) *slot {
	if f == nil {
		return nil
	}
	if i, ok := s.byFold[c.names.form(f.Name, f.Words).fold]; ok && s.slots[i].field == f {
		return s.slots[i]
	}
	return nil
}
