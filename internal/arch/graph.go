package arch

// Rooms returns the import graph of plumb. An arrow that is not here does not
// exist; docs/architecture.md draws it.
func Rooms() []Room {
	const (
		kin     = "github.com/getkin/kin-openapi"
		json    = "github.com/go-json-experiment/json"
		yaml    = "go.yaml.in/yaml/v4"
		cobra   = "github.com/spf13/cobra"
		parser  = "github.com/vektah/gqlparser/v2"
		graph   = "github.com/graphql-go/graphql"
		cmp     = "github.com/google/go-cmp"
		txtar   = "golang.org/x/tools/txtar"
		schemas = "github.com/pb33f/libopenapi/datamodel"
	)
	return []Room{
		{Path: "cmd/plumb", Rooms: []string{"internal/cli"}},
		{
			Path:    "internal/cli",
			Rooms:   []string{"check", "openapi", "graphql", "lint", "lifecycle", "parity", "perf", "apidocs", "webhook", "report", "snapshot", "internal/config", "internal/rulebook", "internal/ink", "internal/safe", "internal/words"},
			Modules: []string{cobra, "github.com/spf13/pflag", "golang.org/x/term"},
		},
		{Path: "internal/config", Rooms: []string{"check"}, Modules: []string{yaml}},
		{Path: "lint", Rooms: []string{"check", "openapi", "graphql"}, Modules: []string{"golang.org/x/text/collate", "golang.org/x/text/language", schemas}},
		{Path: "parity", Rooms: []string{"check", "openapi", "graphql", "internal/form"}},
		{Path: "parity/live", Rooms: []string{"check", "openapi", "graphql", "parity"}},
		{Path: "parity/view", Rooms: []string{"check", "parity", "report", "internal/ink", "internal/safe", "internal/words"}},
		{Path: "lifecycle", Rooms: []string{"check", "openapi", "graphql", "internal/form"}},
		{Path: "lifecycle/internal/har", Rooms: []string{"check"}, Modules: []string{json}},
		{Path: "lifecycle/history", Rooms: []string{"check", "openapi", "graphql", "lifecycle"}},
		{Path: "lifecycle/headers", Rooms: []string{"check", "openapi", "lifecycle"}},
		{Path: "lifecycle/headers/view", Rooms: []string{"lifecycle/headers", "openapi", "report", "internal/safe", "internal/words"}},
		{Path: "lifecycle/internal/route", Rooms: []string{"openapi"}},
		{Path: "lifecycle/history/view", Rooms: []string{"check", "lifecycle", "report", "internal/ink", "internal/safe", "internal/words"}},
		{Path: "lifecycle/server", Rooms: []string{"check", "openapi", "graphql", "lifecycle"}, Modules: []string{graph, "github.com/prometheus/client_golang"}},
		{Path: "lifecycle/usage/view", Rooms: []string{"check", "lifecycle", "report", "internal/ink", "internal/safe", "internal/words"}},
		{Path: "lifecycle/usage", Rooms: []string{"check", "openapi", "graphql", "lifecycle"}},
		{Path: "lifecycle/view", Rooms: []string{"check", "openapi", "graphql", "lifecycle", "report", "internal/ink", "internal/safe", "internal/words"}},
		{Path: "perf", Rooms: []string{"check", "openapi", "graphql", "graphql/operation", "perf/histogram", "perf/schedule", "perf/internal/stat", "internal/form", "internal/safe", "internal/words"}},
		{Path: "perf/capacity", Rooms: []string{"check", "perf", "perf/schedule", "perf/internal/stat", "internal/words"}},
		{Path: "perf/capacity/view", Rooms: []string{"perf", "perf/internal/table", "report", "internal/safe", "internal/words"}},
		{Path: "perf/compare", Rooms: []string{"check", "perf", "perf/schedule", "perf/internal/stat", "internal/words"}},
		{Path: "perf/compare/view", Rooms: []string{"perf", "perf/internal/table", "report", "internal/safe", "internal/words"}},
		{Path: "perf/histogram"},
		{Path: "perf/k6", Rooms: []string{"check", "openapi", "perf", "perf/histogram", "perf/schedule"}},
		{Path: "perf/engines", Rooms: []string{"perf", "perf/histogram", "perf/k6"}, Modules: []string{"github.com/tsenart/vegeta/v12"}},
		{Path: "perf/internal/stat", Modules: []string{"gonum.org/v1/gonum/mathext"}},
		{Path: "perf/internal/table", Rooms: []string{"perf", "internal/ink", "internal/safe", "internal/words"}},
		{Path: "perf/monitor", Rooms: []string{"perf", "perf/histogram"}},
		{Path: "perf/load", Rooms: []string{"perf", "perf/histogram", "perf/schedule"}, Modules: []string{"github.com/tsenart/vegeta/v12/lib"}},
		{Path: "perf/schedule"},
		{Path: "perf/telemetry", Rooms: []string{"perf", "perf/histogram"}, Modules: []string{"github.com/prometheus/client_golang", "github.com/prometheus/client_model"}},
		{Path: "perf/traffic", Rooms: []string{"check", "openapi", "graphql", "perf", "internal/jsonscan"}},
		{Path: "perf/view", Rooms: []string{"check", "perf", "perf/histogram", "perf/internal/table", "report", "internal/safe", "internal/words"}},
		{Path: "snapshot", Rooms: []string{"check", "report", "internal/form", "internal/words"}},
		{Path: "report", Rooms: []string{"check", "internal/ink", "internal/safe", "internal/words"}, Modules: []string{json}},
		{Path: "graphql/operation", Rooms: []string{"check", "graphql"}, Modules: []string{parser}},
		{Path: "graphql", Rooms: []string{"check"}, Modules: []string{parser, graph, json}},
		{Path: "openapi", Rooms: []string{"check", "internal/address"}, Modules: []string{kin, json, yaml}},
		{Path: "openapi/jsonschema", Rooms: []string{"check", "openapi", "internal/jsonscan"}},
		{Path: "openapi/sample", Rooms: []string{"openapi"}, Modules: []string{json}},
		{Path: "apidocs", Rooms: []string{"openapi", "graphql"}},
		{Path: "apidocs/internal/markdown", Modules: []string{"github.com/microcosm-cc/bluemonday", "github.com/yuin/goldmark"}},
		{Path: "apidocs/internal/sampling", Rooms: []string{"openapi/sample"}},
		{Path: "apidocs/internal/search"},
		{Path: "apidocs/links", Modules: []string{"golang.org/x/net/html"}},
		{Path: "apidocs/site", Rooms: []string{"apidocs", "openapi", "openapi/sample", "graphql", "graphql/operation", "report", "internal/words"}},
		{Path: "integration", Rooms: []string{"check", "openapi", "internal/form", "internal/safe", "internal/words"}},
		{Path: "integration/googlechat", Rooms: []string{"check", "integration", "integration/internal/once", "integration/internal/preview", "integration/message", "internal/words"}},
		{Path: "integration/internal/once", Rooms: []string{"integration", "integration/message"}},
		{Path: "integration/internal/preview", Rooms: []string{"integration", "report", "internal/safe"}},
		{Path: "integration/jenkins", Rooms: []string{"check", "integration", "integration/message", "report", "internal/words"}},
		{Path: "integration/slack", Rooms: []string{"check", "integration", "integration/internal/once", "integration/internal/preview", "integration/message", "internal/safe", "internal/words", "webhook/signature"}},
		{Path: "integration/teams", Rooms: []string{"check", "integration", "integration/internal/once", "integration/internal/preview", "integration/message", "internal/words"}},
		{Path: "integration/integrationtest", Rooms: []string{"check", "integration", "internal/golden"}, Modules: []string{cmp}},
		{Path: "integration/internal/upsert", Rooms: []string{"check", "integration", "internal/words"}},
		{Path: "integration/message", Rooms: []string{"check", "integration", "internal/safe", "internal/words"}, Modules: []string{"github.com/rivo/uniseg"}},
		{Path: "webhook", Rooms: []string{"check", "openapi", "webhook/signature", "internal/form", "internal/jsonscan"}},
		{Path: "webhook/generate", Rooms: []string{"webhook", "webhook/internal/golang", "webhook/internal/jsonschema", "webhook/internal/prose", "webhook/internal/typescript"}},
		{Path: "webhook/drift", Rooms: []string{"check", "openapi", "webhook"}},
		{Path: "webhook/drift/view", Rooms: []string{"openapi", "report", "webhook", "webhook/drift", "internal/safe", "internal/words"}},
		{Path: "webhook/fake", Rooms: []string{"openapi", "webhook", "webhook/drift"}},
		{Path: "webhook/hook"},
		{Path: "webhook/internal/golang", Rooms: []string{"webhook", "webhook/internal/prose", "internal/safe", "internal/words"}},
		{Path: "webhook/internal/jsonschema", Rooms: []string{"webhook"}},
		{Path: "webhook/internal/typescript", Rooms: []string{"webhook", "webhook/internal/prose"}},
		{Path: "webhook/internal/prose", Rooms: []string{"internal/safe"}},
		{Path: "webhook/receive", Rooms: []string{"webhook/hook", "webhook/signature", "internal/jsonscan"}},
		{Path: "webhook/signature"},
		{Path: "webhook/send", Rooms: []string{"webhook/hook", "webhook/signature", "internal/address"}},
		{Path: "webhook/sqlite", Rooms: []string{"webhook/hook", "webhook/receive", "webhook/send", "webhook/signature"}, Modules: []string{"modernc.org/sqlite"}},
		{Path: "check"},
		{Path: "check/checktest", Rooms: []string{"check", "internal/golden"}, Modules: []string{cmp, txtar}},

		{Path: "internal/address"},
		{Path: "internal/arch"},
		{Path: "internal/form", Rooms: []string{"check", "openapi"}},
		{Path: "internal/golden", Modules: []string{cmp}},
		{Path: "internal/ink"},
		{Path: "internal/jsonscan"},
		{Path: "internal/safe", Modules: []string{"golang.org/x/text/width"}},
		{Path: "internal/words"},
		{Path: "internal/pagetest", Modules: []string{"github.com/chromedp"}},
		{Path: "internal/house", Rooms: []string{"check", "lint", "internal/cli", "internal/config", "internal/rulebook", "lifecycle", "parity", "perf"}, Modules: []string{cobra}},
		{Path: "internal/rulebook", Rooms: []string{"check", "lifecycle", "lint", "parity", "perf", "webhook/drift"}},
		{Path: "internal/benchload", Rooms: []string{"openapi", "perf"}, Modules: []string{"github.com/tsenart/vegeta/v12/lib"}},
		{Path: "internal/benchtable"},
		{Path: "internal/mocks", Rooms: []string{"openapi"}, Modules: []string{"github.com/stretchr/testify/mock"}},
	}
}

// TestImports returns what test files may import wherever they are.
func TestImports() []string {
	return []string{
		Module + "/check/checktest",
		Module + "/integration/integrationtest",
		Module + "/internal/golden",
		Module + "/internal/mocks",
		Module + "/internal/pagetest",
		"github.com/getkin/kin-openapi",
		"github.com/google/go-cmp",
		"github.com/rogpeppe/go-internal/testscript",
		"golang.org/x/tools/txtar",
		"github.com/chromedp",
		"github.com/yuin/goldmark",
		"github.com/santhosh-tekuri/jsonschema/v6",
		"github.com/pb33f/libopenapi/datamodel",
		"github.com/stretchr/testify/mock",
		"github.com/graphql-go/graphql",
		"github.com/vektah/gqlparser/v2",
		"github.com/prometheus/client_golang",
		"github.com/prometheus/client_model",
		"github.com/prometheus/common/expfmt",
		"github.com/tsenart/vegeta/v12",
		"go.yaml.in/yaml/v4",
	}
}
