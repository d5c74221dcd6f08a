package parity

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
)

// overrideOperations lets parity.yaml say what corresponds to operations.
func (d *decider) overrideOperations() {
	if d.opts.Overrides == nil {
		return
	}
	for i := range d.opts.Overrides.Operations {
		d.overrideOperation(&d.opts.Overrides.Operations[i])
	}
}

func (d *decider) overrideOperation(o *OperationOverride) {
	v := Verdict{Status: StatusMatch, Reason: o.Partial, Confidence: 1, Band: Auto, Why: because(&o.Note)}
	kind := "match"
	switch {
	case len(o.GraphQL) == 0:
		kind, v.Status, v.Reason = "none", StatusNone, ""
	case o.Partial != "":
		v.Status = StatusPartial
	}
	op := d.operation(o.Operation)
	if op == nil {
		d.unknown(kind, o.Operation, o.Operation, &o.Note, d.operationNames)
		return
	}
	for _, c := range o.GraphQL {
		if d.p.field(c) == nil {
			d.unknown(kind, op.Operation, c, &o.Note, d.coordinates(c))
			continue
		}
		v.GraphQL = append(v.GraphQL, c)
	}
	if len(o.GraphQL) > 0 && len(v.GraphQL) == 0 {
		return // nothing of it exists
	}
	dec := Decision{Kind: kind, Element: op.Operation, State: "applied", Value: v.String(), Now: op.verdict().String()}
	switch m := op.matcher(); {
	case o.past(d.opts.Now):
		dec.State = "expired"
	case m.same(v) && m.Band == Auto:
		dec.State = "stale"
	}
	d.note(dec, &o.Note)
	if dec.State != "expired" {
		v.Path = d.path(op, v.first())
		op.rule(v, Override)
	}
}

// because says in words that a person decided.
func because(n *Note) []string {
	why := "declared in parity.yaml"
	if n.Reason != "" {
		why += ": " + n.Reason
	}
	if n.Owner != "" {
		why += fmt.Sprintf(" (%s)", n.Owner)
	}
	return []string{why}
}

// path returns a path to a coordinate that the matcher did not choose: that
// of the candidate, or one behind a path that leads to its type; "" where
// none is known.
func (d *decider) path(op *Operation, coordinate string) string {
	if coordinate == "" {
		return ""
	}
	if m := op.matcher(); m.first() == coordinate {
		return m.Path
	}
	for _, c := range op.Candidates {
		if c.Coordinate == coordinate && c.Path != "" {
			return c.Path
		}
	}
	f := d.p.field(coordinate)
	if f == nil {
		return ""
	}
	if f.Source.Parent().IsRoot() {
		return f.Name
	}
	if d.paths == nil {
		d.paths = d.typePaths()
	}
	if to := d.paths[f.Parent]; to != "" {
		return to + "." + f.Name
	}
	return ""
}

// typePaths finds, for each type, the shortest path of an operation that
// leads to it; of equally long ones the first by name.
func (d *decider) typePaths() map[*gql.Type]string {
	paths := map[*gql.Type]string{}
	for _, op := range d.res.Operations {
		m := op.matcher()
		f := d.p.field(m.first())
		if f == nil || f.Target == nil || f.List || m.Path == "" || op.Write {
			continue
		}
		if before, ok := paths[f.Target]; !ok || shorter(m.Path, before) {
			paths[f.Target] = m.Path
		}
	}
	return paths
}

func shorter(a, b string) bool {
	m, n := strings.Count(a, "."), strings.Count(b, ".")
	return m < n || m == n && a < b
}

