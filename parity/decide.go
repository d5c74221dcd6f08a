package parity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/parity/internal/gql"
)

// withOverrides returns the options with what parity.yaml leaves unsaid taken
// from them and what it says taken from it.
func (o Options) withOverrides() Options {
	f := o.Overrides
	if f == nil {
		return o
	}
	if o.Packs == nil {
		o.Packs = f.Packs
	}
	o.Words = append(slices.Clone(o.Words), f.Words...)
	if o.Direction == "" {
		o.Direction = f.Direction
	}
	if o.Min == 0 {
		o.Min = f.Min
	}
	return o
}

// decide lets parity.yaml and parity.lock have their say about what the
// matcher found, before what corresponds is compared. What they say of the
// rest is for settle.
func decide(res *Result, p *pairing, opts Options) {
	d := &decider{res: res, p: p, opts: opts, operations: map[string]*Operation{}, types: map[string]*Type{}}
	for _, op := range res.Operations {
		d.operations[template(op.Operation)] = op
	}
	for _, op := range res.Operations {
		d.operations[op.Operation] = op
		if op.Band == "" {
			op.Band = bandOf(op.Confidence)
		}
	}
	for _, t := range res.Types {
		d.types[t.REST], d.types[t.Name] = t, t
	}
	p.decider = d
	d.overrideOperations()
	d.overrideTypes()
	d.overrideFields()
	d.lockOperations()
	d.lockTypes()
	d.lockFields()
}

// settle says, once everything is matched and compared, what is exempt, what
// a group needs, what is new since the lock and what an operation weighs.
func settle(res *Result, p *pairing) {
	d := p.decider
	for _, op := range res.Operations {
		if op.Tags == nil {
			op.Tags = []string{}
		}
	}
	d.settleFields()
	d.weigh()
	d.applyGroups()
	d.applyExemptions()
	d.applyLock()
	slices.SortStableFunc(d.decisions, func(a, b Decision) int {
		return cmp.Or(
			kindRank(a.Kind)-kindRank(b.Kind), a.At.Line-b.At.Line, a.At.Column-b.At.Column,
			strings.Compare(a.Element, b.Element), strings.Compare(a.Value, b.Value),
		)
	})
	res.Decisions = append([]Decision{}, d.decisions...)
}

func kindRank(kind string) int {
	return slices.Index([]string{"match", "none", "type", "field", "group", "exempt", "lock", "usage"}, kind)
}

// decider applies decisions to a result.
type decider struct {
	res  *Result
	p    *pairing
	opts Options

	operations map[string]*Operation // by name and by template
	types      map[string]*Type      // by name and by pointer
	decisions  []Decision
	guessed    int // closest names that were looked for

	paths map[*gql.Type]string // to types; see path
	roots map[string]bool      // root fields that the lock knows
}

// operation returns the operation that a decision names, nil where there is
// none.
func (d *decider) operation(name string) *Operation {
	if op := d.operations[name]; op != nil {
		return op
	}
	return d.operations[template(name)]
}

// unknown notes that a decision names what does not exist. Names returns
// those that exist; it is asked only while few have been unknown, since
// looking for the closest takes long.
func (d *decider) unknown(kind, element, name string, n *Note, names func() []string) {
	closest := ""
	if d.guessed++; d.guessed <= maxGuesses {
		closest = check.Closest(name, names())
	}
	d.note(Decision{Kind: kind, Element: element, State: "unknown", Value: name, Closest: closest}, n)
}

// maxGuesses is for how many unknown names the closest is looked for.
const maxGuesses = 100

// note adds a decision with what its entry says of it.
func (d *decider) note(dec Decision, n *Note) {
	if n != nil {
		dec.Reason, dec.Owner, dec.At = n.Reason, n.Owner, n.At
		if !n.Until.IsZero() {
			dec.Until = n.Until.Format("2006-01-02")
		}
	}
	d.decisions = append(d.decisions, dec)
}

func (d *decider) operationNames() []string {
	names := make([]string, len(d.res.Operations))
	for i, op := range d.res.Operations {
		names[i] = op.Operation
	}
	return names
}

