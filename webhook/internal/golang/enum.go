package golang

import (
	"strconv"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/internal/prose"
)

// maxConstant is how many characters the name of a constant has at most, which
// is its type's and its own.
const maxConstant = 64

// A constant is a name for a text of the wire.
type constant struct{ name, text string }

func names(constants []constant) []string {
	var out []string
	for _, c := range constants {
		out = append(out, c.name)
	}
	return out
}

func (p *plan) nameConstants() {
	for _, t := range p.types {
		if t.Kind != webhook.Enum {
			continue
		}
		seen := map[string]bool{}
		for _, v := range t.Values {
			if !seen[v.Text] {
				seen[v.Text] = true
				name := p.top.take(p.names[t]+exported(v.GoName), maxConstant)
				p.constants[t] = append(p.constants[t], constant{name, v.Text})
			}
		}
	}
}

// enum declares a string type and what it is known to be.
func (p *printer) enum(t *webhook.Type) {
	name := p.names[t]
	doc := []string{name + " is open: it may be what is not declared here, which Known tells."}
	p.comment("", deprecated(append(doc, prose.Paragraphs(t.Description, maxTypeText)...), t.Deprecated)...)
	p.line("type ", name, " string")
	p.line()
	constants := p.constants[t]
	if len(constants) > 0 {
		p.line("// What ", name, " is known to be.")
		p.line("const (")
		for _, c := range constants {
			p.line("\t", c.name, " ", name, " = ", strconv.Quote(c.text))
		}
		p.line(")")
		p.line()
	}
	if len(constants) == 0 {
		p.line("// Known reports false: no value is known.")
		p.line("func (", name, ") Known() bool { return false }")
	} else {
		p.line("// Known reports whether the description has the value.")
		p.line("func (v ", name, ") Known() bool {")
		p.line("\tswitch v {")
		p.list("\tcase ", names(constants), ":")
		p.line("\t\treturn true")
		p.line("\t}")
		p.line("\treturn false")
		p.line("}")
	}
	p.line()
	p.behind(func() {
		p.line("func (v *", name, ") HookText() *string { return (*string)(v) }")
		p.line()
	})
}
