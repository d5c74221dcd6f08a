package config

import "time"

// file is all that plumb.yaml may say.
var file = shape{
	kind: mapping,
	doc:  "What plumb checks in this project, and by which rules. Paths are relative to this file.",
	fields: []field{
		{"apis", shape{kind: list, doc: "The API descriptions of the project; commands that are given no document take these.", item: &api}},
		{"lint", lintShape},
		{"lifecycle", lifecycleShape},
		{"parity", parityShape},
		{"perf", perfShape},
		{"webhooks", webhooksShape},
		{"integrations", integrationsShape},
		{"report", reportShape},
		{"baseline", shape{kind: text, doc: "The file of known findings: only what is not in it counts.", examples: []string{".plumb/baseline.json"}}},
		{"waivers", shape{kind: list, doc: "Findings that somebody answers for until a day.", item: &waiver}},
	},
}

var api = shape{
	kind: mapping, doc: "One API, with its descriptions.", required: []string{"name"},
	fields: []field{
		{"name", shape{kind: text, doc: "The name of the API in reports."}},
		{"openapi", shape{kind: text, doc: "The OpenAPI description: a path or a URL."}},
		{"graphql", shape{kind: text, doc: "The GraphQL schema: a path, a pattern such as schema/**/*.graphql, or a URL."}},
		{"base", shape{kind: mapping, doc: "What the descriptions of this API are compared with, where that is not lifecycle.base.", fields: []field{
			{"openapi", shape{kind: text, doc: "The earlier OpenAPI description: git:REVISION, a path or a URL.", examples: []string{"git:v1.0", "api/openapi-v1.yaml"}}},
			{"graphql", shape{kind: text, doc: "The earlier GraphQL schema: git:REVISION, a path or a URL.", examples: []string{"git:v1.0", "api/schema-v1.graphql"}}},
		}}},
		{"payloads", shape{kind: list, doc: "Files and folders with payloads of webhooks, which are held against the description.", item: &shape{kind: text, doc: "A path.", examples: []string{"api/payloads"}}}},
	},
}

var lintShape = shape{
	kind: mapping, doc: "Which rules plumb lint runs.",
	fields: []field{
		{"extends", shape{kind: list, doc: "Rulesets to start from; a later one wins.", item: &shape{kind: text, words: rulesetWords, doc: "A ruleset: the name of one of plumb's, or the path of a file or of a package with one.", examples: []string{"./.spectral.yaml"}}}},
		{"rules", rulesShape(lintSection)},
		{"ignore", ignoreShape(lintSection)},
	},
}

var lifecycleShape = shape{
	kind: mapping, doc: "Stability, deprecation and compatibility.",
	fields: []field{
		{"policy", shape{kind: text, doc: "What is promised before something goes: a policy that plumb knows, or a file with one.", examples: []string{"gitlab", "policy.yaml"}}},
		{"releases", shape{kind: text, doc: "When releases come, where the policy counts in them: a calendar that plumb knows, or a file with one.", examples: []string{"gitlab", "releases.yaml"}}},
		{"carriers", shape{kind: text, doc: "A file that says where else descriptions say what becomes of their elements.", examples: []string{"carriers.yaml"}}},
		{"base", shape{kind: text, doc: "What the working copy is compared with: git:REVISION, the path of an earlier description, or a folder with earlier ones of the same names.", examples: []string{"git:origin/main"}}},
		{"usage", usageShape},
		{"rules", rulesShape(lifecycleSection)},
		{"ignore", ignoreShape(lifecycleSection)},
	},
}

var usageShape = shape{
	kind: mapping, doc: "Access logs, from which plumb report and plumb lifecycle usage tell who still calls what is deprecated.", required: []string{"logs"},
	fields: []field{
		{"logs", shape{kind: list, doc: "Logs, gzip or not.", item: &shape{kind: text, doc: "A path or a pattern.", examples: []string{"logs/access.log*"}}}},
		{"format", shape{kind: text, doc: "How lines are written: a format by name, or one of nginx or Apache; by content where nothing is said.", examples: []string{"combined", "gitlab-api"}}},
		{"fields", shape{kind: list, doc: "Which field of a line tells what.", item: &shape{kind: text, doc: "ROLE=NAME.", examples: []string{"time=when"}}}},
		{"consumers", shape{kind: list, doc: "Fields that tell who calls; the first that a line has counts.", item: &shape{kind: text, doc: "A field.", examples: []string{"meta.client_id"}}}},
		{"bases", shape{kind: list, doc: "Paths below which the REST API is served, whatever the description says.", item: &shape{kind: text, doc: "A path.", examples: []string{"/api/v4"}}}},
		{"graphql_paths", shape{kind: list, doc: "Paths at which GraphQL is served; any that ends in /graphql where nothing is said.", item: &shape{kind: text, doc: "A path.", examples: []string{"/api/graphql"}}}},
	},
}

var parityShape = shape{
	kind: mapping, doc: "The comparison of REST and GraphQL.",
	fields: []field{
		{"map", shape{kind: text, doc: "The file that corrects how operations and fields are matched.", examples: []string{"parity.yaml"}}},
		{"lock", shape{kind: text, doc: "The file of what was decided before, so that what is new can be told.", examples: []string{"parity.lock"}}},
		{"usage", shape{kind: text, doc: "A CSV file with the number of calls of each operation, which weighs them.", examples: []string{"usage.csv"}}},
		{"direction", shape{kind: text, words: directionWords, doc: "Which API is to offer what the other does; both where nothing is said."}},
		{"min", shape{kind: number, max: 1, doc: "The least share of operations that must have a match, from 0 to 1."}},
		{"rules", rulesShape(paritySection)},
		{"ignore", ignoreShape(paritySection)},
	},
}

