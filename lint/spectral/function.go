package spectral

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
)

// call is one call of a function.
type call struct {
	ctx  context.Context //nolint:containedctx // a call is over before its context
	rule *definition     // nil where a script calls
	doc  *Document
	target
	resolved bool
	work     *int // what regular expressions may still do for the rule; nil for no bound but their own
}

// maxWork bounds what the regular expressions of a rule do on one document, in
// steps. Those of honest rules do some million.
const maxWork = 500_000_000

// follow is what a node stands for, where the rule is about resolved values.
func (c *call) follow(n *openapi.Node) *openapi.Node {
	if c.resolved {
		return c.doc.resolve(n)
	}
	return n
}

// problem is what a function finds.
type problem struct {
	// text goes on a sentence that the property begins: "must be truthy"; where
	// whole is set, it is one.
	text  string
	whole bool
	// at is the value below that it is about, nil for the one that the function
	// was called with; route is the way there.
	at    *openapi.Node
	route []string
	// absolute says that route is from the root; of it, missing leads to nothing.
	absolute bool
	missing  []string
}

func one(format string, args ...any) []problem {
	return []problem{{text: fmt.Sprintf(format, args...)}}
}

// checker is a function with its options. An error ends the rule.
type checker func(*call) ([]problem, error)

// functions are Spectral's core functions. Each reads its options, which are nil
// where there are none, and is named by a node.
var functions = map[string]func(options, name *openapi.Node) (checker, error){
	"truthy":                     plain(func(c *call) []problem { return unless(ecma.Truthy(c.value), "must be truthy") }),
	"falsy":                      plain(func(c *call) []problem { return unless(!ecma.Truthy(c.value), "must be falsy") }),
	"defined":                    plain(func(c *call) []problem { return unless(c.value != nil, "must be defined") }),
	"undefined":                  plain(func(c *call) []problem { return unless(c.value == nil, "must be undefined") }),
	"pattern":                    newPattern,
	"length":                     newLength,
	"enumeration":                newEnumeration,
	"casing":                     newCasing,
	"alphabetical":               newAlphabetical,
	"schema":                     newSchema,
	"typedEnum":                  plain(typedEnum),
	"xor":                        newXor,
	"or":                         newOr,
	"unreferencedReusableObject": newUnreferenced,
}

func functionNames() []string { return slices.Sorted(maps.Keys(functions)) }

// plain makes a function that has no options.
func plain(f func(*call) []problem) func(options, name *openapi.Node) (checker, error) {
	return func(options, _ *openapi.Node) (checker, error) {
		if options != nil && !options.Is(openapi.Null) && options.Len() > 0 {
			return nil, wrong(options, "the function has no options")
		}
		return func(c *call) ([]problem, error) { return f(c), nil }, nil
	}
}

func unless(ok bool, text string) []problem {
	if ok {
		return nil
	}
	return one("%s", text)
}

// optionsOf checks that options have no other members than those named, and
// those that are required.
func optionsOf(options, name *openapi.Node, required, may []string) error {
	if options == nil {
		if len(required) == 0 {
			return nil
		}
		return wrong(name, "%s needs the option %s", name.Text(), strings.Join(required, " and "))
	}
	if !options.Is(openapi.Object) {
		return wrong(options, "the options of %s are an object", name.Text())
	}
	all := slices.Concat(required, may)
	for _, m := range options.Children() {
		if !slices.Contains(all, m.Key()) {
			return wrong(m, "%s has no option %s%s", name.Text(), m.Key(), closest(m.Key(), all))
		}
	}
	for _, key := range required {
		if !options.Has(key) {
			return wrong(options, "%s needs the option %s", name.Text(), key)
		}
	}
	return nil
}

func newPattern(options, name *openapi.Node) (checker, error) {
	if err := optionsOf(options, name, nil, []string{"match", "notMatch"}); err != nil {
		return nil, err
	}
	if options.Len() == 0 {
		return nil, wrong(name, "pattern needs the option match or notMatch")
	}
	read := func(key string) (*ecma.Regexp, error) {
		n := options.Get(key)
		if n == nil {
			return nil, nil
		}
		re, err := ecma.Parse(n.Text())
		if err != nil {
			return nil, wrong(n, "%v", err)
		}
		return re, nil
	}
	match, err := read("match")
	if err != nil {
		return nil, err
	}
	not, err := read("notMatch")
	if err != nil {
		return nil, err
	}
	return func(c *call) ([]problem, error) {
		text, ok := c.value.Str()
		if !ok {
			return nil, nil
		}
		var list []problem
		if match != nil {
			ok, err := match.Match(text, c.work)
			if err != nil {
				return nil, err
			}
			if !ok {
				list = append(list, problem{text: fmt.Sprintf("must match the pattern %q", match)})
			}
		}
		if not != nil {
			ok, err := not.Match(text, c.work)
			if err != nil {
				return nil, err
			}
			if ok {
				list = append(list, problem{text: fmt.Sprintf("must not match the pattern %q", not)})
			}
		}
		return list, nil
	}, nil
}

// number reads an option that is a number, nil where it is left out.
func number(options *openapi.Node, key string) (*float64, error) {
	n := options.Get(key)
	if n == nil {
		return nil, nil
	}
	f, ok := n.Float()
	if !ok {
		return nil, wrong(n, "%s is a number", key)
	}
	return &f, nil
}

func newLength(options, name *openapi.Node) (checker, error) {
	if err := optionsOf(options, name, nil, []string{"min", "max"}); err != nil {
		return nil, err
	}
	if options.Len() == 0 {
		return nil, wrong(name, "length needs the option min or max")
	}
	least, err := number(options, "min")
	if err != nil {
		return nil, err
	}
	most, err := number(options, "max")
	if err != nil {
		return nil, err
	}
	return func(c *call) ([]problem, error) {
		var n float64
		switch c.value.Kind() {
		case openapi.String:
			n = float64(ecma.Length(c.value.Text()))
		case openapi.Array, openapi.Object:
			n = float64(c.value.Len())
		case openapi.Number:
			n, _ = c.value.Float()
		default:
			return nil, nil
		}
		var list []problem
		if least != nil && n < *least {
			list = append(list, problem{text: "must be longer than " + decimal(*least)})
		}
		if most != nil && n > *most {
			list = append(list, problem{text: "must be shorter than " + decimal(*most)})
		}
		return list, nil
	}, nil
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func newEnumeration(options, name *openapi.Node) (checker, error) {
	if err := optionsOf(options, name, []string{"values"}, nil); err != nil {
		return nil, err
	}
	values := options.Get("values").Children()
	var words []string
	for _, v := range values {
		if v.Is(openapi.Object) || v.Is(openapi.Array) {
			return nil, wrong(v, "the values of enumeration are strings, numbers, booleans and null, and this is %s", v.Kind().WithArticle())
		}
		words = append(words, v.Text())
	}
	return func(c *call) ([]problem, error) {
		switch c.value.Kind() {
		case openapi.String, openapi.Number, openapi.Bool, openapi.Null:
		default:
			return nil, nil
		}
		for _, v := range values {
			if v.Kind() == c.value.Kind() && v.Text() == c.value.Text() {
				return nil, nil
			}
		}
		return one("must be one of %s", strings.Join(words, ", ")), nil
	}, nil
}
