package house

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/lifecycle"
)

// openapiChangePage renders docs/changes/openapi.md: every kind of change
// between two versions of an OpenAPI description.
func openapiChangePage(files Files) {
	kinds := lifecycle.OpenAPIChanges()
	own := 0
	var topics []string
	byTopic := map[string][]lifecycle.ChangeKind{}
	for _, k := range kinds {
		if k.Own {
			own++
		}
		if byTopic[k.Topic] == nil {
			topics = append(topics, k.Topic)
		}
		byTopic[k.Topic] = append(byTopic[k.Topic], k)
	}
	var b strings.Builder
	b.WriteString("# Changes of an OpenAPI description\n\n")
	fmt.Fprintf(&b, "%d kinds, as `plumb diff BASE REVISION` names them. %d names and their levels are those of oasdiff\n", len(kinds), len(kinds)-own)
	b.WriteString("1.35; those marked * are plumb's own, in the same style.\n\n" +
		"The level follows from two things: what a change does to the set of values that\n" +
		"are allowed, and who sends them. What narrows a request or widens a response is\n" +
		"an `error`, the other way round `info`; what cannot be told is a `warning`. One\n" +
		"kind may have a lower level in one place than here:\n\n" +
		"- Under `allOf` no change is more than a `warning`: its parts are compared one by\n" +
		"  one, and what one part lost another may have.\n" +
		"- A property that is `readOnly` is not sent in requests, one that is `writeOnly`\n" +
		"  not in responses. A change of it there is `info`.\n" +
		"- Security of the document that no operation inherits is `info`.\n\n" +
		"A change to a whole schema takes the place of what it does to the keywords: a\n" +
		"schema that became one of `oneOf: [it, null]` became nullable, and nothing else.\n" +
		"Operations whose `x-stability-level` is `draft` or `alpha` are not compared.\n" +
		"Operations of webhooks and callbacks are named and judged as all others are.\n")
	for _, topic := range topics {
		fmt.Fprintf(&b, "\n## %s\n\n| change | level | what happened |\n|---|---|---|\n", topic)
		for _, k := range byTopic[topic] {
			mark := ""
			if k.Own {
				mark = " *"
			}
			fmt.Fprintf(&b, "| <a id=\"%s\"></a>`%s`%s | %s | %s |\n", k.ID, k.ID, mark, k.Levels[0], cell(k.Summary))
		}
	}
	files["docs/changes/openapi.md"] = []byte(b.String())
}
