package graphql

import "strings"

// SDL returns the schema in the schema definition language: what it defines
// itself, in its order, extensions merged, in a uniform layout. Parsing the
// text gives an equal schema, places aside.
func (s *Schema) SDL() string {
	p := &printer{}
	if s.Definition != nil {
		p.schema(s.Definition)
	}
	for _, d := range s.Directives {
		p.directiveDefinition(d)
	}
	for _, t := range s.Types {
		p.typeDefinition(t)
	}
	return p.b.String()
}

// Signature returns the field as SDL writes it, without its description and
// directives: issues(first: Int = 30): IssueConnection!.
func (f *Field) Signature() string {
	p := &printer{}
	p.name(f.Name)
	if len(f.Args) > 0 {
		p.write("(")
		for i, a := range f.Args {
			if i > 0 {
				p.write(", ")
			}
			p.input(a)
		}
		p.write(")")
	}
	p.write(": ")
	p.typeRef(f.Type)
	return p.b.String()
}

type printer struct {
	b strings.Builder
	// bad says that a name is none, as only introspection or Go code can have
	// it: the text is then not the SDL of the schema.
	bad bool
}

// name writes a name.
func (p *printer) name(s string) {
	p.bad = p.bad || !isName(s)
	p.b.WriteString(s)
}

func (p *printer) typeRef(r *TypeRef) {
	p.bad = p.bad || !isName(r.Name)
	p.b.WriteString(r.text)
}

func isName(s string) bool {
	return s != "" && isNameStart(s[0]) && endOfName(s, 1) == len(s)
}

func (p *printer) write(parts ...string) {
	for _, s := range parts {
		p.b.WriteString(s)
	}
}

// begin separates a definition from what goes before.
func (p *printer) begin(description string) {
	if p.b.Len() > 0 {
		p.write("\n")
	}
	p.description(description, "")
}

func (p *printer) schema(d *SchemaDefinition) {
	if len(d.Operations)+len(d.Directives)+len(d.Description) == 0 {
		return
	}
	p.begin(d.Description)
	if d.extension {
		p.write("extend ")
	}
	p.write("schema")
	p.uses(d.Directives)
	if len(d.Operations) > 0 {
		p.write(" {\n")
		for _, op := range d.Operations {
			p.write("  ", op.Operation, ": ")
			p.name(op.Type.Name)
			p.write("\n")
		}
		p.write("}")
	}
	p.write("\n")
}

func (p *printer) directiveDefinition(d *DirectiveDefinition) {
	p.begin(d.Description)
	p.write("directive @")
	p.name(d.Name)
	p.args(d.Args, "")
	p.uses(d.Directives)
	if d.Repeatable {
		p.write(" repeatable")
	}
	for i, l := range d.Locations {
		p.write([]string{" on ", " | "}[min(i, 1)])
		p.name(l)
	}
	p.write("\n")
}

func (p *printer) typeDefinition(t *Type) {
	p.begin(t.Description)
	if t.extension {
		p.write("extend ")
	}
	p.write(t.Kind.Keyword(), " ")
	p.name(t.Name)
	for i, r := range t.Interfaces {
		p.write([]string{" implements ", " & "}[min(i, 1)])
		p.name(r.Name)
	}
	p.uses(t.Directives)
	if t.SpecifiedBy != "" && t.Directive("specifiedBy") == nil {
		p.write(" @specifiedBy(url: ", quoted(t.SpecifiedBy), ")")
	}
	if t.OneOf && t.Directive("oneOf") == nil {
		p.write(" @oneOf")
	}
	for i, r := range t.Members {
		p.write([]string{" = ", " | "}[min(i, 1)])
		p.name(r.Name)
	}
	if len(t.Fields)+len(t.InputFields)+len(t.EnumValues) > 0 {
		p.write(" {\n")
		p.body(t)
		p.write("}")
	}
	p.write("\n")
}

func (p *printer) body(t *Type) {
	const indent = "  "
	for _, f := range t.Fields {
		p.description(f.Description, indent)
		p.write(indent)
		p.name(f.Name)
		p.args(f.Args, indent)
		p.write(": ")
		p.typeRef(f.Type)
		p.marks(&f.Node)
		p.write("\n")
	}
	for _, v := range t.InputFields {
		p.description(v.Description, indent)
		p.write(indent)
		p.input(v)
		p.marks(&v.Node)
		p.write("\n")
	}
	for _, v := range t.EnumValues {
		p.description(v.Description, indent)
		p.write(indent)
		p.name(v.Name)
		p.marks(&v.Node)
		p.write("\n")
	}
}

// args writes arguments on one line, or, where one of them has a description,
// each on its own.
func (p *printer) args(args []*InputValue, indent string) {
	if len(args) == 0 {
		return
	}
	described := false
	for _, a := range args {
		described = described || a.Description != ""
	}
	p.write("(")
	for i, a := range args {
		if described {
			p.write("\n")
			p.description(a.Description, indent+"  ")
			p.write(indent, "  ")
		} else if i > 0 {
			p.write(", ")
		}
		p.input(a)
		p.marks(&a.Node)
	}
	if described {
		p.write("\n", indent)
	}
	p.write(")")
}

func (p *printer) input(v *InputValue) {
	p.name(v.Name)
	p.write(": ")
	p.typeRef(v.Type)
	if v.Default != nil {
		p.write(" = ", v.Default.String())
	}
}

// marks writes the directives of an element, and @deprecated where only
// introspection says so.
func (p *printer) marks(n *Node) {
	p.uses(n.Directives)
	if n.Deprecated != nil && n.Directive("deprecated") == nil {
		p.write(" @deprecated")
		if n.Deprecated.Reason != DefaultReason {
			p.write("(reason: ", quoted(n.Deprecated.Reason), ")")
		}
	}
}

func (p *printer) uses(directives []*Directive) {
	for _, d := range directives {
		p.write(" ", d.String())
	}
}

// String returns the use of the directive as SDL writes it.
func (d *Directive) String() string {
	var b strings.Builder
	b.WriteString("@" + d.Name)
	for i, a := range d.Args {
		b.WriteString([]string{"(", ", "}[min(i, 1)])
		b.WriteString(a.Name + ": ")
		a.Value.write(&b)
	}
	if len(d.Args) > 0 {
		b.WriteByte(')')
	}
	return b.String()
}

// description writes a description on lines of its own.
func (p *printer) description(text, indent string) {
	switch {
	case text == "":
		return
	case !fitsBlock(text):
		p.write(indent, quoted(text), "\n")
		return
	}
	p.write(indent, `"""`, "\n")
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" {
			p.write(indent, strings.ReplaceAll(line, `"""`, `\"""`))
		}
		p.write("\n")
	}
	p.write(indent, `"""`, "\n")
}

// fitsBlock reports whether a block string can hold the text and give it back
// unchanged: it has no control characters, no blank line at its ends, and a
// line that is not indented.
func fitsBlock(text string) bool {
	flush := false
	for line := range strings.SplitSeq(text, "\n") {
		flush = flush || line != "" && line[0] != ' ' && line[0] != '\t'
	}
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return false
		}
	}
	last := text[strings.LastIndexByte(text, '\n')+1:]
	head, _, _ := strings.Cut(text, "\n")
	return flush && !blank(head) && !blank(last)
}

func quoted(s string) string {
	var b strings.Builder
	writeQuoted(&b, s)
	return b.String()
}
