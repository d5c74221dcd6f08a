package guide

import (
	"context"
	"fmt"
	"net/netip"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var noInternalHosts = &rule{
	Meta: check.Meta{
		ID:      "no-internal-hosts",
		Summary: "A description must not name hosts that its readers cannot reach.",
		Rationale: "`http://10.0.4.7` and `https://api.staging.internal` tell strangers about your network and are of no use to them; `localhost` as a server sends every \"try it\" button to the reader's own machine. " +
			"Reported are URLs, wherever they stand, whose host is private (RFC 1918, `.internal`, `.local`, `.corp`, `.lan`, `.intranet`), and servers on `localhost`.",
		Severity: check.Warning, Tags: []string{"openapi", "servers", "security", "examples", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoInternalHosts,
}

func checkNoInternalHosts(_ context.Context, p *pass) error {
	d := p.Subject
	for _, span := range d.Spans() {
		src, text := span.Source, span.Text()
		for from := 0; ; {
			i := strings.Index(text[from:], "://")
			if i < 0 {
				break
			}
			start := from + i + len("://")
			from = start
			host := hostAt(text[start:])
			if !isInternal(host) {
				continue
			}
			at := span.Start + start
			n := nodeAt(src.Root(), at)
			p.Report(check.Finding{
				Location: place(src, n, at, at+len(host)), Key: host,
				Message: fmt.Sprintf("host %q is internal", host),
			})
		}
	}
	for _, s := range d.Nodes(openapi.ServerRole) {
		url := s.Get("url")
		if _, rest, ok := strings.Cut(url.Text(), "://"); ok && isLoopback(rest) {
			p.Reportf(url.Location(), "server %q is the reader's own machine", url.Text())
		}
	}
	if host := d.Root().Get("host"); d.Version() == openapi.V20 && host.Is(openapi.String) {
		if isInternal(hostAt(host.Text())) {
			p.Reportf(host.Location(), "host %q is internal", host.Text())
		} else if isLoopback(host.Text()) {
			p.Reportf(host.Location(), "host %q is the reader's own machine", host.Text())
		}
	}
	return nil
}

// hostAt returns the host at the beginning of a text, user name and port
// left out.
func hostAt(text string) string {
	end := 0
	for end < len(text) && end < 300 && (isAlphanumeric(text[end]) || strings.IndexByte(".-_@:", text[end]) >= 0) {
		end++
	}
	host := text[:end]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		return ""
	}
	host, _, _ = strings.Cut(host, ":")
	return strings.TrimRight(host, ".")
}

// internalDomains are top-level domains for networks that are not the
// Internet (RFC 6762, RFC 8375, and ICANN's reservation of .internal), and
// those in use for the same.
var internalDomains = []string{".internal", ".local", ".corp", ".lan", ".intranet", ".home.arpa", ".localdomain"}

func isInternal(host string) bool {
	if len(host) < 7 {
		return false
	}
	if c := host[len(host)-1]; '0' <= c && c <= '9' {
		addr, err := netip.ParseAddr(host)
		return err == nil && (addr.IsPrivate() || addr.IsLinkLocalUnicast())
	}
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 {
		return false
	}
	for _, domain := range internalDomains {
		if len(host) > len(domain) && strings.EqualFold(host[len(host)-len(domain):], domain) {
			return true
		}
	}
	return false
}