func (d *decider) typeNames() []string {
	names := make([]string, len(d.res.Types))
	for i, t := range d.res.Types {
		names[i] = t.Name
	}
	return names
}

// coordinates returns the coordinates of fields: those of the type that a
// wrong one names, where it exists, else all.
func (d *decider) coordinates(wrong string) func() []string {
	return func() []string {
		typ, _, _ := strings.Cut(wrong, ".")
		var names []string
		if t := d.p.gql.Source.Type(typ); t != nil {
			for _, f := range t.Fields {
				names = append(names, f.Coordinate())
			}
			if check.Closest(wrong, names) != "" {
				return names
			}
		}
		names = nil
		for _, f := range d.p.gql.Source.Fields {
			names = append(names, f.Coordinate())
		}
		return names
	}
}

// Verdict is what was decided about an operation or, as far as it applies, a
// schema.
type Verdict struct {
	Status     Status   `json:"status"`
	Reason     Reason   `json:"reason,omitempty"`
	Confidence float64  `json:"confidence"`
	GraphQL    []string `json:"graphql"`
	Path       string   `json:"path,omitempty"`
	Why        []string `json:"why"`
	Band       Band     `json:"band"`
}

// String returns the verdict in a line: "match Query.pets", "partial
// (node-id) Query.pet, Owner.pet", "none".
func (v Verdict) String() string {
	if v.Status == StatusNone || len(v.GraphQL) == 0 {
		return string(StatusNone)
	}
	text := string(v.Status)
	if v.Reason != "" {
		text += fmt.Sprintf(" (%s)", v.Reason)
	}
	return text + " " + strings.Join(v.GraphQL, ", ")
}

// same reports whether two verdicts say the same, alternatives aside.
func (v Verdict) same(w Verdict) bool {
	return v.Status == w.Status && v.Reason == w.Reason && v.first() == w.first()
}

func (v Verdict) first() string {
	if v.Status == StatusNone || len(v.GraphQL) == 0 {
		return ""
	}
	return v.GraphQL[0]
}

// verdict returns what holds for an operation.
func (o *Operation) verdict() Verdict {
	return Verdict{o.Status, o.Reason, o.Confidence, o.GraphQL, o.Path, o.Why, o.Band}
}

// rule lets a verdict hold for an operation in place of the one before, of
// which the matcher's own is kept.
func (o *Operation) rule(v Verdict, by Source) {
	if o.Matcher == nil {
		before := o.verdict()
		o.Matcher = &before
	}
	if v.GraphQL == nil {
		v.GraphQL = []string{}
	}
	o.Status, o.Reason, o.Confidence, o.GraphQL, o.Path, o.Why, o.Band = v.Status, v.Reason, v.Confidence, v.GraphQL, v.Path, v.Why, v.Band
	o.Source = by
}

// matcher returns what the matcher itself decided.
func (o *Operation) matcher() Verdict {
	if o.Matcher != nil {
		return *o.Matcher
	}
	return o.verdict()
}

// verdict returns what holds for a schema.
func (t *Type) verdict() Verdict {
	v := Verdict{Status: t.Status, Confidence: t.Confidence, Why: t.Why, Band: bandOf(t.Confidence)}
	if t.GraphQL != "" {
		v.GraphQL = []string{t.GraphQL}
	}
	return v
}

// autoFrom is the confidence from which a decision is to be relied on.
const autoFrom = 0.90

func bandOf(confidence float64) Band {
	if confidence < autoFrom {
		return Review
	}
	return Auto
}

// rule lets a verdict hold for a schema in place of the one before.
func (t *Type) rule(v Verdict, by Source) {
	if t.Matcher == nil {
		before := t.verdict()
		t.Matcher = &before
	}
	t.Status, t.GraphQL, t.Confidence, t.Why, t.Source = v.Status, v.first(), v.Confidence, v.Why, by
}

// matcher returns what the matcher itself decided.
func (t *Type) matcher() Verdict {
	if t.Matcher != nil {
		return *t.Matcher
	}
	return t.verdict()
}
