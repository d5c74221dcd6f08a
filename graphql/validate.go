package graphql

import (
	"strings"

	"github.com/plumbapi/plumb/check"
)

// validate notes what a strict build of the schema would refuse, beyond what
// merging found.
func (l *linker) validate() {
	s := l.schema
	l.checkRoots()
	for _, t := range s.Types {
		l.checkType(t)
	}
	for _, d := range s.Directives {
		l.checkName(d, d.Name)
		l.checkInputs(d.Args)
	}
	for _, d := range s.Uses {
		l.checkUse(d)
	}
	l.checkRepeats()
	for _, v := range l.invalidValues {
		if v.input.parent != nil { // nil where a duplicate was dropped
			l.report(ruleInvalidDefault, v.input.DefaultLocation(), "", "default value of %q cannot be read: %v", v.input.Name, v.err)
		}
	}
	for _, t := range s.Interfaces {
		l.checkInterfaceCycle(t)
	}
	l.checkInputCycles()
	for _, t := range s.Types {
		l.checkImplements(t)
	}
}

// checkRoots looks at the root types.
func (l *linker) checkRoots() {
	s := l.schema
	named := map[string]*OperationType{}
	if s.Definition != nil {
		for _, op := range s.Definition.Operations {
			l.checkRoot(op)
			named[op.Operation] = op
		}
	}
	if s.Query == nil && named["query"] == nil {
		var at check.Location
		if s.Definition != nil {
			at = s.Definition.Location()
		}
		l.report(ruleMissingQuery, at, "", "the schema has no query type")
	}
}

func (l *linker) checkRoot(op *OperationType) {
	r := op.Type
	switch {
	case r.def == nil:
		l.report(ruleUnknownType, r.Location(), op.Operation, "%s type %q is not defined", op.Operation, r.Name)
	case r.def.Kind != Object:
		l.report(ruleInvalidKind, r.Location(), op.Operation, "%s type %q is %s, not an object type",
			op.Operation, r.Name, article(r.def.Kind))
	}
}

func (l *linker) checkType(t *Type) {
	l.checkName(t, t.Name)
	if t.isEmpty() && !t.extension {
		l.report(ruleEmptyType, t.Location(), "", "%s %q has no %s", t.Kind.Keyword(), t.Name, t.Kind.content())
	}
	for _, f := range t.Fields {
		l.checkName(f, f.Name)
		l.checkOutput(f)
		l.checkInputs(f.Args)
	}
	l.checkInputs(t.InputFields)
	if t.OneOf {
		l.checkOneOf(t)
	}
	for _, v := range t.EnumValues {
		l.checkName(v, v.Name)
		if v.Name == "true" || v.Name == "false" || v.Name == "null" {
			l.report(ruleInvalidName, v.Location(), "", "%q cannot be the name of an enum value", v.Name)
		}
	}
	for _, r := range t.Members {
		switch {
		case r.def == nil:
			l.unknownType(r.Name, r.Location(), r.Name)
		case r.def.Kind != Object:
			l.report(ruleInvalidKind, r.Location(), r.Name, "member %q of union %q is %s, not an object type",
				r.Name, t.Name, article(r.def.Kind))
		}
	}
	for _, r := range t.Interfaces {
		switch {
		case r.def == nil:
			l.unknownType(r.Name, r.Location(), r.Name)
		case r.def.Kind != Interface:
			l.report(ruleInvalidKind, r.Location(), r.Name, "%q implements %q, which is %s, not an interface",
				t.Name, r.Name, article(r.def.Kind))
		}
	}
}

// isEmpty reports whether the type has nothing although its kind demands it.
func (t *Type) isEmpty() bool {
	switch t.Kind {
	case Object, Interface:
		return len(t.Fields) == 0
	case InputObject:
		return len(t.InputFields) == 0
	case Enum:
		return len(t.EnumValues) == 0
	case Union:
		return len(t.Members) == 0
	}
	return false
}

func (k Kind) content() string {
	switch k {
	case Enum:
		return "values"
	case Union:
		return "members"
	}
	return "fields"
}

func article(k Kind) string {
	switch k {
	case Scalar:
		return "a scalar"
	case Object:
		return "an object type"
	case Interface:
		return "an interface"
	case Union:
		return "a union"
	case Enum:
		return "an enum"
	}
	return "an input object"
}

func (l *linker) checkName(e Element, name string) {
	switch {
	case strings.HasPrefix(name, "__"):
		l.report(ruleInvalidName, e.Location(), "", "name %q is reserved for introspection", name)
	case !isName(name):
		l.report(ruleInvalidName, e.Location(), "", "%q is no name", shorten(name))
	}
}

func (l *linker) checkOutput(f *Field) {
	switch def := f.Type.def; {
	case def == nil:
		l.unknownType(f.Type.Name, f.TypeLocation(), "")
	case !def.IsOutput():
		l.report(ruleInvalidKind, f.TypeLocation(), "", "type %q of a field is an input object", f.Type.Name)
	}
}

// checkInputs looks at arguments or input fields.
func (l *linker) checkInputs(values []*InputValue) {
	for _, v := range values {
		l.checkName(v, v.Name)
		what := "an input field"
		if v.IsArgument() {
			what = "an argument"
		}
		switch def := v.Type.def; {
		case def == nil:
			l.unknownType(v.Type.Name, v.TypeLocation(), "")
		case !def.IsInput():
			l.report(ruleInvalidKind, v.TypeLocation(), "", "type %q of %s is %s", v.Type.Name, what, article(def.Kind))
		case v.Default != nil:
			if why := l.misfit(v.Default, v.Type); why != "" {
				l.report(ruleInvalidDefault, v.DefaultLocation(), "", "default value of %q: %s", v.Name, why)
			}
		}
		if v.Deprecated != nil && v.Required() {
			l.report(ruleRequired, v.Location(), "", "%s %q is required and deprecated", what[3:], v.Name)
		}
	}
}

func (l *linker) unknownType(name string, at check.Location, key string) {
	switch {
	case name == "":
		l.report(ruleUnknownType, at, key, "the type is cut off: the introspection query did not go deep enough")
	case !l.isImported(name):
		l.report(ruleUnknownType, at, key, "type %q is not defined", name)
	}
}

func (l *linker) checkOneOf(t *Type) {
	for _, v := range t.InputFields {
		if v.Type.NonNull {
			l.report(ruleInvalidOneOf, v.Location(), "null", "field %q of a one-of input object is non-null", v.Name)
		}
		if v.Default != nil {
			l.report(ruleInvalidOneOf, v.Location(), "default", "field %q of a one-of input object has a default value", v.Name)
		}
	}
}
