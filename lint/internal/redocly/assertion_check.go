package redocly

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// checker checks one kind of assertion.
type checker struct {
	// keys are about names of members only, values about a value only.
	keys, values bool
	check        func(v *operand, condition *openapi.Node) []mistake
	// valid says what is wrong with a condition, "" where nothing is.
	valid func(condition *openapi.Node) string
}

// operand is what an assertion is about: a value, or the names of the members of an
// object.
type operand struct {
	c           *typed.Context
	base        typed.Place
	node, raw   *openapi.Node // node is nil where the value is missing
	list, names bool
}

// items are what is looked at one by one: the elements, the names, or the value.
func (v *operand) items() []*openapi.Node {
	switch {
	case v.names:
		var list []*openapi.Node
		for _, k := range keys(v.node) {
			list = append(list, openapi.NewString(k))
		}
		return list
	case v.list:
		return v.node.Children()
	}
	return []*openapi.Node{v.node}
}

// object reports whether there is nothing to look at: no value, or an object as
// one.
func (v *operand) object() bool { return v.node == nil || !v.names && v.node.Is(openapi.Object) }

// whole reports whether the operand is one text.
func (v *operand) whole() bool { return !v.names && v.node.Is(openapi.String) }

// has reports whether a name or an element is there.
func (v *operand) has(text *openapi.Node) bool {
	return slices.ContainsFunc(v.items(), func(n *openapi.Node) bool { return sameScalarValue(n, text) })
}

func sameScalarValue(a, b *openapi.Node) bool {
	return a.Kind() == b.Kind() && !a.Is(openapi.Object) && !a.Is(openapi.Array) && equal(a, b)
}

func (v *operand) at(at typed.Place, format string, args ...any) []mistake {
	return []mistake{{at, fmt.Sprintf(format, args...)}}
}

// each reports the items that are not good.
func (v *operand) each(good func(n *openapi.Node) bool, problem string) []mistake {
	if v.object() {
		return nil
	}
	var list []mistake
	for _, n := range v.items() {
		if good(n) {
			continue
		}
		at := v.base
		if !v.whole() {
			at = v.base.Child(n.Text()).Key()
		}
		list = append(list, mistake{at, quoted(n) + " " + problem})
	}
	return list
}

// checkers has every assertion by its name.
var checkers = map[string]checker{
	"pattern":           {check: func(v *operand, c *openapi.Node) []mistake { return matches(v, c, true) }, valid: isPattern},
	"notPattern":        {check: func(v *operand, c *openapi.Node) []mistake { return matches(v, c, false) }, valid: isPattern},
	"enum":              {check: isAmong, valid: isList},
	"disallowed":        {keys: true, check: isNotAmong, valid: isList},
	"required":          {keys: true, check: hasAll, valid: isList},
	"requireAny":        {keys: true, check: hasAny, valid: isList},
	"mutuallyExclusive": {keys: true, check: hasOne, valid: isList},
	"mutuallyRequired":  {keys: true, check: hasAllOrNone, valid: isList},
	"contains":          {values: true, check: holdsAll, valid: isList},
	"defined":           {check: isDefined, valid: isFlag},
	"nonEmpty":          {values: true, check: isFilled, valid: isFlag},
	"const":             {check: isConst, valid: isAnything},
	"minLength":         {check: atLeast, valid: isCount},
	"maxLength":         {check: atMost, valid: isCount},
	"casing":            {check: isCased, valid: isCasing},
	"sortOrder":         {check: isSorted, valid: isOrder},
	"ref":               {check: isRefTo, valid: isFlagOrPattern},
	"schema":            {values: true, check: fitsSchema, valid: isAnything},
}

var assertionNames = []string{
	"pattern", "notPattern", "enum", "disallowed", "required", "requireAny", "mutuallyExclusive", "mutuallyRequired", "contains",
	"defined", "nonEmpty", "const", "minLength", "maxLength", "casing", "sortOrder", "ref", "schema",
}

// expression compiles what stands between slashes with flags behind, or else the
// whole text.
func expression(text string) (*ecma.Regexp, error) {
	if end := strings.LastIndexByte(text, '/'); end > 0 && text[0] == '/' {
		return ecma.Compile(text[1:end], text[end+1:])
	}
	return ecma.Compile(text, "")
}

// finds reports whether a text matches. An assertion looks at any number of values,
// so that each may take less than a match may at most.
func finds(re *ecma.Regexp, text string) (bool, error) {
	work := 100_000 + 100*len(text)
	return re.Match(text, &work)
}

