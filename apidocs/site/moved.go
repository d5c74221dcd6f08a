package site

import (
	"encoding/json"

	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Paths remembers where the pages of elements are and were, so that links from
// elsewhere go on working when an element gets another name. It is kept beside
// the descriptions, as JSON, and handed to each build.
type Paths struct {
	Version int `json:"version"`
	// Paths are the pages, by area and element: "rest GET /issues".
	Paths map[string]string `json:"paths"`
	// Moved are the elements whose page was at a path that no page has now.
	Moved map[string]string `json:"moved"`
}

// ParsePaths reads what was remembered. Paths that lead out of a site are an
// error.
func ParsePaths(data []byte) (*Paths, error) {
	var p Paths
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("the file is not what plumb has written: %w", err)
	}
	if p.Version != 1 {
		return nil, fmt.Errorf("the file has version %d, and this plumb knows version 1", p.Version)
	}
	for path := range p.Moved {
		if !isPath(path) {
			return nil, fmt.Errorf("%q is no page of a site", path)
		}
	}
	for _, path := range p.Paths {
		if !isPath(path) {
			return nil, fmt.Errorf("%q is no page of a site", path)
		}
	}
	return &p, nil
}

// isPath reports whether a text can be the path of a page.
func isPath(path string) bool {
	for part := range strings.SplitSeq(path, "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return !strings.ContainsFunc(path, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '/'
	})
}

// JSON writes what is remembered, sorted, a line each.
func (p *Paths) JSON() ([]byte, error) {
	out, err := json.MarshalIndent(p, "", "  ")
	return append(out, '\n'), err
}

// remember compares the pages with those of before, and returns what the next
// build has to know.
func (b *builder) remember() *Paths {
	now := &Paths{Version: 1, Paths: map[string]string{}, Moved: map[string]string{}}
	taken := map[string]bool{}
	for _, e := range b.ref.Entries {
		key := string(e.Group.Area) + " " + e.ID
		if _, ok := now.Paths[key]; !ok {
			now.Paths[key] = e.Path
		}
		taken[e.Path] = true
	}
	before := b.options.Before
	if before == nil {
		return now
	}
	for path, key := range before.Moved {
		if now.Paths[key] != "" && !taken[path] {
			now.Moved[path] = key
		}
	}
	for key, path := range before.Paths {
		if to := now.Paths[key]; to != "" && to != path && !taken[path] {
			now.Moved[path] = key
		}
	}
	return now
}

// writeMoved writes a page in each place that one has left, which leads on, and
// the list of them as hosts of static sites read it.
func (b *builder) writeMoved(now *Paths) error {
	if len(now.Moved) == 0 {
		return nil
	}
	var list strings.Builder
	for _, from := range slices.Sorted(maps.Keys(now.Moved)) {
		to := now.Paths[now.Moved[from]]
		list.WriteString("/" + from + ".html /" + to + ".html 301\n")
		root := strings.Repeat("../", strings.Count(from, "/"))
		h := html{}
		h.raw("<!doctype html>\n<html lang=\"")
		h.text(b.options.Language)
		h.raw("\">\n<head>\n<meta charset=\"utf-8\">\n<title>Moved</title>\n<meta name=\"robots\" content=\"noindex\">\n",
			"<meta http-equiv=\"refresh\" content=\"0; url=")
		h.text(root + to + ".html")
		h.raw("\">\n</head>\n<body><main><h1>Moved</h1><p><a href=\"")
		h.text(root + to + ".html")
		h.raw("\">This page has moved.</a></p></main></body>\n</html>\n")
		if err := b.counted.put(from+".html", h.b); err != nil {
			return err
		}
	}
	return b.counted.put("_redirects", []byte(list.String()))
}
