// Package view shows a snapshot beside its history to a working group: one page
// to read in a meeting (HTML), the same for a wiki or a merge request (Markdown),
// for programs (JSON), a few lines (text), and the table that sets REST, GraphQL and webhooks side by
// side (CSV).
//
// It opens with a sentence for each API that says what changed since the last
// snapshot, then what there is to decide, then the detail. Every writer is
// deterministic and treats the text of snapshots as hostile. Nothing here is
// measured or judged but whether criteria are met, which package snapshot says.
package view

import (
	"cmp"
	"io"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/snapshot"
)

// Input is what is shown.
type Input struct {
	Now *snapshot.Snapshot
	// History are earlier snapshots in order of time; those that are not before
	// Now are passed over.
	History []*snapshot.Snapshot
	// Criteria are what is asked for; nil means [snapshot.DefaultCriteria].
	Criteria *snapshot.Criteria
	// Title names the page; "" means "API report" with the product's name.
	Title string
}

// Formats returns the names of the formats that [Write] knows.
func Formats() []string { return []string{"html", "markdown", "json", "csv", "text"} }

// Write writes one of the formats. The error is w's.
func Write(w io.Writer, format string, in Input) error {
	switch format {
	case "markdown":
		return Markdown(w, in)
	case "json":
		return JSON(w, in)
	case "csv":
		return CSV(w, in.Now)
	case "text":
		return Text(w, in)
	}
	return HTML(w, in)
}

// JSON writes the snapshot with what follows from its history: headlines, changes,
// what to decide, the answers to the criteria, and trends. It is a snapshot that
// [snapshot.Read] reads.
func JSON(w io.Writer, in Input) error {
	v := newView(in)
	now := *in.Now
	now.Version = snapshot.Version
	out := struct {
		*snapshot.Snapshot
		Lead      string     `json:"lead"`
		Decisions []Decision `json:"decisions"`
		Reports   []apiJSON  `json:"reports"`
	}{Snapshot: &now, Lead: v.lead(), Decisions: v.decisions}
	for _, a := range v.apis {
		r := apiJSON{
			Product: a.now.Product, Name: a.now.Name, Headline: a.headline, Change: a.change,
			Criteria: a.answers, Trend: snapshot.Trend(in.History, in.Now, a.now),
		}
		if a.before != nil {
			r.Since = a.before.At.Format("2006-01-02T15:04:05Z")
		}
		out.Reports = append(out.Reports, r)
	}
	return report.Value(w, out)
}

// apiJSON is what follows for one API. Since is the moment of the snapshot that
// the change is against, "" where there is none.
type apiJSON struct {
	Product  string            `json:"product"`
	Name     string            `json:"name"`
	Headline string            `json:"headline"`
	Since    string            `json:"since"`
	Change   *snapshot.Change  `json:"change"`
	Criteria []snapshot.Answer `json:"criteria"`
	Trend    []snapshot.Series `json:"trend"`
}

// view is all that is shown, worked out once.
type view struct {
	in        Input
	now       *snapshot.Snapshot
	criteria  *snapshot.Criteria
	apis      []*apiView
	decisions []Decision
}

// apiView is one API beside what it was.
type apiView struct {
	now, before *snapshot.API
	beforeIn    *snapshot.Snapshot
	change      *snapshot.Change
	answers     []snapshot.Answer
	headline    string
	status      string
	label       string // its name, with its product where there are several
}

func newView(in Input) *view {
	v := &view{in: in, now: in.Now, criteria: in.Criteria}
	if v.criteria == nil {
		v.criteria = snapshot.DefaultCriteria()
	}
	products := map[string]bool{}
	for i := range in.Now.APIs {
		products[in.Now.APIs[i].Product] = true
	}
	for i := range in.Now.APIs {
		a := &apiView{now: &in.Now.APIs[i]}
		a.label = safe.Line(a.now.Name)
		if len(products) > 1 && a.now.Product != "" && a.now.Product != a.now.Name {
			a.label = safe.Line(a.now.Product) + " " + a.label
		}
		a.beforeIn, a.before = snapshot.Before(in.History, in.Now, a.now)
		if a.before != nil {
			a.change = snapshot.Compare(a.beforeIn, a.before, in.Now, a.now)
		}
		a.answers = v.criteria.Answer(in.Now, a.now)
		v.headline(a)
		v.apis = append(v.apis, a)
	}
	v.decide()
	return v
}

func (v *view) title() string {
	return safe.Line(cmp.Or(v.in.Title, join(" ", "API report", v.now.Product)))
}
