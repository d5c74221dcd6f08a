package house

import (
	"fmt"
	"os/exec"
	"path"
	"strings"
)

// publicPackages are the packages that a program may import, within the
// module.
func publicPackages() []string {
	return []string{
		"apidocs",
		"apidocs/links",
		"apidocs/site",
		"check",
		"check/checktest",
		"check/fix",
		"openapi",
		"openapi/jsonschema",
		"openapi/edit",
		"openapi/sample",
		"graphql",
		"graphql/operation",
		"integration",
		"integration/email",
		"integration/github",
		"integration/gitlab",
		"integration/googlechat",
		"integration/integrationtest",
		"integration/jenkins",
		"integration/message",
		"integration/slack",
		"integration/teams",
		"integration/catalog",
		"integration/catalog/view",
		"integration/tools",
		"integration/webhook",
		"lint",
		"lint/redocly",
		"lint/spectral",
		"lifecycle",
		"lifecycle/history",
		"lifecycle/history/view",
		"lifecycle/headers",
		"lifecycle/headers/view",
		"lifecycle/server",
		"lifecycle/usage",
		"lifecycle/usage/view",
		"lifecycle/view",
		"parity",
		"parity/live",
		"parity/view",
		"perf",
		"perf/capacity",
		"perf/capacity/view",
		"perf/compare",
		"perf/compare/view",
		"perf/engines",
		"perf/histogram",
		"perf/k6",
		"perf/load",
		"perf/monitor",
		"perf/schedule", "perf/view", "perf/telemetry",
		"perf/traffic",
		"report",
		"snapshot",
		"snapshot/gather",
		"snapshot/view",
		"webhook",
		"webhook/generate",
		"webhook/drift",
		"webhook/drift/view",
		"webhook/fake",
		"webhook/hook",
		"webhook/receive",
		"webhook/send",
		"webhook/signature",
		"webhook/sqlite",
	}
}

// apiText renders docs/api: what `go doc -all` says of each public package,
// so that a change of the public API is a difference that a reviewer sees.
func apiText(files Files, root string) error {
	for _, pkg := range publicPackages() {
		cmd := exec.Command("go", "doc", "-all", "./"+pkg)
		cmd.Dir = root
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("go doc %s: %w", pkg, err)
		}
		name := strings.ReplaceAll(pkg, "/", "-")
		files[path.Join("docs/api", name+".txt")] = out
	}
	return nil
}
