package oas

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var oas3ServerNotExampleCom = &rule{
	Meta: check.Meta{
		ID:      "oas3-server-not-example.com",
		Summary: "Server URLs must not point to example.com.",
		Rationale: "A description with a placeholder for a server is a template that nobody finished. Requests made from it " +
			"go to a domain that is reserved for documentation. Put the real URL into `servers`, or a relative one.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "servers", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkOas3ServerNotExampleCom,
}

func checkOas3ServerNotExampleCom(_ context.Context, p *pass) error {
	reportServerURLs(p, func(url string) bool { return strings.Contains(url, "example.com") }, "server URL %q is a placeholder", nil)
	return nil
}
