package capacity

import (
	"fmt"
	"math"
	"strconv"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/internal/stat"
)

// Capacity is what a search found.
type Capacity struct {
	// Rate is the highest rate at which all budgets are kept, in requests per
	// second over all operations; 0 where not even the lowest was borne. Low and
	// High are the ends of its interval, at 98 % confidence; High is 0 where no
	// rate was too high.
	Rate float64 `json:"rate"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// Operation and Demand say what gives way first: that of the lowest rate
	// that was not borne.
	Operation string `json:"operation"`
	Demand    string `json:"demand"`
	// GeneratorLimit is the rate at which the measurement could not be trusted
	// any more, which ended the search; 0 where it never came to that.
	GeneratorLimit float64 `json:"generator_limit"`
	// Min is the rate that had to be borne, 0 where none had.
	Min     float64      `json:"min"`
	Verdict perf.Verdict `json:"verdict"`
	// Reason says why in a sentence.
	Reason string  `json:"reason"`
	Probes []Probe `json:"probes"`
	// Incomplete says why the search ended early; "" where it did not.
	Incomplete string `json:"incomplete"`
	// Location is the plan.
	Location check.Location `json:"-"`
}

// Probe is one rate.
type Probe struct {
	Rate  float64 `json:"rate"`
	Borne bool    `json:"borne"`
	// Operation and Demand are those that came nearest to their budget, or were
	// farthest beyond; Missed of Total requests missed it, where the share
	// Allowed may.
	Operation string  `json:"operation"`
	Demand    string  `json:"demand"`
	Missed    uint64  `json:"missed"`
	Total     uint64  `json:"total"`
	Allowed   float64 `json:"allowed"`
	// Margin is how far the logarithm of the odds of a miss was above that of
	// the budget, SD its standard deviation.
	Margin float64 `json:"margin"`
	SD     float64 `json:"sd"`
	// Invalid says why the probe cannot be trusted; "" where it can.
	Invalid string `json:"invalid"`
}

// take looks at one demand and keeps it if it is the worst so far.
func (p *Probe) take(operation string, d *perf.Demand) {
	if d.Kind == "rate" || d.Total == 0 {
		return
	}
	// No error at all is a budget of less than one in all that was sent.
	allowed := max(d.Allowed, 0.5/float64(d.Total))
	// Requests that depend on each other tell as much as fewer that do not: the
	// half request that is added must be one of those, or where all or none
	// missed the deviation would be without meaning.
	effect := max(d.Effect, 1)
	margin, sd := stat.Margin(float64(d.Missed)/effect, float64(d.Total)/effect, allowed)
	// The half request that makes a number of none is no evidence.
	if float64(d.Missed) <= d.Allowed*float64(d.Total) {
		margin = min(margin, 0)
	}
	if margin <= p.Margin {
		return
	}
	p.Operation, p.Demand, p.Missed, p.Total, p.Allowed = operation, "errors", d.Missed, d.Total, d.Allowed
	if d.Kind == "latency" {
		p.Demand = "within " + words.Duration(d.Objective.Within)
	}
	p.Margin, p.SD = margin, sd
}

// quantile is z for 99 % on either side.
const quantile = 2.326

// conclude reads off what the probes say.
func (c *Capacity) conclude(found stat.Capacity) {
	c.Rate, c.Low, c.High = found.Rate, found.Borne, found.Above
	if !math.IsNaN(found.SD) && found.Above > 0 {
		c.Low, c.High = found.Rate*(1-quantile*found.SD), found.Rate*(1+quantile*found.SD)
	}
	lowest := math.Inf(1)
	for _, p := range c.Probes {
		if !p.Borne && p.Invalid == "" && p.Rate < lowest {
			lowest, c.Operation, c.Demand = p.Rate, p.Operation, p.Demand
		}
	}
	c.Verdict, c.Reason = c.verdict(found)
}

func (c *Capacity) verdict(found stat.Capacity) (perf.Verdict, string) {
	rate := fmt.Sprintf("%s/s (%s to %s)", number(c.Rate), number(c.Low), number(c.High))
	if found.Above == 0 {
		rate = number(found.Borne) + "/s and more"
		if c.GeneratorLimit > 0 {
			rate += fmt.Sprintf("; at %s/s the generator was the limit", number(c.GeneratorLimit))
		}
	}
	switch {
	case len(c.Probes) == 0 || c.Incomplete != "" && found.Borne == 0 && found.Above == 0:
		return perf.Invalid, "nothing was found: the search ended " + c.Incomplete
	case c.Min > 0 && found.Borne > 0 && c.Low >= c.Min:
		return perf.Pass, fmt.Sprintf("bears %s, and has to bear %s/s", rate, number(c.Min))
	case c.Min > 0 && found.Above > 0 && c.High < c.Min:
		return perf.Fail, fmt.Sprintf("bears only %s, and has to bear %s/s: %s misses its budget (%s)", rate, number(c.Min), c.Operation, c.Demand)
	case c.Min > 0:
		return perf.Inconclusive, fmt.Sprintf("bears %s, and has to bear %s/s", rate, number(c.Min))
	case c.Incomplete != "":
		return perf.Inconclusive, fmt.Sprintf("bears %s so far; the search ended %s", rate, c.Incomplete)
	case found.Borne == 0:
		return perf.Fail, fmt.Sprintf("no rate down to %s/s is borne: %s misses its budget (%s)", number(found.Above), c.Operation, c.Demand)
	}
	if c.Operation == "" {
		return perf.Pass, "bears " + rate
	}
	return perf.Pass, fmt.Sprintf("bears %s; then %s misses its budget first (%s)", rate, c.Operation, c.Demand)
}

// number writes a rate with three digits, as 1,240 or 12.4.
func number(v float64) string {
	switch {
	case math.IsInf(v, 0) || math.IsNaN(v):
		return "?"
	case v >= 100:
		return words.Number(int(math.Round(v)))
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}
