package snapshot

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/openapi"
)

// MaxCriteria is the size in bytes of the largest file of criteria that is read.
const MaxCriteria = 1 << 20

//go:embed criteria.yaml
var criteriaFile []byte

// Criteria are what an API strategy asks for before it counts as done: data, so
// that a working group writes its own.
type Criteria struct {
	Title string
	List  []Criterion
}

// Criterion is one thing that is asked for: of a metric, or of people.
type Criterion struct {
	Name string
	// Metric is the ID of a metric, AtLeast or AtMost the limit of its value;
	// "" where people say whether it is done.
	Metric          string
	AtLeast, AtMost *float64
	// Done and Evidence are what people say.
	Done     bool
	Evidence string
	// Owner answers for it; "" for nobody.
	Owner string
	// APIs are globs over the names of APIs; empty for all.
	APIs []string
	// At is where it is written.
	At check.Location
}

// FileError says what is wrong with a file of criteria: every problem with its
// place.
type FileError = form.FileError

// DefaultCriteria returns those that are asked for where a project has none.
var DefaultCriteria = sync.OnceValue(func() *Criteria {
	c, err := ParseCriteria("criteria.yaml", criteriaFile)
	if err != nil { // a test reads it
		return &Criteria{}
	}
	return c
})

// ParseCriteria reads a file of criteria, YAML or JSON:
//
//	title: API strategy 2027
//	criteria:
//	  - {name: GraphQL offers what REST does, metric: parity.breadth, at_least: 0.8, owner: team-api}
//	  - {name: The guide for partners is out, done: true, evidence: https://example.com/guide}
//
// The name is used for messages. The error is a *[FileError].
func ParseCriteria(name string, data []byte) (*Criteria, error) {
	root, err := form.Read(name, data, MaxCriteria)
	if err != nil {
		return nil, err
	}
	c := &Criteria{Title: "Exit criteria"}
	if root == nil {
		return c, nil
	}
	if problems := form.Check(root, criteriaShape()); len(problems) > 0 {
		return nil, form.Failed(name, problems)
	}
	if n := root.Get("title"); n != nil {
		c.Title = n.Text()
	}
	for _, n := range root.Get("criteria").Children() {
		c.List = append(c.List, criterion(n))
	}
	return c, nil
}

// CriteriaSchema returns the JSON Schema of a file of criteria, for editors.
func CriteriaSchema() []byte { return form.Schema("criteria", criteriaShape()) }

func criterion(n *openapi.Node) Criterion {
	c := Criterion{
		Name: n.Get("name").Text(), Metric: n.Get("metric").Text(), Done: n.Get("done").IsTrue(),
		Evidence: n.Get("evidence").Text(), Owner: n.Get("owner").Text(), At: n.Location(),
	}
	if v, ok := n.Get("at_least").Float(); ok {
		c.AtLeast = &v
	}
	if v, ok := n.Get("at_most").Float(); ok {
		c.AtMost = &v
	}
	for _, a := range n.Get("apis").Children() {
		c.APIs = append(c.APIs, a.Text())
	}
	return c
}

func criteriaShape() *form.Shape {
	text := func(doc string, examples ...string) *form.Shape {
		return &form.Shape{Kind: form.Text, Doc: doc, Examples: examples}
	}
	limit := func(doc string) *form.Shape { return &form.Shape{Kind: form.Number, Max: 1e9, Doc: doc} }
	return &form.Shape{
		Kind: form.Mapping, Doc: "What an API strategy asks for before it counts as done.", Required: []string{"criteria"},
		Fields: []form.Field{
			{Key: "title", Shape: text("What the list is called.", "API strategy 2027")},
			{Key: "criteria", Shape: &form.Shape{Kind: form.List, Doc: "What is asked for, in the order in which it is shown.", Item: &form.Shape{
				Kind: form.Mapping, Doc: "One thing that is asked for.", Required: []string{"name"}, Some: []string{"metric", "done"},
				Fields: []form.Field{
					{Key: "name", Shape: text("What holds when it is met.", "GraphQL offers what REST does")},
					{Key: "metric", Shape: &form.Shape{Kind: form.Text, Words: MetricIDs(), Doc: "What is measured."}},
					{Key: "at_least", Shape: limit("The least value that meets it; shares are 0 to 1.")},
					{Key: "at_most", Shape: limit("The largest value that meets it.")},
					{Key: "done", Shape: &form.Shape{Kind: form.Bool, Doc: "Whether it is met, where nothing can measure it."}},
					{Key: "evidence", Shape: text("What shows it, where nothing can measure it.", "https://example.com/minutes")},
					{Key: "owner", Shape: text("Who answers for it.", "team-api")},
					{Key: "apis", Shape: &form.Shape{Kind: form.List, Doc: "Names of APIs, or patterns; all where nothing is said.", Item: text("A name or a pattern.", "tracker")}},
				},
				Demand: func(get func(string) string) string {
					limits := 0
					for _, k := range []string{"at_least", "at_most"} {
						if get(k) != "" {
							limits++
						}
					}
					switch {
					case get("metric") != "" && limits == 0:
						return "names a metric but no limit; add at_least or at_most"
					case get("metric") == "" && limits > 0:
						return "has a limit but no metric"
					}
					return ""
				},
			}}},
		},
	}
}

