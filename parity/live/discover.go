package live

import (
	"context"
	"math"
	"slices"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/parity"
)

// specimen is one object with the values that the field map does not pair.
type specimen struct {
	group  *group
	object string
	rest   map[string]any // by property
	gql    map[string]any // by field
}

// The bounds of the search for pairs that the map does not have.
const (
	maxSpecimens = 200  // objects that are looked at, for each probe
	maxExtra     = 40   // fields that are asked for
	maxChance    = 0.01 // how likely a pair may agree by chance
)

// discover keeps the objects of a question with the values that no pair has.
func (r *run) discover(ctx context.Context, pr *probeRun, q *question, c *comparison) error {
	if r.opts.NoSuggestions || pr.noDiscover || q.variant.label != "" || len(c.pairs) == 0 || len(pr.discovered) >= maxSpecimens {
		return nil
	}
	g := q.probe.group
	extra, err := r.furtherFields(ctx, pr, q)
	if err != nil {
		return err
	}
	at := g.joinKey()
	for _, p := range c.pairs {
		object, asked := extra[scalarText(member(p.gql, at))]
		rest, ok := p.rest.(map[string]any)
		if ok && (asked || extra == nil) && len(pr.discovered) < maxSpecimens {
			pr.discovered = append(pr.discovered, specimen{group: g, object: p.object, rest: rest, gql: g.named(p.gql, object)})
		}
	}
	return nil
}

// furtherFields asks GraphQL once more for the same objects, now for the
// fields that no property is paired with: a query of its own, so that what
// goes wrong with them spoils nothing. That it declines says nothing. The
// result is by what the objects are joined by; nil where there is nothing to
// be asked.
func (r *run) furtherFields(ctx context.Context, pr *probeRun, q *question) (map[string]map[string]any, error) {
	g := q.probe.group
	fields, key := g.extra(), g.joinKey()
	if len(fields) == 0 || key == "" {
		return nil, nil
	}
	body := func(w *writer) {
		w.line("key: " + g.fieldOf(key))
		for _, f := range fields {
			w.line(f.Name)
		}
	}
	rep, err := r.ask.query(ctx, document("Discover", q.variant.hops, func(w *writer) {
		if g.on != "" {
			w.block("... on "+g.on, func() { body(w) })
		} else {
			body(w)
		}
	}), q.vars)
	if err != nil {
		return nil, err
	}
	if rep.decline != "" {
		pr.noDiscover = true
		return nil, nil
	}
	value, path := follow(q.probe.hops, rep.value)
	items := []any{value}
	if q.probe.many {
		items = extract(q.probe.hops[len(q.probe.hops)-1].page, value, path).items
	}
	out := map[string]map[string]any{}
	for _, item := range items {
		if object, ok := item.(map[string]any); ok && object["key"] != nil {
			out[scalarText(object["key"])] = object
		}
	}
	return out, nil
}

// joinKey is the key of the answer that names an object of GraphQL; "" where
// none does.
func (g *group) joinKey() string {
	if g.id != "" {
		return g.id
	}
	if n := g.naming(); n != nil {
		return n.key
	}
	return ""
}

// fieldOf is the field that stands under a key.
func (g *group) fieldOf(key string) string {
	for _, n := range g.compared() {
		if n.key == key {
			return n.gql.Name
		}
	}
	return "id"
}

// extra are the scalars of the type that no property is paired with.
func (g *group) extra() []*graphql.Field {
	paired := map[string]bool{"key": true, "id": g.id != ""}
	for _, n := range g.compared() {
		paired[n.gql.Name] = true
	}
	var out []*graphql.Field
	for _, f := range g.typ.Fields {
		t := f.Type.Type()
		if paired[f.Name] || t == nil || t.IsComposite() || f.Type.IsList() || required(f) != nil || len(out) == maxExtra {
			continue
		}
		out = append(out, f)
	}
	return out
}

// named are the scalars of an object of GraphQL by field: those of the probe
// and those that were asked for beside it.
func (g *group) named(probe any, extra map[string]any) map[string]any {
	out := map[string]any{}
	for _, name := range sortedKeys(extra) {
		if name != "key" {
			out[name] = extra[name]
		}
	}
	for _, n := range g.compared() {
		if n.form == scalars {
			out[n.gql.Name] = member(probe, n.key)
		}
	}
	return out
}

