package spectral

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// typedEnum holds the values of enum against the type beside it.
func typedEnum(c *call) []problem {
	enum, kind := c.follow(c.value.Get("enum")), c.follow(c.value.Get("type"))
	if !c.value.Is(openapi.Object) || !enum.Is(openapi.Array) || kind == nil {
		return nil
	}
	var types []string
	for _, t := range oneOrMore(kind) {
		types = append(types, t.Text())
	}
	if c.value.Get("nullable").IsTrue() || c.value.Get("x-nullable").IsTrue() {
		types = append(types, "null")
	}
	var list []problem
	for i, v := range enum.Children() {
		if !hasType(v, types) {
			list = append(list, problem{
				text: fmt.Sprintf("has the enum value %q, which is not of type %s", shown(v), strings.Join(types, " or ")),
				at:   v, route: []string{"enum", strconv.Itoa(i)},
			})
		}
	}
	return list
}

func hasType(n *openapi.Node, types []string) bool {
	for _, t := range types {
		switch t {
		case "integer":
			if f, ok := n.Float(); ok && f == float64(int64(f)) {
				return true
			}
		case n.Kind().String():
			return true
		}
	}
	return false
}

// propertiesOf reads the option of xor and or.
func propertiesOf(options, name *openapi.Node) ([]string, error) {
	if err := optionsOf(options, name, []string{"properties"}, nil); err != nil {
		return nil, err
	}
	n := options.Get("properties")
	if !n.Is(openapi.Array) || n.Len() < 2 {
		return nil, wrong(n, "%s has at least two properties", name.Text())
	}
	var list []string
	for _, p := range n.Children() {
		list = append(list, p.Text())
	}
	return list, nil
}

// count says how many of the properties a value has.
func count(c *call, properties []string) int {
	n := 0
	for _, p := range properties {
		if c.value.Has(p) {
			n++
		}
	}
	return n
}

func newXor(options, name *openapi.Node) (checker, error) {
	properties, err := propertiesOf(options, name)
	return func(c *call) ([]problem, error) {
		if !c.value.Is(openapi.Object) || count(c, properties) == 1 {
			return nil, nil
		}
		return one("must have one of %s, and no more", strings.Join(properties, ", ")), nil
	}, err
}

func newOr(options, name *openapi.Node) (checker, error) {
	properties, err := propertiesOf(options, name)
	return func(c *call) ([]problem, error) {
		if !c.value.Is(openapi.Object) || count(c, properties) > 0 {
			return nil, nil
		}
		return one("must have at least one of %s", strings.Join(properties, ", ")), nil
	}, err
}

func newUnreferenced(options, name *openapi.Node) (checker, error) {
	if err := optionsOf(options, name, []string{"reusableObjectsLocation"}, nil); err != nil {
		return nil, err
	}
	at := options.Get("reusableObjectsLocation")
	if !strings.HasPrefix(at.Text(), "#") {
		return nil, wrong(at, "reusableObjectsLocation is a reference such as #/components/schemas")
	}
	return func(c *call) ([]problem, error) {
		used := map[string]bool{}
		references(c.doc.root, func(ref string) {
			if rest, ok := strings.CutPrefix(ref, at.Text()+"/"); ok {
				token, _, _ := strings.Cut(rest, "/")
				if path, err := openapi.ParsePointer("/" + token); err == nil && len(path) == 1 {
					used[path[0]] = true
				}
			}
		})
		var list []problem
		for _, m := range c.value.Children() {
			if c.value.Is(openapi.Object) && !used[m.Key()] {
				list = append(list, problem{text: "is used nowhere", at: m, route: []string{m.Key()}})
			}
		}
		return list, nil
	}, nil
}

// references calls f with each reference below a node. Trees are bounded in
// depth by the loader.
func references(n *openapi.Node, f func(ref string)) {
	if ref, ok := n.Get("$ref").Str(); ok {
		f(ref)
	}
	for _, c := range n.Children() {
		references(c, f)
	}
}
