// Package jira keeps an issue in Jira for each group of findings: on Jira Cloud
// by version 3 of the API, with documents, and on Jira Data Center by version 2,
// with wiki markup. An issue is found by its label, created where there is none,
// updated and commented on when its findings change, closed when they are mended
// and reopened when they come back. An issue that people have closed as "won't
// do" stays closed, and is a suggested waiver.
//
// It sets up no project, workflow or field, and needs no app in Jira.
package jira

import (
	"context"
	_ "embed"
	"net/url"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/internal/upsert"
)

//go:embed manifest.yaml
var manifestYAML []byte

var manifest = integration.Embedded(manifestYAML)

// Tool is the integration with Jira.
type Tool struct{}

// New returns the tool.
func New() Tool { return Tool{} }

// Manifest implements [integration.Tool].
func (Tool) Manifest() *integration.Manifest { return manifest() }

// Fake implements [integration.Tool].
func (Tool) Fake(inputs integration.Inputs) integration.Fake { return NewFake(inputs) }

// Deliver implements [integration.Tool].
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	receipt := &integration.Receipt{Tool: manifest().Name}
	t, err := newTracker(c, d)
	if err != nil {
		return receipt, err
	}
	return receipt, upsert.Run(ctx, t, c, d, upsert.Options{Least: describe.Severity(c.Inputs["severity"])}, receipt)
}

// States implements [integration.Follower].
func (Tool) States(ctx context.Context, c *integration.Client, d *integration.Delivery) ([]integration.State, error) {
	t, err := newTracker(c, d)
	if err != nil {
		return nil, err
	}
	return upsert.States(ctx, t, d)
}

// newTracker returns the issues of a delivery's product.
func newTracker(c *integration.Client, d *integration.Delivery) (*tracker, error) {
	t := &tracker{
		c: c, d: d.In(c.Inputs["language"]),
		w:        writer{cloud: c.Inputs["edition"] != "data-center"},
		base:     strings.TrimRight(c.Inputs["url"], "/"),
		declined: words(c.Inputs["declined"]),
	}
	t.api = t.base + "/rest/api/2"
	if t.w.cloud {
		t.api = t.base + "/rest/api/3"
	}
	extra, err := fields(c)
	t.extra = extra
	return t, err
}

// words are the words of a list with commas, in lower case.
func words(list string) []string {
	var all []string
	for word := range strings.SplitSeq(list, ",") {
		if word = folded(word); word != "" {
			all = append(all, word)
		}
	}
	return all
}

// folded makes a name comparable: Jira writes "Won't" with one apostrophe, and
// people with another.
func folded(name string) string {
	return strings.ToLower(strings.TrimSpace(strings.ReplaceAll(name, "’", "'")))
}

func (t *tracker) isDeclined(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(t.declined, folded(name)) })
}

// browse is where people read an issue; "" where requests go through
// Atlassian's gateway, which does not say where the site is.
func (t *tracker) browse(key string) string {
	u, err := url.Parse(t.base)
	if err != nil || u.Host == "api.atlassian.com" {
		return ""
	}
	return t.base + "/browse/" + url.PathEscape(key)
}
