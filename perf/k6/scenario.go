package k6

import (
	"fmt"
	"math"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// scenario is one of ramping-arrival-rate.
type scenario struct {
	Executor        string            `json:"executor"`
	Exec            string            `json:"exec"`
	StartTime       string            `json:"startTime"`
	GracefulStop    string            `json:"gracefulStop"`
	StartRate       int64             `json:"startRate"`
	TimeUnit        string            `json:"timeUnit"`
	PreAllocatedVUs int               `json:"preAllocatedVUs"`
	MaxVUs          int               `json:"maxVUs"`
	Stages          []stage           `json:"stages"`
	Tags            map[string]string `json:"tags"`
}

type stage struct {
	Duration string `json:"duration"`
	Target   int64  `json:"target"`
}

// lead is how long the load of a scenario is ahead of its plan. k6 sends its
// first request when the integral of the rate has reached 1, plumb when it is
// 0; so a stage of a millisecond comes first whose integral is 1, and from
// there on each request is due when plumb's is, and this much later.
const lead = time.Millisecond

// scenarios returns the stages as k6 takes them: a scenario for warming up,
// where there is such a part, and one for what is measured, so that what is
// dropped in one does not move the numbers of the other.
func scenarios(plan *perf.Plan, stages []schedule.Stage, maxVUs int) map[string]*scenario {
	all := map[string]*scenario{}
	var start time.Duration
	for len(stages) > 0 {
		n := 1
		for n < len(stages) && stages[n].WarmUp == stages[0].WarmUp {
			n++
		}
		name := "measure"
		if stages[0].WarmUp {
			name = "warmup"
		}
		s := arrivals(stages[:n])
		s.Exec, s.Tags = name, map[string]string{"phase": name}
		s.StartTime = start.String()
		s.GracefulStop = (plan.Timeout*time.Duration(longest(plan)) + time.Second).String()
		s.PreAllocatedVUs, s.MaxVUs = users(plan, stages[:n], maxVUs)
		// Nothing is due any more, but what is late is still sent.
		s.Stages = append(s.Stages, stage{"0s", 0}, stage{max(plan.CatchUp, time.Second).String(), 0})
		all[name] = s
		for _, st := range stages[:n] {
			start += st.For
		}
		stages = stages[n:]
	}
	return all
}

// arrivals returns the rates of a scenario. k6 takes whole numbers of requests
// in a unit of time, which is chosen so that the rates are whole.
func arrivals(stages []schedule.Stage) *scenario {
	unit := timeUnit(stages)
	rate := func(perSecond float64) int64 { return int64(math.Round(perSecond * unit)) }
	first := rate(1 / lead.Seconds())
	s := &scenario{
		Executor: "ramping-arrival-rate", TimeUnit: fmt.Sprintf("%.0fs", unit),
		StartRate: first, Stages: []stage{{lead.String(), first}},
	}
	at := first
	for _, st := range stages {
		if from := rate(st.From); from != at {
			s.Stages = append(s.Stages, stage{"0s", from})
		}
		at = rate(st.To)
		s.Stages = append(s.Stages, stage{st.For.String(), at})
	}
	return s
}

// timeUnit returns in how many seconds all rates are whole numbers of
// requests, to within a billionth.
func timeUnit(stages []schedule.Stage) float64 {
	whole := func(x float64) bool { return math.Abs(x-math.Round(x)) <= 1e-9*max(1, x) }
	const coarsest = 1e9
	for _, unit := range []float64{1, 10, 60, 100, 1000, 3600, 86_400, 1e6} {
		ok := true
		for _, s := range stages {
			ok = ok && whole(s.From*unit) && whole(s.To*unit)
		}
		if ok {
			return unit
		}
	}
	return coarsest
}

// longest returns how many requests the longest session has, 1 where there is
// none.
func longest(plan *perf.Plan) int {
	n := 1
	for i := range plan.Sessions {
		n = max(n, len(plan.Sessions[i].Steps))
	}
	return n
}

// users returns how many virtual users a scenario begins with and may have.
// By Little's law, rate times timeout are busy when no request is answered,
// and rate times the longest demanded latency when all are answered in time.
func users(plan *perf.Plan, stages []schedule.Stage, most int) (begin, end int) {
	var peak float64
	for _, s := range stages {
		peak = max(peak, s.From, s.To)
	}
	slow := time.Duration(0)
	for i := range plan.Operations {
		for _, o := range plan.Operations[i].Budget.Latency {
			slow = max(slow, o.Within)
		}
	}
	if slow == 0 || slow > plan.Timeout {
		slow = min(time.Second, plan.Timeout)
	}
	peak *= float64(longest(plan))
	end = int(math.Ceil(peak*plan.Timeout.Seconds())) + 1
	if plan.MaxWorkers > 0 {
		end = min(end, plan.MaxWorkers)
	}
	if most > 0 {
		end = min(end, most)
	}
	begin = min(end, int(math.Ceil(peak*slow.Seconds()*1.5))+1)
	return begin, end
}
