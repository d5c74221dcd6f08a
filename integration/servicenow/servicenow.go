// Package servicenow keeps a change request in ServiceNow for each group of
// findings, and for each event that is worth one: a breaking change, a sunset
// that is near. It writes to the table of changes, finds a change by its
// correlation ID, leaves a work note where findings change, and ends the change
// when they are mended, as the change model of the instance allows.
//
// It decides nothing about a change: approvals, risk and schedule are for those
// who work there.
package servicenow

import (
	"context"
	_ "embed"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/internal/upsert"
	"github.com/plumbapi/plumb/integration/message"
)

//go:embed manifest.yaml
var manifestYAML []byte

var manifest = integration.Embedded(manifestYAML)

// Tool is the integration with ServiceNow.
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
	d = withEvents(d)
	t, err := newTracker(c, d)
	if err != nil {
		return receipt, err
	}
	return receipt, upsert.Run(ctx, t, c, d, upsert.Options{Wanted: t.wanted}, receipt)
}

// States implements [integration.Follower].
func (Tool) States(ctx context.Context, c *integration.Client, d *integration.Delivery) ([]integration.State, error) {
	d = withEvents(d)
	t, err := newTracker(c, d)
	if err != nil {
		return nil, err
	}
	return upsert.States(ctx, t, d)
}

func newTracker(c *integration.Client, d *integration.Delivery) (*tracker, error) {
	t := &tracker{c: c, d: d.In(c.Inputs["language"]), base: strings.TrimRight(c.Inputs["url"], "/"), version: "v2"}
	if c.Inputs["edition"] == "v1" {
		t.version = "v1"
	}
	for rule := range strings.SplitSeq(c.Inputs["rules"], ",") {
		if rule = strings.TrimSpace(rule); rule != "" {
			t.rules = append(t.rules, rule)
		}
	}
	switch {
	case c.Inputs["client_id"] == "" && c.Inputs["user"] == "":
		return nil, c.Errorf(integration.Config, 0, "set SERVICENOW_USER and SERVICENOW_PASSWORD, or SERVICENOW_CLIENT_ID and SERVICENOW_CLIENT_SECRET", "there are no credentials")
	case c.Inputs["type"] == "standard" && !isID(c.Inputs["template"]):
		return nil, c.Errorf(integration.Config, 0, "set SERVICENOW_TEMPLATE to the sys_id of a published template, 32 digits of hexadecimal", "a standard change is made from a template")
	}
	return t, nil
}

// wanted says which groups get a change: those that are severe enough, of the
// rules that are named, where any are.
func (t *tracker) wanted(g *message.Group) bool {
	isNamed := len(t.rules) == 0 || slices.ContainsFunc(t.rules, func(rule string) bool {
		start, isPrefix := strings.CutSuffix(rule, "*")
		return rule == g.Rule || isPrefix && strings.HasPrefix(g.Rule, start)
	})
	return isNamed && g.Severity >= describe.Severity(t.c.Inputs["severity"])
}

// withEvents returns the delivery with its events as findings of their own:
// each is about one element, and is over when no run tells of it any more.
func withEvents(d *integration.Delivery) *integration.Delivery {
	if len(d.Events) == 0 {
		return d
	}
	all := *d
	report := *d.Report
	report.Findings = slices.Clone(report.Findings)
	for _, e := range d.Events {
		if e.Type == "report.completed" {
			continue
		}
		text := e.Text
		if !e.Due.IsZero() {
			text += ", due " + e.Due.UTC().Format("2 Jan 2006")
		}
		report.Findings = append(report.Findings, check.Finding{
			Rule: e.Type, Severity: check.Error, Message: text, Location: check.Location{Element: e.Subject},
			Fingerprint: check.Fingerprint(e.Type, d.Product, e.Subject, "event"),
		})
	}
	all.Report = &report
	return &all
}

// isID says whether a text is a sys_id.
func isID(s string) bool { return len(s) == 32 && strings.Trim(s, "0123456789abcdef") == "" }
