// Package jama keeps an item in Jama Connect for each group of findings, traced
// to the item that states the rule. Numbers of types, fields and options differ
// from one instance to the next, so they are looked up by name before anything
// is written. An item is found by a custom field that holds the group's mark.
//
// It designs no project: the type, its field and its status are set up once, by
// hand.
package jama

import (
	"context"
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/internal/upsert"
)

//go:embed manifest.yaml
var manifestYAML []byte

var manifest = integration.Embedded(manifestYAML)

// Tool is the integration with Jama Connect.
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
	t, err := newTracker(ctx, c, d)
	if err != nil {
		return receipt, err
	}
	return receipt, upsert.Run(ctx, t, c, d, upsert.Options{Least: describe.Severity(c.Inputs["severity"])}, receipt)
}

// States implements [integration.Follower].
func (Tool) States(ctx context.Context, c *integration.Client, d *integration.Delivery) ([]integration.State, error) {
	t, err := newTracker(ctx, c, d)
	if err != nil {
		return nil, err
	}
	return upsert.States(ctx, t, d)
}

// newTracker looks up what the instance calls type, field and options.
func newTracker(ctx context.Context, c *integration.Client, d *integration.Delivery) (*tracker, error) {
	t := &tracker{c: c, d: d.In(c.Inputs["language"]), api: strings.TrimRight(c.Inputs["url"], "/") + "/rest/v1", oauth: c.Inputs["edition"] != "self-hosted"}
	for _, n := range []struct {
		name     string
		into     *int
		required bool
	}{{"project", &t.project, true}, {"parent", &t.parent, false}, {"rule_item", &t.rule, false}} {
		text := c.Inputs[n.name]
		value, err := strconv.Atoi(text)
		if text == "" && !n.required {
			continue
		}
		if err != nil || value < 1 {
			return nil, c.Errorf(integration.Config, 0, "give the API ID, which the address of the item or project in Jama ends with", "the input %s is no number of Jama", n.name)
		}
		*n.into = value
	}
	switch {
	case t.oauth && (c.Inputs["client_id"] == "" || c.Inputs["client_secret"] == ""):
		return nil, c.Errorf(integration.Config, 0, "set JAMA_CLIENT_ID and JAMA_CLIENT_SECRET, or JAMA_EDITION to self-hosted", "there are no credentials of an API client")
	case !t.oauth && (c.Inputs["user"] == "" || c.Inputs["password"] == ""):
		return nil, c.Errorf(integration.Config, 0, "set JAMA_USER and JAMA_PASSWORD", "there are no credentials of a user")
	}
	for word := range strings.SplitSeq(c.Inputs["declined"], ",") {
		t.declined = append(t.declined, strings.ToLower(strings.TrimSpace(word)))
	}
	return t, t.discover(ctx)
}

func (t *tracker) isDeclined(option string) bool {
	return option != "" && slices.Contains(t.declined, strings.ToLower(option))
}
