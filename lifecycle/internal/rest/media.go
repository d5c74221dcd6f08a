package rest

import (
	"cmp"
	"maps"
	"mime"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// media is one media type of a content map. In 2.0, where there is none, it is
// what a schema and the lists of media types make.
type media struct {
	name string
	node *openapi.Node
	// schema and items are nil where there are none.
	schema, items *schema
}

// media lists the media types of a content map.
func (d *side) media(content *openapi.Node) []media {
	var list []media
	for _, at := range content.Children() {
		n := d.doc.Resolve(at)
		m := media{name: at.Key(), node: at}
		if s := n.Get("schema"); s != nil {
			m.schema = d.use(s).schema
		}
		if s := n.Get("itemSchema"); s != nil {
			m.items = d.use(s).schema
		}
		list = append(list, m)
	}
	return list
}

// mediaPair is a media type that both versions have, under names that may
// differ.
type mediaPair struct{ base, revision media }

type mediaMatch struct {
	both           []mediaPair
	added, removed []media
}

// matchMedia pairs media types of one name, then those of which one is a kind
// of the other.
func matchMedia(a, b []media) mediaMatch {
	var m mediaMatch
	named := map[string]bool{}
	var left []media
	for _, x := range a {
		j := slices.IndexFunc(b, func(y media) bool { return y.name == x.name })
		if j < 0 {
			left = append(left, x)
			continue
		}
		named[x.name] = true
		m.both = append(m.both, mediaPair{x, b[j]})
	}
	byName := func(x, y media) int { return cmp.Compare(x.name, y.name) }
	slices.SortStableFunc(left, byName)
	for _, y := range slices.SortedStableFunc(slices.Values(b), byName) {
		if named[y.name] {
			continue
		}
		i := slices.IndexFunc(left, func(x media) bool { return holds(x.name, y.name) || holds(y.name, x.name) })
		if i < 0 {
			m.added = append(m.added, y)
			continue
		}
		m.both = append(m.both, mediaPair{left[i], y})
		left = slices.Delete(left, i, i+1)
	}
	m.removed = left
	return m
}

// mediaName is a media type taken apart: "application/problem+json; v=1".
type mediaName struct {
	kind, subtype, suffix string
	parameters            map[string]string
}

func parseMedia(name string) (mediaName, bool) {
	bare, parameters, err := mime.ParseMediaType(name)
	if err != nil {
		return mediaName{}, false
	}
	kind, subtype, ok := strings.Cut(bare, "/")
	if !ok {
		return mediaName{}, false
	}
	m := mediaName{kind: kind, parameters: parameters}
	m.subtype, m.suffix, _ = strings.Cut(subtype, "+")
	return m, !strings.Contains(m.suffix, "+") && !strings.Contains(subtype, "/")
}

// holds reports whether a media type is the other or a kind of it:
// application/json holds application/problem+json.
func holds(general, special string) bool {
	g, ok1 := parseMedia(general)
	s, ok2 := parseMedia(special)
	if !ok1 || !ok2 || g.kind != s.kind {
		return false
	}
	return g.suffix == "" && s.suffix != "" && s.suffix == g.subtype || g.subtype == s.subtype && g.suffix == s.suffix
}

// strictMedia reports whether a media type tells a number from a text.
func strictMedia(name string) bool {
	return name == "application/json" || strings.HasSuffix(name, "+json")
}

// compareMediaName compares the names of one media type of a response.
func (c *comparison) compareMediaName(o *operationPair, p mediaPair, place string) {
	if p.base.name == p.revision.name {
		return
	}
	at := change{
		from: quote(p.base.name), to: quote(p.revision.name), base: p.base.node, revision: p.revision.node, place: place,
	}
	a, _ := parseMedia(p.base.name)
	b, _ := parseMedia(p.revision.name)
	bare := a.kind == b.kind && a.subtype == b.subtype && a.suffix == b.suffix
	var added, removed, changed []string
	for _, k := range slices.Sorted(maps.Keys(b.parameters)) {
		if v, ok := a.parameters[k]; !ok {
			added = append(added, k)
		} else if v != b.parameters[k] {
			changed = append(changed, k)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(a.parameters)) {
		if _, ok := b.parameters[k]; !ok {
			removed = append(removed, k)
		}
	}
	kinds := min(len(added), 1) + min(len(removed), 1) + min(len(changed), 1)
	switch {
	case kinds == 0 && holds(p.base.name, p.revision.name):
		c.report(o.number, mediaTypeSpecialized, at)
		return
	case kinds == 0:
		c.report(o.number, mediaTypeGeneralized, at)
		return
	case kinds > 1 || !bare:
		c.report(o.number, mediaTypeNameChanged, at)
		return
	}
	note := func(v plain, list []string) {
		for _, k := range list {
			at.key, at.from, at.to = quote(k), quote(a.parameters[k]), quote(b.parameters[k])
			c.report(o.number, v, at)
		}
	}
	note(mediaTypeParameterAdded, added)
	note(mediaTypeParameterRemoved, removed)
	note(mediaTypeParameterChanged, changed)
}
