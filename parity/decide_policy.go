package parity

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// weigh gives each operation its importance.
func (d *decider) weigh() {
	for _, op := range d.res.Operations {
		switch {
		case internal(op):
			op.Weight = 0
		case op.Deprecated:
			op.Weight = 0.5
		default:
			op.Weight = 1
		}
	}
	if d.opts.Usage == nil {
		return
	}
	for _, op := range d.res.Operations {
		op.Weight = 0
	}
	for _, name := range sortedKeys(d.opts.Usage) {
		op := d.operation(name)
		if op == nil {
			d.unknown("usage", name, name, nil, d.operationNames)
			continue
		}
		if !internal(op) {
			op.Weight += d.opts.Usage[name]
		}
	}
}

// internal reports whether the description keeps an operation from the
// public.
func internal(op *Operation) bool {
	return op.Node != nil && (op.Node.Node.Get("x-internal").IsTrue() || op.Node.PathItem.Get("x-internal").IsTrue())
}

// applyGroups says how much a counterpart is asked for, by the directions and
// by the policies of tags.
func (d *decider) applyGroups() {
	for _, op := range d.res.Operations {
		if internal(op) {
			op.Exempt = "internal"
		}
		op.Need = d.need(d.policy(op.Tags...), RESTToGraphQL, &op.Exempt)
	}
	for _, r := range d.res.Roots {
		r.Need = d.need(d.policy(r.Group), GraphQLToREST, &r.Exempt)
	}
	for _, t := range d.res.Types {
		t.Need = d.need(d.policy(t.Group), RESTToGraphQL, &t.Exempt)
	}
	if d.opts.Overrides == nil {
		return
	}
	for i := range d.opts.Overrides.Groups {
		d.noteGroup(&d.opts.Overrides.Groups[i])
	}
}

// policy returns the first policy that is in force for one of the tags, nil
// where there is none.
func (d *decider) policy(tags ...string) *GroupPolicy {
	if d.opts.Overrides == nil {
		return nil
	}
	for i := range d.opts.Overrides.Groups {
		if p := &d.opts.Overrides.Groups[i]; slices.Contains(tags, p.Tag) && !p.past(d.opts.Now) {
			return p
		}
	}
	return nil
}

// need returns how much a counterpart is asked for in a direction. A reason
// to be exempt is written to exempt unless there is one already.
func (d *decider) need(p *GroupPolicy, towards Direction, exempt *string) Need {
	need, direction := Required, d.opts.Direction
	if p != nil {
		if p.Need != "" {
			need = p.Need
		}
		if p.Direction != "" {
			direction = p.Direction
		}
		if p.Need == Unneeded && *exempt == "" {
			*exempt = p.Reason
		}
	}
	if *exempt != "" || direction != "" && direction != BothWays && direction != towards {
		return Unneeded
	}
	return need
}

func (d *decider) noteGroup(p *GroupPolicy) {
	value := make([]string, 0, 2)
	for _, v := range [...]string{string(p.Need), string(p.Direction)} {
		if v != "" {
			value = append(value, v)
		}
	}
	dec := Decision{Kind: "group", Element: p.Tag, State: "applied", Value: strings.Join(value, ", ")}
	known, lacking := false, false
	for _, op := range d.res.Operations {
		if slices.Contains(op.Tags, p.Tag) {
			known, lacking = true, lacking || op.Status != StatusMatch
		}
	}
	for _, r := range d.res.Roots {
		if r.Group == p.Tag {
			lacking = lacking || r.Status != StatusMatch
		}
	}
	switch {
	case !known:
		d.unknown("group", p.Tag, p.Tag, &p.Note, d.tagNames)
		return
	case p.past(d.opts.Now):
		dec.State = "expired"
	case p.Need == Unneeded && !lacking:
		dec.State = "stale"
	}
	d.note(dec, &p.Note)
}

func (d *decider) tagNames() []string {
	tags := map[string]bool{}
	for _, op := range d.res.Operations {
		for _, t := range op.Tags {
			tags[t] = true
		}
	}
	return sortedKeys(tags)
}

// applyExemptions marks what need not have a counterpart.
func (d *decider) applyExemptions() {
	if d.opts.Overrides == nil {
		return
	}
	for i := range d.opts.Overrides.Exempt {
		e := &d.opts.Overrides.Exempt[i]
		c := &cover{pattern: e.Pattern(), reason: e.Reason, past: e.past(d.opts.Now)}
		names := d.operationNames
		switch {
		case e.Operation != "":
			for _, op := range d.res.Operations {
				c.over(&op.Exempt, &op.Need, op.Status != StatusMatch, op.Operation)
			}
		case e.GraphQL != "":
			names = d.rootNames
			for _, r := range d.res.Roots {
				c.over(&r.Exempt, &r.Need, r.Status != StatusMatch, r.Coordinate)
			}
		case e.Type != "":
			names = d.typeNames
			for _, t := range d.res.Types {
				c.over(&t.Exempt, &t.Need, t.Status != StatusMatch, t.Name)
			}
		default:
			names = d.fieldNames
			for _, f := range d.res.Fields {
				lacking := f.Kind == RESTOnly || f.Kind == GraphQLOnly || len(f.Differences) > 0
				c.over(&f.Exempt, nil, lacking, f.REST, f.GraphQL)
			}
		}
		d.noteExemption(e, c, names)
	}
}

func (d *decider) noteExemption(e *Exemption, c *cover, names func() []string) {
	dec := Decision{Kind: "exempt", Element: c.pattern, State: "applied", Value: "exempt"}
	switch {
	case !c.known:
		d.unknown("exempt", c.pattern, c.pattern, &e.Note, names)
		return
	case c.past:
		dec.State = "expired"
	case !c.lacking:
		dec.State = "stale"
	}
	d.note(dec, &e.Note)
}

// cover is what one exemption covers.
type cover struct {
	pattern, reason string
	past            bool
	known, lacking  bool
}

// over exempts an element if one of its names matches.
func (c *cover) over(exempt *string, need *Need, lacking bool, names ...string) {
	if !slices.ContainsFunc(names, func(n string) bool { return n != "" && check.MatchGlob(c.pattern, n) }) {
		return
	}
	c.known, c.lacking = true, c.lacking || lacking
	if c.past {
		return
	}
	if *exempt == "" {
		*exempt = c.reason
	}
	if need != nil {
		*need = Unneeded
	}
}

func (d *decider) rootNames() []string {
	names := make([]string, len(d.res.Roots))
	for i, r := range d.res.Roots {
		names[i] = r.Coordinate
	}
	return names
}

func (d *decider) fieldNames() []string {
	var names []string
	for _, f := range d.res.Fields {
		for _, n := range [...]string{f.REST, f.GraphQL} {
			if n != "" {
				names = append(names, n)
			}
		}
	}
	return names
}
