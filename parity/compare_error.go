package parity

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// failure is a kind of error that clients tell from others.
type failure struct {
	name  string
	codes []string // of HTTP
	words []string // by which a type or a code of GraphQL says it
	// common kinds need no place of their own.
	common bool
}

// failuresKnown are the kinds, in the order in which they are listed.
var failuresKnown = []failure{
	{"validation", []string{"400", "422"}, []string{"validation", "invalid", "input", "argument", "bad"}, false},
	{"conflict", []string{"409", "412"}, []string{"conflict", "exist", "duplicate", "taken", "stale"}, false},
	{"not found", []string{"404", "410"}, []string{"found", "missing", "gone"}, true},
	{"forbidden", []string{"401", "403"}, []string{"forbidden", "permission", "unauthorized", "denied", "unauthenticated", "access"}, true},
	{"rate limit", []string{"429"}, []string{"rate", "throttled", "limit"}, true},
}

// listsCodes reports whether most writes of REST list the codes of errors:
// then one that lists none says that it has none.
func listsCodes(api *rest.API) bool {
	yes, all := 0, 0
	for _, op := range api.Operations {
		if op.Method != "GET" {
			all++
			if len(statusCodes(op)) > 0 {
				yes++
			}
		}
	}
	return yes*2 > all
}

// failures compares what went wrong both sides can say of a write. Errors
// beside the data, which every GraphQL server has, tell no kinds apart; that
// something was not found or not allowed, they say well enough.
func (c *traitComparer) failures(link operationLink, add addTrait) {
	if link.op.Method == "GET" {
		return
	}
	codes, field, types := statusCodes(link.op), errorField(link.field), errorTypes(link.field)
	said := saidBy(types)
	if field != nil && len(types) == 0 {
		said = codesOf(field)
	}
	silent := field == nil && len(types) == 0
	var lacking []string
	for _, k := range failuresKnown {
		declared := slices.ContainsFunc(k.codes, func(code string) bool { return slices.Contains(codes, code) })
		if declared && (silent || said != nil) && !k.common && !slices.Contains(said, k.name) {
			lacking = append(lacking, k.name)
		}
	}
	switch {
	case len(lacking) > 0:
		add(ErrorTopic, graphqlLacks, strings.Join(lacking, ", "), "")
	case len(codes) == 0 && !silent && c.listsCodes:
		text := strings.Join(said, ", ")
		if text == "" && field != nil {
			text = field.Name
		}
		add(ErrorTopic, restLacks, "", text)
	}
}

// statusCodes are the codes of errors that an operation declares.
func statusCodes(op *rest.Operation) []string {
	var out []string
	for _, r := range op.Source.Node.Get("responses").Children() {
		if code := r.Key(); len(code) == 3 && code[0] == '4' {
			out = append(out, code)
		}
	}
	return out
}

// errorField is the field of a payload that lists errors.
func errorField(f *gql.Field) *gql.Field {
	if f.Target == nil {
		return nil
	}
	for _, e := range f.Target.Fields {
		switch e.Name {
		case "errors", "userErrors", "error", "userErrorsList":
			return e
		}
	}
	return nil
}

// errorTypes are the types of errors that a mutation may yield in place of
// its result.
func errorTypes(f *gql.Field) []*gql.Type {
	if f.Target == nil || f.Target.Source.Kind != graphql.Union {
		return nil
	}
	var out []*gql.Type
	for _, t := range f.Target.Possible {
		if strings.HasSuffix(t.Name, "Error") || strings.HasSuffix(t.Name, "Errors") {
			out = append(out, t)
		}
	}
	return out
}

// saidBy returns the kinds that types say by their names; nil for none.
func saidBy(types []*gql.Type) []string {
	var out []string
	for _, t := range types {
		out = append(out, kindsIn(t.Name)...)
	}
	return out
}

// codesOf returns the kinds that the codes of listed errors say; nil where
// they have no codes that are declared.
func codesOf(field *gql.Field) []string {
	var out []string
	if field.Target == nil {
		return nil
	}
	for _, f := range field.Target.Fields {
		if f.Target == nil || f.Target.Role != gql.Enum {
			continue
		}
		for _, v := range f.Target.Source.EnumValues {
			out = append(out, kindsIn(v.Name)...)
		}
	}
	return out
}

// kindsIn returns the kinds that a name speaks of.
func kindsIn(name string) []string {
	var out []string
	words := word.Split(name)
	for _, k := range failuresKnown {
		if slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(k.words, func(known string) bool { return stem(w) == stem(known) || w == known+"s" })
		}) {
			out = append(out, k.name)
		}
	}
	return out
}
