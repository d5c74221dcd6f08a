package check

// The kernel's own rules. They are about the policy, and Merge finds them.
const (
	waiverExpired = "waiver-expired"
	waiverStale   = "waiver-stale"
	ignoreStale   = "ignore-stale"
	baselineStale = "baseline-stale"
)

// PolicyRules describes the rules that [Merge] judges the policy by. Like
// any rule they may be given another severity or be turned off.
func PolicyRules() []Meta {
	return []Meta{
		{
			ID:      waiverExpired,
			Summary: "A waiver is kept until its last day at most.",
			Rationale: "A waiver is a promise with a date. When the date has passed, the findings that it set aside count again. " +
				"Mend what they report, or agree on a new date with the waiver's owner and write it into `until`.",
			Severity: Warning, Tags: []string{"policy"}, Since: "0.1.0", Aliases: []string{},
		},
		{
			ID:      waiverStale,
			Summary: "A waiver matches at least one finding.",
			Rationale: "A waiver that matches nothing has done its work, or never did because of a misspelt file or element. " +
				"Remove it, so that it cannot hide a finding that comes later. " +
				"It is only reported where its rule ran on a file that it covers.",
			Severity: Warning, Tags: []string{"policy"}, Since: "0.1.0", Aliases: []string{},
		},
		{
			ID:      ignoreStale,
			Summary: "An ignore matches at least one finding.",
			Rationale: "An ignore that matches nothing is no longer needed, or was misspelt. Remove it or correct it. " +
				"It is only reported where its rule ran on a file that it covers.",
			Severity: Info, Tags: []string{"policy"}, Since: "0.1.0", Aliases: []string{},
		},
		{
			ID:      baselineStale,
			Summary: "Every finding of the baseline still occurs.",
			Rationale: "The baseline is a ratchet: what has been mended should leave it, so that it cannot come back unnoticed. " +
				"Write the baseline anew.",
			Severity: Info, Tags: []string{"policy"}, Since: "0.1.0", Aliases: []string{},
		},
	}
}

func isPolicyRule(id string) bool {
	switch id {
	case waiverExpired, waiverStale, ignoreStale, baselineStale:
		return true
	}
	return false
}

// has reports whether the policy has the part that the rule is about.
func (p *Policy) has(rule string) bool {
	switch rule {
	case ignoreStale:
		return len(p.Ignores) > 0
	case baselineStale:
		return p.Baseline.Len() > 0
	}
	return len(p.Waivers) > 0
}
