package gql

import (
	"context"
	"net/netip"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noInternalHosts = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-internal-hosts",
		Summary: "A description must not name hosts that its readers cannot reach.",
		Rationale: "The schema is handed to everybody who asks. `http://10.0.4.7` and `https://wiki.corp.internal` tell " +
			"strangers about your network, and are of no use to them. Reported are URLs in descriptions, reasons and " +
			"default values whose host is private (RFC 1918) or under `.internal`, `.local`, `.corp`, `.lan` or " +
			"`.intranet`.",
		Severity: check.Warning, Tags: []string{"graphql", "security", "descriptions", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoInternalHosts,
}

func checkNoInternalHosts(_ context.Context, p *pass) error {
	for e := range p.Subject.Elements() {
		n := e.Base()
		for _, host := range internalHosts(n.Description) {
			reportKeyf(p, graphql.DescriptionLocation(e), host, "the description of %s names the internal host %q", called(e), host)
		}
		if n.Deprecated != nil {
			for _, host := range internalHosts(n.Deprecated.Reason) {
				reportKeyf(p, deprecationLocation(e), "reason "+host, "the reason of %s names the internal host %q", called(e), host)
			}
		}
		if v, ok := e.(*graphql.InputValue); ok && v.Default != nil {
			for _, host := range internalHosts(v.Default.String()) {
				reportKeyf(p, v.DefaultLocation(), "default "+host, "the default of %s names the internal host %q", called(e), host)
			}
		}
	}
	return nil
}

// internalHosts returns the private hosts of the URLs in a text, each once,
// in order, and no more than ten.
func internalHosts(text string) []string {
	var hosts []string
	for len(hosts) < 10 {
		i := strings.Index(text, "://")
		if i < 0 {
			break
		}
		text = text[i+len("://"):]
		if host := hostOf(text); isInternalHost(host) && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// hostOf returns the host that a text begins with. No name of a host is
// longer than 253 characters.
func hostOf(text string) string {
	n := 0
	for n < len(text) && n <= 253 && (isAlphanumeric(text[n:n+1]) || text[n] == '.' || text[n] == '-') {
		n++
	}
	return strings.TrimRight(text[:n], ".-")
}

// isInternalHost reports whether a host is a private address, or a name in
// one of the top-level domains for networks that are not the Internet.
func isInternalHost(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.IsPrivate() || addr.IsLinkLocalUnicast()
	}
	host = strings.ToLower(host)
	for _, domain := range []string{".internal", ".local", ".corp", ".lan", ".intranet", ".localdomain", ".home.arpa"} {
		if strings.HasSuffix(host, domain) {
			return true
		}
	}
	return false
}
