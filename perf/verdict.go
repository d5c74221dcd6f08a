package perf

import "slices"

// Verdict is what a judgement says of an operation.
type Verdict string

// The verdicts.
const (
	// Pass says that the budget was kept, with the confidence of the run.
	Pass Verdict = "pass"
	// Fail says that it was not.
	Fail Verdict = "fail"
	// Inconclusive says that there were too few requests to know.
	Inconclusive Verdict = "inconclusive"
	// Invalid says that the measurement cannot be trusted: nothing was sent,
	// the generator was late, the target could not be reached.
	Invalid Verdict = "invalid"
)

// Worse returns the worse of two verdicts: invalid, fail, inconclusive, pass.
// What has no verdict yet is better than any.
func Worse(a, b Verdict) Verdict {
	order := []Verdict{"", Pass, Inconclusive, Fail, Invalid}
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}

// Judgement is what a result is worth by the budgets of its plan.
type Judgement struct {
	// Verdict is the worst of all: invalid, fail, inconclusive, pass.
	Verdict Verdict `json:"verdict"`
	// Reasons say why the whole measurement is invalid; empty otherwise.
	Reasons []string `json:"reasons"`
	// Notes are what a reader has to know to take the numbers rightly, a
	// sentence each: from when times are measured, what was left out.
	Notes      []string `json:"notes"`
	Operations []Judged `json:"operations"`
}

// Judged is the verdict on one operation.
type Judged struct {
	Operation string  `json:"operation"`
	Verdict   Verdict `json:"verdict"`
	// Reason is one sentence that says why, with the numbers.
	Reason  string   `json:"reason"`
	Demands []Demand `json:"demands"`
}

// Demand is one demand of a budget and how it was met.
type Demand struct {
	// Kind is latency, errors or rate.
	Kind string `json:"kind"`
	// Objective is that of a latency demand.
	Objective Objective `json:"objective"`
	Verdict   Verdict   `json:"verdict"`
	Reason    string    `json:"reason"`
	// By says what decided: "certain" where counts alone do, "sequential" for
	// the test that may end a run early, "interval" for the one of a run that
	// went to its end; "" where nothing did.
	By string `json:"by"`
	// Allowed is the share of requests, 0 to 1, that may miss it; Missed how
	// many of Total, which are those that were due, did at most, and
	// MissedAtLeast at least. The two differ where requests were not sent for
	// reasons that are not the service's, and where a histogram does not say on
	// which side of a threshold a request was. Planned is how many requests the
	// whole plan has.
	Allowed       float64 `json:"allowed"`
	Missed        uint64  `json:"missed"`
	MissedAtLeast uint64  `json:"missed_at_least"`
	Total         uint64  `json:"total"`
	Planned       uint64  `json:"planned"`
	// Rate and LeastRate are those of a rate demand, in good requests per second.
	Rate      float64 `json:"rate"`
	LeastRate float64 `json:"least_rate"`
	// Low and High are the ends of the interval, at 99 % confidence, of the
	// share that misses it.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// Effect is how many requests count for one, since they depend on each
	// other.
	Effect float64 `json:"effect"`
	// Required is how many requests a run needs to decide, where this one did
	// not, 0 where no number is enough; Detectable the least share this run would
	// have told from Allowed, in nine of ten runs.
	Required   uint64  `json:"required"`
	Detectable float64 `json:"detectable"`
}
