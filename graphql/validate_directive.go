package graphql

import "slices"

// checkUse looks at one use of a directive: that it is defined, that it may
// stand where it stands, and that its arguments are those of the definition.
func (l *linker) checkUse(d *Directive) {
	name := "@" + d.Name
	if d.def == nil {
		if !l.isImported(name) {
			l.report(ruleUnknownDirective, d.Location(), name, "directive %q is not defined", name)
		}
		return
	}
	// Schemas carry definitions of the specification's directives that are
	// older than what they use, so either definition may allow it.
	defs := []*DirectiveDefinition{d.def}
	if s := l.specified[d.Name]; s != nil && s != d.def {
		defs = append(defs, s)
	}
	place := location(d.parent)
	if !slices.ContainsFunc(defs, func(def *DirectiveDefinition) bool { return def.On(place) }) {
		l.report(ruleInvalidDirective, d.Location(), name+" "+place, "directive %q is not for %s", name, place)
	}
	var given map[string]bool
	if len(d.Args) > 1 {
		given = make(map[string]bool, len(d.Args))
	}
	for _, a := range d.Args {
		l.checkArgument(d, a, defs)
		if given[a.Name] {
			l.report(ruleInvalidDirective, d.argLocation(a), name+" twice "+a.Name, "argument %q of %q is given twice", a.Name, name)
		}
		if given != nil {
			given[a.Name] = true
		}
	}
	for _, a := range d.def.Args {
		if a.Required() && !given[a.Name] && d.Arg(a.Name) == nil {
			l.report(ruleInvalidDirective, d.Location(), name+" lacks "+a.Name, "argument %q of %q is missing", a.Name, name)
		}
	}
}

func (l *linker) checkArgument(d *Directive, a *Argument, defs []*DirectiveDefinition) {
	for _, def := range defs {
		arg := def.Arg(a.Name)
		if arg == nil {
			continue
		}
		if why := l.misfit(a.Value, arg.Type); why != "" {
			l.report(ruleInvalidDirective, d.argLocation(a), "@"+d.Name+" value "+a.Name, "argument %q of %q: %s", a.Name, "@"+d.Name, why)
		}
		return
	}
	l.report(ruleInvalidDirective, d.argLocation(a), "@"+d.Name+" unknown "+a.Name, "directive %q has no argument %q", "@"+d.Name, a.Name)
}

// checkRepeats finds directives that are used twice on one element.
func (l *linker) checkRepeats() {
	uses := l.schema.Uses
	for len(uses) > 0 {
		n := 1
		for n < len(uses) && uses[n].parent == uses[0].parent {
			n++
		}
		if n > 1 {
			distinct(slices.Clone(uses[:n]), func(d, known *Directive) {
				if d.def != nil && !d.def.Repeatable {
					l.reportRelated(ruleInvalidDirective, d.Location(), "@"+d.Name+" again", first(known.Location()),
						"directive %q is used twice and not repeatable", "@"+d.Name)
				}
			})
		}
		uses = uses[n:]
	}
}

// location names the place of an element as directive definitions do.
func location(e Element) string {
	switch e := e.(type) {
	case *Type:
		return e.Kind.String()
	case *Field:
		return "FIELD_DEFINITION"
	case *EnumValue:
		return "ENUM_VALUE"
	case *DirectiveDefinition:
		return "DIRECTIVE_DEFINITION"
	case *InputValue:
		if e.IsArgument() {
			return "ARGUMENT_DEFINITION"
		}
		return "INPUT_FIELD_DEFINITION"
	}
	return "SCHEMA"
}