// suggest finds pairs that the map does not have. What has a pair that values
// do not deny is left alone; a property and a field go together where they
// agree on enough objects, differ on none, and are unlikely to do so by
// chance; what may go together with more than one is left out.
func (r *run) suggest(runs []*probeRun, pairs map[*parity.Field]*tally) []Suggestion {
	found := map[groupKey][]specimen{}
	var order []groupKey
	for _, pr := range runs {
		for _, s := range pr.discovered {
			key := groupKey{s.group.schema, s.group.typ.Name}
			if found[key] == nil {
				order = append(order, key)
			}
			found[key] = append(found[key], s)
		}
	}
	out := []Suggestion{}
	for _, key := range order {
		out = append(out, suggestFor(key, distinct(found[key]), pairs)...)
	}
	return out
}

// distinct keeps the first specimen of each object.
func distinct(list []specimen) []specimen {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(list), func(s specimen) bool {
		again := seen[s.object]
		seen[s.object] = true
		return again
	})
}

func suggestFor(key groupKey, list []specimen, pairs map[*parity.Field]*tally) []Suggestion {
	properties, fields := freeNames(list, pairs)
	var some []Suggestion
	perProperty, perField := map[string]int{}, map[string]int{}
	for _, p := range properties {
		for _, f := range fields {
			objects, values, chance := agreement(list, p, f)
			if objects < MinObjects || values < MinValues || chance*float64(len(fields)) > maxChance {
				continue
			}
			perProperty[p]++
			perField[f]++
			some = append(some, Suggestion{
				REST: key.schema + "." + p, GraphQL: key.typ + "." + f, Objects: objects, Values: values, Confidence: 1 - math.Max(chance, 1-provenConfidence),
			})
		}
	}
	return slices.DeleteFunc(some, func(s Suggestion) bool {
		return perProperty[s.REST[len(key.schema)+1:]] > 1 || perField[s.GraphQL[len(key.typ)+1:]] > 1
	})
}

// freeNames are the scalar properties and the fields that have no pair, or
// one that the values deny.
func freeNames(list []specimen, pairs map[*parity.Field]*tally) (properties, fields []string) {
	takenProperty, takenField := map[string]bool{}, map[string]bool{}
	for _, n := range list[0].group.compared() {
		if t := pairs[n.field]; t == nil || t.counts.Differs < MinObjects || t.counts.Equal > 0 {
			takenProperty[n.rest], takenField[n.gql.Name] = true, true
		}
	}
	hasProperty, hasField := map[string]bool{}, map[string]bool{}
	for _, s := range list {
		for _, name := range sortedKeys(s.rest) {
			switch s.rest[name].(type) {
			case nil, map[string]any, []any:
			default:
				hasProperty[name] = !takenProperty[name]
			}
		}
		for _, name := range sortedKeys(s.gql) {
			hasField[name] = !takenField[name]
		}
	}
	names := func(has map[string]bool) []string {
		return slices.DeleteFunc(sortedKeys(has), func(name string) bool { return !has[name] })
	}
	return names(hasProperty), names(hasField)
}

// agreement counts the objects on which a property and a field agree, and in
// how many values; 0 where they differ on one. The chance is that of as many
// agreements if the values were dealt at random.
func agreement(list []specimen, property, field string) (objects, values int, chance float64) {
	seen := map[string]int{}
	h := hint{id: isID(property) && isID(field)}
	for _, s := range list {
		a, b := s.rest[property], s.gql[field]
		if a == nil && b == nil {
			continue
		}
		if agree(h, a, b) != same && !alikeEnum(a, b) {
			return 0, 0, 1
		}
		objects++
		seen[h.key(a)]++
	}
	same := 0.0
	for _, key := range sortedKeys(seen) {
		share := float64(seen[key]) / float64(max(objects, 1))
		same += share * share
	}
	return objects, len(seen), math.Pow(same, float64(objects))
}

// alikeEnum reports whether a text and the name of an enum value are the
// same: IN_STOCK and in-stock.
func alikeEnum(a, b any) bool {
	return isText(a) && isText(b) && fold(scalarText(a)) == fold(scalarText(b)) && fold(scalarText(a)) != ""
}
