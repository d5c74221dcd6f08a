package perf

import (
	"github.com/plumbapi/plumb/internal/form"
)

// PlanSchema returns the JSON Schema (draft-07) of slo.yaml, for editors. It
// ends with a line break.
func PlanSchema() []byte { return form.Schema("slo.yaml", planShape()) }

// planShape is all that slo.yaml may say.
func planShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "What a load run sends, and the budgets that it is held to.",
		Required: []string{"targets", "load"},
		Fields: []form.Field{
			{Key: "version", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 1, Doc: "The version of this format."}},
			{Key: "service", Shape: textShape("What is tested, as reports and monitoring call it.", "tracker")},
			{Key: "descriptions", Shape: listShape("The OpenAPI descriptions and GraphQL schemas that requests are made from, by path from this file, or by URL.", textShape("A description.", "api/openapi.yaml"))},
			{Key: "targets", Shape: eachShape("The servers, by name.", targetShape())},
			{Key: "load", Shape: loadShape()},
			{Key: "budgets", Shape: &form.Shape{Kind: form.Mapping, Doc: "What operations owe that have no budget of their own.", Fields: []form.Field{
				{Key: "default", Shape: budgetShape("What each operation owes of which nothing else is said.")},
				{Key: "tags", Shape: eachShape("What the operations with a tag owe.", budgetShape("What the operations with this tag owe."))},
			}}},
			{Key: "operations", Shape: eachShape("What is sent: GET /path, an operationId, a pattern such as GET /issues/**, query FIELD, or query NAME with a document. All reads of the descriptions where nothing is said. Without a description, GET /path is sent as it is.", operationShape())},
			{Key: "data", Shape: eachShape("Files of data, by name; {{name.column}} stands for a value.", feederShape())},
			{Key: "pools", Shape: eachShape("Values that answers give and requests use, by name; {{name}} stands for one.", poolShape())},
			{Key: "sessions", Shape: eachShape("Chains of requests of one user, by name.", sessionShape())},
			{Key: "window", Shape: durationShape("The period of the objectives in production.", "28d")},
			{Key: "metrics", Shape: metricsShape()},
		},
	}
}

func targetShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "A server.", Required: []string{"url"},
		Fields: []form.Field{
			{Key: "url", Shape: &form.Shape{Kind: form.Text, Doc: "Where the paths of a REST API begin, or the endpoint of a GraphQL API.", Pattern: "^https?://", Examples: []string{"http://127.0.0.1:8080/api/v4"}}},
			{Key: "graphql", Shape: &form.Shape{Kind: form.Bool, Doc: "Whether it is a GraphQL endpoint."}},
			{Key: "description", Shape: textShape("The description of it, where there are several of its kind.", "api/openapi.yaml")},
			{Key: "headers", Shape: eachShape("What is sent with every request. ${NAME} at the end of a value is taken from the environment.", &form.Shape{Kind: form.Scalar, Doc: "The value of the header.", Examples: []string{"Bearer ${TOKEN}"}})},
		},
	}
}

func budgetShape(doc string) *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: doc,
		Fields: []form.Field{
			{Key: "urgency", Shape: &form.Shape{Kind: form.Text, Words: urgencyWords(), Doc: "99.5 % of requests within 250 ms (high), 500 ms (medium), 1 s (default) or 5 s (low)."}},
			{Key: "latency", Shape: &form.Shape{
				Kind: form.Mapping, Doc: "Shares of requests that have to be answered well within a time.", Key: validObjective, KeyPattern: sharePattern,
				Item: durationShape("The time.", "300ms"),
			}},
			{Key: "errors", Shape: &form.Shape{Kind: form.Scalar, Doc: "The greatest share of bad requests; 0% is none at all.", Valid: validShare, Pattern: sharePattern, Examples: []string{"0.1%"}}},
			{Key: "rate", Shape: rateShape("The least rate of good requests.", "20/s")},
		},
	}
}

func operationShape() *form.Shape {
	values := func(what string) *form.Shape {
		return eachShape("Values of "+what+", by name.", &form.Shape{Kind: form.Scalar, Doc: "A value; {{…}} stands for data.", Examples: []string{"{{issues}}"}})
	}
	return &form.Shape{
		Kind: form.Mapping, Doc: "How often an operation is sent, with what, and what it owes.",
		Fields: append([]form.Field{
			{Key: "weight", Shape: &form.Shape{Kind: form.Number, Max: maxWeight, Doc: "Its share of the load, relative to the others; 1 where nothing is said, 0 for what is sent in sessions only."}},
			{Key: "target", Shape: textShape("The target, where there are several of its kind.", "rest")},
			{Key: "tags", Shape: listShape("Tags beside those of the description.", textShape("A tag.", "search"))},
			{Key: "budget", Shape: budgetShape("What it owes.")},
			{Key: "document", Shape: textShape("The GraphQL document, or the path of its file.", "queries/issues.graphql")},
			{Key: "depth", Shape: &form.Shape{Kind: form.Number, Max: 8, Doc: "How many levels of objects are selected where the document is made from the schema; 1 where nothing is said."}},
			{Key: "expect", Shape: listShape("The statuses that are good; 200 to 399 where nothing is said.", &form.Shape{Kind: form.Number, Min: 100, Max: 599, Doc: "A status."})},
			{Key: "fill", Shape: eachShape("Pools that its answers fill, each with the JSON Pointer of the value; * stands for every member of a list.", &form.Shape{Kind: form.Text, Valid: validPointer, Pattern: "^/", Doc: "A JSON Pointer.", Examples: []string{"/*/id"}})},
		}, valueFields(values)...),
	}
}

