package rest

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// compareDocuments compares all there is, and carries it to the operations.
func (c *comparison) compareDocuments() {
	c.comparePaths(c.left.paths(openapi.FromPath), c.right.paths(openapi.FromPath), true)
	c.compareWebhooks()
	c.compareRootSecurity()
	c.compareSchemes()
	c.compareComponents()
	c.spread()
	c.compareVersions()
}

// nowhere is the number of what belongs to no operation.
const nowhere = -1

// compareWebhooks compares the webhooks, of which one is told as a whole where
// it came or went.
func (c *comparison) compareWebhooks() {
	x, y := c.left.doc.Root().Get("webhooks"), c.right.doc.Root().Get("webhooks")
	for _, n := range y.Children() {
		if !x.Has(n.Key()) {
			c.report(nowhere, webhookAdded, change{key: n.Key(), revision: n})
		}
	}
	for _, n := range x.Children() {
		if !y.Has(n.Key()) {
			c.report(nowhere, webhookRemoved, change{key: n.Key(), base: n})
		}
	}
	both, _, _ := matchPaths(c.left.paths(openapi.FromWebhook), c.right.paths(openapi.FromWebhook))
	c.reversed = !c.options.Rows
	defer func() { c.reversed = false }()
	for _, m := range both {
		if m.base.name == m.revision.name {
			c.comparePath(m, false)
		}
	}
}

// compareRootSecurity tells what changed in the security of the document where
// no operation inherits it.
func (c *comparison) compareRootSecurity() {
	x, y := c.left.doc.Root().Get("security"), c.right.doc.Root().Get("security")
	both, _, _ := matchPaths(c.left.paths(openapi.FromPath), c.right.paths(openapi.FromPath))
	for _, m := range both {
		for _, o := range m.base.operations {
			if p := m.revision.operation(o.method); p != nil && !o.node.Has("security") && !p.node.Has("security") {
				return
			}
		}
	}
	mark := len(c.found)
	c.reportSecurity(nowhere, matchSecurity(securityOf(x), securityOf(y)), false, globalSecurityAdded)
	for i := mark; i < len(c.found); i++ {
		c.found[i].level = check.Info // nobody is asked for it
	}
}

// component returns the components of a kind; 2.0 has them at the root.
func (d *side) component(name, swagger string) *openapi.Node {
	if d.swagger() {
		return d.doc.Root().Get(swagger)
	}
	return d.doc.Root().Find("components", name)
}

func (c *comparison) compareComponents() {
	x, y := c.left.component("schemas", "definitions"), c.right.component("schemas", "definitions")
	for _, n := range x.Children() {
		if !y.Has(n.Key()) {
			c.report(nowhere, schemaRemoved, change{key: n.Key(), base: n})
		}
	}
}

func (c *comparison) compareSchemes() {
	x, y := c.left.component("securitySchemes", "securityDefinitions"), c.right.component("securitySchemes", "securityDefinitions")
	for _, n := range y.Children() {
		if !x.Has(n.Key()) {
			c.report(nowhere, schemeAdded, change{key: n.Key(), revision: n})
		}
	}
	for _, n := range x.Children() {
		if m := y.Get(n.Key()); m != nil {
			c.compareScheme(c.left.scheme(n), c.right.scheme(m))
		} else {
			c.report(nowhere, schemeRemoved, change{key: n.Key(), base: n})
		}
	}
}

// scheme is a security scheme as 3.x has it.
type scheme struct {
	node       *openapi.Node
	kind, http string
	flows      map[string]*openapi.Node
}

// swaggerFlows are the names that 2.0 has for the flows.
var swaggerFlows = map[string]string{"application": "clientCredentials", "accessCode": "authorizationCode"}

func (d *side) scheme(at *openapi.Node) scheme {
	n := d.doc.Resolve(at)
	s := scheme{n, n.Get("type").Text(), n.Get("scheme").Text(), map[string]*openapi.Node{}}
	for _, f := range n.Get("flows").Children() {
		s.flows[f.Key()] = f
	}
	if d.swagger() {
		if s.kind == "basic" {
			s.kind, s.http = "http", "basic"
		}
		if name := n.Get("flow").Text(); name != "" {
			if other := swaggerFlows[name]; other != "" {
				name = other
			}
			s.flows[name] = n
		}
	}
	return s
}