// overrideTypes lets parity.yaml say what corresponds to schemas.
func (d *decider) overrideTypes() {
	if d.opts.Overrides == nil {
		return
	}
	for i := range d.opts.Overrides.Types {
		o := &d.opts.Overrides.Types[i]
		t := d.types[o.REST]
		if t == nil {
			d.unknown("type", o.REST, o.REST, &o.Note, d.typeNames)
			continue
		}
		v := Verdict{Status: StatusNone, Confidence: 1, Band: Auto, Why: because(&o.Note)}
		if o.GraphQL != "" {
			if d.p.gql.Type(o.GraphQL) == nil {
				d.unknown("type", t.Name, o.GraphQL, &o.Note, d.graphQLTypes)
				continue
			}
			v.Status, v.GraphQL = StatusMatch, []string{o.GraphQL}
		}
		dec := Decision{Kind: "type", Element: t.Name, State: "applied", Value: v.String(), Now: t.verdict().String()}
		switch m := t.matcher(); {
		case o.past(d.opts.Now):
			dec.State = "expired"
		case m.same(v) && m.Band == Auto:
			dec.State = "stale"
		}
		d.note(dec, &o.Note)
		if dec.State != "expired" {
			t.rule(v, Override)
		}
	}
}

func (d *decider) graphQLTypes() []string {
	names := make([]string, len(d.p.gql.Types))
	for i, t := range d.p.gql.Types {
		names[i] = t.Name
	}
	return names
}

// overrideFields hands the fields that parity.yaml decides to whoever
// compares.
func (d *decider) overrideFields() {
	if d.opts.Overrides == nil || len(d.opts.Overrides.Fields) == 0 {
		return
	}
	properties := map[string]bool{}
	var names []string
	for _, s := range d.p.rest.Schemas {
		for _, prop := range s.Properties {
			name := s.Name + "." + prop.Name
			properties[name] = true
			names = append(names, name)
		}
	}
	d.p.forcedFields = map[string]string{}
	for i := range d.opts.Overrides.Fields {
		o := &d.opts.Overrides.Fields[i]
		switch {
		case !properties[o.REST]:
			d.unknown("field", o.REST, o.REST, &o.Note, func() []string { return names })
		case o.GraphQL != "" && !d.exists(o.GraphQL):
			d.unknown("field", o.REST, o.GraphQL, &o.Note, d.coordinates(o.GraphQL))
		case o.past(d.opts.Now):
			d.note(Decision{Kind: "field", Element: o.REST, State: "expired", Value: nameOrNone(o.GraphQL)}, &o.Note)
		default:
			d.p.forcedFields[o.REST] = o.GraphQL
		}
	}
}

// exists reports whether the schema has a field, an input field or a value of
// the coordinate.
func (d *decider) exists(coordinate string) bool {
	_, ok := d.p.gql.Source.Lookup(coordinate)
	return ok
}

// nameOrNone is a coordinate, or the word for none.
func nameOrNone(coordinate string) string {
	if coordinate == "" {
		return none
	}
	return coordinate
}

// settleFields says which decisions about fields were needed: what would hold
// without them is found by comparing without them.
func (d *decider) settleFields() {
	if len(d.p.forcedFields) == 0 {
		return
	}
	free := *d.p
	free.forcedFields = nil
	without := map[string]string{}
	for _, f := range compareFields(&free) {
		if f.REST != "" {
			without[f.REST] = f.GraphQL
		}
	}
	matched := map[string]bool{}
	for _, t := range d.p.types {
		matched[t.schema.Name] = true
	}
	for i := range d.opts.Overrides.Fields {
		o := &d.opts.Overrides.Fields[i]
		value, forced := d.p.forcedFields[o.REST]
		if !forced || o.past(d.opts.Now) || value != o.GraphQL {
			continue
		}
		dec := Decision{Kind: "field", Element: o.REST, State: "applied", Value: nameOrNone(value), Now: nameOrNone(without[o.REST])}
		if now, compared := without[o.REST]; compared && now == value || !compared && !matched[schemaOf(o.REST, matched)] {
			dec.State = "stale"
		}
		d.note(dec, &o.Note)
	}
}

// schemaOf returns the matched schema that a property is one of: both names
// may have dots in them.
func schemaOf(property string, matched map[string]bool) string {
	for i := range len(property) {
		if property[i] == '.' && matched[property[:i]] {
			return property[:i]
		}
	}
	return ""
}

// sortedKeys returns the keys of a set in order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
