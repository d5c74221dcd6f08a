package guide

import (
	"context"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var webhookDiscriminator = &rule{
	Meta: check.Meta{
		ID:      "webhook-discriminator",
		Summary: "A webhook should say how its deliveries are told from those of others.",
		Rationale: "One address receives all events. Which one a delivery is for is said by a header or a member with a value of its own in each " +
			"webhook: a `const` or an `enum`. Where the description has none, every receiver and every generator has to know it from " +
			"elsewhere. An API that sends each event to an address of its own needs none, so that this rule must be asked for.",
		Severity: check.Warning, Tags: []string{"openapi", "webhooks"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkWebhookDiscriminator,
}

// maxWebhooks bounds how many webhooks are compared, each with each.
const maxWebhooks = 1000

func checkWebhookDiscriminator(_ context.Context, p *pass) error {
	d := p.Subject
	all := webhooksOf(d)
	if len(all) > maxWebhooks {
		all = all[:maxWebhooks]
	}
	tags := make([]map[string][]string, len(all))
	for i, op := range all {
		tags[i] = webhookTags(d, op)
	}
	var first, second *openapi.Operation
	alike := 0
	for i, op := range all {
		for j, other := range all {
			if j == i || toldApart(tags[i], tags[j]) {
				continue
			}
			if alike++; first == nil {
				first, second = op, other
			}
			break
		}
	}
	if alike > 0 {
		p.Reportf(webhooksKey(d).KeyLocation(), "%d of %d webhooks cannot be told from another by a header or member that is described, such as %q from %q", alike, len(all), first.Path, second.Path)
	}
	return nil
}

// webhookTags returns the values that headers and members of the payload may
// have, where they may have a few only.
func webhookTags(d *openapi.Document, op *openapi.Operation) map[string][]string {
	tags := map[string][]string{}
	for _, h := range headerParameters(d, op) {
		if values := fewValues(d.Resolve(h.Get("schema"))); values != nil {
			tags["header "+strings.ToLower(h.Get("name").Text())] = values
		}
	}
	for _, b := range payloads(d, op) {
		eachProperty(d, b.schema, func(c *openapi.Node) {
			if values := fewValues(d.Resolve(c)); values != nil {
				tags["member "+c.Key()] = append(tags["member "+c.Key()], values...)
			}
		})
	}
	return tags
}

// fewValues returns the values of a const or an enum, nil where there is none.
func fewValues(schema *openapi.Node) []string {
	if c := schema.Get("const"); c != nil {
		return []string{c.Text()}
	}
	var values []string
	for _, c := range schema.Get("enum").Children() {
		values = append(values, c.Text())
	}
	return values
}

// toldApart reports whether a header or member that both have never has the same
// value in both.
func toldApart(a, b map[string][]string) bool {
	for tag, values := range a {
		other, ok := b[tag]
		if ok && !slices.ContainsFunc(values, func(v string) bool { return slices.Contains(other, v) }) {
			return true
		}
	}
	return false
}
