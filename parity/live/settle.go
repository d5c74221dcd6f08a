package live

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/plumbapi/plumb/parity"
)

// provenConfidence is that of a pair which values prove.
const provenConfidence = 0.99

// settler makes the result of what the probes saw.
type settler struct {
	run      *run
	res      *Result
	pairs    map[*parity.Field]*tally
	inLists  map[*parity.Field]bool // REST shows the property in lists
	inProbes map[*node]bool         // REST shows the property in answers to the probe
	listed   map[differenceKey]int
	valued   bool
}

// tally is what is counted of a pair.
type tally struct {
	counts  Counts
	objects map[string]bool
	values  map[string]bool
}

type differenceKey struct {
	operation, rest, gql string
	kind                 DifferenceKind
}

// settle makes the result, in the order of the plan.
func (r *run) settle() *Result {
	s := &settler{
		run:   r,
		res:   &Result{Complete: true, Incomplete: []string{}, Requests: r.ask.sent, Plan: r.plan, Probes: []*ProbeResult{}, Pairs: []*PairResult{}, Differences: []Difference{}},
		pairs: map[*parity.Field]*tally{}, inLists: map[*parity.Field]bool{}, inProbes: map[*node]bool{}, listed: map[differenceKey]int{},
	}
	reported := r.runs[:len(r.plan.Probes)]
	for _, pr := range reported {
		s.note(pr)
	}
	for _, pr := range reported {
		s.res.Probes = append(s.res.Probes, s.probe(pr))
	}
	s.fields()
	s.res.counted = s.listed
	s.res.Suggestions = r.suggest(reported, s.pairs)
	if !s.valued {
		s.res.incomplete("no value was compared")
	}
	return s.res
}

// note keeps which properties REST shows where.
func (s *settler) note(pr *probeRun) {
	for _, o := range pr.seen {
		if !o.shown {
			continue
		}
		s.inProbes[o.node] = true
		if pr.probe.List && slices.Contains(pr.probe.group.nodes, o.node) {
			s.inLists[o.node.field] = true
		}
	}
	if pr.probe.group == nil {
		return
	}
	for _, n := range pr.probe.group.all() {
		if s.pairs[n.field] == nil {
			s.pairs[n.field] = &tally{objects: map[string]bool{}, values: map[string]bool{}}
		}
	}
}

// probe sums up one probe.
func (s *settler) probe(pr *probeRun) *ProbeResult {
	p := pr.probe
	out := &ProbeResult{
		Operation: p.Operation, Coordinate: p.Coordinate, Asked: pr.asked, Objects: pr.objects, Declines: pr.declines,
		Deprecated: pr.old, Before: p.Pair.Confidence, Confidence: p.Pair.Confidence, Probe: p,
	}
	if out.Declines == nil {
		out.Declines = []Decline{}
	}
	objects := map[string]bool{}
	for _, f := range pr.facets {
		out.Counts.add(f.outcome, 1)
		s.valued = s.valued || f.valued && (f.outcome == Equal || f.outcome == Differs)
		if f.outcome == Differs {
			s.difference(Difference{
				Operation: p.Operation, Kind: f.kind, REST: p.Operation, GraphQL: p.Coordinate, Object: f.name,
				RESTValue: s.facetValue(f, f.rest), GraphQLValue: s.facetValue(f, f.gql),
			})
		}
	}
	for _, o := range pr.seen {
		o.outcome = s.outcome(p, o)
		out.Counts.add(o.outcome, 1)
		s.value(p, o)
		if o.outcome == Equal && o.valued {
			objects[o.object] = true
		}
	}
	s.res.Counts.add(Equal, out.Counts.Equal)
	s.res.Counts.add(Differs, out.Counts.Differs)
	s.res.Counts.add(Noisy, out.Counts.Noisy)
	s.res.Counts.add(Declined, out.Counts.Declined)
	s.res.Counts.add(Unpaired, out.Counts.Unpaired)
	if len(objects) >= MinObjects && out.Counts.Equal >= 4*out.Counts.Differs {
		out.Confidence = max(out.Confidence, provenConfidence)
	}
	out.Outcome, out.Reason = s.summary(pr, out.Counts)
	return out
}

