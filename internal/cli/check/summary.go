package check

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report"
)

// The statuses of a gate.
const (
	passed     = "passed"
	failed     = "failed"
	incomplete = "incomplete"
	skipped    = "skipped"
)

// row is one gate of one API, as it is shown.
type row struct {
	project, api string
	gate         *gates.Gate
	status       string
	worst        *check.Finding // of those that fail it; nil where none does
}

// rows are the gates of all APIs, in order.
func (c *call) rows() []row {
	var list []row
	for _, p := range c.parts {
		for i := range p.outcome.APIs {
			api := &p.outcome.APIs[i]
			for j := range api.Gates {
				g := &api.Gates[j]
				r := row{project: p.name, api: api.Name, gate: g, status: passed}
				switch {
				case g.Report == nil:
					r.status = skipped
				case !g.Report.Complete():
					r.status = incomplete
				default:
					if r.worst = c.opts.output.Worst(g.Report); r.worst != nil {
						r.status = failed
					}
				}
				list = append(list, r)
			}
		}
	}
	return list
}

// count is how many gates have a status, ran are all that ran.
func count(rows []row, status string) (n, ran int) {
	for i := range rows {
		if rows[i].status == status {
			n++
		}
		if rows[i].status != skipped {
			ran++
		}
	}
	return n, ran
}

// lead is the answer in a sentence.
func lead(rows []row) string {
	bad, ran := count(rows, failed)
	unfinished, _ := count(rows, incomplete)
	text := "all of " + words.Count(ran, "gate") + " passed"
	switch {
	case ran == 0:
		return "no gate had anything to look at"
	case bad > 0:
		text = words.Number(bad) + " of " + words.Count(ran, "gate") + " failed"
	case unfinished == 0 && ran == 1:
		return "the gate passed"
	case unfinished == 0:
		return text
	default:
		return words.Number(unfinished) + " of " + words.Count(ran, "gate") + " could not finish"
	}
	if unfinished > 0 {
		text += ", " + words.Number(unfinished) + " could not finish"
	}
	return text
}

// found says how many findings a gate has, and how many are set aside.
func (r *row) found() string {
	if r.gate.Report == nil {
		return ""
	}
	errors, warnings, infos := r.gate.Report.Count()
	text := ""
	add := func(n int, noun string) {
		if n > 0 {
			if text != "" {
				text += ", "
			}
			text += noun
		}
	}
	add(errors, words.Count(errors, "error"))
	add(warnings, words.Count(warnings, "warning"))
	add(infos, words.Number(infos)+" to know")
	if text == "" {
		text = "nothing found"
	}
	if n := len(r.gate.Report.Suppressed); n > 0 {
		text += " · " + words.Number(n) + " set aside"
	}
	return text
}

// gateJSON is a gate in the JSON envelope.
type gateJSON struct {
	Name       string  `json:"name"`
	Status     string  `json:"status"`
	Skipped    string  `json:"skipped"`
	Summary    string  `json:"summary"`
	Error      int     `json:"error"`
	Warning    int     `json:"warning"`
	Info       int     `json:"info"`
	Suppressed int     `json:"suppressed"`
	Seconds    float64 `json:"seconds"`
}

// apiJSON is an API in the JSON envelope.
type apiJSON struct {
	Project string     `json:"project"`
	Name    string     `json:"name"`
	Gates   []gateJSON `json:"gates"`
}

// members are what the JSON envelope has beside the findings.
func (c *call) members() []report.Member {
	list := []apiJSON{}
	rows := c.rows()
	for i := range rows {
		r := &rows[i]
		if n := len(list); n == 0 || list[n-1].Project != r.project || list[n-1].Name != r.api {
			list = append(list, apiJSON{Project: r.project, Name: r.api, Gates: []gateJSON{}})
		}
		g := gateJSON{Name: r.gate.Name, Status: r.status, Skipped: r.gate.Skipped, Summary: r.gate.Summary, Seconds: r.gate.Took.Seconds()}
		if rep := r.gate.Report; rep != nil {
			g.Error, g.Warning, g.Info = rep.Count()
			g.Suppressed = len(rep.Suppressed)
		}
		last := &list[len(list)-1]
		last.Gates = append(last.Gates, g)
	}
	return []report.Member{{Name: "apis", Value: list}}
}
