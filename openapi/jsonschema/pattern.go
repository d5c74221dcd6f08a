package jsonschema

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// pattern is a regular expression of ECMA-262.
type pattern struct {
	prefix  string // ^prefix, without more
	simple  bool
	re      *regexp.Regexp
	invalid string // why it is none; "" where it is one
}

// GoPattern returns a regular expression of ECMA-262 in the syntax of Go's
// regexp package. The error says why there is none: the text is no regular
// expression, or it looks ahead, behind or back.
func GoPattern(text string) (string, error) {
	t := translator{in: text}
	t.disjunction(0)
	if t.problem == "" && t.pos < len(t.in) {
		t.problem = "a ) without a ("
	}
	switch {
	case t.problem != "":
		return "", fmt.Errorf("is no regular expression: %s", t.problem)
	case t.unsupported:
		return "", errors.New("looks around or back, which Go's regexp package does not")
	}
	return t.out.String(), nil
}

func newPattern(text string) *pattern {
	if rest, ok := strings.CutPrefix(text, "^"); ok && !strings.ContainsAny(rest, `\.+*?()[]{}|^$`) {
		return &pattern{prefix: rest, simple: true}
	}
	t := translator{in: text}
	t.disjunction(0)
	if t.problem == "" && t.pos < len(t.in) {
		t.problem = "a ) without a ("
	}
	if t.problem != "" {
		return &pattern{invalid: t.problem}
	}
	if t.unsupported {
		return &pattern{}
	}
	re, err := regexp.Compile(t.out.String())
	if err != nil {
		return &pattern{}
	}
	return &pattern{re: re}
}

// matches reports whether the text matches, and true where the pattern cannot
// be run.
func (p *pattern) matches(text string) bool { return !p.runs() || p.found(text) }

// found reports whether the text matches, and false where the pattern cannot
// be run.
func (p *pattern) found(text string) bool {
	if p.simple {
		return strings.HasPrefix(text, p.prefix)
	}
	return p.re != nil && p.re.MatchString(text)
}

func (p *pattern) runs() bool { return p.simple || p.re != nil }

// translator reads a regular expression by the grammar of ECMA-262, with what
// its Annex B adds for the web, and writes it for Go's regexp package.
type translator struct {
	in          string
	pos         int
	out         strings.Builder
	problem     string
	unsupported bool
}

// maxGroups bounds how deep groups nest.
const maxGroups = 200

func (t *translator) fail(problem string) {
	if t.problem == "" {
		t.problem = problem
	}
	t.pos = len(t.in)
}

func (t *translator) more() bool { return t.pos < len(t.in) }

func (t *translator) peek() byte {
	if t.pos < len(t.in) {
		return t.in[t.pos]
	}
	return 0
}

func (t *translator) accept(s string) bool {
	if strings.HasPrefix(t.in[t.pos:], s) {
		t.pos += len(s)
		return true
	}
	return false
}

func (t *translator) disjunction(depth int) {
	if depth > maxGroups {
		t.unsupported = true
		t.pos = len(t.in)
		return
	}
	for t.more() && t.peek() != ')' {
		if t.accept("|") {
			t.out.WriteByte('|')
			continue
		}
		t.term(depth)
	}
}

// term reads an assertion or an atom, with its quantifier.
func (t *translator) term(depth int) {
	quantifiable := true
	switch c := t.peek(); {
	case c == '^' || c == '$':
		t.pos++
		t.out.WriteByte(c)
		quantifiable = false
	case t.accept(`\b`):
		t.out.WriteString(`\b`)
		quantifiable = false
	case t.accept(`\B`):
		t.out.WriteString(`\B`)
		quantifiable = false
	case c == '(':
		t.pos++
		quantifiable = t.group(depth)
	case c == '*' || c == '+' || c == '?':
		t.fail("nothing to repeat before " + string(c))
		return
	case c == '{':
		if _, ok := t.braces(); ok {
			t.fail("nothing to repeat before {")
			return
		}
		t.pos++
		t.out.WriteString(`\{`)
	case c == '[':
		t.pos++
		t.class()
	case c == '.':
		t.pos++
		t.out.WriteString(`[^\n\r\x{2028}\x{2029}]`)
	case c == '\\':
		t.pos++
		t.escape()
	default:
		t.literal()
	}
	t.quantifier(quantifiable)
}

// group reads what follows a parenthesis. It reports whether the group may
// be repeated.
func (t *translator) group(depth int) bool {
	quantifiable := true
	switch {
	case t.accept("?:"):
		t.out.WriteString("(?:")
	case t.accept("?="), t.accept("?!"):
		t.unsupported = true
	case t.accept("?<="), t.accept("?<!"):
		t.unsupported, quantifiable = true, false
	case t.accept("?<"):
		end := strings.IndexByte(t.in[t.pos:], '>')
		if end <= 0 || !isName(t.in[t.pos:t.pos+end]) {
			t.fail("a group without a proper name")
			return false
		}
		t.pos += end + 1
		t.out.WriteString("(?:")
	case t.accept("?"):
		t.fail("a ? after ( that names no kind of group")
		return false
	default:
		t.out.WriteString("(?:")
	}
	t.disjunction(depth + 1)
	if !t.accept(")") {
		t.fail("a ( without a )")
		return false
	}
	t.out.WriteByte(')')
	return quantifiable
}

// isName reports whether s is an identifier.
func isName(s string) bool {
	for i, r := range s {
		if r != '_' && r != '$' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}

func (t *translator) quantifier(allowed bool) {
	text := ""
	switch t.peek() {
	case '*', '+', '?':
		text = string(t.peek())
		t.pos++
	case '{':
		braces, ok := t.braces()
		if !ok || t.problem != "" {
			return
		}
		text = braces
		t.pos += len(braces)
	default:
		return
	}
	if !allowed {
		t.fail("nothing to repeat before " + text[:1])
		return
	}
	t.out.WriteString(text)
	if t.accept("?") {
		t.out.WriteByte('?')
	}
}

// braces returns the quantifier {n}, {n,} or {n,m} that begins here.
func (t *translator) braces() (text string, ok bool) {
	rest := t.in[t.pos:]
	end := strings.IndexByte(rest, '}')
	if end < 2 {
		return "", false
	}
	low, high, comma := strings.Cut(rest[1:end], ",")
	if !digits(low) || comma && high != "" && !digits(high) {
		return "", false
	}
	if high != "" && less(high, low) {
		t.fail("numbers out of order in " + rest[:end+1])
	}
	return rest[:end+1], true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// less compares numerals of any length.
func less(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return len(a) < len(b) || len(a) == len(b) && a < b
}
