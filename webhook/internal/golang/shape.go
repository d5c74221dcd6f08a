package golang

import "github.com/plumbapi/plumb/webhook"

// maxNesting is how many lists and maps may nest in one field's type. What is
// deeper is any value.
const maxNesting = 8

// fieldType returns the Go type of a field, with what says whether it may be
// absent or null.
func (p *plan) fieldType(f *webhook.Field) string {
	inner := p.typeOf(f.Type, 0)
	nullable := f.Nullable && inner != rawType
	if p.pointers[f] {
		inner = "*" + inner
		nullable = nullable || !f.Optional
	}
	switch {
	case f.Optional && nullable:
		return "hook.OptNull[" + inner + "]"
	case f.Optional:
		return "hook.Opt[" + inner + "]"
	case nullable:
		return "hook.Null[" + inner + "]"
	}
	return inner
}

const rawType = "hook.Raw"

func (p *plan) typeOf(t *webhook.Type, depth int) string {
	if t == nil || depth > maxNesting {
		return rawType
	}
	switch t.Kind {
	case webhook.String:
		return "string"
	case webhook.Integer:
		return "int64"
	case webhook.Number:
		return "hook.Number"
	case webhook.Boolean:
		return "bool"
	case webhook.Time:
		return "hook.Time"
	case webhook.Object, webhook.Enum, webhook.Union:
		return p.names[t]
	case webhook.List:
		return "hook.List[" + p.elementOf(t, depth) + "]"
	case webhook.Map:
		return "hook.Map[" + p.elementOf(t, depth) + "]"
	}
	return rawType
}

func (p *plan) elementOf(t *webhook.Type, depth int) string {
	element := p.typeOf(t.Element, depth+1)
	if t.ElementNullable && element != rawType {
		return "hook.Null[" + element + "]"
	}
	return element
}
