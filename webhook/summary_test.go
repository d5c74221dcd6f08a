package webhook_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/webhook"
)

// summary writes a model as text, for comparison.
func summary(m *webhook.Model) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %+v\n", m.Name, m.Routing)
	for _, e := range m.Events {
		fmt.Fprintf(&b, "event %s\n", strings.Join(slices.DeleteFunc([]string{e.Name, e.Action, e.GoName, guessed(e)}, func(s string) bool { return s == "" }), " "))
	}
	for _, t := range m.Types {
		fmt.Fprintf(&b, "%s %s\n", t.Name, kindName(t))
		for _, f := range t.Fields {
			fmt.Fprintf(&b, "  %s %s%s\n", f.GoName, use(f.Type, f.Optional, f.Nullable), marks(f))
		}
		for _, v := range t.Values {
			fmt.Fprintf(&b, "  %s %q\n", v.GoName, v.Text)
		}
		for _, v := range t.Variants {
			fmt.Fprintf(&b, "  | %s %s\n", use(v.Type, false, false), strings.TrimSpace(strings.Join(v.Tags, " ")+" "+v.Member))
		}
	}
	for _, n := range m.Notes {
		fmt.Fprintf(&b, "%s %s: %s\n", n.About, n.Location.Element, n.Message)
	}
	return b.String()
}

func guessed(e *webhook.Event) string {
	if e.Guessed {
		return "(guessed)"
	}
	return ""
}

func kindName(t *webhook.Type) string {
	switch {
	case t.Kind == webhook.Object && t.Open:
		return "object"
	case t.Kind == webhook.Object:
		return "closed object"
	case t.Kind == webhook.Enum:
		return "enum"
	case t.Kind == webhook.Union && t.Discriminator != "":
		return "union by " + t.Discriminator
	case t.Kind == webhook.Union:
		return "union"
	}
	return [...]string{"any", "string", "integer", "number", "boolean", "time"}[t.Kind]
}

func use(t *webhook.Type, optional, nullable bool) string {
	s := ""
	switch {
	case t.Kind == webhook.List:
		s = "[]" + use(t.Element, false, t.ElementNullable)
	case t.Kind == webhook.Map:
		s = "map of " + use(t.Element, false, t.ElementNullable)
	case t.Name != "":
		s = t.Name
	default:
		s = kindName(t)
	}
	if nullable {
		s += "|null"
	}
	if optional {
		s += "?"
	}
	return s
}

func marks(f *webhook.Field) string {
	s := ""
	if f.Const != "" {
		s += " = " + f.Const
	}
	if f.Recursive {
		s += " recursive"
	}
	if f.Deprecated {
		s += " deprecated"
	}
	return s
}
