// Package view shows the facts of package lifecycle to people and programs:
// what is deprecated and when it goes, as text for a terminal, Markdown for a
// note, one HTML page, JSON, a calendar file (iCalendar) and an OpenAPI
// Overlay; how many elements of each surface are where in their life; and the
// changelog between two versions.
//
// Every view is deterministic and treats names and texts of descriptions as
// hostile. The package decides nothing, finds nothing and reads nothing.
package view

import (
	"fmt"
	"time"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
)

// Options is what a view may know beyond the facts. The zero Options is
// useful.
type Options struct {
	// Width is how many columns the terminal has; 0 means 100.
	Width int
	// Color lets text have colours.
	Color bool
	// All lists every entry where text and Markdown would stop.
	All bool
	// Shown returns a file's name as people know it; nil means as it is.
	Shown func(file string) string
	// Stamp is the moment at which a calendar file is made.
	Stamp time.Time
	// Name names the product in a calendar file and an overlay; "" means
	// "API".
	Name string
}

func (o *Options) name() string {
	if o.Name == "" {
		return "API"
	}
	return safe.Line(o.Name)
}

func (o *Options) shown(file string) string {
	if o.Shown == nil {
		return file
	}
	return o.Shown(file)
}

// surfaceNames are the surfaces as people write them.
var surfaceNames = map[lifecycle.Surface]string{lifecycle.REST: "REST", lifecycle.GraphQL: "GraphQL", lifecycle.Webhooks: "webhooks"}

// date writes a day for people: 22 Nov 2026.
func date(t time.Time) string { return t.Format("2 Jan 2006") }

// moment writes a moment for people, "" for the zero one.
func moment(m lifecycle.Moment) string {
	switch {
	case m.IsZero():
		return ""
	case m.Date.IsZero():
		return safe.Line(m.Release)
	case m.Release == "":
		return date(m.Date)
	}
	return safe.Line(m.Release) + ", " + date(m.Date)
}

// days counts the days from one day to another.
func days(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }

// standing says how an entry stands to today: "in 12 days", "overdue by 605
// days".
func standing(c *lifecycle.Calendar, e *lifecycle.Entry) string {
	n := 0
	if !e.Gone.Date.IsZero() {
		n = days(c.Today, e.Gone.Date)
	}
	switch e.Status {
	case lifecycle.Overdue:
		return "overdue by " + words.Count(-n, "day")
	case lifecycle.Removable:
		if e.Gone.Date.IsZero() || n == 0 {
			return "may go now"
		}
		return "may go, for " + words.Count(-n, "day")
	case lifecycle.Kept:
		return "stays"
	case lifecycle.Undated:
		return "no end given"
	}
	switch {
	case e.Gone.Date.IsZero():
		return "to come"
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	}
	return "in " + words.Count(n, "day")
}

// headline is the answer in a sentence without a period.
func headline(c *lifecycle.Calendar) string {
	if len(c.Entries) == 0 {
		return "Nothing is deprecated"
	}
	text := words.Count(len(c.Entries), "element") + " deprecated"
	for _, s := range lifecycle.Statuses() {
		if n := c.Count(s); n > 0 {
			text += ", " + fmt.Sprintf("%s %s", words.Number(n), statusWords[s])
		}
	}
	return text
}

// statusWords say a status behind a number.
var statusWords = map[lifecycle.Status]string{
	lifecycle.Overdue: "overdue", lifecycle.Removable: "may go by the policy", lifecycle.Ahead: "with an end to come",
	lifecycle.Undated: "without an end", lifecycle.Kept: "to stay by the policy",
}

// statusMarks are the colours of a status on a page.
var statusMarks = map[lifecycle.Status]string{
	lifecycle.Overdue: "error", lifecycle.Removable: "warning", lifecycle.Ahead: "info", lifecycle.Undated: "", lifecycle.Kept: "",
}

// group is the entries that go at one moment, or for which there is none.
type group struct {
	gone    lifecycle.Moment
	status  lifecycle.Status
	by      lifecycle.By
	entries []*lifecycle.Entry
}

// groups puts entries together that go at the same moment.
func groups(c *lifecycle.Calendar) []group {
	var out []group
	for i := range c.Entries {
		e := &c.Entries[i]
		if n := len(out); n > 0 && out[n-1].gone == e.Gone && out[n-1].status == e.Status && out[n-1].by == e.By {
			out[n-1].entries = append(out[n-1].entries, e)
			continue
		}
		out = append(out, group{e.Gone, e.Status, e.By, []*lifecycle.Entry{e}})
	}
	return out
}

// heading names a group: "1 Apr 2025".
func (g *group) heading() string {
	if text := moment(g.gone); text != "" {
		return text
	}
	switch g.status {
	case lifecycle.Kept:
		return "Stays"
	case lifecycle.Removable:
		return "Any time"
	}
	return "No end given"
}

// by says whose end it is.
func by(e *lifecycle.Entry) string {
	if e.By == lifecycle.ByPolicy {
		return "by policy"
	}
	return ""
}