func (c *comparison) compareScheme(a, b scheme) {
	for _, name := range []string{"implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"} {
		if x, y := a.flows[name], b.flows[name]; x != nil && y != nil {
			c.compareFlow(x, y)
		}
	}
	if a.kind != b.kind {
		c.report(nowhere, schemeType, change{
			from: quote(a.kind), to: quote(b.kind), base: orElse(a.node.Get("type"), a.node), revision: orElse(b.node.Get("type"), b.node),
		})
		return
	}
	c.compareText(schemeKeyName, a.node, b.node, "name")
	c.compareText(schemeKeyIn, a.node, b.node, "in")
	if !strings.EqualFold(a.http, b.http) {
		c.report(nowhere, schemeHTTP, change{
			from: quote(a.http), to: quote(b.http), base: orElse(a.node.Get("scheme"), a.node), revision: orElse(b.node.Get("scheme"), b.node),
		})
	}
	c.compareText(schemeBearerFormat, a.node, b.node, "bearerFormat")
	c.compareURL(schemeOpenID, a.node, b.node, "openIdConnectUrl")
}

func (c *comparison) compareFlow(a, b *openapi.Node) {
	c.compareURL(flowAuthorizationURL, a, b, "authorizationUrl")
	c.compareURL(flowTokenURL, a, b, "tokenUrl")
	c.compareURL(flowRefreshURL, a, b, "refreshUrl")
	x, y := a.Get("scopes"), b.Get("scopes")
	for _, n := range y.Children() {
		if m := x.Get(n.Key()); m == nil {
			c.report(nowhere, flowScopeAdded, change{key: quote(n.Key()), revision: n})
		} else if m.Text() != n.Text() {
			c.report(nowhere, flowScopeChanged, change{key: quote(n.Key()), base: m, revision: n})
		}
	}
	for _, n := range x.Children() {
		if !y.Has(n.Key()) {
			c.report(nowhere, flowScopeRemoved, change{key: quote(n.Key()), base: n})
		}
	}
}

func (c *comparison) compareText(v plain, a, b *openapi.Node, key string) {
	if x, y := a.Get(key), b.Get(key); x.Text() != y.Text() {
		c.report(nowhere, v, change{from: quote(x.Text()), to: quote(y.Text()), base: orElse(x, a), revision: orElse(y, b)})
	}
}

func (c *comparison) compareURL(v plain, a, b *openapi.Node, key string) {
	if normalURL(a.Get(key).Text()) != normalURL(b.Get(key).Text()) {
		c.compareText(v, a, b, key)
	}
}

// normalURL writes a URL in the one way in which RFC 3986, section 6.2, counts
// as equal: lower case scheme and host, no default port, a path.
func normalURL(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return text
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if port := u.Port(); u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawPath = ""
	return u.String()
}

// semver is what a semantic version looks like; a v may stand before it.
var semver = regexp.MustCompile(`^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$`)

func versionOf(text string) (v [3]int, ok bool) {
	m := semver.FindStringSubmatch(text)
	if m == nil {
		return v, false
	}
	for i := range v {
		n, err := strconv.Atoi(m[i+1])
		if err != nil {
			return v, false
		}
		v[i] = n
	}
	return v, true
}

// compareVersions tells of a version that does not say that there are changes
// which break clients. Before 1.0.0 the second number says it.
func (c *comparison) compareVersions() {
	x, y := c.left.doc.Root().Find("info", "version"), c.right.doc.Root().Find("info", "version")
	was, ok1 := versionOf(x.Text())
	is, ok2 := versionOf(y.Text())
	if !ok1 || !ok2 || !c.breaks() {
		return
	}
	at := change{from: x.Text(), to: y.Text(), base: x, revision: y, beyond: !c.breaksWithin()}
	major := 0
	if was[0] == 0 && is[0] == 0 {
		major = 1
	}
	switch {
	case x.Text() == y.Text():
		c.report(nowhere, versionNotBumped, at)
	case !less(was, is):
		c.report(nowhere, versionDecreased, at)
	case is[major] <= was[major]:
		c.report(nowhere, majorNotBumped, at)
	}
}

func less(a, b [3]int) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

func (c *comparison) breaks() bool {
	return slices.ContainsFunc(c.found, func(f found) bool { return f.level == check.Error })
}

// breaksWithin is breaks for what oasdiff looks at.
func (c *comparison) breaksWithin() bool {
	return slices.ContainsFunc(c.found, func(f found) bool { return f.level == check.Error && !f.beyond })
}