var perfShape = shape{
	kind: mapping, doc: "Load runs.",
	fields: []field{
		{"plan", shape{kind: text, doc: "The file with the load and the budgets.", examples: []string{"slo.yaml"}}},
		{"rules", rulesShape(perfSection)},
		{"ignore", ignoreShape(perfSection)},
	},
}

var webhooksShape = shape{
	kind: mapping, doc: "Webhooks: what is sent, and what is described.",
	fields: []field{
		{"provider", shape{kind: text, doc: "Who sends the webhooks, where plumb knows that.", examples: []string{"github", "gitlab"}}},
		{"rules", rulesShape(webhooksSection)},
		{"ignore", ignoreShape(webhooksSection)},
	},
}

var integrationsShape = shape{
	kind: toolInputs, doc: "How the tools of the catalog are reached: the inputs of each, by its name. Secrets are not written here; they come from the environment.",
	fields: []field{
		{"catalog", shape{kind: text, doc: "A folder with manifests of integrations of your own.", examples: []string{"integrations"}}},
		{"rules", rulesShape(integrationsSection)},
		{"ignore", ignoreShape(integrationsSection)},
	},
}

var reportShape = shape{
	kind: mapping, doc: "Who gets the results, and what plumb report shows.",
	fields: []field{
		{"send", shape{kind: list, doc: "Names of integrations.", item: &shape{kind: text, words: toolWords, doc: "An integration, such as slack."}}},
		{"product", shape{kind: text, doc: "What the APIs belong to; the name of the folder where nothing is said.", examples: []string{"tracker"}}},
		{"history", shape{kind: text, doc: "The folder of earlier snapshots, which plumb report --save writes.", examples: []string{".plumb/history"}}},
		{"criteria", shape{kind: text, doc: "The file of the exit criteria of the API strategy.", examples: []string{"criteria.yaml"}}},
		{"teams", shape{kind: list, doc: "Who owns what; the first that matches counts.", item: &shape{
			kind: mapping, doc: "A team, and what it owns.", required: []string{"name"}, some: []string{"tags", "elements"},
			fields: []field{
				{"name", shape{kind: text, doc: "The team, as reports name it.", examples: []string{"team-plan"}}},
				{"tags", shape{kind: list, doc: "Tags of the OpenAPI description.", item: &shape{kind: text, doc: "A tag."}}},
				{"elements", shape{kind: list, doc: "Operations and coordinates, or patterns over them.", item: &shape{kind: text, doc: "A name or a pattern.", examples: []string{"GET /issues**", "Query.issue*"}}}},
			},
		}}},
	},
}

// rulesShape are the levels of the rules of a section.
func rulesShape(of section) shape {
	return shape{kind: ruleLevels, rules: of, doc: "Settings of single rules: off, info, warning, error, or on for the rule's own severity."}
}

// ignoreShape are the ignores of a section.
func ignoreShape(of section) shape {
	rule := append([]field{{"rule", shape{kind: ruleName, rules: of, doc: "A rule."}}}, scope[1:]...)
	return shape{kind: list, doc: "Findings that never count.", item: &shape{
		kind: mapping, doc: "The findings of a rule in the files and elements that match. What is left out matches everything.",
		some:   []string{"rule", "file", "element"},
		fields: append(rule, field{"reason", shape{kind: text, doc: "Why these findings do not matter."}}),
	}}
}

// scope says which findings an ignore or a waiver covers.
var scope = []field{
	{"rule", shape{kind: ruleName, doc: "A rule."}},
	{"file", shape{kind: text, doc: "A path or a pattern, such as api/**/*.yaml."}},
	{"element", shape{kind: text, doc: "A JSON Pointer or a GraphQL coordinate, or a pattern over either, such as /paths/~1internal** or Query.*."}},
}

var waiver = shape{
	kind: mapping, doc: "The findings of a rule in the files and elements that match, until a day.",
	required: []string{"reason", "owner", "until"}, some: []string{"rule", "file", "element"},
	fields: []field{
		scope[0], scope[1], scope[2],
		{"reason", shape{kind: text, doc: "Why these findings may stay for now."}},
		{"owner", shape{kind: text, doc: "Who answers for it."}},
		{"until", shape{kind: text, doc: "The last day on which the waiver holds, as 2026-12-31.", pattern: `^\d{4}-\d{2}-\d{2}$`, valid: day}},
	},
}

// ruleSetting is the long form of a rule's level.
var ruleSetting = shape{
	kind: mapping, doc: "The rule's level, and why.", required: []string{"severity"},
	fields: []field{
		{"severity", shape{kind: text, words: levelWords, doc: "The rule's level."}},
		{"reason", shape{kind: text, doc: "Why the project differs from the ruleset."}},
	},
}

// day says what is wrong with a date; "" where nothing is.
func day(text string) string {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "is no date; expected one such as 2026-12-31"
	}
	return ""
}