func valueFields(values func(what string) *form.Shape) []form.Field {
	return []form.Field{
		{Key: "path", Shape: values("parameters in the path")},
		{Key: "query", Shape: values("parameters in the query")},
		{Key: "header", Shape: values("headers")},
		{Key: "cookie", Shape: values("cookies")},
		{Key: "body", Shape: &form.Shape{Kind: form.Any, Doc: "Values in the body by name or JSON Pointer, or the whole body as a text or a list."}},
		{Key: "variables", Shape: eachShape("Variables of the GraphQL document, by name or JSON Pointer.", &form.Shape{Kind: form.Any, Doc: "A value; {{…}} stands for data."})},
	}
}

func feederShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "A file of data, one row for a request.", Required: []string{"file"},
		Fields: []form.Field{
			{Key: "file", Shape: textShape("CSV with a header line, a JSON list of objects, or JSON lines.", "users.csv")},
			{Key: "order", Shape: &form.Shape{Kind: form.Text, Words: []string{"sequential", "random", "once"}, Doc: "In turn and again from the start, at random, or each row once."}},
		},
	}
}

func poolShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "A pool of values.",
		Fields: []form.Field{
			{Key: "take", Shape: &form.Shape{Kind: form.Bool, Doc: "Whether a request uses a value up."}},
			{Key: "max", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 10_000_000, Doc: "How many values are kept; the oldest go first. 10,000 where nothing is said."}},
		},
	}
}

func sessionShape() *form.Shape {
	values := func(what string) *form.Shape {
		return eachShape("Values of "+what+", by name; they come before those of the operation.", &form.Shape{Kind: form.Scalar, Doc: "A value; {{name}} stands for what an earlier step has kept."})
	}
	return &form.Shape{
		Kind: form.Mapping, Doc: "A chain of requests.", Required: []string{"steps"},
		Fields: []form.Field{
			{Key: "weight", Shape: &form.Shape{Kind: form.Number, Max: maxWeight, Doc: "Its share of the load, relative to the operations and the other sessions; 1 where nothing is said."}},
			{Key: "steps", Shape: listShape("The requests, in order.", &form.Shape{
				Kind: form.Mapping, Doc: "A request.", Required: []string{"operation"},
				Fields: append([]form.Field{
					{Key: "operation", Shape: textShape("The operation.", "POST /issues")},
					{Key: "keep", Shape: eachShape("What later steps use of the answer as {{name}}: a JSON Pointer into the body, or header NAME.", &form.Shape{Kind: form.Text, Doc: "A JSON Pointer, or header NAME.", Valid: validKeep, Pattern: "^(/|header )", Examples: []string{"/number", "header Location"}})},
				}, valueFields(values)...),
			})},
		},
	}
}

func metricsShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "How production names what it measures.",
		Fields: []form.Field{
			{Key: "histogram", Shape: textShape("The histogram of durations in seconds, without its suffix.", "http_request_duration_seconds")},
			{Key: "native", Shape: &form.Shape{Kind: form.Bool, Doc: "Whether it is a native histogram."}},
			{Key: "buckets", Shape: listShape("The upper edges of its buckets, where it is no native one.", durationShape("An edge.", "500ms"))},
			{Key: "operation", Shape: textShape("The label that names the operation.", "operation")},
			{Key: "names", Shape: eachShape("The label's value of operations where it is not their name.", textShape("A value of the label."))},
			{Key: "errors", Shape: textShape("What selects bad requests.", `code=~"5.."`)},
			{Key: "labels", Shape: eachShape("Labels of every alert.", &form.Shape{Kind: form.Scalar, Doc: "The value of the label."})},
		},
	}
}

