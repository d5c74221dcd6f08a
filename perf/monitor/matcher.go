package monitor

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"strconv"
	"strings"
)

// matcher is one condition of a selector: code=~"5..".
type matcher struct{ label, op, value string }

// parseMatchers reads the inside of a selector: conditions with commas between
// them. Values are in double quotes, with Go's escapes, as PromQL has them.
func parseMatchers(text string) ([]matcher, error) {
	var list []matcher
	rest := strings.TrimSpace(text)
	if len(rest) > 4096 {
		return nil, errors.New("more than 4096 bytes")
	}
	for rest != "" {
		var m matcher
		end := strings.IndexAny(rest, "=!")
		if end < 0 {
			return nil, fmt.Errorf("%q compares nothing", rest)
		}
		m.label = strings.TrimSpace(rest[:end])
		if !isName(m.label, "") {
			return nil, fmt.Errorf("%q is no name of a label", m.label)
		}
		rest = rest[end:]
		for _, op := range []string{"=~", "!~", "!=", "="} {
			if strings.HasPrefix(rest, op) {
				m.op = op
				break
			}
		}
		rest = strings.TrimSpace(rest[len(m.op):])
		quoted, err := strconv.QuotedPrefix(rest)
		if m.op == "" || err != nil || quoted[0] == '\'' {
			return nil, fmt.Errorf("the value of %s is not in double quotes", m.label)
		}
		if m.value, err = strconv.Unquote(quoted); err != nil {
			return nil, fmt.Errorf("the value of %s: %w", m.label, err)
		}
		if strings.HasSuffix(m.op, "~") {
			if _, err := syntax.Parse(m.value, syntax.Perl); err != nil {
				return nil, fmt.Errorf("the value of %s is no regular expression: %w", m.label, err)
			}
		}
		list = append(list, m)
		rest = strings.TrimSpace(rest[len(quoted):])
		after, ok := strings.CutPrefix(rest, ",")
		if !ok && rest != "" {
			return nil, fmt.Errorf("a comma is missing before %q", rest)
		}
		rest = strings.TrimSpace(after)
	}
	return list, nil
}

// String writes the condition as PromQL has it.
func (m matcher) String() string { return m.label + m.op + quote(m.value) }

// not returns the opposite condition.
func (m matcher) not() matcher {
	m.op = map[string]string{"=": "!=", "!=": "=", "=~": "!~", "!~": "=~"}[m.op]
	return m
}

// selector writes conditions in braces after a name.
func selector(metric string, list ...matcher) string {
	parts := make([]string, len(list))
	for i, m := range list {
		parts[i] = m.String()
	}
	return metric + "{" + strings.Join(parts, ", ") + "}"
}

// quote writes any text so that PromQL, YAML and Go read the same from it.
func quote(text string) string {
	return strconv.Quote(strings.ToValidUTF8(text, "\uFFFD"))
}
