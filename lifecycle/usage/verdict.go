package usage

import (
	"fmt"
	"time"

	"github.com/plumbapi/plumb/lifecycle"
)

// Limits say when a log says enough, and how much use is little.
type Limits struct {
	// Gate says that MaxShare is to hold.
	Gate bool `json:"gate"`
	// MaxShare is the share of calls, and of consumers, up to which an
	// element counts as no longer used, from 0 to 1.
	MaxShare float64 `json:"max_share"`
	// MinDays is how many days the logs have to cover, MinCalls how many
	// calls of the API they must have, before silence means anything; 0 means
	// 28 days and 1,000 calls, less than 0 none.
	MinDays  int   `json:"min_days"`
	MinCalls int64 `json:"min_calls"`
}

// Verdict says whether an element can go.
type Verdict string

// The verdicts.
const (
	// Used: it is called, by more than the limit.
	Used Verdict = "used"
	// Little: it is called, by no more than the limit.
	Little Verdict = "little"
	// Unused: nobody calls it, and the logs say enough to tell.
	Unused Verdict = "unused"
	// Unclear: no call is seen, or few, in logs that say too little.
	Unclear Verdict = "unclear"
	// Unseen: no log shows whether it is used.
	Unseen Verdict = "unseen"
)

// Safe reports whether the element can be removed as far as the logs tell.
func (v Verdict) Safe() bool { return v == Unused || v == Little }

func (l *Limits) minDays() int {
	switch {
	case l.MinDays == 0:
		return 28
	case l.MinDays < 0:
		return 0
	}
	return l.MinDays
}

func (l *Limits) minCalls() int64 {
	switch {
	case l.MinCalls == 0:
		return 1000
	case l.MinCalls < 0:
		return 0
	}
	return l.MinCalls
}

// over reports whether an element is used by more than the limit.
func (l *Limits) over(e *Element) bool {
	return e.Calls > 0 && (e.Share > l.MaxShare || e.ConsumerShare > l.MaxShare)
}

// judge gives an element its verdict.
func (r *Result) judge(e *Element, w *watched, all *Total) {
	switch {
	case e.Calls > 0 && r.Limits.over(e):
		e.Verdict, e.Why = Used, "it is called"
		if r.Limits.Gate {
			e.Why = fmt.Sprintf("more than %s of calls or of consumers", percent(r.Limits.MaxShare))
		}
	case e.Calls == 0 && r.hidden(w) != "":
		e.Verdict, e.Why = Unseen, r.hidden(w)
	case r.thin(all) != "":
		e.Verdict, e.Why = Unclear, r.thin(all)
	case e.Calls > 0:
		e.Verdict, e.Why = Little, fmt.Sprintf("no more than %s of calls and of consumers", percent(r.Limits.MaxShare))
	default:
		e.Verdict, e.Why = Unused, "no call in "+r.Window()
	}
}

// hidden says why the use of an element cannot be seen, "" where it can.
func (r *Result) hidden(w *watched) string {
	switch w.seen {
	case inNoLog:
		switch w.Kind {
		case lifecycle.Type:
			return "a type is used through its fields"
		case lifecycle.Parameter:
			return "the logs do not have such parameters"
		}
		return "the logs do not have bodies and headers of answers"
	case inHeaders:
		for i := range r.Logs {
			if r.Logs[i].Format == HAR {
				return ""
			}
		}
		return "only recorded traffic has headers"
	case inQuery:
		if r.REST.Calls > 0 && r.REST.WithQuery == 0 {
			return "no line has the query of a URL"
		}
	}
	return ""
}

// thin says why the logs say too little about an API, "" where they say
// enough.
func (r *Result) thin(all *Total) string {
	switch n := all.Calls; {
	case n == 0:
		return "the logs have no call of its API"
	case n < r.Limits.minCalls():
		return fmt.Sprintf("the logs have %s of its API, and %d are needed", counted(n, "call"), r.Limits.minCalls())
	}
	need := r.Limits.minDays()
	switch days := r.Days(); {
	case need > 0 && r.From == nil:
		return "the logs do not tell the time"
	case days < need:
		return fmt.Sprintf("the logs cover %s, and %d days are needed", r.Window(), need)
	}
	if blind := all.Unread + all.Persisted; all.Calls > 0 && float64(blind) > maxBlind*float64(all.Calls) {
		return fmt.Sprintf("the text of %d of %d calls is not known", blind, all.Calls)
	}
	return ""
}

// maxBlind is the share of GraphQL calls whose text may be unknown before
// silence means nothing.
const maxBlind = 0.01

// Days is how many whole days the logs cover, by their first and last lines.
func (r *Result) Days() int {
	if r.From == nil {
		return 0
	}
	return int((r.To.Sub(*r.From) + time.Minute) / (24 * time.Hour))
}

// Window says which time the logs cover.
func (r *Result) Window() string {
	switch days := r.Days(); {
	case r.From == nil:
		return "an unknown time"
	case days == 1:
		return "1 day"
	case days > 1:
		return fmt.Sprintf("%d days", days)
	}
	if hours := int(r.To.Sub(*r.From) / time.Hour); hours > 1 {
		return fmt.Sprintf("%d hours", hours)
	}
	return "an hour or less"
}

func percent(share float64) string { return fmt.Sprintf("%.3g %%", share*100) }
