// Package links reads a site of static pages and tells which of its links lead
// nowhere, and what its pages ask of other hosts.
package links

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Problem is a link of a page that leads nowhere.
type Problem struct {
	// Page is the page's path in the site, Link what it says.
	Page, Link string
	// Message says what is not there.
	Message string
}

func (p Problem) String() string { return fmt.Sprintf("%s: %s: %s", p.Page, p.Link, p.Message) }

// Check reads all pages of a site and returns the links within it that lead
// nowhere: to a file that is not there, or to a part that its page does not
// have; and pages that ask other hosts for something. Problems are sorted by
// page. The error is the file system's.
func Check(fsys fs.FS) ([]Problem, error) {
	c := checker{files: map[string]bool{}, ids: map[string]map[string]bool{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		c.files[name] = true
		if path.Ext(name) != ".html" {
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		c.read(name, text)
		return nil
	})
	if err != nil {
		return nil, err
	}
	c.follow()
	slices.SortFunc(c.problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.Page, b.Page), strings.Compare(a.Link, b.Link), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(c.problems), nil
}

type checker struct {
	files    map[string]bool
	ids      map[string]map[string]bool // of pages
	links    []Problem                  // without a message yet
	problems []Problem
}

// read collects what a page has and where it leads.
func (c *checker) read(name string, text []byte) {
	ids := map[string]bool{}
	c.ids[name] = ids
	for z := html.NewTokenizer(bytes.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		tag, more := z.TagName()
		element := string(tag)
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			switch v := string(value); string(key) {
			case "id":
				if ids[v] {
					c.problems = append(c.problems, Problem{name, "#" + v, "two parts of the page have this id"})
				}
				ids[v] = true
			case "href", "src":
				c.link(name, element, v)
			}
		}
	}
}

func (c *checker) link(page, element, target string) {
	u, err := url.Parse(target)
	switch {
	case err != nil:
		c.problems = append(c.problems, Problem{page, target, "this is no address"})
	case u.Scheme != "" || u.Host != "":
		if element != "a" && u.Scheme != "data" && !strings.HasPrefix(target, "data:") && element != "link" {
			c.problems = append(c.problems, Problem{page, target, "the page asks another host for this"})
		}
	default:
		c.links = append(c.links, Problem{Page: page, Link: target})
	}
}

// follow tells which of the links lead nowhere.
func (c *checker) follow() {
	for _, l := range c.links {
		u, err := url.Parse(l.Link)
		if err != nil {
			continue
		}
		to := l.Page
		if u.Path != "" {
			to = path.Join(path.Dir(l.Page), u.Path)
		}
		switch ids := c.ids[to]; {
		case !c.files[to]:
			l.Message = "there is no such file"
		case u.Fragment != "" && ids != nil && !ids[u.Fragment]:
			l.Message = "the page has no part of this name"
		default:
			continue
		}
		c.problems = append(c.problems, l)
	}
}
