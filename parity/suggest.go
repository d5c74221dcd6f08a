package parity

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Suggestion is a decision that is open: the matcher is not sure, or found
// something that it does not quite believe in.
type Suggestion struct {
	Operation string  `json:"operation"`
	Group     string  `json:"group"`
	Weight    float64 `json:"weight"`
	// Now is what holds as long as nobody decides.
	Now Verdict `json:"now"`
	// Candidates are the likeliest, at most three.
	Candidates []Candidate `json:"candidates"`
	// Stub is the entry of parity.yaml that accepts the first candidate, as
	// it stands below "operations:".
	Stub string `json:"stub"`
}

// likelyFrom is how likely a candidate that was not taken must be for the
// decision to be open.
const likelyFrom = 0.25

// Suggest returns the decisions that are open, those first that matter most:
// by weight, then by how unsure the matcher is.
func Suggest(res *Result) []Suggestion {
	list := []Suggestion{}
	for _, op := range res.Operations {
		if !undecided(op) {
			continue
		}
		s := Suggestion{Operation: op.Operation, Group: groupOf(op), Weight: op.Weight, Now: op.verdict(), Candidates: []Candidate{}}
		for _, c := range op.Candidates {
			if len(s.Candidates) < 3 {
				s.Candidates = append(s.Candidates, c)
			}
		}
		if e := s.Accept(0); e.Operation != "" {
			_, keys := e.keys()
			s.Stub = blockOf(keys, "  ", "\n")
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.unsure(), b.unsure()), strings.Compare(a.Operation, b.Operation))
	})
	return list
}

// undecided reports whether somebody should look at an operation.
func undecided(op *Operation) bool {
	if op.Source == Override || op.Source == Declared || op.Exempt != "" || len(op.Candidates) == 0 {
		return false
	}
	return op.Status != StatusNone && op.Band == Review || op.Status != StatusMatch && op.Candidates[0].Confidence >= likelyFrom
}

// unsure is small where a decision could as well go the other way.
func (s *Suggestion) unsure() float64 {
	if len(s.Candidates) == 0 {
		return 1
	}
	return math.Abs(s.Candidates[0].Confidence - 0.5)
}

// Accept returns the entry of parity.yaml that accepts a candidate, for
// [AppendDecision]; the zero entry where there is no such candidate.
func (s *Suggestion) Accept(candidate int) OperationOverride {
	if candidate < 0 || candidate >= len(s.Candidates) {
		return OperationOverride{}
	}
	c := s.Candidates[candidate]
	o := OperationOverride{Operation: s.Operation, GraphQL: []string{c.Coordinate}}
	switch {
	case c.Coordinate == s.Now.first():
		o.Partial = s.Now.Reason // what holds is only confirmed
	case c.Status == StatusPartial:
		o.Partial = c.Reason
	}
	return o
}

// Reject returns the entry of parity.yaml that says that nothing corresponds.
func (s *Suggestion) Reject() OperationOverride { return OperationOverride{Operation: s.Operation} }
