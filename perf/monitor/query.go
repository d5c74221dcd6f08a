package monitor

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// queries are the expressions of one objective over a window, as vectors
// without labels: how many requests there were, and how many of them were good
// or bad by the objective. They are requests per second, or, over the window
// "", counts since ever. All give nothing where the operation is not measured,
// and good and bad give 0 where there are none.
type queries struct{ total, good, bad func(window string) string }

func (s *source) queries(o *Objective) queries {
	if s.metrics.Native {
		return s.native(o)
	}
	return s.classic(o)
}

// sum adds up the series of the operation that fulfil some more conditions.
func (s *source) sum(o *Objective, suffix, window string, more ...matcher) string {
	list := append([]matcher{{s.metrics.Operation, "=", o.Value}}, more...)
	series := selector(s.metrics.Histogram+suffix, list...)
	if window == "" {
		return "sum(" + series + ")"
	}
	return "sum(rate(" + series + "[" + window + "]))"
}

// classic reads a histogram with a series for each bucket.
func (s *source) classic(o *Objective) queries {
	q := queries{total: func(w string) string { return s.sum(o, "_count", w) }}
	suffix, edge := "_count", []matcher(nil)
	if o.Kind == Latency {
		suffix, edge = "_bucket", []matcher{edgeMatcher(o.Within)}
	}
	// What is good is not there after a restart with nothing but errors, which
	// is no reason to say nothing; where its bucket is not there at all, it is.
	q.good = func(w string) string {
		all := s.sum(o, suffix, w, edge...)
		if len(s.errors) == 1 {
			return orNone(s.sum(o, suffix, w, append([]matcher{s.errors[0].not()}, edge...)...), all)
		}
		return "(" + all + " - " + orNone(s.sum(o, suffix, w, slices.Concat(s.errors, edge)...), all) + ")"
	}
	q.bad = func(w string) string {
		if o.Kind == Errors {
			return orNone(s.sum(o, "_count", w, s.errors...), q.total(w))
		}
		return q.total(w) + "\n-\n" + q.good(w)
	}
	return q
}

// native reads a native histogram, which is one series.
func (s *source) native(o *Objective) queries {
	count := func(h string) string { return "histogram_count(" + h + ")" }
	some := count
	if o.Kind == Latency {
		// The share of an empty histogram is no number; >= 0 leaves it out.
		some = func(h string) string {
			return "(histogram_fraction(0, " + edgeText(o.Within) + ", " + h + ") * " + count(h) + " >= 0)"
		}
	}
	q := queries{total: func(w string) string { return count(s.sum(o, "", w)) }}
	q.good = func(w string) string {
		if len(s.errors) == 1 {
			return orNone(some(s.sum(o, "", w, s.errors[0].not())), q.total(w))
		}
		return "(" + orNone(some(s.sum(o, "", w)), q.total(w)) + " - " + orNone(some(s.sum(o, "", w, s.errors...)), q.total(w)) + ")"
	}
	q.bad = func(w string) string {
		if o.Kind == Errors {
			return orNone(count(s.sum(o, "", w, s.errors...)), q.total(w))
		}
		return q.total(w) + "\n-\n" + q.good(w)
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