func matches(v *operand, c *openapi.Node, want bool) []mistake {
	if v.object() {
		return nil
	}
	re, err := expression(c.Text())
	if err != nil {
		return nil
	}
	var list []mistake
	for _, n := range v.items() {
		found, err := finds(re, n.Text())
		if err != nil || found == want {
			continue
		}
		at := v.base.Key()
		switch {
		case v.whole():
			at = v.base
		case v.raw.Is(openapi.Object):
			at = v.base.Child(n.Text()).Key()
		}
		text := "does not match"
		if !want {
			text = "matches"
		}
		list = append(list, mistake{at, fmt.Sprintf("%s %s %s", quoted(n), text, short(c.Text()))})
	}
	return list
}

func isAmong(v *operand, c *openapi.Node) []mistake {
	return v.each(func(n *openapi.Node) bool { return amongScalars(c, n) }, "is none of "+listed(c))
}

func isNotAmong(v *operand, c *openapi.Node) []mistake {
	return v.each(func(n *openapi.Node) bool { return !amongScalars(c, n) }, "is not allowed")
}

func amongScalars(list, n *openapi.Node) bool {
	return slices.ContainsFunc(list.Children(), func(c *openapi.Node) bool { return sameScalarValue(c, n) })
}

func listed(n *openapi.Node) string {
	var list []string
	for _, c := range n.Children()[:min(n.Len(), 12)] {
		list = append(list, quoted(c))
	}
	return strings.Join(list, ", ")
}

func hasAll(v *operand, c *openapi.Node) []mistake {
	var list []mistake
	for _, k := range c.Children() {
		if !v.has(k) {
			list = append(list, mistake{v.base.Key(), quoted(k) + " is missing"})
		}
	}
	return list
}

// count is how many of the names are there.
func count(v *operand, c *openapi.Node) int {
	n := 0
	for _, item := range v.items() {
		if amongScalars(c, item) {
			n++
		}
	}
	return n
}

func hasAny(v *operand, c *openapi.Node) []mistake {
	if count(v, c) > 0 {
		return nil
	}
	return v.at(v.base.Key(), "none of %s is there", listed(c))
}

func hasOne(v *operand, c *openapi.Node) []mistake {
	if count(v, c) < 2 {
		return nil
	}
	return v.at(v.base.Key(), "more than one of %s is there", listed(c))
}

func hasAllOrNone(v *operand, c *openapi.Node) []mistake {
	if n := count(v, c); n == 0 || n == c.Len() {
		return nil
	}
	return v.at(v.base.Key(), "some of %s are there, not all", listed(c))
}

func holdsAll(v *operand, c *openapi.Node) []mistake {
	if v.object() {
		return nil
	}
	var list []mistake
	for _, word := range c.Children() {
		if !v.has(word) {
			list = append(list, mistake{v.base, quoted(word) + " is not in the list"})
		}
	}
	return list
}

func isDefined(v *operand, c *openapi.Node) []mistake {
	want := ecma.Truthy(c)
	switch {
	case (v.node != nil) == want:
		return nil
	case want:
		return v.at(v.base, "%s is missing", name(v))
	}
	return v.at(v.base, "%s is there", name(v))
}

// name is the name of the value in a message.
func name(v *operand) string {
	if n := len(v.base.Below); n > 0 {
		return fmt.Sprintf("%q", short(v.base.Below[n-1]))
	}
	if key := v.base.Node.Key(); key != "" {
		return fmt.Sprintf("%q", short(key))
	}
	return "the value"
}

func isFilled(v *operand, c *openapi.Node) []mistake {
	empty := v.node == nil || v.node.Is(openapi.Null) || v.node.Is(openapi.String) && v.node.Text() == "" || v.list && v.node.Len() == 0
	switch want := ecma.Truthy(c); {
	case empty != want:
		return nil
	case want:
		return v.at(v.base, "%s is empty", name(v))
	}
	return v.at(v.base, "%s is not empty", name(v))
}

func isConst(v *operand, c *openapi.Node) []mistake {
	switch {
	case v.node == nil:
		return nil
	case v.list || v.names:
		return v.each(func(n *openapi.Node) bool { return sameScalarValue(n, c) }, "is not "+quoted(c))
	case sameScalarValue(v.node, c):
		return nil
	}
	return v.at(v.base, "%s is not %s", quoted(v.node), quoted(c))
}

