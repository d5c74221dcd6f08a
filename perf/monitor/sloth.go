package monitor

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/perf"
)

// Sloth writes the objectives as sloth reads them (prometheus/v1), from which
// it makes rules of its own.
func Sloth(p *perf.Plan) ([]byte, error) {
	s, err := newSource(p)
	if err != nil {
		return nil, err
	}
	var slos list
	for i := range s.objectives {
		slos = append(slos, s.sloth(&s.objectives[i]))
	}
	var b strings.Builder
	s.header(&b, p, "Objectives for sloth")
	yaml(&b, object{{"version", "prometheus/v1"}, {"service", s.slug}, {"slos", slos}})
	return []byte(b.String()), nil
}

func (s *source) sloth(o *Objective) object {
	q := s.queries(o)
	labels := object{{"operation", literal(o.Operation)}, {"objective", literal(o.Promise())}}
	for _, l := range s.labels {
		labels = append(labels, field{l.name, literal(l.value)})
	}
	alert := func(sev severity) object { return object{{"labels", object{{"severity", string(sev)}}}} }
	return object{
		{"name", o.Name},
		{"objective", raw(percentage(o.Target))},
		{"description", fmt.Sprintf("%s: %s over %s.", o.Operation, o.Promise(), span(s.period))},
		{"sli", object{{"events", object{
			{"error_query", slothQuery(q.bad)},
			{"total_query", slothQuery(q.total)},
		}}}},
		{"alerting", object{
			{"name", alertName(o)},
			{"labels", labels},
			{"annotations", object{
				{"summary", fmt.Sprintf("%s of %s misses “%s” and uses up the budget of %s too fast", literal(o.Operation), literal(s.service), literal(o.Promise()), span(s.period))},
			}},
			{"page_alert", alert(page)},
			{"ticket_alert", alert(ticket)},
		}},
	}
}

// slothQuery leaves the window to sloth, which takes a query as a template of
// Go.
func slothQuery(query func(window string) string) block {
	const window = "\x01" // stands in no query
	return block(strings.ReplaceAll(literal(query(window)), window, "{{.window}}"))
}
