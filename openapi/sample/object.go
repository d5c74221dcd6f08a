package sample

import (
	"slices"
	"strconv"

	"github.com/plumbapi/plumb/openapi"
)

// object makes an object: its required members, in the order in which they
// are declared, and the optional ones where they are wanted.
func (r *run) object(s *shape) (*Value, error) {
	o := &objectMaker{r: r, s: s, v: &Value{Kind: openapi.Object}, needed: map[string]bool{}}
	for _, name := range s.required {
		o.need(name)
	}
	for _, m := range s.members {
		if err := o.member(m.name, m.schemas); err != nil {
			return nil, err
		}
	}
	// What is required and not declared, or was found to be while members
	// were made.
	for _, name := range o.order {
		if err := o.undeclared(name); err != nil {
			return nil, err
		}
	}
	return o.v, o.fill()
}

type objectMaker struct {
	r      *run
	s      *shape
	v      *Value
	needed map[string]bool
	order  []string
}

// need adds a name and what depends on it to the required ones.
func (o *objectMaker) need(name string) {
	if o.needed[name] {
		return
	}
	o.needed[name] = true
	o.order = append(o.order, name)
	for _, d := range o.s.dependents {
		for _, other := range d.Get(name).Children() {
			if text, ok := other.Str(); ok {
				o.need(text)
			}
		}
	}
}

// member makes a declared member where it is required or wanted.
func (o *objectMaker) member(name string, schemas []*openapi.Node) error {
	r := o.r
	required := o.needed[name]
	if required && r.relaxed(schemas) {
		return nil
	}
	if !required && !o.wanted(name, schemas) {
		return nil
	}
	v, err := o.make(name, schemas)
	if err != nil {
		if required {
			return err
		}
		if !endless(err) {
			r.note(schemas[0], "%q is left out: %v", name, err)
		}
		return nil
	}
	o.v.Members = append(o.v.Members, Member{name, v})
	return nil
}

func (o *objectMaker) make(name string, schemas []*openapi.Node) (*Value, error) {
	r := o.r
	r.path = append(r.path, name)
	defer func() { r.path = r.path[:len(r.path)-1] }()
	if text, ok := o.s.forced[name]; ok {
		if v := String(text); r.m.fits(schemas, v) {
			return v, nil
		}
	}
	variant := r.variant
	r.variant = 0
	defer func() { r.variant = variant }()
	if o.s.kinds != anyKind && variant > 0 && len(o.v.Members) == 0 {
		r.variant = variant // the first member tells items apart
	}
	return r.make(schemas)
}

// wanted reports whether an optional member is made.
func (o *objectMaker) wanted(name string, schemas []*openapi.Node) bool {
	r := o.r
	if !r.m.opts.Full || r.left <= 0 || o.s.maxMembers >= 0 && len(o.v.Members)+o.missing() >= o.s.maxMembers || !o.allowed(name) {
		return false
	}
	return !r.foreignTo(schemas) && !slices.ContainsFunc(schemas, func(n *openapi.Node) bool {
		return r.m.doc.Resolve(n).Get("deprecated").IsTrue()
	})
}

// missing counts the required members that are not made yet.
func (o *objectMaker) missing() int {
	n := 0
	for _, name := range o.order {
		if o.v.Get(name) == nil {
			n++
		}
	}
	return n
}

// allowed reports whether the schemas that allow no other members declare a
// name.
func (o *objectMaker) allowed(name string) bool {
	return !slices.ContainsFunc(o.s.closed, func(n *openapi.Node) bool {
		return !n.Get("properties").Has(name) && n.Get("patternProperties").Len() == 0
	})
}

// undeclared makes a required member that is not there yet.
func (o *objectMaker) undeclared(name string) error {
	r := o.r
	if o.v.Get(name) != nil {
		return nil
	}
	schemas := o.s.member(name)
	if schemas != nil && r.relaxed(schemas) {
		return nil
	}
	if schemas == nil {
		schemas = o.open(name)
	}
	var v *Value
	var err error
	if schemas == nil {
		v = String("string")
	} else if v, err = o.make(name, schemas); err != nil {
		return err
	}
	o.v.Members = append(o.v.Members, Member{name, v})
	return nil
}

// open returns the schemas for a member that is not declared.
func (o *objectMaker) open(name string) []*openapi.Node {
	var list []*openapi.Node
	for _, group := range o.s.byPattern {
		for _, p := range group.Children() {
			if pat := o.r.m.pattern(p.Key()); pat.re == nil || pat.re.MatchString(name) {
				list = append(list, p)
			}
		}
	}
	return append(list, o.s.additional...)
}

// fill adds members until there are as many as the schema asks for, and one
// where an object is a map and nothing else.
func (o *objectMaker) fill() error {
	s, r := o.s, o.r
	for _, m := range s.members {
		if len(o.v.Members) >= s.minMembers {
			break
		}
		if o.v.Get(m.name) != nil || !o.allowed(m.name) || r.foreign(r.collect(m.schemas, nil)) {
			continue
		}
		if v, err := o.make(m.name, m.schemas); err == nil {
			o.v.Members = append(o.v.Members, Member{m.name, v})
		}
	}
	want := s.minMembers
	if r.m.opts.Full && len(s.members) == 0 && len(s.additional)+len(s.byPattern) > 0 && s.maxMembers != 0 && r.left > 0 {
		want = max(want, 1)
	}
	if want > len(o.v.Members) && want > r.left && want > 1 {
		return r.fail(s.node(), "an object of %d members is more than is made", want)
	}
	for i := 1; len(o.v.Members) < want && i <= want+len(s.members)+1; i++ {
		name, err := o.name(i)
		if err != nil {
			return err
		}
		if o.v.Get(name) != nil {
			continue
		}
		if err := o.undeclared(name); err != nil {
			if endless(err) && len(o.v.Members) >= s.minMembers {
				return nil
			}
			return err
		}
	}
	return nil
}

// name makes the name of a member that is not declared.
func (o *objectMaker) name(i int) (string, error) {
	r := o.r
	if len(o.s.names) > 0 {
		variant := r.variant
		r.variant = i - 1
		v, err := r.make(o.s.names)
		r.variant = variant
		if err != nil {
			return "", err
		}
		return v.Text, nil
	}
	for _, group := range o.s.byPattern {
		for _, p := range group.Children() {
			if text, ok := r.m.pattern(p.Key()).text(i-1, 1, -1); ok {
				return text, nil
			}
		}
	}
	return "key" + strconv.Itoa(i), nil
}

// relaxed reports whether a required member may be missing on this side: what
// counts is the schema that is declared, and what it refers to.
func (r *run) relaxed(schemas []*openapi.Node) bool {
	flag := "readOnly"
	if r.m.opts.Response {
		flag = "writeOnly"
	}
	for _, n := range schemas {
		if n.Get(flag).IsTrue() && (!n.Has("$ref") || r.m.doc.Version() >= openapi.V31) || r.m.doc.Resolve(n).Get(flag).IsTrue() {
			return true
		}
	}
	return false
}

func (s *shape) node() *openapi.Node {
	if len(s.nodes) == 0 {
		return nil
	}
	return s.nodes[0]
}
