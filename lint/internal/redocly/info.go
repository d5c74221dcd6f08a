package redocly

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

func infoContact() *typed.Rule {
	return rule("Info", func(c *typed.Context) {
		if !ecma.Truthy(c.Node.Get("contact")) {
			c.Report(c.At().Child("contact").Key(), "info has no contact")
		}
	})
}

func infoLicense() *typed.Rule {
	return rule("Info", func(c *typed.Context) {
		if !ecma.Truthy(c.Node.Get("license")) {
			c.Report(c.At().Key(), "info has no license")
		}
	})
}

func infoLicenseStrict() *typed.Rule {
	return &typed.Rule{Visit: typed.Visitors{"Root": {In: typed.Visitors{"License": {Leave: func(c *typed.Context) {
		switch c.Walk.Doc.Version() {
		case openapi.V31, openapi.V32:
			if !c.Node.Has("url") && !c.Node.Has("identifier") {
				c.Report(c.At().Key(), "license has neither url nor identifier")
			}
			for _, field := range []string{"url", "identifier"} {
				if v := c.Node.Get(field); v != nil && !ecma.Truthy(v) {
					c.Report(c.At().Child(field).Key(), field+" of license is empty")
				}
			}
		default:
			filled(c, "url")
		}
	}}}}}}
}

func tagDescription() *typed.Rule {
	return rule("Tag", func(c *typed.Context) { filled(c, "description") })
}

func tagsAlphabetical(o Options) *typed.Rule {
	return rule("Root", func(c *typed.Context) {
		tags := c.Node.Get("tags").Children()
		for i := range len(tags) - 1 {
			a, b := tagName(tags[i], o.flag("ignoreCase")), tagName(tags[i+1], o.flag("ignoreCase"))
			if a > b {
				c.Report(c.At().Child("tags").Item(i), fmt.Sprintf("tag %q stands before %q", short(a), short(b)))
			}
		}
	})
}

func noDuplicatedTagNames(o Options) *typed.Rule {
	seen := map[string]bool{}
	return leaving("Tag", func(c *typed.Context) {
		name := tagName(c.Node, o.flag("ignoreCase"))
		if seen[name] {
			c.Report(c.At(), fmt.Sprintf("tag %q is there twice", short(c.Node.Get("name").Text())))
		}
		seen[name] = true
	})
}

func tagName(n *openapi.Node, fold bool) string {
	if fold {
		return strings.ToLower(n.Get("name").Text())
	}
	return n.Get("name").Text()
}

func specNoInvalidTagParents() *typed.Rule {
	parents := map[string]*openapi.Node{}
	known := map[string]bool{}
	return &typed.Rule{Visit: typed.Visitors{
		"Root": {Enter: func(c *typed.Context) {
			for _, tag := range c.Node.Get("tags").Children() {
				if name := tag.Get("name").Text(); !known[name] {
					known[name], parents[name] = true, tag.Get("parent")
				}
			}
		}},
		"Tag": {Leave: func(c *typed.Context) {
			parent := c.Node.Get("parent")
			if parent == nil {
				return
			}
			at := c.At().Child("parent")
			if !known[parent.Text()] {
				c.Report(at, fmt.Sprintf("parent %s of the tag is no tag", quoted(parent)))
				return
			}
			// What stands in for the tag itself are the characters of its name: it
			// is in a circle where one of its ancestors comes twice.
			seen := map[string]bool{}
			for _, r := range c.Node.Get("name").Text() {
				seen[string(r)] = true
			}
			for up := parent; up != nil; up = parents[up.Text()] {
				if seen[up.Text()] {
					c.Report(at, fmt.Sprintf("parents of the tag %s lead in a circle", quoted(c.Node.Get("name"))))
					return
				}
				seen[up.Text()] = true
			}
		}},
	}}
}

var markdown = []struct {
	needs   string // what a text that matches has in it, in lower case
	pattern *ecma.Regexp
	problem string
}{
	{"<script", must(`<script\b`), "description holds a <script> tag"},
	{"<", must(`<[a-z][^>]*\bon[a-z]+\s*=`), "description holds HTML with an event handler"},
	{"javascript:", must(`(?:\]\(\s*|\b(?:href|src)\s*=\s*["']?\s*)javascript:`), `description holds a "javascript:" URL`},
}

// must compiles an expression of the package's own, which ignores case.
func must(pattern string) *ecma.Regexp {
	re, err := ecma.Compile(pattern, "i")
	if err != nil {
		panic(err) //nolint:forbidigo // an expression of the package's own
	}
	return re
}

func noUnsafeMarkdown() *typed.Rule {
	return &typed.Rule{Any: func(c *typed.Context) {
		text, ok := c.Node.Get("description").Str()
		if !ok || !strings.Contains(text, "<") && !strings.Contains(text, ":") {
			return
		}
		lower := strings.ToLower(text)
		for _, m := range markdown {
			if !strings.Contains(lower, m.needs) {
				continue
			}
			if found, err := m.pattern.Match(text, nil); found && err == nil {
				c.Report(c.At().Child("description"), m.problem)
			}
		}
	}}
}
