package graphql

// maxWork bounds the comparisons of types with their interfaces and the
// like, which grow faster than the schema. Large public schemas need some
// ten thousand.
const maxWork = 2_000_000

// spend takes from the work that is left, and reports whether there was
// enough. Where there is not, the schema is hostile; what was not compared is
// not told.
func (l *linker) spend(n int) bool {
	l.work += n
	return l.work <= maxWork
}

// checkImplements compares a type with the interfaces that it implements, as
// section 3.6.1 of the specification (IsValidImplementation) demands.
func (l *linker) checkImplements(t *Type) {
	for _, r := range t.Interfaces {
		i := r.def
		if i == nil || i.Kind != Interface || i == t {
			continue
		}
		if l.full || !l.spend(len(i.Interfaces)+len(i.Fields)) {
			return
		}
		for _, above := range i.Interfaces {
			if above.Name != t.Name && !t.Implements(above.Name) {
				l.report(ruleInterface, r.Location(), r.Name+" "+above.Name,
					"%q implements %q without %q, which that implements", t.Name, i.Name, above.Name)
			}
		}
		for _, want := range i.Fields {
			l.checkField(t, r, want)
		}
	}
}

func (l *linker) checkField(t *Type, r *Reference, want *Field) {
	f := t.Field(want.Name)
	if f == nil {
		l.report(ruleInterface, r.Location(), r.Name+"."+want.Name,
			"%q lacks the field %q of interface %q", t.Name, want.Name, r.Name)
		return
	}
	if !f.Type.isSubtypeOf(want.Type) {
		l.report(ruleInterface, f.TypeLocation(), r.Name,
			"type %q of field %q does not fit %q of interface %q", f.Type, f.Name, want.Type, r.Name)
	}
	if !l.spend(len(want.Args) + len(f.Args)) {
		return
	}
	for _, arg := range want.Args {
		a := f.Arg(arg.Name)
		switch {
		case a == nil:
			l.report(ruleInterface, f.Location(), r.Name+" "+arg.Name,
				"field %q lacks the argument %q of interface %q", f.Name, arg.Name, r.Name)
		case a.Type != arg.Type:
			l.report(ruleInterface, a.TypeLocation(), r.Name,
				"type %q of argument %q is not %q as in interface %q", a.Type, a.Name, arg.Type, r.Name)
		}
	}
	for _, a := range f.Args {
		if a.Required() && want.Arg(a.Name) == nil {
			l.report(ruleInterface, a.Location(), r.Name,
				"argument %q is required, and interface %q does not have it", a.Name, r.Name)
		}
	}
}

// checkInterfaceCycle finds an interface that implements itself over any
// number of steps.
func (l *linker) checkInterfaceCycle(t *Type) {
	seen := map[*Type]bool{}
	for _, r := range t.Interfaces {
		stack := []*Type{r.def}
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if i == t {
				l.report(ruleCycle, r.Location(), r.Name, "interface %q implements itself through %q", t.Name, r.Name)
				return
			}
			if i == nil || i.Kind != Interface || seen[i] || !l.spend(1+len(i.Interfaces)) {
				continue
			}
			seen[i] = true
			for _, above := range i.Interfaces {
				stack = append(stack, above.def)
			}
		}
	}
}

// checkInputCycles finds input objects that require themselves through
// non-null fields: each cycle is told once, at the field that closes it.
func (l *linker) checkInputCycles() {
	const open, done = 1, 2
	state := make(map[*Type]int, len(l.schema.Inputs))
	type step struct {
		t    *Type
		next int
	}
	for _, start := range l.schema.Inputs {
		if state[start] != 0 {
			continue
		}
		stack := []step{{t: start}}
		state[start] = open
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next == len(top.t.InputFields) {
				state[top.t] = done
				stack = stack[:len(stack)-1]
				continue
			}
			v := top.t.InputFields[top.next]
			top.next++
			def := v.Type.def
			if def == nil || def.Kind != InputObject || !v.Type.NonNull || v.Type.Elem != nil || v.Default != nil {
				continue
			}
			switch state[def] {
			case 0:
				state[def] = open
				stack = append(stack, step{t: def})
			case open:
				l.report(ruleCycle, v.Location(), "", "input object %q requires itself through field %q", def.Name, v.Name)
			}
		}
	}
}
