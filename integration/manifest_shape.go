package integration

import (
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/internal/form"
)

// The words that a manifest chooses from, in the order of the documentation.
var (
	lifecycles   = []string{"experimental", "production", "deprecated"}
	categories   = []string{"chat", "tracker", "ci", "code-host", "itsm", "requirements", "webhook", "mail"}
	directions   = []string{"outbound", "inbound"}
	capabilities = []string{
		"report.deliver", "report.update", "finding.create", "finding.update", "finding.close", "finding.reopen", "link.back",
		"event.send", "event.receive", "job.trigger",
	}
	schemes      = []string{"none", "url-secret", "bearer", "basic", "api-key", "oauth2-client", "hmac"}
	idempotences = []string{"label", "correlation-id", "marker", "request-id", "memory", "none"}
	inputTypes   = []string{TypeString, TypeURL, TypeSecret, TypeInteger, TypeBoolean, TypeChoice}
)

// The types of inputs.
const (
	TypeString  = "string"
	TypeURL     = "url"
	TypeSecret  = "secret"
	TypeInteger = "integer"
	TypeBoolean = "boolean"
	TypeChoice  = "choice"
)

const (
	apiVersion = "plumb/v1"
	kindName   = "Integration"
)

// Shape says what a manifest.yaml may hold, for those who write its JSON
// Schema.
func Shape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "An integration of plumb with a tool.", Required: []string{"apiVersion", "kind", "metadata", "spec"},
		Fields: []form.Field{
			{Key: "apiVersion", Shape: word("The version of this format.", apiVersion)},
			{Key: "kind", Shape: word("What the file describes.", kindName)},
			{Key: "metadata", Shape: metadataShape()},
			{Key: "spec", Shape: specShape()},
		},
	}
}

func metadataShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "What the integration is called, as Backstage has it.", Required: []string{"name", "title", "description"},
		Fields: []form.Field{
			{Key: "name", Shape: &form.Shape{Kind: form.Text, Doc: "Lower-case letters, digits and hyphens.", Pattern: "^[a-z][a-z0-9-]{0,62}$", Valid: nameProblem}},
			{Key: "title", Shape: text("What people call the tool.")},
			{Key: "description", Shape: text("One sentence on what the integration does.")},
			{Key: "tags", Shape: list("Words to find it by.", &form.Shape{Kind: form.Text, Valid: nameProblem})},
			{Key: "links", Shape: list("Pages about the tool's API.", &form.Shape{
				Kind: form.Mapping, Required: []string{"url", "title"}, Fields: []form.Field{
					{Key: "url", Shape: &form.Shape{Kind: form.Text, Doc: "Where the page is.", Valid: webProblem}},
					{Key: "title", Shape: text("What the page is about.")},
				},
			})},
			{Key: "annotations", Shape: &form.Shape{Kind: form.Mapping, Doc: "Whatever other programs want to know.", Item: &form.Shape{Kind: form.Scalar}}},
		},
	}
}

func specShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "What the integration needs and bears.",
		Required: []string{"owner", "lifecycle", "category", "direction", "capabilities", "auth", "idempotency", "slo"},
		Fields: []form.Field{
			{Key: "owner", Shape: text("Who answers for it.")},
			{Key: "lifecycle", Shape: word("How far it is.", lifecycles...)},
			{Key: "category", Shape: word("What kind of tool it is.", categories...)},
			{Key: "direction", Shape: list("Who calls whom.", word("A direction.", directions...))},
			{Key: "capabilities", Shape: list("What it can do.", word("A capability.", capabilities...))},
			{Key: "inputs", Shape: list("What has to be set up.", inputShape())},
			{Key: "auth", Shape: &form.Shape{Kind: form.Mapping, Doc: "How it says who it is.", Required: []string{"scheme"}, Fields: []form.Field{
				{Key: "scheme", Shape: word("The scheme.", schemes...)},
			}}},
			{Key: "limits", Shape: &form.Shape{
				Kind: form.Mapping, Doc: "What the tool takes at most, by name.", Key: limitProblem, KeyPattern: "^[a-z][a-z0-9_]*$",
				Item: &form.Shape{Kind: form.Number, Min: 1, Max: 1 << 40},
			}},
			{Key: "idempotency", Shape: &form.Shape{Kind: form.Mapping, Doc: "What keeps repeating from doing harm.", Required: []string{"strategy"}, Fields: []form.Field{
				{Key: "strategy", Shape: word("How.", idempotences...)},
				{Key: "key", Shape: text("What is recognised.")},
			}, Demand: func(get func(string) string) string {
				if get("strategy") != "none" && get("key") == "" {
					return "has a strategy and no key"
				}
				return ""
			}}},
			{Key: "slo", Shape: &form.Shape{Kind: form.Mapping, Doc: "What it promises.", Required: []string{"availability", "p95", "timeout"}, Fields: []form.Field{
				{Key: "availability", Shape: &form.Shape{Kind: form.Number, Doc: "In percent.", Min: 50, Max: 100}},
				{Key: "p95", Shape: duration("How long 95 of 100 exchanges take at most.")},
				{Key: "timeout", Shape: duration("After how long an exchange is given up.")},
			}}},
			{Key: "versions", Shape: list("The versions of the tool that it is tested with.", text("A version."))},
			{Key: "breaking", Shape: duration("How long before a change that breaks its users they are told.")},
		},
	}
}

func inputShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "One setting.", Required: []string{"name", "type", "env", "help"},
		Fields: []form.Field{
			{Key: "name", Shape: &form.Shape{Kind: form.Text, Doc: "Its key in plumb.yaml.", Pattern: "^[a-z][a-z0-9_]*$", Valid: limitProblem}},
			{Key: "type", Shape: word("What it is.", inputTypes...)},
			{Key: "choices", Shape: list("What a choice may be.", text("A value."))},
			{Key: "required", Shape: &form.Shape{Kind: form.Bool, Doc: "Whether nothing works without it."}},
			{Key: "env", Shape: &form.Shape{Kind: form.Text, Doc: "The environment variable that holds it; a secret comes from nowhere else.", Pattern: "^[A-Z][A-Z0-9_]*$", Valid: envProblem}},
			{Key: "default", Shape: &form.Shape{Kind: form.Scalar, Doc: "What it is where nothing is said."}},
			{Key: "help", Shape: text("One line on what it is and where it is found.")},
			{Key: "example", Shape: &form.Shape{Kind: form.Scalar, Doc: "A value that the fake accepts; no secret of anybody."}},
		},
		Demand: func(get func(string) string) string {
			switch kind := get("type"); {
			case kind == TypeSecret && get("default") != "":
				return "is a secret and has a default"
			case get("required") == "true" && get("default") != "":
				return "is required and has a default"
			}
			return ""
		},
	}
}

func text(doc string) *form.Shape { return &form.Shape{Kind: form.Text, Doc: doc} }

func word(doc string, words ...string) *form.Shape {
	return &form.Shape{Kind: form.Text, Doc: doc, Words: words}
}

func list(doc string, item *form.Shape) *form.Shape {
	return &form.Shape{Kind: form.List, Doc: doc, Item: item}
}

func duration(doc string) *form.Shape {
	return &form.Shape{Kind: form.Text, Doc: doc, Pattern: `^[0-9]+(\.[0-9]+)?(ms|s|m|h|d)$`, Examples: []string{"2s", "500ms", "90d"}, Valid: durationProblem}
}

func nameProblem(s string) string {
	if len(s) > 63 || s == "" || s[0] < 'a' || s[0] > 'z' || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return "is not made of lower-case letters, digits and hyphens, a letter first"
	}
	return ""
}

func limitProblem(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return "is not made of lower-case letters, digits and underscores, a letter first"
	}
	return ""
}

func envProblem(s string) string {
	if s == "" || s[0] < 'A' || s[0] > 'Z' || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
		return "is no name of an environment variable; expected one such as SLACK_WEBHOOK_URL"
	}
	return ""
}

func webProblem(s string) string {
	if u, err := url.Parse(s); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "is no address of a page"
	}
	return ""
}

func durationProblem(s string) string {
	if _, ok := parseDuration(s); !ok {
		return "is no duration; expected one such as 500ms, 2s or 90d"
	}
	return ""
}
