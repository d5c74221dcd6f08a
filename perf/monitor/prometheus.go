package monitor

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/perf"
)

// Options says what the rules for Prometheus are to be like. The zero value is
// the usual.
type Options struct {
	// LeastBad is how many bad requests there must have been in the long window
	// for an alert, so that one among three at night wakes nobody; 0 means 5.
	// Where no request at all may be bad, one is enough.
	LeastBad int
}

func (o Options) leastBad() int {
	if o.LeastBad == 0 {
		return 5
	}
	return o.LeastBad
}

// Prometheus writes the rules for Prometheus: three groups for each objective,
// with the shares of bad requests over several windows, what is left of the
// budget, and alerts when it burns too fast in a long and a short window at
// once. Names and labels of the series are those of sloth, so dashboards made
// for sloth show them.
//
// Two things differ from sloth's. The share over the whole period weighs every
// request the same, where sloth's mean of five-minute shares weighs a quiet
// night like a busy noon. And a factor that even an outage could not reach is
// lowered; see the windows in the guide.
func Prometheus(p *perf.Plan, opts Options) ([]byte, error) {
	s, err := newSource(p)
	if err != nil {
		return nil, err
	}
	var groups list
	for i := range s.objectives {
		groups = append(groups, s.groups(&s.objectives[i], opts)...)
	}
	var b strings.Builder
	s.header(&b, p, "Rules for Prometheus")
	yaml(&b, object{{"groups", groups}})
	return []byte(b.String()), nil
}

// header begins a file with what it is and what a reader has to know.
func (s *source) header(b *strings.Builder, p *perf.Plan, what string) {
	comment(b, fmt.Sprintf("%s: %s of %s over %s. Made by plumb from the plan of the load test; change that.",
		what, counted(len(s.objectives), "objective"), s.service, span(s.period)))
	for _, note := range s.notes(p) {
		comment(b, "Note: "+note+".")
	}
}

// comment writes a line of a comment, whatever is in the text.
func comment(b *strings.Builder, text string) {
	quoted := quote(text)
	b.WriteString("# " + strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`) + "\n")
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// groups are the rules of one objective. Prometheus works groups off side by
// side, and the rules of one in order.
func (s *source) groups(o *Objective, opts Options) list {
	group := func(kind string, rules list) object {
		return object{{"name", "plumb-slo-" + kind + "-" + o.ID}, {"rules", rules}}
	}
	return list{
		group("sli-recordings", s.shares(o)),
		group("meta-recordings", s.meta(o)),
		group("alerts", s.alerts(o, opts)),
	}
}

// identity are the labels by which sloth tells objectives apart.
func (s *source) identity(o *Objective) []matcher {
	return []matcher{{"sloth_id", "=", o.ID}, {"sloth_service", "=", s.slug}, {"sloth_slo", "=", o.Name}}
}

// series selects a recorded series of an objective.
func (s *source) series(name string, o *Objective) string { return selector(name, s.identity(o)...) }

// record is a recording rule with the labels of its objective and some more.
func (s *source) record(name, expr string, o *Objective, more ...label) object {
	var labels object
	for _, m := range s.identity(o) {
		labels = append(labels, field{m.label, m.value})
	}
	for _, l := range more {
		labels = append(labels, field{l.name, l.value})
	}
	return object{{"record", name}, {"expr", expression(expr)}, {"labels", labels}}
}

// expression is a text in lines where it has some.
func expression(expr string) any { return block(expr) }

// The series of ours that sloth does not have.
const (
	badRate   = "plumb:slo_bad:rate5m"
	totalRate = "plumb:slo_total:rate5m"
)

// shares records the share of bad requests over each window that an alert
// needs, and over the period.
func (s *source) shares(o *Objective) list {
	q := s.queries(o)
	rules := list{
		s.record(badRate, q.bad("5m"), o),
		s.record(totalRate, q.total("5m"), o),
		s.record("slo:sli_error:ratio_rate5m", s.series(badRate, o)+"\n/\n"+s.series(totalRate, o), o, label{"sloth_window", "5m"}),
	}
	for _, w := range spans(windows(s.period, o.Budget)) {
		if name := span(w); name != "5m" {
			expr := "(\n" + indented(q.bad(name)) + "\n)\n/\n" + q.total(name)
			rules = append(rules, s.record("slo:sli_error:ratio_rate"+name, expr, o, label{"sloth_window", name}))
		}
	}
	name := span(s.period)
	expr := fmt.Sprintf("sum_over_time(%s[%s])\n/\nsum_over_time(%s[%s])", s.series(badRate, o), name, s.series(totalRate, o), name)
	return append(rules, s.record("slo:sli_error:ratio_rate"+name, expr, o, label{"sloth_window", name}))
}

// meta records the objective itself and what is left of its budget.
func (s *source) meta(o *Objective) list {
	over := func(series string) string {
		return series + "\n/ on(sloth_id, sloth_slo, sloth_service) group_left\n" + s.series("slo:error_budget:ratio", o)
	}
	info := []label{
		{"sloth_mode", "plumb"}, {"sloth_objective", percentage(o.Target)},
		{"operation", o.Operation}, {"objective", o.Promise()}, {"measured_as", o.Value},
	}
	return list{
		s.record("slo:objective:ratio", "vector("+number(o.Target)+")", o),
		s.record("slo:error_budget:ratio", "vector("+number(o.Budget)+")", o),
		s.record("slo:time_period:days", "vector("+number(s.period.Hours()/24)+")", o),
		s.record("slo:current_burn_rate:ratio", over(s.series("slo:sli_error:ratio_rate5m", o)), o),
		s.record("slo:period_burn_rate:ratio", over(s.series("slo:sli_error:ratio_rate"+span(s.period), o)), o),
		s.record("slo:period_error_budget_remaining:ratio", "1 - "+s.series("slo:period_burn_rate:ratio", o), o),
		s.record("sloth_slo_info", "vector(1)", o, append(info, s.labels...)...),
	}
}

// indented moves a text two columns to the right.
func indented(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }
