package live

import (
	"fmt"
	"slices"
	"strings"
)

// write writes the documents of a probe, one for each variant. They are
// queries: nothing else is ever written.
func (p *planner) write(out *Probe) {
	for _, v := range out.variants {
		hops := make([]*hop, len(out.hops))
		for i, h := range out.hops {
			with := *h
			with.args = slices.Clone(h.args)
			for _, f := range v.args {
				if f.hop == h {
					with.args = append(with.args, f.arg)
				}
			}
			hops[i] = &with
		}
		nameVariables(hops)
		v.hops = hops
		v.query = document("Probe", hops, func(w *writer) { w.group(out.group) })
	}
	out.Query = out.variants[0].query
}

// nameVariables gives every argument a variable of its own.
func nameVariables(hops []*hop) {
	name := newNames()
	for _, h := range hops {
		for i, a := range h.args {
			named := *a
			named.variable = name(a.value.Name)
			h.args[i] = &named
		}
	}
}

// document writes a query along hops with the selection at its end.
func document(name string, hops []*hop, selection func(*writer)) string {
	w := &writer{}
	var vars []string
	for _, h := range hops {
		for _, a := range h.args {
			vars = append(vars, fmt.Sprintf("$%s: %s", a.variable, a.value.Type))
		}
	}
	head := "query " + name
	if len(vars) > 0 {
		head += "(" + strings.Join(vars, ", ") + ")"
	}
	w.block(head, func() { w.hops(hops, selection) })
	return w.b.String()
}

// writer writes a selection with indentation.
type writer struct {
	b     strings.Builder
	depth int
}

func (w *writer) line(text string) {
	w.b.WriteString(strings.Repeat("  ", w.depth))
	w.b.WriteString(text)
	w.b.WriteByte('\n')
}

func (w *writer) block(head string, body func()) {
	w.line(head + " {")
	w.depth++
	body()
	w.depth--
	w.line("}")
}

func (w *writer) hops(hops []*hop, selection func(*writer)) {
	h := hops[0]
	inner := func() {
		w.block(h.field.Name+hopArgs(h), func() {
			switch {
			case len(hops) > 1:
				w.hops(hops[1:], selection)
			case h.page != nil:
				w.page(h.page, func() { selection(w) })
			default:
				selection(w)
			}
		})
	}
	if h.on != "" {
		w.block("... on "+h.on, inner)
	} else {
		inner()
	}
}

// page writes what is asked of a connection.
func (w *writer) page(p *page, selection func()) {
	if p.total != "" {
		w.line(p.total)
	}
	if p.info {
		w.line("pageInfo { hasNextPage }")
	}
	if p.nodes != "" {
		w.block(p.nodes, selection)
		return
	}
	w.block(p.edges, func() { w.block("node", selection) })
}

// group writes what is asked of an object.
func (w *writer) group(g *group) {
	if g.on != "" {
		w.line("__typename")
		w.block("... on "+g.on, func() { w.nodes(g) })
		return
	}
	w.nodes(g)
}

func (w *writer) nodes(g *group) {
	if g.id != "" {
		w.line(aliased(g.id, "id"))
	}
	for _, n := range g.compared() {
		if n.key == g.id && g.id != "" {
			continue
		}
		head := aliased(n.key, n.gql.Name) + n.args
		switch {
		case n.form == counted:
			w.line(head + " { " + n.page.total + " }")
		case n.group != nil && n.page != nil:
			w.block(head, func() { w.page(n.page, func() { w.group(n.group) }) })
		case n.group != nil:
			w.block(head, func() { w.group(n.group) })
		case n.form == reference && n.gql.Type.Type().IsComposite():
			w.line(head + " { " + strings.Join(n.keys(), " ") + " }")
		default:
			w.line(head)
		}
	}
}

// keys are the names of the scalars that may name an object.
func (n *node) keys() []string {
	names := make([]string, len(n.names))
	for i, k := range n.names {
		names[i] = k.name
	}
	return names
}

func aliased(key, name string) string {
	if key == name {
		return name
	}
	return key + ": " + name
}

// hopArgs writes the arguments of a hop, those of input objects within them.
func hopArgs(h *hop) string {
	if len(h.args) == 0 {
		return ""
	}
	var parts []string
	for _, v := range h.field.Args {
		var inside []*argument
		for _, a := range h.args {
			if a.path[0] == v.Name {
				inside = append(inside, a)
			}
		}
		if len(inside) > 0 {
			parts = append(parts, v.Name+": "+literal(inside, 1, v.Type.IsList()))
		}
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// literal writes the value of an argument: its variable, or the input object
// in which the variables stand.
func literal(args []*argument, depth int, list bool) string {
	if len(args[0].path) == depth {
		return "$" + args[0].variable
	}
	var parts []string
	for i, a := range args {
		name := a.path[depth]
		if slices.ContainsFunc(args[:i], func(b *argument) bool { return b.path[depth] == name }) {
			continue
		}
		var inside []*argument
		for _, b := range args {
			if b.path[depth] == name {
				inside = append(inside, b)
			}
		}
		parts = append(parts, name+": "+literal(inside, depth+1, false))
	}
	text := "{" + strings.Join(parts, ", ") + "}"
	if list {
		return "[" + text + "]"
	}
	return text
}
