package golang

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/internal/prose"
)

// object declares the struct of a JSON object.
func (p *printer) object(t *webhook.Type, doc []string) {
	name := p.names[t]
	doc = append(doc, prose.Paragraphs(t.Description, maxTypeText)...)
	if len(doc) > 0 && !strings.HasPrefix(doc[0], name+" ") {
		doc[0] = name + ": " + doc[0]
	}
	p.comment("", deprecated(doc, t.Deprecated)...)
	p.line("type ", name, " struct {")
	for i, f := range t.Fields {
		field := p.fields[t][i]
		if field != "" {
			p.field(field, f)
		}
	}
	// Not embedded: the compiler would write each of its methods again for every
	// type, which is a fifth of the time that a package takes to build.
	p.line("\tExtra hook.Extra")
	p.line("}")
	p.line()
	p.behind(func() { p.codec(t) })
}

// codec writes what package hook reads and writes an object by.
func (p *printer) codec(t *webhook.Type) {
	name := p.names[t]
	var members, pointers []string
	var consts []string
	for i, f := range t.Fields {
		field := p.fields[t][i]
		if field == "" {
			continue
		}
		members = append(members, strconv.Quote(f.Name))
		pointers = append(pointers, "&v."+field)
		if json.Valid([]byte(f.Const)) {
			consts = append(consts, ".Const("+strconv.Quote(f.Name)+", "+literal(f.Const)+")")
		}
	}
	p.list("var table"+name+" = hook.NewTable(", append([]string{strconv.Quote(name)}, members...), ")"+strings.Join(consts, ""))
	p.line("func (*", name, ") HookTable() *hook.Table { return table", name, " }")
	p.line("func (v *", name, ") HookExtra() *hook.Extra { return &v.Extra }")
	if len(pointers) == 0 {
		p.line("func (*", name, ") HookFields(dst []any) []any { return dst }")
	} else {
		p.list("func (v *"+name+") HookFields(dst []any) []any {\n\treturn append(", append([]string{"dst"}, pointers...), ")\n}")
	}
	if p.held[t] && !p.payloads[t] {
		p.line("func (*", name, ") HookNew() any { return new(", name, ") }")
	}
	for _, u := range p.plan.variants[t] {
		p.line("func (*", name, ") ", p.unions[u].method, "() {}")
	}
	p.json(name)
}

// json makes a type work with encoding/json.
func (p *printer) json(name string) {
	p.line("func (v ", name, ") MarshalJSON() ([]byte, error) { return hook.Marshal(&v) }")
	p.line("func (v *", name, ") UnmarshalJSON(b []byte) error { return hook.Unmarshal(b, v) }")
	p.line()
}

// field declares one field. A short description stands beside it, a longer one
// above.
func (p *printer) field(name string, f *webhook.Field) {
	doc := prose.Paragraphs(f.Description, maxFieldText)
	if f.Const != "" && utf8.RuneCountInString(f.Const) <= maxTrailing {
		doc = append([]string{"Always " + strings.TrimRight(f.Const, ".") + "."}, doc...)
		if len(doc) > 1 && len(doc[0])+len(doc[1]) < maxTrailing {
			doc = append([]string{doc[0] + " " + doc[1]}, doc[2:]...)
		}
		doc[0] = strings.Join(prose.Paragraphs(doc[0], maxFieldText), " ")
	}
	doc = deprecated(doc, f.Deprecated)
	if len(doc) == 1 && !f.Deprecated && utf8.RuneCountInString(doc[0]) <= maxTrailing && !directive(doc[0]) {
		p.line("\t", name, " ", p.fieldType(f), " // ", doc[0])
		return
	}
	p.comment("\t", doc...)
	p.line("\t", name, " ", p.fieldType(f))
}

// literal writes a Go string, between backquotes where that reads better.
func literal(s string) string {
	if strings.Contains(s, `"`) && strconv.CanBackquote(s) {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}
