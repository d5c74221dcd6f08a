package check

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Validate checks that the policy can mean what it says: every rule that it
// names is one of known or of [PolicyRules], by ID or alias (else an
// [*UnknownRuleError] with the closest name); severities are valid; no
// ignore or waiver is empty; every waiver has a reason, an owner and a last
// day. The error joins all problems in a fixed order.
func (p *Policy) Validate(known []Meta) error {
	names := ruleNames(append(slices.Clip(known), PolicyRules()...))
	is := make(map[string]bool, len(names))
	for _, name := range names {
		is[name] = true
	}
	var problems []error
	named := func(name string, at Location) {
		if !is[name] {
			problems = append(problems, unknownRule(name, at, names))
		}
	}
	mentioned := slices.Concat(
		slices.Collect(maps.Keys(p.Severity)),
		slices.Collect(maps.Keys(p.Off)),
		slices.Collect(maps.Keys(p.On)),
	)
	slices.Sort(mentioned)
	for _, name := range slices.Compact(mentioned) {
		named(name, Location{})
	}
	for _, ig := range p.Ignores {
		if ig.Rule != "" {
			named(ig.Rule, ig.At)
		}
	}
	for _, w := range p.Waivers {
		if w.Rule != "" {
			named(w.Rule, w.At)
		}
	}
	return errors.Join(append(problems, p.whole())...)
}

// whole checks what needs no knowledge of the rules there are.
func (p *Policy) whole() error {
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(p.Severity)) {
		if s := p.Severity[name]; !s.valid() {
			problems = append(problems, fmt.Errorf("rule %q is given %v; it is error, warning or info", name, s))
		}
	}
	for _, l := range p.Levels {
		if !l.Severity.valid() {
			problems = append(problems, fmt.Errorf("rule %q is given %v at %q; it is error, warning or info", l.Rule, l.Severity, l.Element))
		}
	}
	for i, ig := range p.Ignores {
		if ig.Rule == "" && ig.File == "" && ig.Element == "" {
			problems = append(problems, fmt.Errorf("%s names no rule, file or element", entry("ignore", i, ig.At)))
		}
	}
	for i, w := range p.Waivers {
		at := entry("waiver", i, w.At)
		if w.Rule == "" && w.File == "" && w.Element == "" {
			problems = append(problems, fmt.Errorf("%s names no rule, file or element", at))
		}
		if w.Reason == "" {
			problems = append(problems, fmt.Errorf("%s gives no reason", at))
		}
		if w.Owner == "" {
			problems = append(problems, fmt.Errorf("%s names no owner", at))
		}
		if w.Until.IsZero() {
			problems = append(problems, fmt.Errorf("%s has no last day (until)", at))
		}
	}
	return errors.Join(problems...)
}

// entry names the ignore or waiver with the index i, with its place where
// that is known.
func entry(kind string, i int, at Location) string {
	switch {
	case at.File != "" && at.Line > 0:
		return fmt.Sprintf("%s:%d: %s %d", at.File, at.Line, kind, i+1)
	case at.File != "":
		return fmt.Sprintf("%s: %s %d", at.File, kind, i+1)
	}
	return fmt.Sprintf("%s %d", kind, i+1)
}
