package operation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plumbapi/plumb/graphql"
)

// maker writes one operation.
type maker struct {
	o    Options
	left int // fields that may be selected yet
	open map[*graphql.Type]bool
	out  strings.Builder
}

func (m *maker) operation(kind string, f *graphql.Field) (*Operation, error) {
	op := &Operation{Kind: kind, Name: capital(f.Name)}
	var declared, given []string
	for _, a := range f.Args {
		if a.Deprecated != nil && !a.Required() {
			continue
		}
		v := Variable{Name: a.Name, Type: a.Type.String(), Required: a.Required()}
		declaration := "$" + v.Name + ": " + v.Type
		switch {
		case a.Required():
			value, err := valueOf(a.Type, a.Name, map[*graphql.Type]bool{})
			if err != nil {
				return nil, fmt.Errorf("argument %s: %w", a.Coordinate(), err)
			}
			v.Value = value
		case a.Default != nil:
			declaration += " = " + a.Default.String()
		case a.Name == "first" && connection(f.Type.Type()) != nil:
			declaration += " = " + strconv.Itoa(m.o.Items)
		}
		op.Variables = append(op.Variables, v)
		declared = append(declared, declaration)
		given = append(given, v.Name+": $"+v.Name)
	}
	m.out.WriteString(kind + " " + op.Name)
	if len(declared) > 0 {
		m.out.WriteString("(" + strings.Join(declared, ", ") + ")")
	}
	m.out.WriteString(" {\n  " + f.Name)
	if len(given) > 0 {
		m.out.WriteString("(" + strings.Join(given, ", ") + ")")
	}
	m.selection(f.Type.Type(), m.o.Depth, 1)
	m.out.WriteString("\n}\n")
	op.Text = m.out.String()
	return op, nil
}

func capital(name string) string {
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[n:]
}

// selection writes the braces of a composite type, nothing for a leaf.
func (m *maker) selection(t *graphql.Type, depth, level int) {
	if t == nil || !t.IsComposite() {
		return
	}
	m.out.WriteString(" {")
	if c := connection(t); c != nil {
		m.connection(t, c, depth, level+1)
	} else {
		m.fields(t, depth, level+1)
	}
	m.newline(level)
	m.out.WriteByte('}')
}

func (m *maker) newline(level int) {
	m.out.WriteByte('\n')
	m.out.WriteString(strings.Repeat("  ", level))
}

// fields writes the leaves of a type, and its objects while there is depth
// left.
func (m *maker) fields(t *graphql.Type, depth, level int) {
	wrote := false
	if t.IsAbstract() {
		m.newline(level)
		m.out.WriteString("__typename")
		wrote = true
	}
	opened := !m.open[t]
	m.open[t] = true
	for _, f := range t.Fields {
		if m.left <= 0 || !m.selects(f, depth) {
			continue
		}
		m.left--
		wrote = true
		m.newline(level)
		m.out.WriteString(f.Name)
		target := f.Type.Type()
		if connection(target) != nil && f.Arg("first") != nil {
			fmt.Fprintf(&m.out, "(first: %d)", m.o.Items)
		}
		m.selection(target, depth-1, level)
	}
	if opened {
		delete(m.open, t)
	}
	if !wrote {
		m.newline(level)
		m.out.WriteString("__typename")
	}
}

// selects reports whether a field is selected.
func (m *maker) selects(f *graphql.Field, depth int) bool {
	t := f.Type.Type()
	if f.Deprecated != nil || t == nil || slices.ContainsFunc(f.Args, (*graphql.InputValue).Required) {
		return false
	}
	if !t.IsComposite() {
		return true
	}
	if depth <= 0 || m.open[t] {
		return false
	}
	items := connection(t)
	return items == nil || !m.open[itemType(items)]
}

// itemType returns the type of a connection's items, given its field.
func itemType(items *graphql.Field) *graphql.Type {
	t := items.Type.Type()
	if t == nil || items.Name != "edges" {
		return t
	}
	if node := t.Field("node"); node != nil {
		return node.Type.Type()
	}
	return t
}

// connection returns the field of a connection that has its items: nodes, or
// the edges; nil where the type is none.
func connection(t *graphql.Type) *graphql.Field {
	if t == nil || t.Field("pageInfo") == nil {
		return nil
	}
	for _, name := range []string{"nodes", "edges"} {
		if f := t.Field(name); f != nil && f.Deprecated == nil {
			return f
		}
	}
	return nil
}

func (m *maker) connection(t *graphql.Type, items *graphql.Field, depth, level int) {
	m.newline(level)
	m.left--
	m.out.WriteString(items.Name)
	if node := items.Type.Type().Field("node"); items.Name == "edges" && node != nil {
		m.out.WriteString(" {")
		m.newline(level + 1)
		m.out.WriteString("node")
		m.selection(node.Type.Type(), depth, level+1)
		m.newline(level)
		m.out.WriteString("}")
	} else {
		m.selection(items.Type.Type(), depth, level)
	}
	m.newline(level)
	m.out.WriteString("pageInfo")
	m.selection(t.Field("pageInfo").Type.Type(), 0, level)
}
