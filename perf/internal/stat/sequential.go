package stat

import (
	"fmt"
	"math"
)

// Sequential decides whether the share of bad requests is within a budget as
// soon as the requests show it, instead of after a fixed number. Two one-sided
// tests run side by side, each a likelihood ratio (Wald, Sequential Analysis,
// 1947) without a lower bound:
//
//	within:   share = budget  against  share = budget/2
//	exceeded: share = budget  against  share = 1.5·budget
//
// Either ends the run when its ratio reaches 1/alpha. However long the run
// and however often one looks, the probability of Within when the share is
// the budget or more, and that of Exceeded when it is the budget or less, is
// at most alpha (Ville's inequality). A share close to the budget stays
// undecided for as long as the run lasts.
//
// Requests that depend on each other are worth fewer: both logarithms are
// divided by the design effect of [Batches].
type Sequential struct {
	budget, alpha float64
	within        ratio
	exceeded      ratio
	known         float64 // the design effect, where it is known
	batches       Batches
	decision      Decision
}

// ratio is what one request adds to the logarithm of a likelihood ratio.
type ratio struct{ bad, good float64 }

func ratioOf(against, budget float64) ratio {
	return ratio{math.Log(against / budget), math.Log((1 - against) / (1 - budget))}
}

func (r ratio) of(b Batch) float64 {
	return float64(b.Bad)*r.bad + float64(b.Total-b.Bad)*r.good
}

// The shares that the two tests look for, as multiples of the budget.
const (
	withinRatio   = 0.5
	exceededRatio = 1.5
)

// NewSequential returns a test of a budget: the share of requests that may be
// bad, above 0 and below 2/3. Alpha is the probability of either wrong
// decision, 0.01 by custom.
func NewSequential(budget, alpha float64) (*Sequential, error) {
	if !(budget > 0 && budget*exceededRatio < 1) {
		return nil, fmt.Errorf("a budget of %v can have no sequential test: it has to be above 0 and below 2/3", budget)
	}
	if !(alpha > 0 && alpha < 0.5) {
		return nil, fmt.Errorf("an error probability of %v is not between 0 and 1/2", alpha)
	}
	return &Sequential{
		budget: budget, alpha: alpha,
		within:   ratioOf(withinRatio*budget, budget),
		exceeded: ratioOf(exceededRatio*budget, budget),
	}, nil
}

// Assume sets the design effect instead of estimating it; 1 is for requests
// that are known to be independent.
func (s *Sequential) Assume(effect float64) { s.known = max(effect, 1) }

// Add counts a batch and returns the decision so far. What is decided stays
// decided. Without [Sequential.Assume], nothing is decided before 32 batches
// have shown how much requests depend on each other.
func (s *Sequential) Add(b Batch) Decision {
	s.batches.Add(b)
	if s.decision != Undecided {
		return s.decision
	}
	all, bound := s.batches.Sum(), math.Log(1/s.alpha)
	within, exceeded := s.within.of(all), s.exceeded.of(all)
	if within < bound && exceeded < bound {
		return Undecided
	}
	effect := s.known
	if effect == 0 {
		var ok bool
		if effect, ok = s.batches.SafeEffect(); !ok {
			return Undecided
		}
	}
	switch {
	case within >= bound*effect:
		s.decision = Within
	case exceeded >= bound*effect:
		s.decision = Exceeded
	}
	return s.decision
}

// Decision returns the decision so far.
func (s *Sequential) Decision() Decision { return s.decision }

// Batches returns what was added.
func (s *Sequential) Batches() *Batches { return &s.batches }

// Average returns how many requests a decision takes on average when the true
// share is the one given: the bound over what a request adds on average to
// the ratio that grows, times the design effect (Wald's equation, without the
// little that the last request goes beyond the bound). It is +Inf where
// neither grows.
func (s *Sequential) Average(share, effect float64) float64 {
	gain := func(r ratio) float64 { return share*r.bad + (1-share)*r.good }
	best := max(gain(s.within), gain(s.exceeded))
	if best <= 0 {
		return math.Inf(1)
	}
	return math.Log(1/s.alpha) / best * max(effect, 1)
}
