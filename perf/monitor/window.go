package monitor

import (
	"math"
	"slices"
	"time"
)

// severity is how much an alert hurries.
type severity string

const (
	page   severity = "page"
	ticket severity = "ticket"
)

// window is a pair of windows and how fast the budget has to burn in both for
// an alert.
type window struct {
	severity    severity
	short, long time.Duration
	// share of the period's budget is gone when the alert fires.
	share float64
	// factor is how many times too fast the budget burns then.
	factor float64
}

// windows returns the pairs for a period and a budget: an alert fires when a
// share of the budget is used within the long window, which is at
//
//	factor = share × period / long
//
// times the rate at which the budget would just last, and ends soon after the
// burning does, by the short window, a twelfth of the long one (Google, The
// Site Reliability Workbook, chapter 5). Two things are added to that. No
// factor is below 0.9, since a budget that lasts is no trouble, however short
// the period; and none is so high that failing all requests would not reach
// it, as 13.44 times a budget of 10 % would be.
func windows(period time.Duration, budget float64) []window {
	const (
		least = 0.9
		most  = 0.9 // of all requests
	)
	all := []window{
		{severity: page, long: time.Hour, share: 0.02},
		{severity: page, long: 6 * time.Hour, share: 0.05},
		{severity: ticket, long: 24 * time.Hour, share: 0.1},
		{severity: ticket, long: 72 * time.Hour, share: 0.1},
	}
	var list []window
	for _, w := range all {
		if 2*w.long > period {
			break
		}
		w.short = w.long / 12
		times := float64(period) / float64(w.long)
		w.factor = math.Max(least, w.share*times)
		if budget > 0 {
			w.factor = math.Min(w.factor, math.Max(least, most/budget))
		}
		w.factor = rounded(w.factor, 6)
		w.share = w.factor / times
		list = append(list, w)
	}
	return list
}

// threshold is the share of bad requests above which the budget burns so fast.
func (w *window) threshold(budget float64) float64 { return w.factor * budget }

// spans are the lengths of all windows, ascending and once each.
func spans(all []window) []time.Duration {
	var list []time.Duration
	for i := range all {
		list = append(list, all[i].short, all[i].long)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
