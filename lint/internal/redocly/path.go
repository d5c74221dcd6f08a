package redocly

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/typed"
)

var variable = regexp.MustCompile(`^\{.+?\}$`)

func noAmbiguousPaths() *typed.Rule {
	type path struct {
		name      string
		segments  []string
		variables []bool
	}
	return rule("Paths", func(c *typed.Context) {
		groups := map[[2]int][]path{}
		for _, name := range keys(c.Node) {
			p := path{name: name, segments: strings.Split(name, "/")}
			count := 0
			for _, s := range p.segments {
				is := variable.MatchString(s)
				p.variables = append(p.variables, is)
				if is {
					count++
				}
			}
			group := [2]int{len(p.segments), count}
			for _, other := range groups[group][:min(len(groups[group]), maxPaths)] {
				same := true
				for i := range p.segments {
					if !p.variables[i] && !other.variables[i] && p.segments[i] != other.segments[i] {
						same = false
						break
					}
				}
				if same {
					c.Report(c.At().Child(name).Key(), fmt.Sprintf("path %q cannot be told from %q", short(name), short(other.name)))
					break
				}
			}
			groups[group] = append(groups[group], p)
		}
	})
}

// maxPaths bounds how many paths of one shape are compared with each other.
const maxPaths = 2000

var variables = regexp.MustCompile(`\{.+?\}`)

func noIdenticalPaths() *typed.Rule {
	return rule("Paths", func(c *typed.Context) {
		first := map[string]string{}
		for _, name := range keys(c.Node) {
			id := variables.ReplaceAllString(name, "{VARIABLE}")
			if other, ok := first[id]; ok {
				c.Report(c.At().Child(name).Key(), fmt.Sprintf("path %q differs from %q only in the names of its parameters", short(name), short(other)))
			} else {
				first[id] = name
			}
		}
	})
}

var verbs = []string{"get", "head", "post", "put", "patch", "delete", "options", "trace"}

func noHTTPVerbsInPaths(o Options) *typed.Rule {
	excluded, _ := o.list("excludedPaths")
	return rule("PathItem", func(c *typed.Context) {
		if !strings.HasPrefix(c.Key, "/") || slices.Contains(excluded, c.Key) {
			return
		}
		for segment := range strings.SplitSeq(c.Key, "/") {
			if segment == "" || isParameter(segment) {
				continue
			}
			for _, verb := range verbs {
				has := strings.Contains(strings.ToLower(segment), verb)
				if o.flag("splitIntoWords") {
					has = slices.Contains(words(segment), verb)
				}
				if has {
					c.Report(c.At().Key(), fmt.Sprintf("path %q has the HTTP method %s in it", short(c.Key), verb))
				}
			}
		}
	})
}

func isParameter(segment string) bool {
	return strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
}

var (
	camelWord = regexp.MustCompile(`[A-Z][a-z]+`)
	capitals  = regexp.MustCompile(`[A-Z]{2,}`)
	separator = regexp.MustCompile(`[-._]`)
)

// words are those of a name in camel case or with separators, in lower case.
func words(name string) []string {
	var list []string
	for _, part := range separator.Split(name, -1) {
		list = append(list, camelWord.Split(part, -1)...)
		list = append(list, camelWord.FindAllString(part, -1)...)
	}
	list = append(list, capitals.FindAllString(name, -1)...)
	for i := range list {
		list[i] = strings.ToLower(list[i])
	}
	return list
}

func noPathTrailingSlash() *typed.Rule {
	return rule("PathItem", func(c *typed.Context) {
		if strings.HasSuffix(c.Key, "/") && c.Key != "/" {
			c.Report(c.RawAt().Key(), fmt.Sprintf("path %q ends with a slash", short(c.Key)))
		}
	})
}

func pathDeclarationMustExist() *typed.Rule {
	return rule("PathItem", func(c *typed.Context) {
		if strings.Contains(c.Key, "{}") {
			c.Report(c.At().Key(), fmt.Sprintf("path %q has a parameter without a name", short(c.Key)))
		}
	})
}

func pathNotIncludeQuery() *typed.Rule {
	return &typed.Rule{Visit: typed.Visitors{"Paths": {In: typed.Visitors{"PathItem": {Enter: func(c *typed.Context) {
		if strings.Contains(c.Key, "?") {
			c.Report(c.At().Key(), fmt.Sprintf("path %q has a query string", short(c.Key)))
		}
	}}}}}}
}

var kebabSegment = regexp.MustCompile(`^(?:\{.+\}|[a-z0-9-.]+)$`)

func pathsKebabCase() *typed.Rule {
	return rule("PathItem", func(c *typed.Context) {
		if c.Key == "" {
			return
		}
		// The first character goes, whatever it is: that of a callback is a brace.
		for segment := range strings.SplitSeq(c.Key[1:], "/") {
			if segment != "" && !kebabSegment.MatchString(segment) {
				c.Report(c.At().Key(), fmt.Sprintf("path %q is not in kebab-case", short(c.Key)))
				return
			}
		}
	})
}

var verbsOrder = []string{"get", "head", "post", "put", "patch", "delete", "options", "query", "trace"}

func pathHTTPVerbsOrder(o Options) *typed.Rule {
	order, ok := o.list("order")
	if !ok {
		order = verbsOrder
	}
	return rule("PathItem", func(c *typed.Context) {
		last := -1
		for _, name := range keys(c.Node) {
			at := slices.Index(order, name)
			if at < 0 {
				continue
			}
			if at < last {
				c.Report(c.At().Child(name).Key(), fmt.Sprintf("%s stands after %s", name, order[last]))
			}
			last = at
		}
	})
}

func pathSegmentPlural(o Options) *typed.Rule {
	exceptions, _ := o.list("exceptions")
	return leaving("PathItem", func(c *typed.Context) {
		if !strings.HasPrefix(c.Key, "/") {
			return
		}
		segments := strings.Split(c.Key[1:], "/")
		if o.flag("ignoreLastPathSegment") {
			segments = segments[:len(segments)-1]
		}
		for _, s := range segments {
			if !slices.Contains(exceptions, s) && !isParameter(s) && singular(s) {
				c.Report(c.At().Key(), fmt.Sprintf("segment %q of the path is singular", short(s)))
			}
		}
	})
}