// length is the length of a text or a list; ok says whether the value has one.
func length(v *operand) (n int, ok bool) {
	switch {
	case v.names || v.list:
		return v.node.Len(), true
	case v.node.Is(openapi.String):
		return len(utf16.Encode([]rune(v.node.Text()))), true
	}
	return 0, false
}

func atLeast(v *operand, c *openapi.Node) []mistake {
	limit, _ := c.Float()
	if n, ok := length(v); v.node == nil || ok && float64(n) >= limit {
		return nil
	}
	return v.at(v.base, "%s is shorter than %s", name(v), c.Text())
}

func atMost(v *operand, c *openapi.Node) []mistake {
	limit, _ := c.Float()
	if n, ok := length(v); v.node == nil || ok && float64(n) <= limit {
		return nil
	}
	return v.at(v.base, "%s is longer than %s", name(v), c.Text())
}

var casings = map[string]*regexp.Regexp{
	"camelCase":  regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`),
	"kebab-case": regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`),
	"snake_case": regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`),
	"PascalCase": regexp.MustCompile(`^[A-Z][a-zA-Z0-9]+$`),
	"MACRO_CASE": regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`),
	"COBOL-CASE": regexp.MustCompile(`^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$`),
	"flatcase":   regexp.MustCompile(`^[a-z][a-z0-9]+$`),
}

func isCased(v *operand, c *openapi.Node) []mistake {
	re := casings[c.Text()]
	return v.each(func(n *openapi.Node) bool { return re.MatchString(n.Text()) }, "is not in "+c.Text())
}

func isSorted(v *operand, c *openapi.Node) []mistake {
	if !v.list && !v.names {
		return nil
	}
	direction, property := c.Text(), ""
	if c.Is(openapi.Object) {
		direction, property = c.Get("direction").Text(), c.Get("property").Text()
	}
	items := v.items()
	if len(items) > 0 && items[0].Is(openapi.Object) && property == "" {
		return v.at(v.base, "%s has objects, and the rule names no property to sort them by", name(v))
	}
	for i := 1; i < len(items); i++ {
		a, b := items[i-1], items[i]
		if property != "" {
			if a, b = a.Get(property), b.Get(property); !ecma.Truthy(a) || !ecma.Truthy(b) {
				return v.at(v.base, "%s has items without %q to sort them by", name(v), property)
			}
		}
		if direction == "asc" && precedes(b, a) || direction != "asc" && precedes(a, b) {
			return v.at(v.base, "%s is not sorted: %s before %s", name(v), quoted(a), quoted(b))
		}
	}
	return nil
}

// precedes reports whether a value is less than another.
func precedes(a, b *openapi.Node) bool {
	x, numbers := a.Float()
	if y, ok := b.Float(); ok && numbers {
		return x < y
	}
	return strings.ToLower(a.Text()) < strings.ToLower(b.Text())
}

func isRefTo(v *operand, c *openapi.Node) []mistake {
	if v.raw == nil {
		return nil
	}
	ref := v.raw.Get("$ref")
	at := v.base.Key()
	if ref != nil {
		at = v.base
	}
	if want, ok := c.Bool(); ok {
		switch {
		case (ref != nil) == want:
			return nil
		case want:
			return v.at(at, "%s is no reference", name(v))
		}
		return v.at(at, "%s is a reference", name(v))
	}
	if re, err := expression(c.Text()); err == nil && ref != nil {
		if found, err := finds(re, ref.Text()); found || err != nil {
			return nil
		}
	}
	return v.at(at, "%s is no reference that matches %s", name(v), short(c.Text()))
}

func fitsSchema(v *operand, c *openapi.Node) []mistake {
	if v.node == nil {
		return nil
	}
	if allow, ok := c.Bool(); ok {
		if allow {
			return nil
		}
		return v.at(v.base, "%s is not allowed", name(v))
	}
	s := jsonschema.NewCompiler(jsonschema.Draft202012, jsonschema.Options{Closed: true}).Compile(c)
	errs, err := s.Validate(v.node, jsonschema.Mode{All: true})
	if err != nil {
		return nil
	}
	var list []mistake
	for i := range errs {
		at := typed.At(errs[i].Instance)
		if k := errs[i].Keyword; k == "additionalProperties" || k == "unevaluatedProperties" {
			at = at.Child(errs[i].Property).Key()
		}
		list = append(list, mistake{at, errs[i].Message()})
	}
	return list
}
