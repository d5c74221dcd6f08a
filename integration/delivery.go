package integration

import (
	"slices"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration/internal/phrase"
)

// Delivery is what is to be told: the outcome of one run.
type Delivery struct {
	// ID names the run: equal IDs are the same delivery, so it is what tools
	// without any memory of their own are kept from repeating. At most 64 bytes
	// of A to Z, a to z, 0 to 9, "-", "_" and ".".
	ID string
	// Product is what was checked, such as "tracker".
	Product string
	// At is when, in UTC.
	At time.Time
	// Revision and Branch are the version that was checked; "" where unknown.
	Revision, Branch string
	// Change is the number of the merge or pull request, 0 where there is none.
	Change int
	// URL is where the whole report is read; "" where it is published nowhere.
	URL string
	// Report has the findings, already judged.
	Report *check.Report
	// FailOn is the least severity with which a finding fails the run; 0 for
	// none.
	FailOn check.Severity
	// Before are the findings of the delivery before this one; nil where
	// nothing is known of it, empty where there were none. What is new and what
	// has been mended follow from it.
	Before []check.Finding
	// Events are what happened beside findings: a budget broken, a sunset near.
	Events []Event
	// Language is the language that messages are written in, one of [Languages];
	// what findings and events say is in it as it is. Any other is English.
	Language string
}

// Languages are the tags (BCP 47) of the languages that messages come in, the
// first of which is the default. They are the choices of an input "language".
func Languages() []string { return phrase.Tags() }

// In returns the delivery in another language. Tools that have the input
// "language" tell this one.
func (d *Delivery) In(language string) *Delivery {
	told := *d
	told.Language = language
	return &told
}

// TestRule is the rule of the one finding of a delivery that is a test: it is
// told whatever its severity, so that whoever sets a tool up sees it arrive.
const TestRule = "integration-test"

// Event is something that happened to an API that is worth a message of its own.
type Event struct {
	// Type is "api.breaking_change", "slo.breached", "lifecycle.sunset" or
	// "report.completed".
	Type string
	// Subject is the API's element, "GET /issues" or a schema coordinate.
	Subject string
	// Text says it in a sentence.
	Text string
	// Due is the day on which it takes effect; zero where it has.
	Due time.Time
}

// Failed says whether the run failed: a finding as severe as FailOn, or a run
// that is not complete.
func (d *Delivery) Failed() bool {
	return !d.Report.Complete() || d.FailOn != 0 && d.Report.Worst() >= d.FailOn
}

// New returns the findings that the delivery before did not have, in the order
// of the report; all, where nothing is known of it.
func (d *Delivery) New() []check.Finding { return without(d.Report.Findings, d.Before) }

// Fixed returns the findings of the delivery before that are gone. Those that
// the policy sets aside now are still there, and of a run that is not complete
// nobody knows what is.
func (d *Delivery) Fixed() []check.Finding {
	if !d.Report.Complete() {
		return nil
	}
	there := slices.Clone(d.Report.Findings)
	for i := range d.Report.Suppressed {
		there = append(there, d.Report.Suppressed[i].Finding)
	}
	return without(d.Before, there)
}

// without returns the findings whose fingerprint none of the others has.
func without(findings, others []check.Finding) []check.Finding {
	known := make(map[string]bool, len(others))
	for i := range others {
		known[others[i].Fingerprint] = true
	}
	var rest []check.Finding
	for i := range findings {
		if !known[findings[i].Fingerprint] {
			rest = append(rest, findings[i])
		}
	}
	return rest
}
