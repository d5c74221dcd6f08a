package catalog

import (
	"fmt"
	"strings"
	"time"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/openapi"
)

// Practice is what is known of integrations from having used them.
type Practice struct {
	// Use is what deliveries have left, by the name of the integration.
	Use map[string]integration.Use
	// Faults are those that were found in use. Nil means that nobody keeps
	// account of them, empty that there were none.
	Faults []Fault
}

// Fault is something that was wrong with an integration in use.
type Fault struct {
	Integration string
	// Severity is 1 for nothing works, 2 for something important does not, 3
	// and 4 for less.
	Severity int
	// Opened is the day on which it was found, Closed that on which it was
	// mended; zero where it is open.
	Opened, Closed time.Time
	Summary        string
}

// MaxFaults bounds a file of faults, in bytes.
const MaxFaults = 1 << 20

// FaultShape says what a file of faults may hold.
func FaultShape() *form.Shape {
	day := func(doc string) *form.Shape {
		return &form.Shape{Kind: form.Text, Doc: doc, Valid: func(text string) string {
			if _, err := time.Parse(time.DateOnly, text); err != nil {
				return "is no day, such as 2026-11-01"
			}
			return ""
		}}
	}
	return &form.Shape{
		Kind: form.Mapping, Doc: "Faults of integrations that were found in use.", Required: []string{"faults"},
		Fields: []form.Field{{Key: "faults", Shape: &form.Shape{Kind: form.List, Doc: "The faults; [] says that there were none.", Item: &form.Shape{
			Kind: form.Mapping, Doc: "One fault.", Required: []string{"integration", "severity", "opened", "summary"},
			Fields: []form.Field{
				{Key: "integration", Shape: &form.Shape{Kind: form.Text, Doc: "The name of the integration."}},
				{Key: "severity", Shape: &form.Shape{Kind: form.Number, Doc: "1: nothing works; 2: something important does not; 3 and 4: less.", Min: 1, Max: 4}},
				{Key: "opened", Shape: day("The day on which it was found.")},
				{Key: "closed", Shape: day("The day on which it was mended; without it the fault is open.")},
				{Key: "summary", Shape: &form.Shape{Kind: form.Text, Doc: "What was wrong, in a line."}},
			},
		}}}},
	}
}

// ParseFaults reads a file of faults; the result is never nil without an error,
// which is a *[integration.FileError].
func ParseFaults(name string, data []byte) ([]Fault, error) {
	root, err := form.Read(name, data, MaxFaults)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, &form.FileError{Name: name, Problems: []form.Problem{{Line: 1, Column: 1, Message: "the file is empty; expected faults, a list that may be []"}}}
	}
	if err := form.Failed(name, form.Check(root, FaultShape())); err != nil {
		return nil, err
	}
	faults := []Fault{}
	for _, n := range root.Get("faults").Children() {
		severity, _ := n.Get("severity").Int() // the shape says that it is a number
		faults = append(faults, Fault{
			Integration: n.Get("integration").Text(), Severity: int(severity), Opened: dayOf(n.Get("opened")), Closed: dayOf(n.Get("closed")),
			Summary: n.Get("summary").Text(),
		})
	}
	return faults, nil
}

// dayOf is the zero time where there is no day.
func dayOf(n *openapi.Node) time.Time {
	t, _ := time.Parse(time.DateOnly, n.Text()) // the shape says that it is one
	return t
}

// What is asked of an integration that is in use, instead of a rating.
const (
	daysInUse = 90
	longGap   = 14 // days without a delivery
)

// satisfying is L06: a rating, or long use without trouble.
func satisfying(b *bench) (verdict, string) {
	rated, origin := b.measure(userScore, "L06")
	if rated.status == Passed {
		return rated, origin
	}
	used := b.used()
	switch {
	case used.status == Passed:
		return used, "ran"
	case used.status == Unknown:
		rated.reason += "; " + used.reason
		return rated, origin
	case rated.status == Unknown: // of what is known more is to be said
		return used, "ran"
	}
	rated.reason += "; " + used.reason
	return rated, origin
}

// used says whether the integration was in use for long enough, by what its
// deliveries have left, and without a serious fault.
func (b *bench) used() verdict {
	p, now := b.options.Practice, b.options.Now
	u, known := p.Use[b.manifest.Name]
	if !known {
		return verdict{status: Unknown, reason: "no delivery of it is on record here"}
	}
	since := fmt.Sprintf("in use since %s, with deliveries on %s", day(u.First), words.Count(u.Days, "day"))
	if now.Before(u.Last) {
		return fail("%s; the last of them is in the future", since)
	}
	if d := integration.DaysBetween(u.First, now); d < daysInUse {
		return fail("%s: %s; it needs %d", since, words.Count(d, "day"), daysInUse)
	}
	if gap := max(u.Gap, integration.DaysBetween(u.Last, now)); gap > longGap {
		return fail("%s, and for %d days without any; %d may pass", since, gap, longGap)
	}
	for _, o := range b.done {
		if strings.HasPrefix(o.Check.ID, "L") && !o.Holds() {
			return fail("%s, and %s does not hold", since, o.Check.ID)
		}
	}
	if p.Faults == nil {
		return verdict{status: Unknown, reason: since + ", and nobody keeps account of its faults"}
	}
	for _, f := range p.Faults {
		if f.Integration != b.manifest.Name || f.Severity > 2 || f.Opened.After(now) {
			continue
		}
		switch {
		case f.Closed.IsZero():
			return fail("%s; since %s a fault of severity %d is open: %.120q", since, day(f.Opened), f.Severity, f.Summary)
		case integration.DaysBetween(f.Closed, now) < daysInUse:
			return fail("%s; a fault of severity %d was open until %s: %.120q", since, f.Severity, day(f.Closed), f.Summary)
		}
	}
	return pass("%s, L01 to L05 hold, and no fault of severity 1 or 2 was open for %d days", since, daysInUse)
}
