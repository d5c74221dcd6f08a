package spectral

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/plumbapi/plumb/openapi"
)

// casings are the ways of writing that casing knows; 0-9 is where digits may be.
var casings = map[string]string{
	"flat":   `[a-z][a-z0-9]*`,
	"camel":  `[a-z][a-z0-9]*(?:[A-Z0-9](?:[a-z0-9]+|$))*`,
	"pascal": `[A-Z][a-z0-9]*(?:[A-Z0-9](?:[a-z0-9]+|$))*`,
	"kebab":  `[a-z][a-z0-9]*(?:-[a-z0-9]+)*`,
	"cobol":  `[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*`,
	"snake":  `[a-z][a-z0-9]*(?:_[a-z0-9]+)*`,
	"macro":  `[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*`,
}

func newCasing(options, name *openapi.Node) (checker, error) {
	if err := optionsOf(options, name, []string{"type"}, []string{"disallowDigits", "separator"}); err != nil {
		return nil, err
	}
	kind := options.Get("type")
	pattern, ok := casings[kind.Text()]
	if !ok {
		return nil, wrong(kind, "%q is no casing%s", kind.Text(), closest(kind.Text(), slices.Sorted(maps.Keys(casings))))
	}
	if options.Get("disallowDigits").IsTrue() {
		pattern = strings.ReplaceAll(pattern, "0-9", "")
		pattern = strings.ReplaceAll(pattern, "[]", "[^\\s\\S]")
	}
	separator, leading := "", false
	if s := options.Get("separator"); s != nil {
		separator, leading = s.Get("char").Text(), s.Get("allowLeading").IsTrue()
		if len([]rune(separator)) != 1 {
			return nil, wrong(s, "the separator of casing has one character, as char")
		}
		mark := regexp.QuoteMeta(separator)
		pattern = fmt.Sprintf("(?:%s)(?:%s(?:%[1]s))*", pattern, mark)
		if leading {
			pattern = "(?:" + mark + ")?" + pattern
		}
	}
	re, err := regexp.Compile("^(?:" + pattern + ")$")
	if err != nil {
		return nil, wrong(options, "%v", err)
	}
	return func(c *call) ([]problem, error) {
		text, ok := c.value.Str()
		if !ok || text == "" || leading && text == separator || re.MatchString(text) {
			return nil, nil
		}
		return one("must be %s case", kind.Text()), nil
	}, nil
}

func newAlphabetical(options, name *openapi.Node) (checker, error) {
	if err := optionsOf(options, name, nil, []string{"keyedBy"}); err != nil {
		return nil, err
	}
	if n := options.Get("keyedBy"); n != nil && !n.Is(openapi.String) {
		return nil, wrong(n, "keyedBy is the name of a member, and this is %s", n.Kind().WithArticle())
	}
	by := options.Get("keyedBy").Text()
	return func(c *call) ([]problem, error) {
		var items []*openapi.Node // what is compared
		children := c.value.Children()
		switch {
		case c.value.Len() < 2:
			return nil, nil
		case c.value.Is(openapi.Object) && by != "":
			return one("must be an array"), nil
		case c.value.Is(openapi.Object):
			for _, m := range children {
				items = append(items, openapi.NewString(m.Key()))
			}
		default:
			for _, item := range children {
				if by != "" {
					if item = c.follow(item); !item.Is(openapi.Object) {
						return one("must be an array of objects with %s", by), nil
					}
					item = c.follow(item.Get(by))
				}
				if !item.Is(openapi.String) && !item.Is(openapi.Number) {
					return one("must be an array of strings or numbers"), nil
				}
				items = append(items, item)
			}
		}
		order := collate.New(language.English)
		for i := range len(items) - 1 {
			if after(order, items[i], items[i+1]) {
				if by != "" {
					return one("must be in alphabetical order of %s: %q stands before %q", by, items[i].Text(), items[i+1].Text()), nil
				}
				route := fmt.Sprint(i)
				if c.value.Is(openapi.Object) {
					route = children[i].Key()
				}
				return []problem{{
					text: fmt.Sprintf("must be in alphabetical order: %q stands before %q", items[i].Text(), items[i+1].Text()),
					at:   children[i], route: []string{route},
				}}, nil
			}
		}
		return nil, nil
	}, nil
}

// after reports whether a sorts after b, as numbers where both are.
func after(order *collate.Collator, a, b *openapi.Node) bool {
	x, okX := a.Float()
	y, okY := b.Float()
	if okX && okY {
		return x > y
	}
	return order.CompareString(a.Text(), b.Text()) > 0
}
