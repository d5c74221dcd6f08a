package view

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/snapshot"
)

// headline says in a sentence what changed since last time, what got worse
// first; where nothing did, or nothing is known, how things stand.
func (v *view) headline(a *apiView) {
	a.status = v.standing(a)
	stand := v.stand(a)
	switch {
	case a.before == nil:
		a.headline = "First snapshot: " + sentence(stand)
		return
	case a.change.Empty():
		a.headline = "Nothing changed since " + date(a.before.At) + ": " + sentence(stand)
		return
	}
	worse, better := v.moves(a)
	since := "Since " + date(a.before.At)
	switch {
	case len(worse) == 0 && len(better) == 0:
		a.headline = since + " nothing that counts got better or worse: " + sentence(stand)
	case len(worse) == 0:
		a.headline = since + " " + sentence(better)
	case len(better) == 0:
		a.headline = since + " " + sentence(worse)
	default:
		a.headline = since + " " + list(worse) + "; for the better, " + sentence(better)
	}
}

// moves says what got worse and what got better, the weightiest first, at most
// four of each.
func (v *view) moves(a *apiView) (worse, better []string) {
	c := a.change
	if n := len(c.Broke); n > 0 {
		worse = append(worse, words.Count(n, "budget")+" broke"+some(c.Broke))
	}
	if n := len(c.Mended); n > 0 {
		better = append(better, words.Count(n, "budget")+" "+isAre(n)+" kept again"+some(c.Mended))
	}
	if n := len(c.Opened); n > 0 {
		worse = append(worse, words.Count(n, "gap")+" opened"+some(c.Opened))
	}
	if n := len(c.Closed); n > 0 {
		better = append(better, words.Count(n, "gap")+" closed"+some(c.Closed))
	}
	for _, d := range c.Metrics {
		m := snapshot.FindMetric(d.Metric)
		text := v.move(m, d, len(c.Opened)+len(c.Closed) > 0)
		if text == "" {
			continue
		}
		if m.Better(d.Was, d.Now) < 0 {
			worse = append(worse, text)
		} else {
			better = append(better, text)
		}
	}
	return worse[:min(len(worse), 4)], better[:min(len(better), 4)]
}

// move says what became of one of the metrics that headlines are made of; "" for
// any other.
func (v *view) move(m *snapshot.Metric, d snapshot.Delta, gaps bool) string {
	n := int(math.Abs(d.Now - d.Was))
	switch m.ID {
	case "parity.breadth", "docs.described", "webhooks.matching":
		if math.Abs(d.Now-d.Was) < 0.0005 || m.ID == "parity.breadth" && gaps && math.Abs(d.Now-d.Was) < 0.001 {
			return ""
		}
		verb := "rose"
		if d.Now < d.Was {
			verb = "fell"
		}
		return m.Short + " " + verb + " " + points(d) + " to " + m.Write(d.Now)
	case "lint.errors", "lifecycle.overdue", "lifecycle.breaking", "waivers.expired", "gates.incomplete":
		verb := " rose by "
		if d.Now < d.Was {
			verb = " fell by "
		}
		return m.Short + verb + words.Number(n) + " to " + m.Write(d.Now)
	}
	return ""
}

// stand says how things stand, in the few numbers that matter most.
func (v *view) stand(a *apiView) (parts []string) {
	now := a.now
	if p := now.Parity; p != nil {
		parts = append(parts, "parity "+words.Percent(p.RESTToGraphQL.Share().Value()))
	}
	if s := now.SLO; s != nil {
		parts = append(parts, words.Number(s.Count("pass"))+" of "+words.Count(len(s.Operations), "budget")+" kept")
	}
	if l := now.Lint; l != nil {
		switch l.Errors {
		case 0:
			parts = append(parts, "no lint errors")
		default:
			parts = append(parts, words.Count(l.Errors, "lint error"))
		}
	}
	if d := now.Docs; d != nil {
		if all := d.Total().Described(); all.Whole > 0 {
			parts = append(parts, words.Percent(all.Value())+" described")
		}
	}
	if n := v.count(a, "lifecycle.overdue"); n > 0 {
		parts = append(parts, words.Count(n, "overdue deprecation"))
	}
	return parts
}

// standing is the colour of an API: red for what is broken, yellow for what will
// be.
func (v *view) standing(a *apiView) string {
	broken, soon := 0, 0
	for _, id := range []string{"gates.incomplete", "slo.broken", "lint.errors", "lifecycle.overdue", "waivers.expired"} {
		broken += v.count(a, id)
	}
	for _, id := range []string{"slo.unproved", "lifecycle.due_30", "waivers.due_30", "lifecycle.breaking"} {
		soon += v.count(a, id)
	}
	switch {
	case broken > 0:
		return "error"
	case soon > 0:
		return "warning"
	}
	return "good"
}

// count returns a metric that counts, 0 where it was not measured.
func (v *view) count(a *apiView, metric string) int {
	n, _ := snapshot.FindMetric(metric).Value(v.now, a.now)
	return int(n)
}

// lead is the sentence that the page opens with.
func (v *view) lead() string {
	decide := "nothing to decide"
	if n := len(v.decisions); n > 0 {
		decide = words.Count(n, "thing") + " to decide"
	}
	switch len(v.apis) {
	case 0:
		return "There is no API in this snapshot"
	case 1:
		return v.apis[0].label + ": " + decide
	}
	worse := 0
	for _, a := range v.apis {
		if a.change == nil {
			continue
		}
		if w, _ := v.moves(a); len(w) > 0 {
			worse++
		}
	}
	switch {
	case worse == 1:
		return words.Count(len(v.apis), "API") + ", one of which got worse: " + decide
	case worse > 1:
		return words.Count(len(v.apis), "API") + ", " + words.Number(worse) + " of which got worse: " + decide
	}
	return words.Count(len(v.apis), "API") + ": " + decide
}

// status is that of the worst API.
func (v *view) status() string {
	worst := "good"
	for _, a := range v.apis {
		if a.status == "error" || a.status == "warning" && worst == "good" {
			worst = a.status
		}
	}
	return worst
}

// some names the first two of a list, in parentheses.
func some(names []string) string {
	shown := make([]string, 0, 3)
	for i, n := range names {
		if i == 2 {
			shown = append(shown, words.Number(len(names)-2)+" more")
			break
		}
		shown = append(shown, safe.Brief(n))
	}
	return " (" + strings.Join(shown, ", ") + ")"
}

// list joins parts as people do.
func list(parts []string) string {
	switch n := len(parts); n {
	case 0:
		return ""
	case 1:
		return parts[0]
	default:
		return strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
}

func sentence(parts []string) string {
	if len(parts) == 0 {
		return "nothing was measured."
	}
	return list(parts) + "."
}

// points says how far a share moved, in percentage points.
func points(d snapshot.Delta) string {
	n := strconv.FormatFloat(math.Abs(d.Now-d.Was)*100, 'f', 1, 64)
	if n == "1.0" {
		return "1.0 point"
	}
	return n + " points"
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// date writes a day as pages do: 22 Nov 2026.
func date(t time.Time) string { return t.Format("2 Jan 2006") }

// day writes a day such as 2026-11-22 as pages do; a dash for none.
func day(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return "–"
	}
	return date(t)
}

// join joins the parts that are not empty.
func join(sep string, parts ...string) string {
	var list []string
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, sep)
}
