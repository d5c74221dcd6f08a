package apidocs

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// operations groups the operations of a description's paths by their first
// tag, in the order of the description's tags; those without a tag by the
// first segment of their path.
func operations(doc *openapi.Document, paths slugs) []*Group {
	gs := newGrouping(REST, paths)
	for _, tag := range doc.Root().Get("tags").Children() {
		gs.known(tag.Get("name").Text(), tag)
	}
	for _, op := range doc.Operations() {
		if op.Origin != openapi.FromPath {
			continue
		}
		tag := op.Node.Get("tags").At(0).Text()
		if tag == "" {
			tag = firstSegment(op.Path)
		}
		g := gs.group(tag)
		e := &Entry{Kind: Operation, ID: op.String(), Document: doc, Operation: op}
		e.describe(op.Node, op.String())
		e.Path = paths.under(g.Folder, operationSlug(op))
		g.Entries = append(g.Entries, e)
	}
	return gs.used()
}

// webhooks groups the webhooks of a description by their first tag, or the
// part of their names before the action.
func webhooks(doc *openapi.Document, paths slugs) []*Group {
	gs := newGrouping(Webhooks, paths)
	names := map[string]int{}
	var ops []*openapi.Operation
	for _, op := range doc.Operations() {
		if op.Origin == openapi.FromWebhook {
			ops = append(ops, op)
			names[op.Path]++
		}
	}
	families := familiesOf(ops)
	for i, op := range ops {
		g := gs.group(families[i])
		id := op.Path
		if names[op.Path] > 1 {
			id = op.String()
		}
		e := &Entry{Kind: Webhook, ID: id, Document: doc, Operation: op}
		e.describe(op.Node, op.Path)
		e.Title = op.Path
		e.Path = paths.under(g.Folder, op.Path)
		g.Entries = append(g.Entries, e)
	}
	return gs.used()
}

// familiesOf names the group of each webhook: its tag, what its operationId
// has before a slash, or itself up to its first separator where others share
// that.
func familiesOf(ops []*openapi.Operation) []string {
	out := make([]string, len(ops))
	shared := map[string]int{}
	stem := func(op *openapi.Operation) string {
		name := strings.NewReplacer("_", "-", ".", "-", "/", "-", " ", "-", ":", "-").Replace(op.Path)
		head, _, _ := strings.Cut(name, "-")
		return head
	}
	for _, op := range ops {
		shared[stem(op)]++
	}
	for i, op := range ops {
		id := op.Node.Get("operationId").Text()
		before, _, ok := strings.Cut(id, "/")
		switch tag := op.Node.Get("tags").At(0).Text(); {
		case tag != "":
			out[i] = tag
		case ok && before != "":
			out[i] = before
		case shared[stem(op)] > 1:
			out[i] = stem(op)
		default:
			out[i] = "events"
		}
	}
	return out
}

// schemas is the group of the schemas that a description names.
func schemas(doc *openapi.Document, paths slugs) *Group {
	named := doc.Root().Find("components", "schemas")
	if named.Len() == 0 {
		named = doc.Root().Get("definitions")
	}
	if named.Len() == 0 {
		return nil
	}
	g := &Group{Area: REST, Title: "Types", Folder: paths.under("", string(REST)+"/types")}
	for _, n := range named.Children() {
		e := &Entry{Kind: Schema, ID: n.Key(), Document: doc, Node: n}
		e.describe(n, n.Key())
		e.Title = n.Key()
		e.Path = paths.under(g.Folder, n.Key())
		g.Entries = append(g.Entries, e)
	}
	return g
}

// describe takes from an object of a description what most of them have.
func (e *Entry) describe(n *openapi.Node, id string) {
	e.Title = strings.TrimSpace(n.Get("summary").Text())
	if e.Title == "" {
		e.Title = id
	}
	e.Summary = FirstSentence(n.Get("description").Text())
	if e.Summary == "" && e.Title != id {
		e.Summary = e.Title
	}
	e.Deprecated = n.Get("deprecated").IsTrue()
}

// firstSegment is the first part of a path that says what it is about: no
// parameter, and not what all paths of many APIs begin with.
func firstSegment(path string) string {
	last := "root"
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "" || strings.HasPrefix(segment, "{") {
			continue
		}
		if last = segment; segment != "api" && segment != "rest" && !version.MatchString(segment) {
			break
		}
	}
	return last
}

var version = regexp.MustCompile(`^v\d+([.]\d+)*(alpha|beta)?\d*$`)

// operationSlug is the operationId without the tag that many begin it with, or
// method and path.
func operationSlug(op *openapi.Operation) string {
	id := op.Node.Get("operationId").Text()
	if id == "" {
		return op.Method + " " + op.Path
	}
	if _, after, ok := strings.Cut(id, "/"); ok && after != "" {
		return after
	}
	return id
}

// grouping puts entries in groups, in the order in which groups are known.
type grouping struct {
	area   Area
	paths  slugs
	groups []*Group
	byName map[string]*Group
}

func newGrouping(area Area, paths slugs) *grouping {
	return &grouping{area: area, paths: paths, byName: map[string]*Group{}}
}

// known makes the group of a tag object.
func (gs *grouping) known(name string, tag *openapi.Node) {
	if name == "" || gs.byName[name] != nil {
		return
	}
	g := gs.group(name)
	g.Description = tag.Get("description").Text()
	if title := tag.Get("summary").Text(); title != "" { // 3.2
		g.Title = title
	} else if title := tag.Get("x-displayName").Text(); title != "" {
		g.Title = title
	}
}

func (gs *grouping) group(name string) *Group {
	g := gs.byName[name]
	if g == nil {
		g = &Group{Area: gs.area, Title: name, Folder: gs.paths.under(string(gs.area), name)}
		gs.byName[name] = g
		gs.groups = append(gs.groups, g)
	}
	return g
}

// used are the groups with something in them.
func (gs *grouping) used() []*Group {
	var out []*Group
	for _, g := range gs.groups {
		if len(g.Entries) > 0 {
			out = append(out, g)
		}
	}
	return out
}
