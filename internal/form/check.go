package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// maxProblems is how many problems of one file are told.
const maxProblems = 20

// Check compares a file with its shape and returns what is wrong, in the
// order of the file, at most twenty problems.
func Check(root *openapi.Node, s *Shape) []Problem {
	c := &checker{}
	c.value(root, s, "")
	return c.problems
}

type checker struct{ problems []Problem }

func (c *checker) full() bool { return len(c.problems) >= maxProblems }

// report notes a problem at a value.
func (c *checker) report(n *openapi.Node, format string, args ...any) {
	at := n.Location()
	c.add(at, format, args...)
}

// key notes a problem at the name of a member.
func (c *checker) key(n *openapi.Node, format string, args ...any) {
	c.add(n.KeyLocation(), format, args...)
}

func (c *checker) add(at check.Location, format string, args ...any) {
	if !c.full() {
		c.problems = append(c.problems, ProblemAt(at, format, args...))
	}
}

// value checks a value; where is the path of keys to it, for messages.
func (c *checker) value(n *openapi.Node, s *Shape, where string) {
	if c.full() {
		return
	}
	if s.Kind == Any {
		return
	}
	if n.Is(openapi.Null) {
		if !s.nullable() {
			c.report(n, "%s is empty; expected %s", name(where), s.what())
		}
		return
	}
	switch s.Kind {
	case Mapping:
		c.mapping(n, s, where)
	case List:
		c.list(n, s.Item, s, where)
	case Texts:
		switch n.Kind() {
		case openapi.Array:
			c.list(n, s.Item, s, where)
		case openapi.String:
			c.text(n, s.Item, where)
		default:
			c.mismatch(n, s, where)
		}
	case Number:
		c.number(n, s, where)
	case Bool:
		if !n.Is(openapi.Bool) {
			c.mismatch(n, s, where)
		}
	case Scalar:
		c.scalar(n, s, where)
	default:
		c.text(n, s, where)
	}
}

func (c *checker) list(n *openapi.Node, item, s *Shape, where string) {
	if !n.Is(openapi.Array) {
		c.mismatch(n, s, where)
		return
	}
	if n.Len() == 0 && s.Kind == Texts {
		c.report(n, "%s is empty; expected %s", name(where), s.what())
	}
	for i, v := range n.Children() {
		c.value(v, item, fmt.Sprintf("%s[%d]", where, i))
	}
}

func (c *checker) mapping(n *openapi.Node, s *Shape, where string) {
	if !n.Is(openapi.Object) {
		c.mismatch(n, s, where)
		return
	}
	before := len(c.problems)
	seen := map[string]*openapi.Node{}
	for _, v := range n.Children() {
		key := v.Key()
		seen[key] = v
		next := s.Field(key)
		if next == nil && s.Item != nil {
			next = s.Item
			if problem := s.wrongKey(key); problem != "" {
				c.key(v, "%.120q%s %s", key, in(where), problem)
				continue
			}
		}
		if next == nil {
			c.key(v, "unknown key %.120q%s%s", key, in(where), oneOf(key, s.keys()))
			continue
		}
		c.value(v, next, strings.TrimPrefix(where+"."+key, "."))
	}
	for _, key := range s.Required {
		if seen[key] == nil {
			c.report(n, "%s has no %s", name(where), key)
		}
	}
	c.some(n, s, where, seen)
	if s.Demand == nil || len(c.problems) > before {
		return
	}
	if missing := s.Demand(func(key string) string { return n.Get(key).Text() }); missing != "" {
		c.report(n, "%s %s", name(where), missing)
	}
}

// some checks that exactly one of some keys is there.
func (c *checker) some(n *openapi.Node, s *Shape, where string, seen map[string]*openapi.Node) {
	if len(s.Some) == 0 {
		return
	}
	var has []string
	for _, key := range s.Some {
		if seen[key] != nil {
			has = append(has, key)
		}
	}
	switch {
	case len(has) == 0:
		c.report(n, "%s has none of %s", name(where), strings.Join(s.Some, ", "))
	case len(has) > 1:
		c.report(n, "%s has %s; only one of them can be what it is about", name(where), strings.Join(has, " and "))
	}
}

func (c *checker) number(n *openapi.Node, s *Shape, where string) {
	f, ok := n.Float()
	switch {
	case !ok:
		c.mismatch(n, s, where)
	case !(f >= s.Min && f <= s.Max):
		c.report(n, "%s is %.40s; expected a number from %s to %s", name(where), n.Text(), decimal(s.Min), decimal(s.Max))
	}
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func (c *checker) text(n *openapi.Node, s *Shape, where string) {
	text, ok := n.Str()
	if !ok {
		c.mismatch(n, s, where)
		return
	}
	c.words(n, text, s, where)
}

func (c *checker) scalar(n *openapi.Node, s *Shape, where string) {
	if n.Is(openapi.Object) || n.Is(openapi.Array) {
		c.mismatch(n, s, where)
		return
	}
	c.words(n, n.Text(), s, where)
}

func (c *checker) words(n *openapi.Node, text string, s *Shape, where string) {
	switch {
	case strings.TrimSpace(text) == "":
		c.report(n, "%s is empty; expected %s", name(where), s.what())
	case s.Words != nil && !slices.Contains(s.Words, text):
		c.report(n, "%s %.120q is unknown%s", name(where), text, oneOf(text, s.Words))
	case s.Valid != nil:
		if problem := s.Valid(text); problem != "" {
			c.report(n, "%s %.120q %s", name(where), text, problem)
		}
	}
}

func (c *checker) mismatch(n *openapi.Node, s *Shape, where string) {
	hint := ""
	if scalar := n.Is(openapi.Number) || n.Is(openapi.Bool); scalar && s.Kind == Text {
		hint = "; put it in quotes"
	}
	c.report(n, "%s is %s; expected %s%s", name(where), kind(n), s.what(), hint)
}

func kind(n *openapi.Node) string {
	switch n.Kind() {
	case openapi.Object:
		return "a mapping"
	case openapi.Array:
		return "a list"
	case openapi.Number:
		return "the number " + n.Text()
	case openapi.Bool:
		return "the boolean " + n.Text()
	}
	return fmt.Sprintf("%.60q", n.Text())
}

func name(where string) string {
	if where == "" {
		return "the file"
	}
	return where
}

func in(where string) string {
	if where == "" {
		return ""
	}
	return " in " + where
}

// oneOf names the closest of the names, or all of them.
func oneOf(text string, names []string) string {
	if closest := check.Closest(text, names); closest != "" {
		return fmt.Sprintf("; did you mean %q?", closest)
	}
	return "; it is one of " + strings.Join(names, ", ")
}