func loadShape() *form.Shape {
	profile := func(doc string, required []string, fields ...form.Field) *form.Shape {
		return &form.Shape{Kind: form.Mapping, Doc: doc, Required: required, Fields: fields}
	}
	hold := durationShape("How long.", "5m")
	edge := durationShape("How long the rate takes to change; nothing where it jumps.", "10s")
	from := &form.Shape{Kind: form.Scalar, Doc: "The rate at the start.", Valid: validRateOrNone, Pattern: ratePattern, Examples: []string{"0/s"}}
	return &form.Shape{
		Kind: form.Mapping, Doc: "How many requests are sent and when, over all operations and sessions together.",
		Some: []string{"constant", "ramp", "steps", "spike", "soak", "stages"},
		Fields: []form.Field{
			{Key: "constant", Shape: profile("One rate.", []string{"rate", "for"}, form.Field{Key: "rate", Shape: rateShape("The rate.", "100/s")}, form.Field{Key: "for", Shape: hold})},
			{Key: "ramp", Shape: profile("From one rate to another along a straight line.", []string{"from", "to", "for"},
				form.Field{Key: "from", Shape: from}, form.Field{Key: "to", Shape: from}, form.Field{Key: "for", Shape: hold})},
			{Key: "steps", Shape: profile("Several rates at even distances.", []string{"from", "to", "steps", "each"},
				form.Field{Key: "from", Shape: rateShape("The first rate.", "20/s")}, form.Field{Key: "to", Shape: rateShape("The last rate.", "100/s")},
				form.Field{Key: "steps", Shape: &form.Shape{Kind: form.Number, Min: 2, Max: 1000, Doc: "How many rates."}}, form.Field{Key: "each", Shape: durationShape("How long each is kept.", "1m")})},
			{Key: "spike", Shape: profile("A base rate, a peak, and the base rate again.", []string{"base", "peak", "around", "hold"},
				form.Field{Key: "base", Shape: rateShape("The rate before and after.", "20/s")}, form.Field{Key: "peak", Shape: rateShape("The rate of the peak.", "200/s")},
				form.Field{Key: "around", Shape: durationShape("How long the base rate is kept, before and after.", "1m")}, form.Field{Key: "edge", Shape: edge},
				form.Field{Key: "hold", Shape: durationShape("How long the peak is kept.", "30s")})},
			{Key: "soak", Shape: profile("A rate for a long time.", []string{"rate", "hold"},
				form.Field{Key: "rate", Shape: rateShape("The rate.", "50/s")}, form.Field{Key: "edge", Shape: edge}, form.Field{Key: "hold", Shape: durationShape("How long it is kept.", "8h")})},
			{Key: "stages", Shape: listShape("Stretches, one after the other.", &form.Shape{
				Kind: form.Mapping, Doc: "A stretch with one rate, or with one that changes along a straight line.", Required: []string{"for"}, Some: []string{"rate", "ramp"},
				Fields: []form.Field{
					{Key: "name", Shape: textShape("How reports call it.", "peak")},
					{Key: "rate", Shape: rateShape("The rate.", "100/s")},
					{Key: "ramp", Shape: listShape("The rates at its two ends.", from)},
					{Key: "for", Shape: hold},
				},
			})},
			{Key: "warm-up", Shape: profile("What is sent first and not judged.", []string{"rate", "for"}, form.Field{Key: "rate", Shape: rateShape("The rate.", "20/s")}, form.Field{Key: "for", Shape: hold})},
			{Key: "arrivals", Shape: &form.Shape{Kind: form.Text, Words: []string{"even", "poisson"}, Doc: "Whether requests come at even distances, or as those of independent users do."}},
			{Key: "seed", Shape: &form.Shape{Kind: form.Number, Max: 1 << 53, Doc: "What decides every value that is made up; 1 where nothing is said."}},
			{Key: "timeout", Shape: durationShape("How long an answer may take until it counts as bad; 10s where nothing is said.", "5s")},
			{Key: "workers", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 1_000_000, Doc: "How many requests may be under way at once; no bound where nothing is said."}},
			{Key: "catch-up", Shape: durationShape("How late a request may be sent; later ones are not sent and count as bad. 1s where nothing is said.", "1s")},
			{Key: "max-lag", Shape: durationShape("How late the generator itself may be, for 99 % of requests, before nothing is judged; a tenth of the shortest objective, within 10 and 100 ms, where nothing is said.", "50ms")},
			{Key: "validate", Shape: &form.Shape{Kind: form.Scalar, Doc: "The share of answers that are held against the description; none where nothing is said.", Valid: validShare, Pattern: sharePattern, Examples: []string{"5%"}}},
		},
	}
}

func textShape(doc string, examples ...string) *form.Shape {
	return &form.Shape{Kind: form.Text, Doc: doc, Examples: examples}
}

func listShape(doc string, item *form.Shape) *form.Shape {
	return &form.Shape{Kind: form.List, Doc: doc, Item: item}
}

func eachShape(doc string, item *form.Shape) *form.Shape {
	return &form.Shape{Kind: form.Mapping, Doc: doc, Item: item}
}

func rateShape(doc, example string) *form.Shape {
	return &form.Shape{Kind: form.Text, Doc: doc, Valid: validRate, Pattern: ratePattern, Examples: []string{example}}
}

func durationShape(doc, example string) *form.Shape {
	return &form.Shape{Kind: form.Text, Doc: doc, Valid: validDuration, Pattern: durationPattern, Examples: []string{example}}
}

// maxWeight bounds weights, which may be counts of a log.
const maxWeight = 1e12
