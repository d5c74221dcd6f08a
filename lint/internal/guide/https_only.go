package guide

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var httpsOnly = &rule{
	Meta: check.Meta{
		ID:      "https-only",
		Summary: "Servers and the endpoints of OAuth must be reached by https.",
		Rationale: "Over plain http everyone on the way reads the credentials and rewrites the answer. RFC 9700 requires TLS for OAuth. " +
			"A server on `localhost` is not reported.",
		Fix:      "Writes https, or leaves the scheme out whose secure sibling is there; unsafe, for the server may not offer it.",
		Severity: check.Warning, Tags: []string{"openapi", "servers", "security", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkHTTPSOnly,
}

func checkHTTPSOnly(_ context.Context, p *pass) error {
	d, e := p.Subject, &edit.Editor{}
	for _, s := range d.Nodes(openapi.ServerRole) {
		if u := s.Get("url"); isPlainHTTP(u.Text()) {
			mend(p, u.Location(), overTLS(e, u), "server %q is reached by plain http", u.Text())
		}
	}
	if root := d.Root(); d.Version() == openapi.V20 && !isLoopback(root.Get("host").Text()) {
		for _, s := range root.Get("schemes").Children() {
			if is(s.Text(), "http", "ws") {
				mend(p, s.Location(), secureScheme(e, s), "scheme %q offers plain http", s.Text())
			}
		}
	}
	for _, role := range [...]openapi.Role{openapi.OAuthFlowRole, openapi.SecuritySchemeRole} {
		for _, f := range d.Nodes(role) {
			for _, key := range [...]string{"authorizationUrl", "tokenUrl", "refreshUrl", "openIdConnectUrl", "deviceAuthorizationUrl"} {
				if u := f.Get(key); isPlainHTTP(u.Text()) {
					mend(p, u.Location(), overTLS(e, u), "%s %q is reached by plain http", key, u.Text())
				}
			}
		}
	}
	return nil
}

func isPlainHTTP(url string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(url), "http://")
	return ok && !isLoopback(rest)
}

// isLoopback reports whether a host, with what may follow it, is the caller's
// own machine.
func isLoopback(host string) bool {
	for _, local := range [...]string{"localhost", "127.0.0.1", "[::1]", "0.0.0.0"} {
		if rest, ok := strings.CutPrefix(host, local); ok && (rest == "" || rest[0] == ':' || rest[0] == '/') {
			return true
		}
	}
	return false
}

// overTLS is the fix that writes https in place of http.
func overTLS(e *edit.Editor, url *openapi.Node) *check.Fix {
	text := url.Text()
	return edit.Unsafe("Write https", e.Replace(url, "https"+text[len("http"):]))
}

// secureScheme is the fix that leaves a scheme out whose secure sibling is
// there, and else writes that one.
func secureScheme(e *edit.Editor, scheme *openapi.Node) *check.Fix {
	secure := scheme.Text() + "s"
	for _, s := range scheme.Parent().Children() {
		if s.Text() == secure {
			return edit.Unsafe(fmt.Sprintf("Remove %q", scheme.Text()), e.Remove(scheme))
		}
	}
	return edit.Unsafe(fmt.Sprintf("Write %q", secure), e.Replace(scheme, secure))
}
