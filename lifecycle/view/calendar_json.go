package view

import (
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
)

// CalendarFacts is a calendar as JSON has it.
type CalendarFacts struct {
	Today   string      `json:"today"`
	Policy  string      `json:"policy"`
	Entries []EntryFact `json:"entries"`
}

// EntryFact is an entry as JSON has it. Days are as RFC 3339 has them, "" where
// none is known.
type EntryFact struct {
	Surface     string         `json:"surface"`
	Kind        string         `json:"kind"`
	Name        string         `json:"name"`
	Stability   string         `json:"stability"`
	Uses        int            `json:"uses"`
	Since       MomentFact     `json:"since"`
	Gone        MomentFact     `json:"gone"`
	By          string         `json:"by"`
	Status      string         `json:"status"`
	Days        *int           `json:"days"`
	Why         string         `json:"why"`
	Replacement string         `json:"replacement"`
	Reason      string         `json:"reason"`
	Carriers    []string       `json:"carriers"`
	Location    check.Location `json:"location"`
}

// MomentFact is a moment as JSON has it.
type MomentFact struct {
	Date    string `json:"date"`
	Release string `json:"release"`
}

// CalendarJSON returns a calendar for JSON. Days are counted from today to the
// end, and less than 0 where that is past.
func CalendarJSON(c *lifecycle.Calendar, o Options) CalendarFacts {
	f := CalendarFacts{Policy: c.Policy}
	if !c.Today.IsZero() {
		f.Today = c.Today.Format(time.DateOnly)
	}
	for i := range c.Entries {
		e := &c.Entries[i]
		at := e.Location
		at.File = o.shown(at.File)
		fact := EntryFact{
			Surface: string(e.Surface), Kind: string(e.Kind), Name: e.Name, Stability: e.Stability.Rank().String(), Uses: e.Uses,
			Since: momentFact(e.Since), Gone: momentFact(e.Gone), By: string(e.By), Status: string(e.Status), Why: e.Why,
			Replacement: e.Replacement, Reason: e.Reason, Carriers: e.Carriers, Location: at,
		}
		if !e.Gone.Date.IsZero() {
			n := days(c.Today, e.Gone.Date)
			fact.Days = &n
		}
		f.Entries = append(f.Entries, fact)
	}
	return f
}

func momentFact(m lifecycle.Moment) MomentFact {
	f := MomentFact{Release: m.Release}
	if !m.Date.IsZero() {
		f.Date = m.Date.Format(time.DateOnly)
	}
	return f
}
