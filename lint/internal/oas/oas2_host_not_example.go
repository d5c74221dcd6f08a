package oas

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2HostNotExample = &rule{
	Meta: check.Meta{
		ID:      "oas2-host-not-example",
		Summary: "The host must not be example.com.",
		Rationale: "A description with a placeholder for a host is a template that nobody finished. Requests made from it go " +
			"to a domain that is reserved for documentation. Put the real host into `host`.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "servers", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkOas2HostNotExample,
}

func checkOas2HostNotExample(_ context.Context, p *pass) error {
	if p.Subject.Version() == openapi.V20 {
		reportHost(p, func(host string) bool { return strings.Contains(host, "example.com") }, "host %q is a placeholder", nil)
	}
	return nil
}
