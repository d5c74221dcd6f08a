package webhook_test

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
)

// problems says where a payload is not what a type of a model takes: a value of
// another kind, null, or a required member that is missing. Members that are not
// described are no problem.
func problems(t *webhook.Type, v *openapi.Node) []string {
	var out []string
	judge(t, false, v, "", &out)
	return out
}

func judge(t *webhook.Type, nullable bool, v *openapi.Node, at string, out *[]string) {
	if v.Is(openapi.Null) {
		if !nullable && t.Kind != webhook.Any {
			*out = append(*out, at+": null")
		}
		return
	}
	switch {
	case !kindFits(t, v):
		*out = append(*out, fmt.Sprintf("%s: %s where %v belongs", at, v.Kind(), t.Kind))
	case t.Kind == webhook.Enum:
		if !slices.ContainsFunc(t.Values, func(x webhook.Value) bool { return x.Text == v.Text() }) {
			*out = append(*out, at+": unknown value "+v.Text())
		}
	case t.Kind == webhook.List, t.Kind == webhook.Map:
		for i, c := range v.Children() {
			judge(t.Element, t.ElementNullable, c, fmt.Sprintf("%s/%d", at, i), out)
		}
	case t.Kind == webhook.Object:
		for _, f := range t.Fields {
			member := v.Get(f.Name)
			if member == nil {
				if !f.Optional {
					*out = append(*out, at+"/"+f.Name+": missing")
				}
				continue
			}
			judge(f.Type, f.Nullable, member, at+"/"+f.Name, out)
		}
	case t.Kind == webhook.Union:
		if one := variant(t, v); one != nil {
			judge(one.Type, false, v, at, out)
		} else {
			*out = append(*out, at+": no variant")
		}
	}
}

func kindFits(t *webhook.Type, v *openapi.Node) bool {
	_, whole := v.Int()
	switch t.Kind {
	case webhook.String, webhook.Enum:
		return v.Is(openapi.String)
	case webhook.Integer:
		return v.Is(openapi.Number) && whole
	case webhook.Number:
		return v.Is(openapi.Number)
	case webhook.Boolean:
		return v.Is(openapi.Bool)
	case webhook.Time:
		return v.Is(openapi.String) && t.Format != "unix-time" || v.Is(openapi.Number) && t.Format != "date-time"
	case webhook.List:
		return v.Is(openapi.Array)
	case webhook.Object, webhook.Map:
		return v.Is(openapi.Object)
	}
	return true
}

// variant finds the alternative that a value is by what a union says.
func variant(t *webhook.Type, v *openapi.Node) *webhook.Variant {
	for _, x := range t.Variants {
		if !kindFits(x.Type, v) {
			continue
		}
		switch {
		case x.Type.Kind != webhook.Object:
			return x
		case len(x.Tags) > 0:
			if slices.Contains(x.Tags, v.Get(t.Discriminator).Text()) {
				return x
			}
		case x.Member == "" || v.Has(x.Member):
			return x
		}
	}
	return nil
}

// checkModel asserts what every model promises.
func checkModel(t *testing.T, m *webhook.Model) {
	t.Helper()
	names := map[string]bool{}
	known := map[*webhook.Type]bool{}
	last := ""
	for _, x := range m.Types {
		if !names[strings.ToLower(x.Name)] && isName(x.Name) && x.Name > last {
			names[strings.ToLower(x.Name)], known[x], last = true, true, x.Name
			continue
		}
		t.Errorf("type %q: the name is no name, or not the only one, or not in order", x.Name)
	}
	seen := map[*webhook.Type]bool{}
	var walk func(x *webhook.Type)
	walk = func(x *webhook.Type) {
		if seen[x] {
			return
		}
		seen[x] = true
		if named := x.Kind == webhook.Object || x.Kind == webhook.Enum || x.Kind == webhook.Union; named != (x.Name != "") || named != known[x] {
			t.Errorf("type %q of kind %v: only objects, enums and unions have names, and all of them", x.Name, x.Kind)
		}
		goNames := map[string]bool{}
		for _, f := range x.Fields {
			if goNames[f.GoName] || !isName(f.GoName) {
				t.Errorf("%s.%s: %q is no name, or not the only one", x.Name, f.Name, f.GoName)
			}
			goNames[f.GoName] = true
			if f.Nullable && f.Type.Kind == webhook.Any {
				t.Errorf("%s.%s: any value is null without saying so", x.Name, f.Name)
			}
			walk(f.Type)
		}
		values := map[string]bool{}
		for _, v := range x.Values {
			if values[v.GoName] || !isName(v.GoName) {
				t.Errorf("%s %q: %q is no name, or not the only one", x.Name, v.Text, v.GoName)
			}
			values[v.GoName] = true
		}
		if x.Kind == webhook.Enum && len(x.Values) == 0 || x.Kind == webhook.Union && len(x.Variants) < 2 {
			t.Errorf("%s: an enum without values, or a union of one", x.Name)
		}
		if x.Element != nil {
			walk(x.Element)
		}
		for _, v := range x.Variants {
			if v.Type.Kind == webhook.Union || v.Type.Kind == webhook.Any {
				t.Errorf("%s: a union of unions or of anything", x.Name)
			}
			walk(v.Type)
		}
	}
	for _, e := range m.Events {
		if e.Payload.Kind != webhook.Object && e.Payload.Kind != webhook.Union {
			t.Errorf("payload of %s: kind %v", e.GoName, e.Payload.Kind)
		}
		if e.Payload.Name != e.GoName {
			t.Errorf("payload of %s is called %s", e.GoName, e.Payload.Name)
		}
		walk(e.Payload)
	}
	if holdsItself(m) {
		t.Error("a type holds itself by value")
	}
}

func isName(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return token.IsIdentifier(s) && utf8.RuneCountInString(s) <= 40 && unicode.IsUpper(first) && !strings.Contains(s, "_")
}

// holdsItself reports whether an object leads back to itself by members that
// are not recursive.
func holdsItself(m *webhook.Model) bool {
	const open, done = 1, 2
	state := map[*webhook.Type]int{}
	var walk func(x *webhook.Type) bool
	walk = func(x *webhook.Type) bool {
		if state[x] != 0 {
			return state[x] == open
		}
		state[x] = open
		for _, f := range x.Fields {
			if f.Type.Kind == webhook.Object && !f.Recursive && walk(f.Type) {
				return true
			}
		}
		state[x] = done
		return false
	}
	return slices.ContainsFunc(m.Types, walk)
}