// State says whether a criterion is met.
type State string

// The states.
const (
	Met     State = "met"
	NotMet  State = "not met"
	Unknown State = "not measured"
)

// Answer is what a criterion comes to for one API.
type Answer struct {
	Name  string `json:"name"`
	State State  `json:"state"`
	// Evidence is what shows it: the value, the limit, and where it was
	// measured.
	Evidence string `json:"evidence"`
	Owner    string `json:"owner"`
	// Metric is "" where people answered.
	Metric string `json:"metric"`
}

// Answer says what the criteria come to for an API of a snapshot, those that ask
// for something of it, in their order.
func (c *Criteria) Answer(s *Snapshot, a *API) []Answer {
	var list []Answer
	for i := range c.List {
		if k := &c.List[i]; k.asks(a) {
			list = append(list, k.answer(s, a))
		}
	}
	return list
}

func (k *Criterion) asks(a *API) bool {
	return len(k.APIs) == 0 || slices.ContainsFunc(k.APIs, func(glob string) bool { return check.MatchGlob(glob, a.Name) })
}

func (k *Criterion) answer(s *Snapshot, a *API) Answer {
	out := Answer{Name: k.Name, Owner: k.Owner, Metric: k.Metric, State: NotMet, Evidence: k.Evidence}
	m := FindMetric(k.Metric)
	if m == nil {
		if k.Done {
			out.State = Met
		}
		return out
	}
	v, ok := m.Value(s, a)
	if !ok {
		out.State, out.Evidence = Unknown, a.unmeasured(m.Topic)
		return out
	}
	if (k.AtLeast == nil || v >= *k.AtLeast) && (k.AtMost == nil || v <= *k.AtMost) {
		out.State = Met
	}
	out.Evidence = m.Short + ": " + m.Write(v) + "; asked for is " + k.limit(m)
	if k.Evidence != "" {
		out.Evidence += "; " + k.Evidence
	}
	return out
}

// limit says in words what is asked for.
func (k *Criterion) limit(m *Metric) string {
	switch {
	case k.AtLeast != nil && k.AtMost != nil:
		return m.Write(*k.AtLeast) + " to " + m.Write(*k.AtMost)
	case k.AtLeast != nil:
		return "at least " + m.Write(*k.AtLeast)
	case *k.AtMost == 0:
		return "none"
	}
	return "at most " + m.Write(*k.AtMost)
}

// unmeasured says why a topic has no numbers: the gate that yields them was
// skipped, or had nothing to look at.
func (a *API) unmeasured(topic string) string {
	gate := map[string]string{parityTopic: "parity", sloTopic: "perf", lintTopic: "lint", webhookTopic: "webhooks", lifecycleTopic: "lifecycle"}[topic]
	for i := range a.Gates {
		if g := &a.Gates[i]; g.Name == gate && g.Skipped != "" {
			return fmt.Sprintf("plumb %s did not run: %s", gate, g.Skipped)
		}
	}
	return "nothing was there to be measured"
}

// Write writes a value of the metric as people read it: 61.2 %, 1,204.
func (m *Metric) Write(v float64) string {
	if m.Percent {
		return words.Percent(v)
	}
	if v == float64(int(v)) {
		return words.Number(int(v))
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}
