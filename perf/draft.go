package perf

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf/internal/stat"
)

// DraftOptions say what a first slo.yaml is about.
type DraftOptions struct {
	Service      string
	Descriptions []Description
	// Urgency is that of operations of which nothing else is said, "default"
	// where it is empty; see [Urgency].
	Urgency string
	// Weights are how often operations are asked for, such as counts of an
	// access log, by "GET /path" or operationId; where there are any, reads
	// without one are left out.
	Weights []DraftWeight
	// Production are objectives that production is held to already; the
	// operations get the same.
	Production *Production
}

// DraftWeight is how often an operation is asked for.
type DraftWeight struct {
	Operation string
	Weight    float64
}

// Draft writes a first slo.yaml for descriptions: all reads whose values are
// known from the description, or from the answers of another read. The notes
// say what was left out and why. An error says which of the weights name
// nothing.
func Draft(o DraftOptions) (text []byte, notes []string, err error) {
	d := &drafter{options: o, catalog: newCatalog(o.Descriptions), by: map[*offer]*draftOperation{}}
	d.choose()
	if err := d.weigh(); err != nil {
		return nil, nil, err
	}
	d.promise()
	return []byte(d.write()), d.notes, nil
}

type drafter struct {
	options    DraftOptions
	catalog    *catalog
	operations []*draftOperation
	by         map[*offer]*draftOperation
	left       []draftLeft // reads that are not sent
	notes      []string
}

// draftOperation is an operation of the draft.
type draftOperation struct {
	offer  *offer
	weight float64
	// parameter is filled from the pool.
	parameter, pool string
	fills           []Fill
	budget          *Budget
}

// draftLeft is a read of which a value is not known.
type draftLeft struct {
	offer *offer
	needs []string
}

// choose takes the reads that can be filled, and then those whose one unknown
// value another one's answers give.
func (d *drafter) choose() {
	var open []*offer
	for _, of := range d.catalog.offers {
		switch {
		case of.write, d.catalog.twins[of.name] != nil:
		case of.fillable():
			d.add(&draftOperation{offer: of, weight: 1})
		default:
			open = append(open, of)
		}
	}
	for range 3 { // a pool may be filled by a read that needs a pool
		open = slices.DeleteFunc(open, d.pooled)
	}
	for _, of := range open {
		d.left = append(d.left, draftLeft{of, of.unknown()})
	}
}

func (d *drafter) add(op *draftOperation) {
	d.operations = append(d.operations, op)
	d.by[op.offer] = op
}

// weigh sets the weights of a log.
func (d *drafter) weigh() error {
	if len(d.options.Weights) == 0 {
		return nil
	}
	for _, op := range d.operations {
		op.weight = 0
	}
	writes, unsent := 0, 0
	for _, w := range d.options.Weights {
		of := d.catalog.byName[w.Operation]
		switch {
		case of == nil:
			return fmt.Errorf("unknown operation %.120q%s", w.Operation, meant(w.Operation, d.catalog.names()))
		case w.Weight < 0 || math.IsNaN(w.Weight) || math.IsInf(w.Weight, 0) || w.Weight > maxWeight:
			return fmt.Errorf("%s has the count %v; expected a number from 0 to %v", w.Operation, w.Weight, float64(maxWeight))
		case of.write:
			writes++
		case d.by[of] == nil:
			unsent++
		default:
			d.by[of].weight += w.Weight
		}
	}
	d.keepFillers()
	all := len(d.operations)
	d.operations = slices.DeleteFunc(d.operations, func(op *draftOperation) bool { return op.weight == 0 })
	if n := all - len(d.operations); n > 0 {
		d.notes = append(d.notes, fmt.Sprintf("%s of the descriptions not in the weights, and left out", plural(n, "read is", "reads are")))
	}
	if writes > 0 {
		d.notes = append(d.notes, fmt.Sprintf("%s in the weights, and left out: name writes yourself, and run them with --allow-writes", plural(writes, "write is", "writes are")))
	}
	if unsent > 0 {
		d.notes = append(d.notes, fmt.Sprintf("%s in the weights that need values which are not known; the plan has them as comments", plural(unsent, "read is", "reads are")))
	}
	return nil
}

// keepFillers gives a weight to reads that are not asked for, but whose answers
// fill the pools of others.
func (d *drafter) keepFillers() {
	needed := map[string]bool{}
	for again := true; again; {
		again = false
		for _, op := range d.operations {
			if op.weight == 0 && slices.ContainsFunc(op.fills, func(f Fill) bool { return needed[f.Pool] }) {
				op.weight = 1
			}
			if op.weight > 0 && op.pool != "" && !needed[op.pool] {
				needed[op.pool], again = true, true
			}
		}
	}
}

// promise gives operations the objectives that production has.
func (d *drafter) promise() {
	if d.options.Production == nil {
		return
	}
	var names []string
	for _, of := range d.catalog.offers {
		names = append(names, of.name)
	}
	for _, ob := range d.options.Production.Objectives {
		name := ob.resolve(names, d.catalog, nil)
		of := d.catalog.byName[name]
		if of == nil || d.by[of] == nil {
			d.notes = append(d.notes, fmt.Sprintf("the objective %q (line %d) is for no read of the plan: %s", ob.Name, ob.Location.Line, ob.about()))
			continue
		}
		op := d.by[of]
		if op.budget == nil {
			op.budget = &Budget{}
		}
		switch ob.Kind {
		case "latency":
			op.budget.Latency = append(op.budget.Latency, ob.Objective)
		case "errors":
			op.budget.Errors, op.budget.HasErrors = 1-ob.Share, true
		}
	}
	for _, op := range d.operations {
		if op.budget != nil {
			d.notes = append(d.notes, op.tidy()...)
		}
	}
}

// tidy puts the objectives of an operation in order and drops those that
// another one holds.
func (op *draftOperation) tidy() (notes []string) {
	list := op.budget.Latency
	slices.SortStableFunc(list, func(a, b Objective) int { return compareObjectives(a, b) })
	var kept []Objective
	for _, ob := range list {
		if k := len(kept); k > 0 && (ob.Share == kept[k-1].Share || ob.Within <= kept[k-1].Within) {
			notes = append(notes, fmt.Sprintf("%s has objectives of which one makes another empty; %s is left out", op.offer.name, objectiveText(ob)))
			continue
		}
		kept = append(kept, ob)
	}
	op.budget.Latency = kept
	return notes
}

// The load of a draft: so long that each operation, were all alike, gets as
// many requests as show the default budget, within bounds.
func (d *drafter) load() (rate float64, hold time.Duration, each int) {
	const per = 50 // requests per second
	each = int(math.Ceil(stat.FaultlessRequests(1-UrgencyShare, alpha/2, 1)/100)) * 100
	seconds := float64(each*max(len(d.operations), 1)) / per
	minutes := min(max(math.Ceil(seconds/60), 1), 30)
	return per, time.Duration(minutes) * time.Minute, each
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// objectiveText writes an objective as the file has it: "99%: 300ms".
func objectiveText(o Objective) string {
	return percentText(o.Share) + ": " + durationText(o.Within)
}

// about says what an objective is for, for messages.
func (o *ServiceObjective) about() string {
	if len(o.Operations) == 0 {
		return "nothing in it names an operation"
	}
	return "it names " + strings.Join(o.Operations, ", ")
}
