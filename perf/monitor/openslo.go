package monitor

import (
	"fmt"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// openSLO is the version of the specification that is written.
const openSLO = "openslo/v1"

// The annotations by which the plan can be read back.
const (
	AnnotationOperation = "plumb/operation"
	AnnotationKind      = "plumb/kind"
	AnnotationWithin    = "plumb/within"
)

// OpenSLO writes the objectives in OpenSLO v1: a service, an SLO for each
// objective, and the conditions and policies of its alerts. Annotations say
// which operation and which latency an SLO is for, in the words of the plan.
//
// The specification lets a condition have one window and a policy one
// condition, so each pair of windows is a policy by its long window, and the
// short one is how long the condition has to last. A target has to be below 1:
// an objective that allows no bad request at all is left out, and a comment
// says so.
func OpenSLO(p *perf.Plan) ([]byte, error) {
	s, err := newSource(p)
	if err != nil {
		return nil, err
	}
	w := &openSLOWriter{source: s, policies: map[string]bool{}}
	var b strings.Builder
	s.header(&b, p, "Objectives in OpenSLO")
	var kept []*Objective
	for i := range s.objectives {
		if o := &s.objectives[i]; o.Budget > 0 {
			kept = append(kept, o)
		} else {
			comment(&b, fmt.Sprintf("Note: OpenSLO knows no target of 100 %%; “%s” of %s is not here.", o.Promise(), o.Operation))
		}
	}
	w.document("Service", s.slug, s.service, nil, object{{"description", shortened(s.service+", as its load test sees it.", 1050)}})
	for _, o := range kept {
		w.slo(o)
	}
	w.alerting(kept)
	b.WriteString(w.b.String())
	return []byte(b.String()), nil
}

type openSLOWriter struct {
	*source
	b        strings.Builder
	policies map[string]bool // that have been written
}

func (w *openSLOWriter) document(kind, name, title string, annotations, spec object) {
	metadata := object{{"name", name}, {"displayName", shortened(title, 63)}}
	if len(annotations) > 0 {
		metadata = append(metadata, field{"annotations", annotations})
	}
	if w.b.Len() > 0 { // comments before a separator would be an empty document
		w.b.WriteString("---\n")
	}
	yaml(&w.b, object{{"apiVersion", openSLO}, {"kind", kind}, {"metadata", metadata}, {"spec", spec}})
}

func (w *openSLOWriter) slo(o *Objective) {
	q := w.queries(o)
	source := func(query func(string) string) object {
		return object{{"metricSource", object{{"type", "Prometheus"}, {"spec", object{{"query", block(query(""))}}}}}}
	}
	annotations := object{{AnnotationOperation, o.Operation}, {AnnotationKind, string(o.Kind)}}
	if o.Kind == Latency {
		annotations = append(annotations, field{AnnotationWithin, o.Within.String()})
	}
	var policies list
	for _, win := range windows(w.period, o.Budget) {
		policies = append(policies, object{{"alertPolicyRef", w.policyName(&win)}})
	}
	w.document("SLO", o.Name, o.Operation, annotations, object{
		{"description", shortened(fmt.Sprintf("%s: %s over %s.", o.Operation, o.Promise(), span(w.period)), 1050)},
		{"service", w.slug},
		{"indicator", object{
			{"metadata", object{{"name", o.Name}}},
			{"spec", object{{"ratioMetric", object{{"counter", true}, {"good", source(q.good)}, {"total", source(q.total)}}}}},
		}},
		{"timeWindow", list{object{{"duration", openSLOSpan(w.period)}, {"isRolling", true}}}},
		{"budgetingMethod", "Occurrences"},
		{"objectives", list{object{{"displayName", shortened(o.Promise(), 63)}, {"target", raw(number(o.Target))}}}},
		{"alertPolicies", policies},
	})
}

// policyName names the policy of a pair of windows, which is the same for all
// objectives unless a factor was lowered.
func (w *openSLOWriter) policyName(win *window) string {
	return slugOf(fmt.Sprintf("%s-%s-burn-%s", win.severity, span(win.long), number(win.factor)), 63)
}

// alerting writes each policy that an SLO refers to, once.
func (w *openSLOWriter) alerting(objectives []*Objective) {
	for _, o := range objectives {
		for _, win := range windows(w.period, o.Budget) {
			name := w.policyName(&win)
			if w.policies[name] {
				continue
			}
			w.policies[name] = true
			title := fmt.Sprintf("budget burns %s times too fast over %s", number(rounded(win.factor, 4)), span(win.long))
			w.document("AlertCondition", name, title, nil, object{
				{"severity", string(win.severity)},
				{"condition", object{
					{"kind", "burnrate"}, {"op", "gt"}, {"threshold", raw(number(win.factor))},
					{"lookbackWindow", openSLOSpan(win.long)}, {"alertAfter", openSLOSpan(win.short)},
				}},
			})
			w.document("AlertPolicy", name, title, nil, object{
				{"alertWhenBreaching", true},
				{"alertWhenResolved", false},
				{"alertWhenNoData", true},
				{"conditions", list{object{{"conditionRef", name}}}},
				{"notificationTargets", list{object{{"targetRef", string(win.severity)}}}},
			})
		}
	}
	for _, sev := range []severity{page, ticket} {
		used := false
		for _, o := range objectives {
			for _, win := range windows(w.period, o.Budget) {
				used = used || win.severity == sev
			}
		}
		if used {
			w.document("AlertNotificationTarget", string(sev), string(sev), nil, object{{"target", string(sev)}})
		}
	}
}

// openSLOSpan writes a duration as OpenSLO has it, in one unit.
func openSLOSpan(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d%day == 0:
		return fmt.Sprintf("%dd", d/day)
	case d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return fmt.Sprintf("%dm", d/time.Minute)
}

// shortened cuts a text to so many characters.
func shortened(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
