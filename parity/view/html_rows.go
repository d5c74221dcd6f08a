package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
)

// detailUpTo is how many rows of a list have details, so that a browser opens
// a page of ten thousand quickly.
const detailUpTo = 3000

// rows makes the rows of a page.
type rows struct {
	res  *parity.Result
	opts *Options
	file string // of the REST description
	// ids are the rows of operations, coordinates and schemas, by their names.
	ids    map[string]string
	taken  map[string]bool
	inputs map[string][]*parity.Input
	traits map[string][]*parity.Trait
	fields map[string][]*parity.Field
}

func newRows(prefix string, res *parity.Result, o *Options) *rows {
	r := &rows{
		res: res, opts: o, ids: map[string]string{}, taken: map[string]bool{},
		inputs: map[string][]*parity.Input{}, traits: map[string][]*parity.Trait{}, fields: map[string][]*parity.Field{},
	}
	if res.REST != nil {
		r.file = res.REST.Source().Name()
	}
	for _, op := range res.Operations {
		r.name(op.Operation, prefix+"op-")
	}
	for _, root := range res.Roots {
		r.name(root.Coordinate, prefix+"root-")
	}
	for _, t := range res.Types {
		r.name(t.REST, prefix+"type-")
	}
	for _, in := range res.Inputs {
		r.inputs[in.Operation] = append(r.inputs[in.Operation], in)
	}
	for _, t := range res.Traits {
		r.traits[t.Operation] = append(r.traits[t.Operation], t)
	}
	for _, f := range res.Fields {
		r.fields[f.Schema+" "+f.Type] = append(r.fields[f.Schema+" "+f.Type], f)
	}
	return r
}

// name gives a row an ID that an address can hold.
func (r *rows) name(element, prefix string) {
	var b strings.Builder
	b.WriteString(prefix)
	gap := false
	for _, c := range strings.ToLower(element) {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			if gap && b.Len() > len(prefix) {
				b.WriteByte('-')
			}
			b.WriteRune(c)
			gap = false
			continue
		}
		gap = true
	}
	id := b.String()
	for n := 2; r.taken[id]; n++ {
		id = b.String() + "--" + strconv.Itoa(n)
	}
	r.taken[id], r.ids[element] = true, id
}

// peers are counterparts, each linked where it has a row.
func (r *rows) peers(names ...string) []htmlPeer {
	var list []htmlPeer
	for _, name := range names {
		if name != "" {
			list = append(list, htmlPeer{safe.Line(name), r.ids[name]})
		}
	}
	return list
}

// operations are the rows of REST, by tag.
func (r *rows) operations() htmlList {
	ops := slices.Clone(r.res.Operations)
	slices.SortStableFunc(ops, func(a, b *parity.Operation) int { return strings.Compare(first(a.Tags), first(b.Tags)) })
	var l htmlList
	for i, op := range ops {
		method, path, _ := strings.Cut(op.Operation, " ")
		row := htmlRow{
			ID: r.ids[op.Operation], Group: safe.Line(first(op.Tags)), Method: safe.Line(method), Name: safe.Line(path),
			Status: op.Status, Reason: op.Reason, Band: op.Band, New: op.New, Rank: rank(op.Status), Certain: percent(op.Confidence),
			Peers: r.peers(op.GraphQL...), Marks: marks(op.Deprecated, false, op.Exempt != ""),
		}
		if i < detailUpTo {
			row.Facts = r.operationFacts(op)
		}
		l.add(row)
	}
	return l
}

// operationFacts say why an operation has the counterpart that it has, and in
// what the two differ.
func (r *rows) operationFacts(op *parity.Operation) []htmlFact {
	f := facts{}
	f.add("path", op.Path)
	f.add("because", op.Why...)
	f.add("exempt", op.Exempt)
	if op.Source != parity.Matched {
		f.add("decided by", source(op.Source))
	}
	if len(op.Candidates) > 1 {
		f.add("next best", op.Candidates[1].Coordinate+", "+words.Percent(op.Candidates[1].Confidence))
	} else if op.Status == parity.StatusNone && len(op.Candidates) == 1 {
		f.add("closest", op.Candidates[0].Coordinate+", "+words.Percent(op.Candidates[0].Confidence))
	}
	var rest, graphql, differ []string
	for _, in := range r.inputs[op.Operation] {
		switch {
		case in.GraphQL == "":
			rest = append(rest, in.REST)
		case in.REST == "":
			graphql = append(graphql, in.GraphQL)
		default:
			for _, d := range in.Differences {
				differ = append(differ, in.REST+" and "+in.GraphQL+": "+difference(d))
			}
		}
	}
	f.add("only REST takes", strings.Join(rest, ", "))
	f.add("only GraphQL takes", strings.Join(graphql, ", "))
	f.add("differs", differ...)
	for _, t := range r.traits[op.Operation] {
		f.add(string(t.Topic), trait(t))
	}
	f.add("at", r.opts.placeIn(op.Location, r.file))
	return f
}

// roots are the rows of the other direction, by group.
func (r *rows) roots() htmlList {
	list := slices.Clone(r.res.Roots)
	slices.SortStableFunc(list, func(a, b *parity.Root) int { return strings.Compare(a.Group, b.Group) })
	var l htmlList
	for _, root := range list {
		l.add(htmlRow{
			ID: r.ids[root.Coordinate], Group: safe.Line(root.Group), Name: safe.Line(root.Coordinate),
			Status: root.Status, New: root.New, Rank: rank(root.Status), Certain: percent(root.Confidence),
			Peers: r.peers(root.Operations...), Marks: marks(root.Deprecated, root.Experimental, root.Exempt != ""),
		})
	}
	return l
}

// types are the rows of schemas, in the order of their names.
func (r *rows) types() htmlList {
	var l htmlList
	for i, t := range r.res.Types {
		row := htmlRow{
			ID: r.ids[t.REST], Name: safe.Line(t.Name), Status: t.Status, Rank: rank(t.Status),
			Certain: percent(t.Confidence), Peers: r.peers(t.GraphQL),
		}
		if i < detailUpTo {
			f := facts{}
			f.add("because", t.Why...)
			f.add("or", strings.Join(t.Alternatives, ", "))
			if t.Source != parity.Matched && t.Source != "" {
				f.add("decided by", source(t.Source))
			}
			row.Facts = f
			row.Fields, row.Names = fields(r.fields[t.Name+" "+t.GraphQL])
		}
		l.add(row)
	}
	return l
}

// fields lists the pairs of a schema and its type that differ, and names what
// is alike and what one side has alone, by its class.
func fields(list []*parity.Field) (differ []htmlField, names facts) {
	byName := map[string][]string{}
	var order []string
	note := func(name, field string) {
		if byName[name] == nil {
			order = append(order, name)
		}
		byName[name] = append(byName[name], field)
	}
	for _, f := range list {
		_, property, _ := strings.Cut(f.REST, ".")
		_, field, _ := strings.Cut(f.GraphQL, ".")
		class := ""
		if f.Class != "" {
			class = ", " + spaced(string(f.Class))
		}
		if f.New {
			class += ", new"
		}
		switch {
		case f.Kind == parity.Same && len(f.Differences) == 0:
			note("alike", property)
		case f.GraphQL == "":
			note("REST only"+class, property)
		case f.REST == "":
			note("GraphQL only"+class, field)
		default:
			differ = append(differ, htmlField{safe.Line(property), safe.Line(field), f.Kind, fieldNote(f)})
		}
	}
	for _, name := range order {
		names.add(name, strings.Join(byName[name], ", "))
	}
	return differ, names
}
