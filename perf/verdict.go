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
	Reasons    []string `json:"reasons"`
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
	// Allowed is the share of requests, 0 to 1, that may miss it; Missed how
	// many of Total did. Rate and LeastRate are those of a rate demand, in good
	// requests per second.
	Allowed   float64 `json:"allowed"`
	Missed    uint64  `json:"missed"`
	Total     uint64  `json:"total"`
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
	// not; Detectable the least share this run would have told from Allowed.
	Required   uint64  `json:"required"`
	Detectable float64 `json:"detectable"`
}
