package perf

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// unknown returns the values that a read needs and that are not known, as
// "path number", "query q", "body"; for GraphQL the arguments.
func (o *offer) unknown() []string {
	var names []string
	if o.field != nil {
		for _, a := range o.field.Args {
			if a.Required() {
				names = append(names, "variables "+a.Name)
			}
		}
		return names
	}
	declared := map[string]bool{}
	for _, p := range o.doc.Parameters(o.rest) {
		in, name := p.Get("in").Text(), p.Get("name").Text()
		declared[in+" "+name] = true
		if p.Get("required").IsTrue() && !known(o.doc, p) {
			names = append(names, in+" "+name)
		}
	}
	for _, name := range pathParameters(o.rest.Path) {
		if !declared["path "+name] {
			names = append(names, "path "+name)
		}
	}
	if o.doc.Resolve(o.rest.Node.Get("requestBody")).Get("required").IsTrue() {
		names = append(names, "body")
	}
	return names
}

// pooled adds a read of which one parameter in the path is not known, where
// another read of the draft answers with a list of what the parameter names.
func (d *drafter) pooled(of *offer) bool {
	if of.rest == nil {
		return false
	}
	needs := of.unknown()
	name, ok := "", false
	if len(needs) == 1 {
		name, ok = strings.CutPrefix(needs[0], "path ")
	}
	at := strings.Index(of.rest.Path, "{"+name+"}")
	if !ok || at < 0 {
		return false
	}
	lister, pointer := d.lister(of, of.rest.Path[:at], name)
	if lister == nil {
		return false
	}
	pool := ""
	for _, f := range lister.fills {
		if f.Pointer == pointer {
			pool = f.Pool
		}
	}
	if pool == "" {
		pool = d.poolName(of.rest.Path[:at])
		lister.fills = append(lister.fills, Fill{pool, pointer})
	}
	d.add(&draftOperation{offer: of, weight: 1, parameter: name, pool: pool})
	return true
}

// lister finds the read whose answers have values for a parameter that comes
// behind a prefix of a path: that of the prefix itself, or one that lists what
// the whole path up to the parameter gets.
func (d *drafter) lister(of *offer, prefix, name string) (*draftOperation, string) {
	list := strings.TrimSuffix(prefix, "/")
	var item *openapi.Node
	for _, other := range d.catalog.offers {
		if other.rest != nil && other.doc == of.doc && other.name == "GET "+prefix+"{"+name+"}" {
			item = other.answer()
		}
	}
	for _, op := range d.operations {
		if op.offer.rest == nil || op.offer.doc != of.doc || op.offer == of {
			continue
		}
		elements := of.doc.Resolve(op.offer.answer().Get("items"))
		same := op.offer.rest.Path == list || op.offer.rest.Path == prefix
		if elements == nil || !same && (item == nil || elements != item) {
			continue
		}
		if property := identifier(elements, name); property != "" {
			return op, openapi.FormatPointer("*", property)
		}
	}
	return nil, ""
}

// answer returns the schema of an operation's good answer, references
// resolved; nil where there is none.
func (o *offer) answer() *openapi.Node {
	for _, r := range o.rest.Node.Get("responses").Children() {
		if !strings.HasPrefix(r.Key(), "2") {
			continue
		}
		r = o.doc.Resolve(r)
		if s := r.Get("schema"); s != nil { // 2.0
			return o.doc.Resolve(s)
		}
		for _, media := range r.Get("content").Children() {
			if strings.Contains(media.Key(), "json") {
				return o.doc.Resolve(o.doc.Resolve(media).Get("schema"))
			}
		}
	}
	return nil
}

// identifier returns the property of a schema that a parameter stands for:
// that of its name, of its last word, or id.
func identifier(schema *openapi.Node, name string) string {
	last := name[strings.LastIndexAny(name, "_-")+1:]
	properties := schema.Get("properties")
	for _, candidate := range [...]string{name, last, "id"} {
		if candidate != "" && properties.Has(candidate) {
			return candidate
		}
	}
	return ""
}

var notInName = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

// poolName makes the name of a pool of what stands behind a path: the last
// word of it.
func (d *drafter) poolName(prefix string) string {
	name := "values"
	for _, part := range strings.Split(prefix, "/") {
		if part = notInName.ReplaceAllString(part, ""); part != "" && !strings.HasPrefix(part, "{") {
			name = part
		}
	}
	if !placeName.MatchString(name) || name == seqName {
		name = "of_" + name
	}
	taken := func(name string) bool {
		for _, op := range d.operations {
			if op.pool == name {
				return true
			}
			for _, f := range op.fills {
				if f.Pool == name {
					return true
				}
			}
		}
		return false
	}
	free := name
	for i := 2; taken(free); i++ {
		free = name + "_" + string(rune('0'+i%10))
		if i > 9 {
			free = name + strings.Repeat("_", i)
		}
	}
	return free
}
