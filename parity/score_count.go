package parity

import "strings"

// score counts what corresponds.
func score(p *pairing, res *Result) {
	s := &res.Score
	operations, rootFields := tally{}, tally{}
	groups := map[string]*groupTally{}
	of := func(tag string) *groupTally {
		if groups[tag] == nil {
			groups[tag] = &groupTally{}
		}
		return groups[tag]
	}
	byName := make(map[string]*Operation, len(res.Operations))
	for _, op := range res.Operations {
		byName[op.Operation] = op
		n := count{op.Status, coverage(op.Status, op.Reason), op.Weight, op.Exempt != ""}
		operations.add(n)
		of(groupOf(op)).operations.add(n)
	}
	for _, r := range res.Roots {
		weight := 1.0
		if r.Deprecated {
			weight = 0.5
		}
		n := count{r.Status, rootCoverage(r, byName), weight, r.Exempt != ""}
		rootFields.add(n)
		of(groupName(r.Group)).roots.add(n)
	}
	s.RESTToGraphQL, s.GraphQLToREST = operations.breadth(), rootFields.breadth()
	s.Operations = s.RESTToGraphQL.Weighted
	s.Types = typeShare(res)
	countFields(res, s, of)
	countLifecycle(p, res, s)
	s.Groups = sortGroups(groups)
	s.Fields = s.Depth.Value
	res.Gaps = gaps(p, res)
}

// coverage says how much of an operation a counterpart gives, by why it is
// only partial.
func coverage(status Status, reason Reason) float64 {
	switch status {
	case StatusMatch:
		return 1
	case StatusNone:
		return 0
	}
	switch reason {
	case Folded, NodeID, ViaFilter:
		return 0.9
	case Subset, Variant:
		return 0.5
	}
	return 0.4
}

// rootCoverage is that of the best operation; a query that only leads to
// others gives half.
func rootCoverage(r *Root, operations map[string]*Operation) float64 {
	if r.Status != StatusPartial {
		return coverage(r.Status, "")
	}
	best := 0.0
	for _, name := range r.Operations {
		if op := operations[name]; op != nil {
			best = max(best, coverage(op.Status, op.Reason))
		}
	}
	if best == 0 {
		return 0.5
	}
	return best
}

// count is one element to be counted.
type count struct {
	status   Status
	coverage float64
	weight   float64
	exempt   bool
}

// tally sums up elements of one side.
type tally struct {
	Breadth
	covered, plain, weight float64
}

func (t *tally) add(c count) {
	t.Total++
	switch c.status {
	case StatusMatch:
		t.Match++
	case StatusPartial:
		t.Partial++
	default:
		t.None++
		if c.exempt {
			t.Exempt++
			return
		}
	}
	t.plain += c.coverage
	t.covered += c.coverage * c.weight
	t.weight += c.weight
}

func (t *tally) breadth() Breadth {
	b := t.Breadth
	b.Share = part(b.Match, b.Total-b.Exempt)
	b.WithPartial = part(b.Match+b.Partial, b.Total-b.Exempt)
	switch {
	case t.weight > 0:
		b.Weighted = t.covered / t.weight
	case b.Total > b.Exempt: // nothing weighs anything
		b.Weighted = t.plain / float64(b.Total-b.Exempt)
	}
	return b
}

// part returns a share, 0 where there is nothing to share.
func part(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

func share(n, of int) Share { return Share{Value: part(n, of), Part: n, Whole: of} }

// typeShare is the share of named schemas that have a type.
func typeShare(res *Result) float64 {
	matched, all := 0, 0
	for _, t := range res.Types {
		switch {
		case t.Status != StatusNone:
			matched++
		case t.Exempt != "":
			continue
		}
		all++
	}
	return part(matched, all)
}

// countFields counts the depth, the fidelity, and what each group lacks. A
// property that several schemas of one type have counts once; it is there if
// one of them has it.
func countFields(res *Result, s *Score, of func(string) *groupTally) {
	there := map[string]bool{}
	alike, pairs, found := 0, 0, 0
	for _, f := range res.Fields {
		if f.REST != "" && f.GraphQL != "" {
			pairs++
			if faithful(f) {
				alike++
			}
		}
		if f.REST != "" && f.Class == "" && f.Kind != RESTOnly && !there[property(f)] {
			there[property(f)] = true
			found++
		}
	}
	group := make(map[string]string, len(res.Types))
	for _, t := range res.Types {
		group[t.Name] = t.Group
	}
	missing := missing(res)
	for _, f := range missing {
		of(groupName(group[f.Schema])).missing++
	}
	s.Depth, s.Fidelity = share(found, found+len(missing)), share(alike, pairs)
}

// missing returns the properties that count and that their types lack. One
// that several schemas of one type have is there once, and not at all where
// one of them has its field.
func missing(res *Result) []*Field {
	seen := map[string]bool{}
	for _, f := range res.Fields {
		if f.REST != "" && f.Kind != RESTOnly {
			seen[property(f)] = true
		}
	}
	var list []*Field
	for _, f := range res.Fields {
		if f.Kind == RESTOnly && f.Class == "" && f.Exempt == "" && !seen[property(f)] {
			seen[property(f)] = true
			list = append(list, f)
		}
	}
	return list
}

// property returns a property in the form in which those of several schemas
// of one type are one.
func property(f *Field) string {
	return f.Type + "." + strings.TrimPrefix(f.REST, f.Schema+".")
}

// faithful reports whether a field gives what the property does, so that a
// client may take the one for the other.
func faithful(f *Field) bool {
	if f.Kind != Same && f.Kind != Renamed {
		return false
	}
	for _, d := range f.Differences {
		switch d.Aspect {
		case ScalarAspect, RangeAspect, ShapeAspect, OpaqueAspect, DateAspect, NameAspect:
			return false
		case NullabilityAspect:
			if d.Effect == "graphql-stricter" {
				return false
			}
		case EnumAspect:
			if d.Effect == "missing-in-graphql" {
				return false
			}
		}
	}
	return true
}

// countLifecycle counts the matched operations and fields on whose
// deprecation both sides agree.
func countLifecycle(p *pairing, res *Result, s *Score) {
	differs := map[string]bool{}
	for _, t := range res.Traits {
		if t.Topic == LifecycleTopic && (strings.HasPrefix(t.Effect, "deprecated") || t.Effect == "sunset") {
			differs[t.Operation] = true
		}
	}
	agree, all := 0, 0
	for _, op := range p.operations {
		all++
		if !differs[op.pair.Operation] {
			agree++
		}
	}
	for _, f := range res.Fields {
		if f.REST == "" || f.GraphQL == "" {
			continue
		}
		all++
		if !differsIn(f, DeprecatedAspect, SunsetAspect) {
			agree++
		}
	}
	s.Lifecycle = share(agree, all)
}

func differsIn(f *Field, aspects ...Aspect) bool {
	for _, d := range f.Differences {
		for _, a := range aspects {
			if d.Aspect == a {
				return true
			}
		}
	}
	return false
}
