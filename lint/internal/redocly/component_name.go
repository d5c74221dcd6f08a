package redocly

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// named are the kinds of components whose names are compared, and the options that
// are about them.
var namedComponents = [...]struct{ kind, list, option string }{
	{"Schema", "NamedSchemas", "schemas"},
	{"Parameter", "NamedParameters", "parameters"},
	{"Response", "NamedResponses", "responses"},
	{"RequestBody", "NamedRequestBodies", "requestBodies"},
}

// nameUse is a name, and where it is used.
type nameUse struct {
	kind, name string
	at         []typed.Place
	nodes      map[*openapi.Node]bool
}

// componentNames gathers the names of components of all files.
type componentNames struct {
	byTitle  bool
	uses     map[[2]string]*nameUse
	order    []*nameUse
	untitled []typed.Place
	seen     map[*openapi.Node]bool
}

func componentNameUnique(o Options) *typed.Rule {
	u := &componentNames{byTitle: o.text("strategy") == "title", uses: map[[2]string]*nameUse{}, seen: map[*openapi.Node]bool{}}
	kinds := map[string]bool{}
	visit := typed.Visitors{"Root": {Leave: u.report}}
	for _, k := range namedComponents {
		if o.text(k.option) == "off" {
			continue
		}
		kinds[k.kind] = true
		visit[k.list] = typed.Visitor{In: typed.Visitors{k.kind: {Enter: func(c *typed.Context) {
			if u.titled(c, k.kind, c.Node, c.Node) {
				u.add(k.kind, c.Key, typed.At(c.Above(k.list)).Child(c.Key), c.Node)
				return
			}
			u.add(k.kind, nameOf(c.Node), c.At(), c.Node)
		}}}}
	}
	return &typed.Rule{
		RefLeave: func(c *typed.Context, to typed.Resolved) {
			if !kinds[c.Type.Name] || to.Node == nil {
				return
			}
			target := to.Node
			if len(to.Chain) > 0 {
				target = to.Chain[0]
			}
			if !u.titled(c, c.Type.Name, target, c.Raw) {
				u.add(c.Type.Name, nameOf(to.Node), typed.At(to.Node), to.Node)
				return
			}
			if name := titleName(target); name != "" {
				u.add(c.Type.Name, name, typed.At(target).Child("title"), target)
				return
			}
			if !u.seen[target] {
				u.seen[target] = true
				u.untitled = append(u.untitled, typed.At(target))
			}
			u.add(c.Type.Name, nameOf(target), typed.At(target), target)
		},
		Visit: visit,
	}
}

// titled reports whether the title is the name of a schema: where it, or what
// refers to it, is in another file than the description begins in.
func (u *componentNames) titled(c *typed.Context, kind string, target, ref *openapi.Node) bool {
	root := c.Walk.Doc.Source()
	return u.byTitle && kind == "Schema" && (target.Source() != root || ref.Source() != root)
}

func (u *componentNames) add(kind, name string, at typed.Place, n *openapi.Node) {
	id := [2]string{kind, name}
	use := u.uses[id]
	if use == nil {
		use = &nameUse{kind: kind, name: name, nodes: map[*openapi.Node]bool{}}
		u.uses[id] = use
		u.order = append(u.order, use)
	}
	if !use.nodes[n] {
		use.nodes[n] = true
		use.at = append(use.at, at)
	}
}

func (u *componentNames) report(c *typed.Context) {
	for _, use := range u.order {
		if len(use.at) < 2 {
			continue
		}
		for _, at := range use.at {
			c.Report(at, fmt.Sprintf("%s %q has the name of %d others", strings.TrimPrefix(spoken(use.kind), "the "), short(use.name), len(use.at)-1))
		}
	}
	for _, at := range u.untitled {
		c.Report(at, "the schema has no title to be named by")
	}
}

// nameOf is the last word of the place of a component, or of its file.
func nameOf(n *openapi.Node) string {
	if n.Parent() == nil {
		base := path.Base(n.Source().Name())
		return strings.TrimSuffix(base, path.Ext(base))
	}
	pointer := n.Pointer()
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	switch ext := path.Ext(name); ext {
	case ".yaml", ".yml", ".json":
		return strings.TrimSuffix(name, ext)
	}
	return name
}

var (
	titleWord = regexp.MustCompile(`[\p{L}\p{N}]+`)
	notName   = regexp.MustCompile(`[^a-zA-Z0-9.\-_]`)
)

// titleName is the title of a schema as a name in Pascal case.
func titleName(n *openapi.Node) string {
	title := strings.TrimSpace(n.Get("title").Text())
	var b strings.Builder
	for _, word := range titleWord.FindAllString(title, -1) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return notName.ReplaceAllString(b.String(), "-")
}
