package rally

import (
	"strconv"
	"strings"
)

// filter is a query of the fake: one comparison, or two filters with AND or OR
// between them.
type filter struct {
	name, operator, value string
	left, right           *filter
}

func (f *filter) holds(fields map[string]string) bool {
	switch f.operator {
	case "AND":
		return f.left.holds(fields) && f.right.holds(fields)
	case "OR":
		return f.left.holds(fields) || f.right.holds(fields)
	case "contains":
		return strings.Contains(fields[f.name], f.value)
	case "!=":
		return fields[f.name] != f.value
	}
	return fields[f.name] == f.value
}

// parse reads a query: "(Name = "x")", and two queries in one pair of
// parentheses with AND or OR between them, as Rally has them. Attributes that
// there are not are refused in Rally's words.
func parse(query string, known func(name string) bool) (*filter, string) {
	if query == "" {
		return nil, ""
	}
	p := &parser{rest: query, known: known}
	f := p.group()
	if p.problem == "" && strings.TrimSpace(p.rest) != "" {
		p.fail("unexpected " + p.rest)
	}
	return f, p.problem
}

type parser struct {
	rest    string
	problem string
	depth   int
	known   func(name string) bool
}

func (p *parser) fail(text string) {
	if p.problem == "" {
		p.problem = "Could not parse: " + text
	}
}

func (p *parser) skip(text string) bool {
	p.rest = strings.TrimLeft(p.rest, " ")
	rest, found := strings.CutPrefix(p.rest, text)
	if found {
		p.rest = rest
	}
	return found
}

func (p *parser) group() *filter {
	if p.depth++; p.depth > 100 || !p.skip("(") {
		p.fail("expected ( but found " + p.rest)
		return nil
	}
	defer func() { p.depth-- }()
	var f *filter
	if strings.HasPrefix(strings.TrimLeft(p.rest, " "), "(") {
		f = &filter{left: p.group()}
		switch {
		case p.skip("AND"):
			f.operator = "AND"
		case p.skip("OR"):
			f.operator = "OR"
		default:
			p.fail("expected AND or OR but found " + p.rest)
		}
		f.right = p.group()
	} else {
		f = p.comparison()
	}
	if p.problem == "" && !p.skip(")") {
		p.fail("expected ) but found " + p.rest)
	}
	return f
}

func (p *parser) comparison() *filter {
	name, rest, _ := strings.Cut(strings.TrimLeft(p.rest, " "), " ")
	p.rest = rest
	f := &filter{name: name}
	for _, operator := range []string{"!=", "=", "contains"} {
		if p.skip(operator) {
			f.operator = operator
			break
		}
	}
	if f.operator == "" {
		p.fail("expected an operator but found " + p.rest)
		return f
	}
	if !p.known(name) {
		p.fail("Could not find the attribute \"" + name + "\" on type Defect in the query segment.")
		return f
	}
	p.rest = strings.TrimLeft(p.rest, " ")
	quoted, err := strconv.QuotedPrefix(p.rest)
	if err != nil {
		p.fail("expected a text in quotes but found " + p.rest)
		return f
	}
	p.rest = p.rest[len(quoted):]
	if f.value, err = strconv.Unquote(quoted); err != nil {
		p.fail("a text in quotes that is none: " + quoted)
	}
	return f
}
