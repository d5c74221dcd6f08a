package check

// Judge makes the report of findings that were not made by a [Run], such as
// the problems of a document that could not be read: it applies the policy
// to them as Run does. Rules describes the rules that could have made them;
// findings of others keep their severity. The error is about the policy.
func Judge(rules []Meta, findings []Finding, policy Policy) (*Report, error) {
	if err := policy.whole(); err != nil {
		return nil, err
	}
	byRule := make(map[string][]Finding)
	for i := range findings {
		byRule[findings[i].Rule] = append(byRule[findings[i].Rule], findings[i])
	}
	j := newJudge(&policy)
	rep := &Report{Subjects: []string{}, Rules: []Meta{}, Incomplete: []Incomplete{}}
	var kept [][]Finding
	var aside [][]Suppressed
	judgeRule := func(m Meta) {
		k, s := j.rule(&m).apply(byRule[m.ID])
		kept, aside = append(kept, k), append(aside, s)
		delete(byRule, m.ID)
	}
	for _, m := range rules {
		if !policy.Enabled(m) {
			delete(byRule, m.ID)
			continue
		}
		severity := policy.SeverityOf(m)
		for i := range byRule[m.ID] {
			byRule[m.ID][i].Severity = severity
		}
		judgeRule(m)
		rep.Rules = append(rep.Rules, m.whole())
	}
	for i := range findings {
		if len(byRule[findings[i].Rule]) > 0 {
			judgeRule(Meta{ID: findings[i].Rule})
		}
	}
	rep.Findings = mergeRuns(kept, (*Finding).Compare)
	rep.Suppressed = mergeRuns(aside, compareSuppressed)
	return rep, nil
}

// judge is a policy made ready for use. It is immutable.
type judge struct {
	policy  *Policy
	levels  []scope
	ignores []scope
	waivers []scope
	expired []bool // by waiver
}

// scope is what an ignore or a waiver covers.
type scope struct {
	rule          string // "" is any
	file, element glob
}

func newJudge(policy *Policy) *judge {
	j := &judge{policy: policy}
	for _, l := range policy.Levels {
		j.levels = append(j.levels, newScope(l.Rule, l.File, l.Element))
	}
	for _, ig := range policy.Ignores {
		j.ignores = append(j.ignores, newScope(ig.Rule, ig.File, ig.Element))
	}
	for i := range policy.Waivers {
		w := &policy.Waivers[i]
		j.waivers = append(j.waivers, newScope(w.Rule, w.File, w.Element))
		j.expired = append(j.expired, w.Expired(policy.Now))
	}
	return j
}

func newScope(rule, file, element string) scope {
	return scope{rule: rule, file: compileGlob(file), element: compileGlob(element)}
}

// covers reports whether the scope has the finding in it, whose rule it is
// known to cover.
func (s *scope) covers(f *Finding) bool {
	return s.file.match(f.Location.File) && s.element.match(f.Location.Element)
}

// ruleJudge is what a judge has to say about one rule: the indexes of the
// levels, ignores and waivers that cover it.
type ruleJudge struct {
	*judge
	levels, ignores, waivers []int
}

func (j *judge) rule(m *Meta) ruleJudge {
	return ruleJudge{judge: j, levels: covering(j.levels, m), ignores: covering(j.ignores, m), waivers: covering(j.waivers, m)}
}

func covering(scopes []scope, m *Meta) []int {
	var indexes []int
	for i := range scopes {
		if scopes[i].rule == "" || m.Named(scopes[i].rule) {
			indexes = append(indexes, i)
		}
	}
	return indexes
}

// apply identifies and orders the findings of the rule and parts them into
// those that count and those set aside. It takes the findings over.
func (j ruleJudge) apply(findings []Finding) ([]Finding, []Suppressed) {
	findings = identify(findings)
	for _, l := range j.levels {
		for i := range findings {
			if j.judge.levels[l].covers(&findings[i]) {
				findings[i].Severity = j.policy.Levels[l].Severity
			}
		}
	}
	if len(j.ignores) == 0 && len(j.waivers) == 0 && j.policy.Baseline.Len() == 0 {
		return findings, nil
	}
	kept := findings[:0]
	var aside []Suppressed
	for i := range findings {
		f := &findings[i]
		if by, reason := j.verdict(f); by != "" {
			aside = append(aside, Suppressed{Finding: *f, By: by, Reason: reason})
			continue
		}
		kept = append(kept, *f)
	}
	return kept, aside
}

// verdict returns what sets the finding aside, and why; "" where nothing
// does. The order is documented at [Policy].
func (j ruleJudge) verdict(f *Finding) (by, reason string) {
	for _, i := range j.ignores {
		if j.judge.ignores[i].covers(f) {
			return byIgnore, j.policy.Ignores[i].Reason
		}
	}
	expired := false
	for _, i := range j.waivers {
		if !j.judge.waivers[i].covers(f) {
			continue
		}
		if !j.expired[i] {
			return byWaiver, j.policy.Waivers[i].Reason
		}
		expired = true
	}
	if !expired && j.policy.Baseline.Has(f.Fingerprint) {
		return byBaseline, ""
	}
	return "", ""
}
