package monitor

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// Pyrra writes the objectives as resources that Pyrra reads
// (pyrra.dev/v1alpha1), one document each.
//
// Pyrra takes one selector for what is good and in time. Where errors are told
// by several labels, none says that, and latency counts failed requests that
// were fast as good; a comment says so.
func Pyrra(p *perf.Plan) ([]byte, error) {
	s, err := newSource(p)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	s.header(&b, p, "Objectives for Pyrra")
	if s.metrics.Native || len(s.errors) != 1 {
		comment(&b, "Note: latency counts fast requests that failed as good, since no single selector of Pyrra leaves them out.")
	}
	for i := range s.objectives {
		if i > 0 { // comments before a separator would be an empty document
			b.WriteString("---\n")
		}
		yaml(&b, s.pyrra(&s.objectives[i]))
	}
	return []byte(b.String()), nil
}

func (s *source) pyrra(o *Objective) object {
	labels := object{}
	for _, l := range s.labels {
		if isLabelValue(l.value) {
			labels = append(labels, field{"pyrra.dev/" + l.name, l.value})
		}
	}
	labels = append(labels, field{"pyrra.dev/service", s.slug})
	return object{
		{"apiVersion", "pyrra.dev/v1alpha1"},
		{"kind", "ServiceLevelObjective"},
		{"metadata", object{{"name", o.Name}, {"labels", labels}}},
		{"spec", object{
			{"target", percentage(o.Target)},
			{"window", span(s.period)},
			{"description", fmt.Sprintf("%s: %s.", o.Operation, o.Promise())},
			{"indicator", s.indicator(o)},
		}},
	}
}

// indicator says what is measured, in selectors.
func (s *source) indicator(o *Objective) object {
	metric := func(suffix string, more ...matcher) object {
		list := append([]matcher{{s.metrics.Operation, "=", o.Value}}, more...)
		return object{{"metric", selector(s.metrics.Histogram+suffix, list...)}}
	}
	total := "_count"
	if s.metrics.Native {
		total = "" // the histogram has a count of its own
	}
	switch {
	case o.Kind == Errors:
		return object{{"ratio", object{{"errors", metric(total, s.errors...)}, {"total", metric(total)}}}}
	case s.metrics.Native:
		return object{{"latencyNative", object{{"latency", pyrraTime(o.Within)}, {"total", metric("")}}}}
	}
	var good []matcher
	if len(s.errors) == 1 {
		good = append(good, s.errors[0].not())
	}
	// Pyrra reads a number from the label, so there is no way to leave it open
	// how whole seconds are written; this is how Prometheus 3 stores them.
	edge := edgeText(o.Within)
	if f := o.Within.Seconds(); f == math.Trunc(f) {
		edge += ".0"
	}
	return object{{"latency", object{
		{"success", metric("_bucket", append(good, matcher{"le", "=", edge})...)},
		{"total", metric("_count")},
	}}}
}

// pyrraTime writes a time in whole milliseconds, the finest that Prometheus'
// durations know, and never a shorter one.
func pyrraTime(d time.Duration) string {
	return fmt.Sprintf("%dms", (d+time.Millisecond-1)/time.Millisecond)
}

// isLabelValue tells whether a text can be the value of a label in Kubernetes.
func isLabelValue(text string) bool {
	if text == "" || len(text) > 63 {
		return false
	}
	for i, r := range text {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		case i > 0 && i < len(text)-1 && (r == '-' || r == '_' || r == '.'):
		default:
			return false
		}
	}
	return true
}