// facetValue shows what a side has of a list. How many objects there are, and
// what was asked for, are no values of objects and are not masked.
func (s *settler) facetValue(f facet, v any) string {
	if f.kind == CountDiffers || f.kind == EmptyDiffers || f.kind == OrderDiffers {
		switch v.(type) {
		case json.Number, string:
			return scalarText(v)
		}
	}
	return s.run.mask.value("", v)
}

// summary is the outcome of a probe and, where nothing was compared or
// something declined, why.
func (s *settler) summary(pr *probeRun, c Counts) (Outcome, string) {
	reason := pr.probe.Skipped
	switch {
	case reason != "":
	case len(pr.declines) > 0:
		d := pr.declines[0]
		reason = string(d.Side) + ": " + d.Reason
	case pr.asked == 0:
		reason = s.run.nothing(pr)
	}
	switch {
	case c.Differs > 0:
		return Differs, reason
	case c.Declined > 0 || len(pr.declines) > 0:
		return Declined, reason
	case c.Equal > 0:
		return Equal, ""
	case c.Noisy > 0:
		return Noisy, reason
	}
	if reason == "" {
		reason = "no object of the two answers could be joined"
	}
	return Unpaired, reason
}

// outcome settles what became of a value that REST leaves out and need not
// have: it is missing where REST shows it in other answers.
func (s *settler) outcome(p *Probe, o observation) Outcome {
	if !o.absent || o.outcome != Differs || s.inProbes[o.node] {
		return o.outcome
	}
	if !p.List && s.inLists[o.node.field] && slices.Contains(p.group.nodes, o.node) {
		return Differs
	}
	return Unpaired
}

// value counts one value for its pair.
func (s *settler) value(p *Probe, o observation) {
	t := s.pairs[o.node.field]
	t.counts.add(o.outcome, 1)
	switch o.outcome {
	case Equal:
		if o.valued {
			t.objects[o.object] = true
			t.values[o.node.valueKey(o.rest)] = true
			s.valued = true
		}
	case Differs:
		s.valued = true
		f := o.node.field
		s.difference(Difference{
			Operation: p.Operation, Kind: o.kind, REST: f.REST, GraphQL: f.GraphQL, Object: o.name, Field: f,
			RESTValue: s.run.mask.value(o.node.rest, o.rest), GraphQLValue: s.run.mask.value(o.node.rest, o.gql),
		})
	}
}

// valueKey is a value as it is counted among the distinct ones of a pair.
func (n *node) valueKey(v any) string {
	switch v.(type) {
	case []any:
		return jsonText(v)
	case map[string]any:
		return "{}"
	}
	return n.hint.key(v)
}

// difference lists a difference, where not enough of its like are listed.
func (s *settler) difference(d Difference) {
	most := s.run.opts.Shown
	if most <= 0 {
		most = DefaultShown
	}
	key := differenceKey{d.Operation, d.REST, d.GraphQL, d.Kind}
	if s.listed[key]++; s.listed[key] <= most {
		s.res.Differences = append(s.res.Differences, d)
	}
}

// fields makes the results of the pairs, in the order of the field map.
func (s *settler) fields() {
	for _, f := range s.run.plan.result.Fields {
		t := s.pairs[f]
		if t == nil {
			continue
		}
		p := &PairResult{
			REST: f.REST, GraphQL: f.GraphQL, Counts: t.counts, Objects: len(t.objects), Values: len(t.values),
			Before: f.Confidence, Confidence: f.Confidence, Field: f,
		}
		p.Proven = p.Objects >= MinObjects && p.Values >= MinValues && p.Counts.Differs == 0
		if p.Proven {
			p.Confidence = max(p.Confidence, provenConfidence)
		}
		s.res.Pairs = append(s.res.Pairs, p)
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
