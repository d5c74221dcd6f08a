package engines

import (
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/perf"
)

// matcher says which operation of the plan a request is for.
type matcher struct {
	plan   *perf.Plan
	only   int // the operation that all are for, −1
	single int // the only operation of the plan, −1
	names  map[string]int
	bases  []string   // of each operation, the path of its target
	parts  [][]string // of each operation, the parts of its path
	known  map[string]int
}

func newMatcher(plan *perf.Plan, operation string) *matcher {
	m := &matcher{plan: plan, only: -1, single: -1, names: map[string]int{}, known: map[string]int{}}
	if operation != "" {
		m.only = plan.Operation(operation)
	}
	if len(plan.Operations) == 1 {
		m.single = 0
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		m.names[o.Name] = i
		base := ""
		for k := range plan.Targets {
			t := &plan.Targets[k]
			if t.Name == o.Target || o.Target == "" && t.GraphQL == (o.Document != "") {
				if u, err := url.Parse(t.URL); err == nil {
					base = strings.TrimRight(u.Path, "/")
				}
				break
			}
		}
		m.bases = append(m.bases, base)
		m.parts = append(m.parts, strings.Split(strings.Trim(o.Path, "/"), "/"))
	}
	return m
}

// sole returns the operation of a file that does not say which, −1 where
// nobody says.
func (m *matcher) sole() int {
	if m.only >= 0 {
		return m.only
	}
	return m.single
}

// request returns the operation of a request: by the first of some names that
// is one, or by method and URL. It is −1 where none is.
func (m *matcher) request(method, address string, names ...string) int {
	if m.only >= 0 {
		return m.only
	}
	for _, name := range names {
		if i, ok := m.names[name]; ok {
			return i
		}
	}
	key := method + " " + address
	if i, ok := m.known[key]; ok {
		return i
	}
	i := m.byPath(method, address)
	if len(m.known) < mostKnown {
		m.known[key] = i
	}
	return i
}

// mostKnown is how many addresses are remembered.
const mostKnown = 10_000

func (m *matcher) byPath(method, address string) int {
	u, err := url.Parse(address)
	if err != nil {
		return -1
	}
	best, literal, graphql := -1, -1, 0
	for i := range m.plan.Operations {
		o := &m.plan.Operations[i]
		if o.Document != "" {
			// All documents go to one address: it only tells when there is one.
			if strings.TrimRight(u.Path, "/") == m.bases[i] {
				if graphql++; graphql == 1 && best < 0 {
					best = i
				} else {
					best = -1
				}
			}
			continue
		}
		path, ok := strings.CutPrefix(u.EscapedPath(), m.bases[i])
		if !ok || !strings.EqualFold(o.Method, method) {
			continue
		}
		if n := fit(m.parts[i], path); n > literal {
			best, literal = i, n
		}
	}
	return best
}

// fit returns how many parts of a template a path has literally, −1 where it
// does not fit.
func fit(template []string, path string) int {
	literal := 0
	rest := strings.Trim(path, "/")
	for k, part := range template {
		var next string
		var more bool
		next, rest, more = strings.Cut(rest, "/")
		if more != (k < len(template)-1) {
			return -1
		}
		switch {
		case part == next:
			literal++
		case !covers(part, next):
			return -1
		}
	}
	return literal
}

// covers reports whether a part of a template with a parameter in it, such as
// {id} or v{n}.json, stands for a part of a path.
func covers(part, text string) bool {
	before, rest, ok := strings.Cut(part, "{")
	_, after, closed := strings.Cut(rest, "}")
	return ok && closed && len(text) > len(before)+len(after) && strings.HasPrefix(text, before) && strings.HasSuffix(text, after)
}
