package golang

import (
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/internal/prose"
)

// unionNames are the identifiers of one union.
type unionNames struct {
	value, method, unknown string
	choices                []choice
}

// A choice is one variant of a union, as Go has it.
type choice struct {
	*webhook.Variant
	// name is the type whose pointer the union holds; boxed says that it is one
	// of its own, around a value that is no object.
	name  string
	boxed bool
	// discriminator is that of the union which the variant is written in.
	discriminator string
}

func (p *plan) nameUnions() {
	for _, t := range p.types {
		if t.Kind != webhook.Union {
			continue
		}
		name := p.names[t]
		u := &unionNames{
			value:   p.top.take(name+"Value", maxName),
			unknown: p.top.take(name+"Unknown", maxName),
			method:  "is" + name,
			choices: choices(t, map[*webhook.Type]bool{}),
		}
		p.unions[t] = u
		for i := range u.choices {
			c := &u.choices[i]
			if c.Type.Kind == webhook.Object {
				c.name = p.names[c.Type]
				p.variants[c.Type] = append(p.variants[c.Type], t)
				continue
			}
			c.name, c.boxed = p.top.take(name+suffix(c.Type), maxName), true
		}
	}
}

// choices returns the variants of a union and of unions among them, each type
// once, in the order in which they are tried: those that a tag tells, those that
// a member tells, then those that are only of a kind.
func choices(t *webhook.Type, seen map[*webhook.Type]bool) []choice {
	var out []choice
	seen[t] = true
	for _, v := range t.Variants {
		if v.Type == nil || seen[v.Type] {
			continue
		}
		seen[v.Type] = true
		if v.Type.Kind == webhook.Union {
			out = append(out, choices(v.Type, seen)...)
			continue
		}
		out = append(out, choice{Variant: v, discriminator: t.Discriminator})
	}
	slices.SortStableFunc(out, func(a, b choice) int { return a.rank() - b.rank() })
	return out
}

func (c choice) rank() int {
	switch {
	case len(c.Tags) > 0 && c.discriminator != "":
		return 0
	case c.Member != "":
		return 1
	case c.Type.Kind == webhook.Any:
		return 4
	case c.Type.Kind == webhook.Map:
		return 3
	}
	return 2
}

// suffix is what the type of a variant that is no object is called after.
func suffix(t *webhook.Type) string {
	switch t.Kind {
	case webhook.String, webhook.Enum:
		return "Text"
	case webhook.Time:
		return "Time"
	case webhook.Integer, webhook.Number:
		return "Number"
	case webhook.Boolean:
		return "Bool"
	case webhook.List:
		return "List"
	case webhook.Map:
		return "Map"
	}
	return "Any"
}

// union declares a union and its variants that are no objects.
func (p *printer) union(t *webhook.Type, doc []string) {
	name, u := p.names[t], p.unions[t]
	var alternatives []string
	for _, c := range u.choices {
		alternatives = append(alternatives, "[*"+c.name+"]")
	}
	alternatives = append(alternatives, "or [*"+u.unknown+"] for what fits none")
	doc = append(doc, name+" holds a pointer to one of its variants: "+strings.Join(alternatives, ", ")+".")
	doc = append(doc, prose.Paragraphs(t.Description, maxTypeText)...)
	p.comment("", deprecated(doc, t.Deprecated)...)
	p.line("type ", name, " struct{ Value ", u.value, " }")
	p.line()
	p.comment("", "The variants of "+name+".")
	p.line("type (")
	p.line("\t", u.value, " interface{ ", u.method, "() }")
	for _, c := range u.choices {
		if c.boxed {
			p.line("\t", c.name, " struct{ hook.Hold[", p.typeOf(c.Type, 0), "] }")
		}
	}
	p.line("\t", u.unknown, " struct{ hook.Unknown }")
	p.line(")")
	p.line()
	p.behind(func() { p.choosing(t) })
}

// choosing writes how a variant is chosen for a value.
func (p *printer) choosing(t *webhook.Type) {
	name, u := p.names[t], p.unions[t]
	p.line("func (u *", name, ") HookPick(p hook.Peek) any {")
	if len(u.choices) > 0 {
		p.line("\tswitch {")
		for _, c := range u.choices {
			p.line("\tcase ", c.test(), ":")
			p.line("\t\treturn hook.Pick(&u.Value, ", u.value, "(new(", c.name, ")))")
		}
		p.line("\t}")
	}
	p.line("\treturn hook.Pick(&u.Value, ", u.value, "(new(", u.unknown, ")))")
	p.line("}")
	p.line("func (u *", name, ") HookValue() any { return u.Value }")
	for _, c := range u.choices {
		if c.boxed {
			p.line("func (*", c.name, ") ", u.method, "() {}")
		}
	}
	p.line("func (*", u.unknown, ") ", u.method, "() {}")
	p.json(name)
}

// test is the condition under which a value is of the variant.
func (c choice) test() string {
	if c.rank() == 0 {
		var tests []string
		member := strconv.Quote(c.discriminator)
		for _, tag := range c.Tags {
			one := "p.Text(" + member + ") == " + strconv.Quote(tag)
			if tag == "" {
				one = "p.Has(" + member + ") && " + one
			}
			tests = append(tests, one)
		}
		return strings.Join(tests, ",\n\t\t")
	}
	if c.Member != "" {
		return "p.Has(" + strconv.Quote(c.Member) + ")"
	}
	return "p.Kind() " + kindTest(c.Type.Kind)
}

func kindTest(k webhook.Kind) string {
	switch k {
	case webhook.String, webhook.Enum, webhook.Time:
		return "== hook.JSONString"
	case webhook.Integer, webhook.Number:
		return "== hook.JSONNumber"
	case webhook.Boolean:
		return "== hook.JSONBool"
	case webhook.List:
		return "== hook.JSONArray"
	case webhook.Object, webhook.Map:
		return "== hook.JSONObject"
	}
	return "!= hook.JSONNone"
}
