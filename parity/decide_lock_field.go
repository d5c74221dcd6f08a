package parity

import (
	"strings"

	"github.com/plumbapi/plumb/parity/internal/rest"
)

// surePairs returns, by schema, the properties that surely have a field.
func surePairs(res *Result) map[string]map[string]string {
	types := map[[2]string]bool{}
	for _, t := range res.Types {
		types[[2]string{t.Name, t.GraphQL}] = t.Status != StatusNone && t.Confidence >= autoFrom
	}
	pairs := map[string]map[string]string{}
	for _, f := range res.Fields {
		if f.REST == "" || f.GraphQL == "" || f.Confidence < autoFrom || !types[[2]string{f.Schema, f.Type}] {
			continue
		}
		if pairs[f.Schema] == nil {
			pairs[f.Schema] = map[string]string{}
		}
		pairs[f.Schema][strings.TrimPrefix(f.REST, f.Schema+".")] = strings.TrimPrefix(f.GraphQL, f.Type+".")
	}
	return pairs
}

// lockFields notes which pairs of fields the lock was sure of, for schemas
// that still have the type that they had.
func (d *decider) lockFields() {
	if d.opts.Lock == nil {
		return
	}
	d.p.lockedFields = map[string]map[string]string{}
	for i := range d.opts.Lock.Types {
		e := &d.opts.Lock.Types[i]
		t := d.types[e.REST]
		if t == nil || t.Status == StatusNone || t.GraphQL != e.GraphQL || len(e.Pairs) == 0 {
			continue
		}
		pairs := make(map[string]string, len(e.Pairs))
		for property, field := range e.Pairs {
			if !strings.Contains(field, ".") {
				field = e.GraphQL + "." + field
			}
			pairs[property] = field
		}
		d.p.lockedFields[t.Name] = pairs
	}
}

// loseFields notes the pairs of the lock of which one side is gone, while the
// other is there and has surely got nothing else instead.
func (d *decider) loseFields() {
	rows := map[string]*Field{}       // by property
	holds := map[[2]string][]*Field{} // by schema and coordinate
	for _, f := range d.res.Fields {
		if f.REST != "" {
			rows[f.REST] = f
		}
		if f.REST != "" && f.GraphQL != "" && f.Confidence >= autoFrom {
			key := [2]string{f.Schema, f.GraphQL}
			holds[key] = append(holds[key], f)
		}
	}
	schemas := map[string]*rest.Schema{}
	for _, link := range d.p.types {
		schemas[link.schema.Name] = link.schema
	}
	for i := range d.opts.Lock.Types {
		e := &d.opts.Lock.Types[i]
		t := d.types[e.REST]
		if t == nil || schemas[t.Name] == nil {
			continue
		}
		pairs := d.p.lockedFields[t.Name]
		for _, dec := range d.p.overruled {
			if property, ok := strings.CutPrefix(dec.Element, t.Name+"."); ok && pairs[property] == dec.Value {
				d.note(dec, &Note{At: e.At})
			}
		}
		taken := map[string]bool{}
		for _, coordinate := range pairs {
			taken[coordinate] = true
		}
		for _, property := range sortedKeys(pairs) {
			coordinate, name := pairs[property], t.Name+"."+property
			if _, decided := d.p.forcedFields[name]; decided {
				continue // people say what holds
			}
			there, field := schemas[t.Name].Property(property) != nil, d.p.field(coordinate) != nil
			dec := Decision{Kind: "lock", State: "lost", Element: name, Value: coordinate, Now: none}
			switch row := rows[name]; {
			case there == field:
				continue
			case there && row != nil && row.GraphQL != "":
				if row.Confidence >= autoFrom && !taken[row.GraphQL] {
					continue
				}
				dec.Now = row.GraphQL
			case !there && len(holds[[2]string{t.Name, coordinate}]) > 0:
				continue
			case !there:
				dec.Element, dec.Value = coordinate, name
			}
			d.note(dec, &Note{At: e.At})
		}
	}
}
