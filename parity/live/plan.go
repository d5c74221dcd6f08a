package live

import (
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// Plan is what will be asked. It is immutable.
type Plan struct {
	// Probes are the matched reads, in the order of parity.Result.Operations.
	Probes []*Probe `json:"probes"`

	result *parity.Result
	// lists are reads that are asked only for the values that other probes
	// need.
	lists []*Probe
	// homes are the probes that show the objects of a path template.
	homes map[string]*Probe
}

// Probe is one matched read.
type Probe struct {
	Operation  string `json:"operation"`
	Coordinate string `json:"coordinate"`
	// List says that REST answers with a list.
	List bool `json:"list"`
	// Query is the GraphQL document.
	Query string `json:"query"`
	// Pairs are what is compared of each object, and what is not.
	Pairs []PlannedPair `json:"pairs"`
	// Skipped says why the probe cannot be sent; "" where it can.
	Skipped string `json:"skipped,omitempty"`

	Pair *parity.Operation `json:"-"`

	source   *openapi.Operation
	path     *template
	hops     []*hop
	answer   *answer           // where the objects stand in the answer of REST
	many     bool              // GraphQL answers with a list
	group    *group            // what is compared of each object
	rest     map[string]string // query parameters that REST is sent
	size     int               // how many objects are asked for; 0 where nothing bounds them
	paged    bool              // REST may show a part of the list only
	ordered  string            // the property that both sides are asked to sort by
	variants []*variant        // the question itself, then with one filter each
}

// PlannedPair is a property and a field that a probe compares.
type PlannedPair struct {
	REST    string `json:"rest"`
	GraphQL string `json:"graphql"`
	// Skipped says why the pair is not compared; "" where it is.
	Skipped string `json:"skipped,omitempty"`
}

// planner makes a plan.
type planner struct {
	res    *parity.Result
	opts   Options
	doc    *openapi.Document
	schema *graphql.Schema

	byPointer map[string]*parity.Type
	fields    map[groupKey][]*parity.Field
	inputs    map[string][]*parity.Input
	reads     map[string]*openapi.Operation // by path template, names left out
}

// groupKey names a schema and a type whose fields are compared.
type groupKey struct{ schema, typ string }

func newPlan(res *parity.Result, opts Options) (*Plan, error) {
	if err := knownOperations(res, opts); err != nil {
		return nil, err
	}
	p := &planner{
		res: res, opts: opts, doc: res.REST, schema: res.GraphQL,
		byPointer: map[string]*parity.Type{}, fields: map[groupKey][]*parity.Field{},
		inputs: map[string][]*parity.Input{}, reads: map[string]*openapi.Operation{},
	}
	for _, t := range res.Types {
		p.byPointer[t.REST] = t
	}
	for _, f := range res.Fields {
		key := groupKey{f.Schema, f.Type}
		p.fields[key] = append(p.fields[key], f)
	}
	for _, in := range res.Inputs {
		p.inputs[in.Operation] = append(p.inputs[in.Operation], in)
	}
	for _, op := range p.doc.Operations() {
		if op.Origin == openapi.FromPath && op.Method == "GET" {
			p.reads[parsePath(op.Path).shape()] = op
		}
	}
	plan := &Plan{result: res, homes: map[string]*Probe{}}
	for _, op := range res.Operations {
		if asked(op) && (len(opts.Only) == 0 || slices.Contains(opts.Only, op.Operation)) {
			plan.Probes = append(plan.Probes, p.probe(op))
		}
	}
	p.homes(plan)
	return plan, nil
}

// asked reports whether an operation is a read that can be compared: a match,
// or a partial one that reaches the same object in another way.
func asked(op *parity.Operation) bool {
	if op.Write || op.Node == nil || op.Node.Method != "GET" {
		return false
	}
	return op.Status == parity.StatusMatch ||
		op.Status == parity.StatusPartial && (op.Reason == parity.NodeID || op.Reason == parity.ViaFilter)
}

// knownOperations reports names in the options that no operation has.
func knownOperations(res *parity.Result, opts Options) error {
	names := make([]string, len(res.Operations))
	for i, op := range res.Operations {
		names[i] = op.Operation
	}
	unknown := func(where, name string) error {
		if slices.Contains(names, name) {
			return nil
		}
		if closest := check.Closest(name, names); closest != "" {
			return fmt.Errorf("%sno operation %q; did you mean %q?", where, name, closest)
		}
		return fmt.Errorf("%sno operation %q", where, name)
	}
	for _, name := range opts.Only {
		if err := unknown("", name); err != nil {
			return err
		}
	}
	if opts.Fixtures == nil {
		return nil
	}
	for _, op := range opts.Fixtures.operations {
		if err := unknown(op.where+": ", op.name); err != nil {
			return err
		}
	}
	return nil
}

// probe plans one read.
func (p *planner) probe(op *parity.Operation) *Probe {
	out := &Probe{Operation: op.Operation, Pair: op, source: op.Node, path: parsePath(op.Node.Path), Pairs: []PlannedPair{}}
	if len(op.GraphQL) > 0 {
		out.Coordinate = op.GraphQL[0]
	}
	out.Skipped = p.ask(out, op.Path)
	if out.Skipped != "" && op.Reason == parity.NodeID && op.Path != "node" && p.schema.Query != nil && p.schema.Query.Field("node") != nil {
		again := *out
		if p.ask(&again, "node") == "" {
			again.Skipped = ""
			return &again
		}
	}
	return out
}

// ask plans the question of a probe along a path. It returns why there is
// none.
func (p *planner) ask(out *Probe, path string) string {
	for _, step := range [...]func() string{
		func() string { return p.walk(out, path) },
		func() string { return p.pair(out) },
		func() string { return p.bind(out) },
	} {
		if reason := step(); reason != "" {
			return reason
		}
	}
	p.write(out)
	return ""
}

// pair finds the schema that the answer is about and what of it is compared
// with the fields of the type at the end of the path.
func (p *planner) pair(out *Probe) string {
	last := out.hops[len(out.hops)-1]
	target := last.target()
	if target == nil || !target.IsComposite() {
		return fmt.Sprintf("%s yields no object", last.field.Coordinate())
	}
	ans := p.answer(out.source, target)
	if ans == nil {
		return "no schema in the answer of REST is matched with " + target.Name
	}
	out.answer, out.List, out.many = ans, ans.list(), last.many()
	if out.List && !out.many {
		return fmt.Sprintf("REST answers with a list, %s yields one object", last.field.Coordinate())
	}
	out.Pairs = []PlannedPair{}
	out.group = p.group(ans.node, ans.pair, target, maxDepth, newNames())
	for _, n := range out.group.nodes {
		out.Pairs = append(out.Pairs, PlannedPair{REST: n.field.REST, GraphQL: n.field.GraphQL, Skipped: n.skipped})
	}
	if len(out.group.compared()) == 0 {
		return fmt.Sprintf("no property of %s is matched with a field of %s", ans.pair.Name, out.group.typ.Name)
	}
	return ""
}

// homes finds for each path with parameters the read that shows what its last
// parameter may be: of /books/{id} that is /books. What no probe reads is read
// for the values alone.
func (p *planner) homes(plan *Plan) {
	byShape := map[string]*Probe{}
	for _, probe := range plan.Probes {
		if probe.Skipped == "" && probe.List {
			byShape[probe.path.shape()] = probe
		}
	}
	pending := slices.Clone(plan.Probes)
	for len(pending) > 0 {
		probe := pending[0]
		pending = pending[1:]
		if probe.Skipped != "" {
			continue
		}
		for _, home := range probe.path.homes() {
			key := home.shape()
			if plan.homes[key] != nil {
				continue
			}
			list := byShape[home.parent().shape()]
			if list == nil {
				if list = p.reader(home.parent()); list == nil {
					continue
				}
				byShape[home.parent().shape()] = list
				plan.lists = append(plan.lists, list)
				pending = append(pending, list)
			}
			plan.homes[key] = list
		}
	}
}

// reader makes a probe for the values of a list alone. One that is matched
// asks both sides, for the IDs by which GraphQL knows the objects.
func (p *planner) reader(path *template) *Probe {
	op := p.reads[path.shape()]
	if op == nil {
		return nil
	}
	for _, m := range p.res.Operations {
		if m.Node == op && asked(m) {
			if probe := p.probe(m); probe.Skipped == "" && probe.List {
				probe.variants = probe.variants[:1]
				return probe
			}
		}
	}
	out := &Probe{Operation: op.String(), source: op, path: parsePath(op.Path), List: true, answer: p.listOf(op)}
	if out.answer == nil {
		return nil
	}
	if p.restParams(out) != "" {
		return nil
	}
	out.variants = []*variant{{}}
	return out
}
