package perf

import (
	"cmp"
	"slices"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// MaxPlan is the size in bytes of the largest slo.yaml that is read.
const MaxPlan = 4 << 20

// FileError says what is wrong with a file: every problem with its place, at
// most twenty. Its fields are Name and Problems.
type FileError = form.FileError

// FileProblem is one thing that is wrong: Line and Column, which count from 1,
// and Message.
type FileProblem = form.Problem

// Description is one description of what is tested; one of OpenAPI and GraphQL
// is set.
type Description struct {
	// Name is what the plan calls it.
	Name    string
	OpenAPI *openapi.Document
	GraphQL *graphql.Schema
}

// PlanOptions are what a plan is read with.
type PlanOptions struct {
	// Descriptions are those that the plan names; see [PlanDescriptions].
	Descriptions []Description
	// File returns the content of a file that the plan names by its path; nil
	// means that there are none.
	File func(path string) ([]byte, error)
}

// PlanDescriptions returns the names of the descriptions of a plan, as it
// writes them: paths relative to it, or URLs. The error is a *[FileError].
func PlanDescriptions(name string, data []byte) ([]string, error) {
	root, err := readPlan(name, data)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, n := range root.Get("descriptions").Children() {
		if !slices.Contains(names, n.Text()) {
			names = append(names, n.Text())
		}
	}
	return names, nil
}

// ParsePlan reads a slo.yaml; it may be JSON too. The name is used for
// messages and places. Operations are looked up in the descriptions, and each
// gets its budget: its own, that of its tag, or the default. The error is a
// *[FileError] with all that contradicts itself or leads nowhere.
func ParsePlan(name string, data []byte, o PlanOptions) (*Plan, error) {
	root, err := readPlan(name, data)
	if err != nil {
		return nil, err
	}
	r := &planReader{name: name, root: root, options: o, plan: &Plan{}}
	r.read()
	slices.SortStableFunc(r.problems, func(a, b form.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if err := form.Failed(name, r.problems); err != nil {
		return nil, err
	}
	return r.plan, nil
}

// readPlan reads the tree of a plan and holds it against its shape.
func readPlan(name string, data []byte) (*openapi.Node, error) {
	root, err := form.Read(name, data, MaxPlan)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, form.Errorf(name, check.Location{}, "the file says nothing; plumb perf init writes one")
	}
	return root, form.Failed(name, form.Check(root, planShape()))
}

// planReader reads a plan whose shape is sound. It goes on where something is
// wrong, so that all is told at once.
type planReader struct {
	name     string
	root     *openapi.Node
	options  PlanOptions
	plan     *Plan
	problems []form.Problem

	catalog *catalog
	// nodes are those of the plan's operations; nil for one that only a session
	// names.
	nodes []*openapi.Node
	// offers are what the operations are in the descriptions, nil for a GraphQL
	// document.
	offers []*offer
	index  map[*offer]int // of the operations
	said   map[string]bool
	used   map[string]*openapi.Node // where feeders and pools are used first
}

// fault notes a problem at a value.
func (r *planReader) fault(n *openapi.Node, format string, args ...any) {
	r.problems = append(r.problems, form.ProblemAt(n.Location(), format, args...))
}

// wrong notes a problem at the name of a member.
func (r *planReader) wrong(n *openapi.Node, format string, args ...any) {
	r.problems = append(r.problems, form.ProblemAt(n.KeyLocation(), format, args...))
}

// once notes a problem that many operations may have, once.
func (r *planReader) once(about string, n *openapi.Node, format string, args ...any) {
	if !r.said[about] {
		r.said[about] = true
		r.fault(n, format, args...)
	}
}

func (r *planReader) read() {
	p, root := r.plan, r.root
	p.Service = root.Get("service").Text()
	p.Window = 28 * 24 * time.Hour
	if n := root.Get("window"); n != nil {
		p.Window, _ = parseDuration(n.Text())
	}
	r.catalog = newCatalog(r.options.Descriptions)
	r.used, r.index, r.said = map[string]*openapi.Node{}, map[*offer]int{}, map[string]bool{}
	r.targets()
	r.data()
	r.operations()
	r.sessions()
	r.values()
	r.budgets()
	r.load()
	r.traffic()
	r.metrics()
}

func (r *planReader) metrics() {
	n := r.root.Get("metrics")
	m := &r.plan.Metrics
	m.Histogram, m.Native = n.Get("histogram").Text(), n.Get("native").IsTrue()
	m.Operation, m.Errors = n.Get("operation").Text(), n.Get("errors").Text()
	for _, edge := range n.Get("buckets").Children() {
		d, _ := parseDuration(edge.Text())
		if k := len(m.Buckets); k > 0 && m.Buckets[k-1] >= d {
			r.fault(edge, "bucket edge %s does not come after %s; edges ascend", edge.Text(), m.Buckets[k-1])
		}
		m.Buckets = append(m.Buckets, d)
	}
	if m.Native && len(m.Buckets) > 0 {
		r.wrong(n.Get("buckets"), "a native histogram has no buckets to name")
	}
	for _, v := range n.Get("names").Children() {
		if r.plan.Operation(v.Key()) < 0 {
			r.wrong(v, "unknown operation %.120q%s", v.Key(), meant(v.Key(), r.plan.names()))
			continue
		}
		if m.Names == nil {
			m.Names = map[string]string{}
		}
		m.Names[v.Key()] = v.Text()
	}
	for _, v := range n.Get("labels").Children() {
		if m.Labels == nil {
			m.Labels = map[string]string{}
		}
		m.Labels[v.Key()] = v.Text()
	}
}

// meant asks for the closest name, as the end of a message.
func meant(name string, names []string) string {
	if closest := check.Closest(name, names); closest != "" {
		return "; did you mean \"" + closest + "\"?"
	}
	return ""
}
