package check

import (
	"fmt"
	"strings"
	"time"
)

// addPolicy adds the rules about those parts that the policy has, and what
// they find, to a merged report. The reports are those that went into it.
func (r *Report) addPolicy(policy *Policy, reports []*Report) {
	j, looks := newJudge(policy), newLooks(reports)
	uses := j.count(r)
	found := map[string][]Finding{
		baselineStale: baselineFindings(policy.Baseline, policy.Baseline.stale(looks, []*Report{r})),
	}
	for i := range policy.Waivers {
		w, u := &policy.Waivers[i], uses.waivers[i]
		switch {
		case u.matched > 0 && j.expired[i]:
			found[waiverExpired] = append(found[waiverExpired], waiverFinding(w, u))
		case u.matched == 0 && judged(looks, w.Rule, j.waivers[i].file.match):
			found[waiverStale] = append(found[waiverStale], waiverFinding(w, u))
		}
	}
	for i := range policy.Ignores {
		ig := &policy.Ignores[i]
		if uses.ignores[i].matched == 0 && judged(looks, ig.Rule, j.ignores[i].file.match) {
			found[ignoreStale] = append(found[ignoreStale], ignoreFinding(ig))
		}
	}
	runs := [][]Finding{r.Findings}
	for _, m := range PolicyRules() {
		if !policy.Enabled(m) || !policy.has(m.ID) {
			continue
		}
		r.Rules = append(r.Rules, m)
		findings := found[m.ID]
		for i := range findings {
			findings[i].Rule, findings[i].Severity = m.ID, policy.SeverityOf(m)
		}
		runs = append(runs, identify(findings))
	}
	if len(runs) > 1 {
		r.Findings = mergeRuns(runs, (*Finding).Compare)
	}
}

// use says how many findings are in the scope of an ignore or a waiver, and
// how many of them count nevertheless.
type use struct{ matched, counted int }

// uses has the use of every ignore and waiver of a policy.
type uses struct{ ignores, waivers []use }

// count counts the uses over all findings of a report.
func (j *judge) count(r *Report) uses {
	u := uses{ignores: make([]use, len(j.ignores)), waivers: make([]use, len(j.waivers))}
	if len(j.ignores) == 0 && len(j.waivers) == 0 {
		return u
	}
	judges := make(map[string]ruleJudge, len(r.Rules))
	for i := range r.Rules {
		judges[r.Rules[i].ID] = j.rule(&r.Rules[i])
	}
	position := 0
	for f := range r.all() {
		of, ok := judges[f.Rule]
		if !ok {
			of = j.rule(&Meta{ID: f.Rule})
			judges[f.Rule] = of
		}
		counts := position < len(r.Findings)
		tally(u.ignores, j.ignores, of.ignores, f, counts)
		tally(u.waivers, j.waivers, of.waivers, f, counts)
		position++
	}
	return u
}

func tally(uses []use, scopes []scope, of []int, f *Finding, counts bool) {
	for _, i := range of {
		if !scopes[i].covers(f) {
			continue
		}
		uses[i].matched++
		if counts {
			uses[i].counted++
		}
	}
}

// waiverFinding says what is wrong with a waiver: that it matches nothing,
// or that it has ended.
func waiverFinding(w *Waiver, u use) Finding {
	until := w.Until.Format(time.DateOnly)
	message := describe("waiver", w.Rule, w.File, w.Element)
	if u.matched == 0 {
		message += " matches no finding"
	} else {
		message += fmt.Sprintf(" by %q ended with %s", w.Owner, until)
	}
	if u.counted > 0 {
		message += "; " + count(u.counted, "finding counts again", "findings count again")
	}
	return Finding{
		Location: w.At, Key: scopeKey(w.Rule, w.File, w.Element), Message: message,
		Properties: map[string]any{"owner": w.Owner, "reason": w.Reason, "until": until, "findings": u.counted},
	}
}

func ignoreFinding(ig *Ignore) Finding {
	return Finding{
		Location: ig.At, Key: scopeKey(ig.Rule, ig.File, ig.Element),
		Message:    describe("ignore", ig.Rule, ig.File, ig.Element) + " matches no finding",
		Properties: map[string]any{"reason": ig.Reason},
	}
}

func baselineFindings(b *Baseline, stale int) []Finding {
	if stale == 0 {
		return nil
	}
	return []Finding{{
		Location:   b.At,
		Message:    count(stale, "finding of the baseline no longer occurs", "findings of the baseline no longer occur"),
		Properties: map[string]any{"findings": stale},
	}}
}

// describe names an ignore or a waiver by what it covers.
func describe(kind, rule, file, element string) string {
	var b strings.Builder
	b.WriteString(kind)
	for _, part := range [...][2]string{{"of", rule}, {"in", file}, {"at", element}} {
		if part[1] != "" {
			fmt.Fprintf(&b, " %s %q", part[0], part[1])
		}
	}
	return b.String()
}

// scopeKey tells waivers and ignores apart wherever they are written.
func scopeKey(rule, file, element string) string {
	return rule + " " + file + " " + element
}

// count writes a number of things, in the form for one or for many.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
