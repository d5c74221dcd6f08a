package parity

import (
	"fmt"
	"slices"
	"strings"
)

// fieldDifferences says in what a field differs from its property that it did
// not differ in before. It touches the matched operations about the schema.
func (d *differ) fieldDifferences(f, before *Field) {
	if before == nil || before.GraphQL == "" {
		return
	}
	side := changedSide(before.RESTType, f.RESTType, before.GraphQLType, f.GraphQLType)
	if side == Neither {
		side = d.rewritten(f)
	}
	for _, diff := range moreDifferences(f.Differences, before.Differences) {
		d.widened(Widening{f.REST, f.GraphQL + ": " + diff.words(), side, append([]string{}, d.now.of[f.Schema]...)})
	}
}

func changedSide(restWas, rest, gqlWas, gql string) Side {
	switch {
	case restWas != rest:
		return RESTSide
	case gqlWas != gql:
		return GraphQLSide
	}
	return Neither
}

// rewritten says which side of a field is written otherwise than before: the
// field, or else the schema of the property.
func (d *differ) rewritten(f *Field) Side {
	switch {
	case fieldText(d.base.res, f.GraphQL) != fieldText(d.now.res, f.GraphQL):
		return GraphQLSide
	case schemaText(d.base, f.Schema) != schemaText(d.now, f.Schema):
		return RESTSide
	}
	return Neither
}

// fieldText is the definition of a field, "" where it cannot be found.
func fieldText(res *Result, coordinate string) string {
	if res.GraphQL == nil {
		return ""
	}
	e, ok := res.GraphQL.Lookup(coordinate)
	if !ok || e.Base().Source() == nil {
		return ""
	}
	start, end := e.Base().Span()
	return e.Base().Source().Text()[start:end]
}

// schemaText is the text of a named schema, "" where it cannot be found.
func schemaText(s *snapshot, name string) string {
	t := s.types[name]
	if t == nil || s.res.REST == nil {
		return ""
	}
	n, err := s.res.REST.Lookup(s.res.REST.Root(), t.REST)
	if err != nil {
		return ""
	}
	start, end := n.Offsets()
	return n.Source().Text()[start:end]
}

// moreDifferences returns those of now that before does not have. Of an enum
// whose values differed already only the values that are new count.
func moreDifferences(now, before []Difference) []Difference {
	var more []Difference
	for _, n := range now {
		i := slices.IndexFunc(before, func(b Difference) bool { return b.Aspect == n.Aspect && b.Effect == n.Effect })
		if i < 0 {
			more = append(more, n)
			continue
		}
		values := slices.DeleteFunc(slices.Clone(n.Values), func(v string) bool { return slices.Contains(before[i].Values, v) })
		if len(values) > 0 {
			n.Values = values
			more = append(more, n)
		}
	}
	return more
}

// words says a difference in words.
func (d Difference) words() string {
	text := string(d.Aspect)
	if d.Effect != "" {
		text += " " + d.Effect
	}
	if len(d.Values) > 0 {
		return text + ": " + strings.Join(d.Values, ", ")
	}
	if d.REST != "" || d.GraphQL != "" {
		text += fmt.Sprintf(": %.80q in REST, %.80q in GraphQL", d.REST, d.GraphQL)
	}
	return text
}

// inputs says which inputs of operations that correspond in both results lack
// a counterpart now, or differ more.
func (d *differ) inputs() {
	for _, in := range d.now.res.Inputs {
		op, was := d.now.operations[template(in.Operation)], d.base.operations[template(in.Operation)]
		if op == nil || was == nil || was.verdict().first() != in.Coordinate || op.Need == Unneeded {
			continue
		}
		before := d.base.inputs[inputKey(in)]
		w := Widening{Element: in.Operation, Operations: []string{in.Operation}}
		switch {
		case in.Kind == RESTOnly && (before == nil || before.GraphQL != ""):
			w.What, w.Side = fmt.Sprintf("%s has no counterpart in %s", in.REST, in.Coordinate), RESTSide
			if before != nil {
				w.Side = GraphQLSide
			}
			d.widened(w)
		case in.Kind == GraphQLOnly && before == nil && d.asked(GraphQLToREST):
			w.What, w.Side = fmt.Sprintf("%s has no counterpart in %s", in.GraphQL, in.Operation), GraphQLSide
			if d.hadInput(in) {
				w.Side = RESTSide
			}
			d.widened(w)
		case before != nil && in.REST != "" && in.GraphQL != "" && before.GraphQL != "":
			side := changedSide(before.RESTType, in.RESTType, before.GraphQLType, in.GraphQLType)
			for _, diff := range moreDifferences(in.Differences, before.Differences) {
				w.What, w.Side = fmt.Sprintf("%s and %s: %s", in.REST, in.GraphQL, diff.words()), side
				d.widened(w)
			}
		}
	}
}

// hadInput reports whether the base pairs a GraphQL input with one of REST.
func (d *differ) hadInput(in *Input) bool {
	return slices.ContainsFunc(d.base.res.Inputs, func(b *Input) bool {
		return b.Operation == in.Operation && b.GraphQL == in.GraphQL && b.REST != ""
	})
}
