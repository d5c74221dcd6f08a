package monitor

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// queries are the expressions of one objective over a window: requests per
// second, as vectors without labels. Both give nothing where the operation is
// not measured, and bad gives 0 where no request was bad.
type queries struct{ total, bad func(window string) string }

func (s *source) queries(o *Objective) queries {
	if s.metrics.Native {
		return s.native(o)
	}
	return s.classic(o)
}

// classic reads a histogram with a series for each bucket.
func (s *source) classic(o *Objective) queries {
	op := matcher{s.metrics.Operation, "=", o.Value}
	sum := func(suffix, window string, more ...matcher) string {
		list := append([]matcher{op}, more...)
		return "sum(rate(" + selector(s.metrics.Histogram+suffix, list...) + "[" + window + "]))"
	}
	q := queries{total: func(w string) string { return sum("_count", w) }}
	if o.Kind == Errors {
		q.bad = func(w string) string { return orNone(sum("_count", w, s.errors...), sum("_count", w)) }
		return q
	}
	edge := edgeMatcher(o.Within)
	q.bad = func(w string) string {
		// What is in time and good is not there after a restart with nothing but
		// errors, which is no reason to say nothing; where the bucket is not
		// there at all, it is.
		fast := sum("_bucket", w, edge)
		if len(s.errors) == 1 {
			return sum("_count", w) + "\n-\n" + orNone(sum("_bucket", w, s.errors[0].not(), edge), fast)
		}
		failed := sum("_bucket", w, append(slices.Clone(s.errors), edge)...)
		return sum("_count", w) + "\n-\n(" + fast + " - " + orNone(failed, fast) + ")"
	}
	return q
}

// native reads a native histogram, which is one series.
func (s *source) native(o *Objective) queries {
	op := matcher{s.metrics.Operation, "=", o.Value}
	sum := func(window string, more ...matcher) string {
		list := append([]matcher{op}, more...)
		return "sum(rate(" + selector(s.metrics.Histogram, list...) + "[" + window + "]))"
	}
	count := func(h string) string { return "histogram_count(" + h + ")" }
	q := queries{total: func(w string) string { return count(sum(w)) }}
	if o.Kind == Errors {
		q.bad = func(w string) string { return orNone(count(sum(w, s.errors...)), count(sum(w))) }
		return q
	}
	// The share of an empty histogram is no number; >= 0 leaves it out.
	within := func(h string) string {
		return "(histogram_fraction(0, " + strconv.FormatFloat(o.Within.Seconds(), 'g', -1, 64) + ", " + h + ") * " + count(h) + " >= 0)"
	}
	q.bad = func(w string) string {
		if len(s.errors) == 1 {
			return count(sum(w)) + "\n-\n" + orNone(within(sum(w, s.errors[0].not())), count(sum(w)))
		}
		return count(sum(w)) + "\n-\n(" + orNone(within(sum(w)), count(sum(w))) + " - " +
			orNone(within(sum(w, s.errors...)), count(sum(w))) + ")"
	}
	return q
}

// orNone is a query that is 0 where it finds nothing and another one does find
// something.
func orNone(query, other string) string { return "(" + query + " or 0 * " + other + ")" }

// edgeMatcher selects the bucket that ends at a time. Prometheus 3 writes whole
// seconds as "1.0", earlier versions and most clients as "1".
func edgeMatcher(d time.Duration) matcher {
	text := edgeText(d)
	if f := d.Seconds(); f == math.Trunc(f) && !strings.Contains(text, "e") {
		return matcher{"le", "=~", text + `(\.0)?`}
	}
	return matcher{"le", "=", text}
}

// edgeText writes a time as clients write it in the label le.
func edgeText(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'g', -1, 64) }

// span writes a duration as PromQL has it: 5m, 1h, 3d, 30d, and whole weeks as
// Prometheus and sloth write them, 4w.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d%(7*day) == 0:
		return strconv.FormatInt(int64(d/(7*day)), 10) + "w"
	case d%day == 0:
		return strconv.FormatInt(int64(d/day), 10) + "d"
	case d%time.Hour == 0:
		return strconv.FormatInt(int64(d/time.Hour), 10) + "h"
	case d%time.Minute == 0:
		return strconv.FormatInt(int64(d/time.Minute), 10) + "m"
	}
	return strconv.FormatInt(int64(d/time.Second), 10) + "s"
}
