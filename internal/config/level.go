package config

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// Level is what becomes of a rule: it is off, on at its own severity, or on
// at another one. The zero Level is none of them.
type Level struct {
	Off bool
	// Severity is 0 where the rule keeps its own.
	Severity check.Severity
	on       bool
}

// Levels are the words that [ParseLevel] reads, in the order in which they
// are documented.
func Levels() []string { return []string{"off", "info", "warning", "error", "on"} }

// ParseLevel reads one of [Levels], and "warn" and "hint" as Spectral writes
// them.
func ParseLevel(word string) (Level, error) {
	switch strings.ToLower(word) {
	case "off":
		return Level{Off: true}, nil
	case "on":
		return Level{on: true}, nil
	}
	s, err := check.ParseSeverity(word)
	if err != nil {
		return Level{}, fmt.Errorf("unknown level %q%s", word, oneOf(word, Levels()))
	}
	return Level{Severity: s, on: true}, nil
}

// Apply puts the level of a rule, by ID or alias, into a policy.
func (l Level) Apply(p *check.Policy, rule string) {
	switch {
	case l.Off:
		p.Off[rule] = true
		delete(p.On, rule)
	case l.on:
		delete(p.Off, rule)
		p.On[rule] = true
		if l.Severity != 0 {
			p.Severity[rule] = l.Severity
		}
	}
}

// meant asks whether the closest of the names was meant, or is "".
func meant(name string, names []string) string {
	if closest := check.Closest(name, names); closest != "" {
		return fmt.Sprintf("; did you mean %q?", closest)
	}
	return ""
}
