package upsert

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/message"
)

// Lister is a Tracker that can list what it has.
type Lister interface {
	// All returns all objects that plumb has made for the product, in whatever
	// state, the oldest first. It must fail rather than leave some out.
	All(ctx context.Context) ([]Object, error)
}

// States says what has become of the objects of a delivery's findings, those
// that it reports and those that it knows from before, in the order of the
// findings. What has no object is left out. Nothing is changed.
func States(ctx context.Context, t Lister, d *integration.Delivery) ([]integration.State, error) {
	all, err := t.All(ctx)
	if err != nil {
		return nil, err
	}
	newest := map[string]*Object{}
	for i := range all {
		if known := newest[all[i].Fingerprint]; known == nil || !known.Open {
			newest[all[i].Fingerprint] = &all[i]
		}
	}
	states := []integration.State{}
	findings := findingsOf(d)
	seen := map[string]bool{}
	for _, g := range append(message.Groups(d), message.Groups(earlier(d))...) {
		o := newest[g.Fingerprint]
		if o == nil || seen[g.Fingerprint] {
			continue
		}
		seen[g.Fingerprint] = true
		states = append(states, integration.State{
			Object: o.Name, URL: o.URL, Status: o.Status, Done: !o.Open, Declined: o.Declined, Fingerprints: findings[g.Fingerprint],
		})
	}
	return states, nil
}

// findingsOf returns the fingerprints of the findings of each group, those from
// before with them, sorted.
func findingsOf(d *integration.Delivery) map[string][]string {
	found := map[string][]string{}
	for _, g := range append(message.Groups(d), message.Groups(earlier(d))...) {
		for i := range g.Findings {
			found[g.Fingerprint] = append(found[g.Fingerprint], g.Findings[i].Fingerprint)
		}
	}
	for group, list := range found {
		slices.Sort(list)
		found[group] = slices.Compact(list)
	}
	return found
}

// earlier is the delivery with what is known from before, and with what its
// policy has set aside, in the place of what it reports.
func earlier(d *integration.Delivery) *integration.Delivery {
	before := *d
	report := *d.Report
	report.Findings = slices.Clone(d.Before)
	for i := range d.Report.Suppressed {
		report.Findings = append(report.Findings, d.Report.Suppressed[i].Finding)
	}
	before.Report = &report
	return &before
}
