package load

import (
	"time"
)

// Progress is how far a run is, without the weight of a whole result.
type Progress struct {
	// Elapsed is the time since the schedule began, negative before; Duration
	// how long it lasts; WarmUp when warming up ends.
	Elapsed, Duration, WarmUp time.Duration
	// Rate is what the schedule says of this moment, in requests and sessions
	// per second.
	Rate float64
	// UnderWay are the requests and sessions that wait for answers.
	UnderWay int64
	// Lag is the 99th percentile of how late the generator was so far.
	Lag time.Duration
	// Operations are in the order of the plan.
	Operations []OperationProgress
}

// OperationProgress is how far an operation is, without what warms up. What is
// under way is not in it.
type OperationProgress struct {
	Planned, Due, Sent, Good uint64
	// Within are the good requests that met each latency objective.
	Within []uint64
}

// Progress returns how far the run is. It may be called at any time.
func (e *Engine) Progress() Progress {
	now := e.now()
	p := Progress{
		Elapsed: now, Duration: e.schedule.Duration(), WarmUp: e.schedule.WarmUp(),
		Rate: e.schedule.Rate(now), UnderWay: e.sender.crowd.in.Load(),
		Operations: make([]OperationProgress, len(e.plan.Operations)),
	}
	if lag, ok := quantile(e.sender.lags(), 0.99); ok {
		p.Lag = lag
	}
	for i := range p.Operations {
		p.Operations[i] = e.sender.accounts[i].glance()
		p.Operations[i].Planned = e.planned[i]
	}
	return p
}
