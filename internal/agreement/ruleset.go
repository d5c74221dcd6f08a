package main

// ruleset is a published ruleset.
type ruleset struct {
	// name is its package, which names its file as well where the package has
	// none that it is for.
	name string
	// file is the ruleset in node_modules; empty for the package's own, which a
	// file of ours extends.
	file string
	// version is that of the package.
	pkg, version string
	// text is the whole ruleset, where it is of no package.
	text string
}

// rulesets are public ones, unmodified: three that companies wrote, and others.
var rulesets = []ruleset{
	{name: "@baloise/spectral-rules", pkg: "@baloise/spectral-rules", version: "1.5.0", file: "@baloise/spectral-rules/zalando.yml"},
	{name: "@rhoas/spectral-ruleset", pkg: "@rhoas/spectral-ruleset", version: "0.3.1"},
	{name: "@ibm-cloud/openapi-ruleset", pkg: "@ibm-cloud/openapi-ruleset", version: "1.33.17"},
	{name: "@stoplight/spectral-owasp-ruleset", pkg: "@stoplight/spectral-owasp-ruleset", version: "2.0.1"},
	{name: "@apisyouwonthate/style-guide", pkg: "@apisyouwonthate/style-guide", version: "1.5.0"},
	{name: "@stoplight/spectral-documentation", pkg: "@stoplight/spectral-documentation", version: "1.3.1"},
	{name: "@stoplight/spectral-url-versioning", pkg: "@stoplight/spectral-url-versioning", version: "1.0.6"},
}

// perRuleset is how many descriptions each ruleset is compared over.
const perRuleset = 10

// descriptions are those of the corpus that are taken, in this order, until
// there are enough. Where Spectral itself ends with an error (a function of the
// ruleset throws), the next one takes the place.
var descriptions = []string{
	"oai-examples/uspto.yaml",
	"oai-examples/3.2/media-type-examples.yaml",
	"readme-oas-examples/2.0/petstore.json",
	"readme-oas-examples/3.0/discriminators.json",
	"readme-oas-examples/3.1/train-travel.yaml",
	"scalar-galaxy/galaxy.3.1.yaml",
	"gitlab/rest/openapi-handwritten.yaml",
	"readme-oas-examples/3.0/star-trek.json",
	"slack/slack_web_openapi_v2.json",
	"gitlab/rest/openapi_v3-converted.2024-07.yaml",
	"oai-examples/petstore-expanded.yaml",
	"oai-examples/callback-example.yaml",
	"oai-examples/link-example.yaml",
	"oai-examples/api-with-examples.yaml",
	"readme-oas-examples/3.0/callbacks.json",
	"readme-oas-examples/3.0/complex-nesting.json",
	"readme-oas-examples/3.0/security.json",
	"readme-oas-examples/3.0/server-variables.json",
	"readme-oas-examples/3.0/schema-deprecated.json",
	"readme-oas-examples/2.0/petstore-simple.json",
	"gitlab/rest/openapi_v2.2024-07.yaml",
}
