package monitor

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
)

// examples returns labels of a bad request and of a good one: what the matchers
// select, and what they do not.
func examples(matchers []matcher) (bad, good []label, err error) {
	for _, m := range matchers {
		if slices.ContainsFunc(bad, func(l label) bool { return l.name == m.label }) {
			continue
		}
		value, ok := fitting(matchers, m.label, true)
		if !ok {
			return nil, nil, fmt.Errorf("metrics: no value of %s fits errors, so rules cannot be tested", m.label)
		}
		bad = append(bad, label{m.label, value})
		good = append(good, label{m.label, value})
	}
	for i, l := range good {
		if value, ok := fitting(matchers, l.name, false); ok {
			good[i].value = value
			return bad, good, nil
		}
	}
	return nil, nil, fmt.Errorf("metrics: errors selects every request, so rules cannot be tested")
}

// fitting finds a value of a label that fulfils all matchers of it, or does
// not.
func fitting(matchers []matcher, name string, wanted bool) (string, bool) {
	candidates := []string{"200", "500", "ok", "error"}
	for _, m := range matchers {
		if m.label != name {
			continue
		}
		if m.op == "=" || m.op == "!=" {
			candidates = append(candidates, m.value)
		} else if tree, err := syntax.Parse(m.value, syntax.Perl); err == nil {
			candidates = append(candidates, sample(tree.Simplify(), 0))
		}
	}
	for _, value := range candidates {
		if value != "" && fulfils(matchers, name, value) == wanted {
			return value, true
		}
	}
	return "", false
}

func fulfils(matchers []matcher, name, value string) bool {
	for _, m := range matchers {
		if m.label != name {
			continue
		}
		equal := m.value == value
		if m.op == "=~" || m.op == "!~" {
			re, err := regexp.Compile("^(?s:" + m.value + ")$")
			equal = err == nil && re.MatchString(value)
		}
		if equal != (m.op == "=" || m.op == "=~") {
			return false
		}
	}
	return true
}

// sample returns a short text that a simplified expression is likely to match.
func sample(e *syntax.Regexp, depth int) string {
	if depth > 50 {
		return ""
	}
	text := ""
	switch e.Op {
	case syntax.OpLiteral:
		text = string(e.Rune)
	case syntax.OpCharClass:
		if len(e.Rune) > 0 {
			text = string(e.Rune[0])
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		text = "0"
	case syntax.OpCapture, syntax.OpPlus, syntax.OpAlternate:
		text = sample(e.Sub[0], depth+1)
	case syntax.OpConcat:
		for _, sub := range e.Sub {
			text += sample(sub, depth+1)
		}
	}
	return text
}
