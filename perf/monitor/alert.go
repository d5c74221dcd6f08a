package monitor

import (
	"fmt"
	"strings"
	"time"
)

// alerts are the alerts of an objective: that its budget burns too fast, as a
// page and as a ticket, and that it is not measured at all.
func (s *source) alerts(o *Objective, opts Options) list {
	all := windows(s.period, o.Budget)
	var rules list
	for _, sev := range []severity{page, ticket} {
		var some []window
		for _, w := range all {
			if w.severity == sev {
				some = append(some, w)
			}
		}
		if len(some) > 0 {
			rules = append(rules, s.burning(o, sev, some, opts))
		}
	}
	return append(rules, s.unmeasured(o, all[len(all)-1]))
}

// alertName names the alert of a burning budget.
func alertName(o *Objective) string {
	if o.Kind == Errors {
		return "SLOErrorBudgetBurn"
	}
	return "SLOLatencyBudgetBurn"
}

// burning fires while both windows of a pair are above their threshold.
func (s *source) burning(o *Objective, sev severity, some []window, opts Options) object {
	var exprs []string
	for i := range some {
		exprs = append(exprs, "(\n"+indented(s.pair(o, &some[i], opts))+"\n)")
	}
	w := &some[0]
	summary := fmt.Sprintf("%s of %s: %s of requests missed “%s”, which uses up the budget of %s too fast",
		literal(o.Operation), literal(s.service), "{{ $value | humanizePercentage }}", literal(o.Promise()), span(s.period))
	return object{
		{"alert", alertName(o)},
		{"expr", block(strings.Join(exprs, "\nor\n"))},
		{"labels", s.alertLabels(o, sev)},
		{"annotations", object{
			{"title", fmt.Sprintf("(%s) %s %s: the error budget burns too fast", sev, literal(s.service), literal(o.Operation))},
			{"summary", summary},
			{"description", s.description(o, some)},
			{"runbook", s.runbook(o, w)},
		}},
	}
}

// pair is the condition of one pair of windows.
func (s *source) pair(o *Objective, w *window, opts Options) string {
	above := func(d time.Duration) string {
		limit := "(" + number(w.factor) + " * " + number(o.Budget) + ")"
		return fmt.Sprintf("max(%s > %s) without (sloth_window)", s.series("slo:sli_error:ratio_rate"+span(d), o), limit)
	}
	expr := above(w.short) + "\nand\n" + above(w.long)
	if least := opts.leastBad(); least > 1 && o.Budget > 0 {
		// Requests in the long window that were bad.
		expr += fmt.Sprintf("\nand\navg_over_time(%s[%s]) * %d >= %d", s.series(badRate, o), span(w.long), int64(w.long/time.Second), least)
	}
	return expr
}

// unmeasured fires where there has been no measurement for as long as the
// longest window is.
func (s *source) unmeasured(o *Objective, w window) object {
	series := s.series("slo:sli_error:ratio_rate"+span(w.long), o)
	measured := matcher{s.metrics.Operation, "=", o.Value}
	return object{
		{"alert", "SLONotMeasured"},
		{"expr", block("absent(" + series + ")")},
		{"for", "1h"},
		{"labels", s.alertLabels(o, ticket)},
		{"annotations", object{
			{"title", fmt.Sprintf("(ticket) %s %s: the objective is not measured", literal(s.service), literal(o.Operation))},
			{"summary", fmt.Sprintf("%s of %s: nothing was measured for %s", literal(o.Operation), literal(s.service), span(w.long))},
			{"description", fmt.Sprintf("No series tells whether “%s” is kept, so no alert would say that it is not.", literal(o.Promise()))},
			{"runbook", "1. Is the metric there under the name and the label that the plan gives?\n   " + literal(selector(s.metrics.Histogram, measured)) +
				"\n2. Is the service scraped?\n3. If nobody calls the operation any more, take it out of the plan and make the rules again.\n"},
		}},
	}
}

// alertLabels tell an alert from all others, so that Prometheus' own check
// finds no two alike.
func (s *source) alertLabels(o *Objective, sev severity) object {
	labels := object{{"severity", string(sev)}, {"sloth_severity", string(sev)}}
	for _, m := range s.identity(o) {
		labels = append(labels, field{m.label, m.value})
	}
	labels = append(labels, field{"operation", literal(o.Operation)}, field{"objective", literal(o.Promise())})
	for _, l := range s.labels {
		labels = append(labels, field{l.name, literal(l.value)})
	}
	return labels
}

// description says what happened, and how soon the budget is gone.
func (s *source) description(o *Objective, some []window) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Objective: %s over %s. ", literal(o.Promise()), span(s.period))
	if o.Budget == 0 {
		b.WriteString("No request at all may miss it, and some did.")
		return b.String()
	}
	fmt.Fprintf(&b, "The budget is %s of requests. It fires when", percent(o.Budget))
	for i := range some {
		w := &some[i]
		if i > 0 {
			b.WriteString(", or")
		}
		fmt.Fprintf(&b, " more than %s missed it over both %s and %s (%s times too fast: %s of the budget in %s)",
			percent(rounded(w.threshold(o.Budget), 4)), span(w.short), span(w.long), number(rounded(w.factor, 4)), percent(rounded(w.share, 4)), span(w.long))
	}
	b.WriteString(".")
	return b.String()
}

// runbook says what to do, in steps.
func (s *source) runbook(o *Objective, w *window) string {
	q := s.queries(o)
	name := span(w.short)
	var b strings.Builder
	b.WriteString("1. How much is left of the budget, and how fast does it burn?\n   ")
	b.WriteString(literal(s.series("slo:period_error_budget_remaining:ratio", o)) + "\n   ")
	b.WriteString(literal(s.series("slo:current_burn_rate:ratio", o)) + "\n")
	fmt.Fprintf(&b, "2. How many requests per second miss it, of how many?\n   %s\n   %s\n",
		literal(oneLine(q.bad(name))), literal(q.total(name)))
	if o.Kind == Latency {
		b.WriteString("3. Is it slow or does it fail? Compare with the share of errors of the same operation.\n")
	} else {
		b.WriteString("3. Which status codes are they, and since when? Compare with the last deployments.\n")
	}
	b.WriteString("4. Roll back or shed load first, search for the cause then; the load test of the same plan shows whether it is gone.\n")
	return b.String()
}

func oneLine(text string) string { return strings.ReplaceAll(text, "\n", " ") }

// literal makes any text stand for itself in a template of Prometheus.
func literal(text string) string {
	return strings.ReplaceAll(text, "{{", `{{"{{"}}`)
}
