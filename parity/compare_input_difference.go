package parity

import (
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// inputKind says how a pair of inputs relates.
func (e *exchange) inputKind(r *restInput, g *gqlInput) FieldKind {
	f, _ := e.relate(&r.value, &g.value)
	switch {
	case r.role != KeyInput && f > open && !sameKey(&r.value, &g.value):
		return TypeDiffers
	case r.form.fold == g.form.fold && (r.role != KeyInput || g.partner == r):
		return Same
	}
	return Renamed
}

// sameKey reports whether both values identify: whether by number, by name or
// by a global ID is a custom of the side.
func sameKey(r, g *fieldValue) bool {
	return g.class == idClass && (r.class == intClass || r.class == stringClass || r.class == idClass) && r.list == g.list
}

// inputDifferences lists in what two inputs differ.
func (e *exchange) inputDifferences(r *restInput, g *gqlInput) []Difference {
	var out []Difference
	if r.role != KeyInput && !sameKey(&r.value, &g.value) {
		out = append(out, e.inputTypes(r, g)...)
	}
	if r.role != KeyInput {
		required := g.arg.Required && (g.parent == nil || g.parent.arg.Required || r.role == FilterInput)
		switch {
		case required && !r.required && r.defaultText() == "":
			out = append(out, Difference{Aspect: RequiredAspect, REST: "optional", GraphQL: "required", Effect: graphqlStricter})
		case r.required && !required:
			out = append(out, Difference{Aspect: RequiredAspect, REST: "required", GraphQL: "optional", Effect: restStricter})
		}
	}
	if a, b := r.defaultText(), g.defaultText(); a != "" && b != "" && fold(a) != fold(b) {
		out = append(out, Difference{Aspect: DefaultAspect, REST: a, GraphQL: b})
	}
	if r.role == PagingInput && e.names.list[r.form.fold]&sizeName != 0 {
		a, b := r.largest(), statedMaximum(g.arg.Source.Description)
		if a != "" && b != "" && a != b {
			out = append(out, Difference{Aspect: LimitAspect, REST: a, GraphQL: b})
		}
	}
	d := g.arg.Source.Deprecated
	reason := ""
	if d != nil {
		reason = d.Reason
	}
	return append(out, lifecycle(restLife(r.node, r.schema, r.deprecated, r.description), gqlLife(g.arg.Deprecated, d != nil && !g.arg.Deprecated, reason))...)
}

// inputTypes compares what both take. One value where the other side takes a
// list is a shape; of enums only what a filter cannot say without counts.
func (e *exchange) inputTypes(r *restInput, g *gqlInput) []Difference {
	rv := r.value
	if r.role == SortInput || r.role == FilterInput {
		rv.enum = slices.DeleteFunc(slices.Clone(rv.enum), func(v string) bool { return fold(v) == "all" || fold(v) == "any" })
	}
	if r.role == PagingInput || r.role == SortInput && e.listMark(r)&orderName != 0 && g.parent == nil {
		return nil // how a list is cut and turned round is each side's own way
	}
	gv := g.value
	if r.role == SortInput && gv.class == enumClass {
		gv.enum = undirected(gv.enum)
	}
	f, effect := e.relate(&rv, &gv)
	out := e.valueDifferences(&rv, &gv, f, effect)
	if f == shaped && rv.class == enumClass && gv.class == enumClass {
		out = append(out, e.enumDifferences(&rv, &gv)...)
	}
	return out
}

// undirected takes the direction off the values of an enum that says by what
// and in which direction in one: CREATED_DESC.
func undirected(values []string) []string {
	var out []string
	for _, v := range values {
		w := strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(v), "_ASC"), "_DESC")
		if !slices.ContainsFunc(out, func(o string) bool { return fold(o) == fold(w) }) {
			out = append(out, w)
		}
	}
	return out
}

func (r *restInput) defaultText() string {
	d := r.node.Get("default")
	if d == nil && r.schema != nil {
		d = r.schema.Node.Get("default")
	}
	return d.Text()
}

func (g *gqlInput) defaultText() string {
	if g.arg.Source.Default == nil {
		return ""
	}
	return strings.Trim(g.arg.Source.Default.String(), `"`)
}

// largest returns the largest value that a parameter takes, as declared or as
// described.
func (r *restInput) largest() string {
	for _, n := range [...]*openapi.Node{r.node, r.schemaNode()} {
		if text := numberText(n.Get("maximum")); text != "" {
			return text
		}
	}
	return statedMaximum(r.description)
}

func (r *restInput) schemaNode() *openapi.Node {
	if r.schema == nil {
		return nil
	}
	return r.schema.Node
}

// statedMaximum returns the number that a description says is the largest:
// "(max 100)", "up to 100", "at most 50".
func statedMaximum(description string) string {
	text := strings.ToLower(description)
	for _, phrase := range [...]string{"max ", "max. ", "maximum ", "maximum: ", "max: ", "maximum of ", "maximum is ", "up to ", "at most ", "no more than "} {
		_, rest, ok := strings.Cut(text, phrase)
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, "`* ")
		end := 0
		for end < len(rest) && isDigit(rest[end]) {
			end++
		}
		if _, err := strconv.Atoi(rest[:end]); err == nil {
			return rest[:end]
		}
	}
	return ""
}
