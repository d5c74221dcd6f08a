// Package page is the one look of every page that plumb writes: a small
// stylesheet, a small script and the frame around the detail. A page is one
// file that works from a disk, without a network and without JavaScript; the
// script only adds to it. A content security policy in the page allows its
// own style and script and nothing else.
//
// What a page is about is not this package's business: callers bring the
// detail as HTML that a template has escaped.
package page

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"sync"
)

//go:embed page.css
var style string

//go:embed page.js
var script string

//go:embed page.html
var frame string

var frameTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(frame))
})

// Page is one page, from the answer to the detail.
type Page struct {
	// Title names the page in the window and above the lead.
	Title string
	// Lead is the answer in a sentence.
	Lead string
	// Status colours the lead's mark: "good", "error", "warning", "info" or
	// "" for none. The lead must say the same in words.
	Status string
	// Context is one line about what the page is made from; it may be empty.
	Context string
	// Numbers are the few numbers that matter most.
	Numbers []Number
	// Body is the detail, as sections that begin with an h2.
	Body template.HTML
	// Foot is the line that ends the page.
	Foot string
}

// Number is a value and what it counts.
type Number struct {
	Value, Label string
	// Status colours the value as [Page].Status does the lead.
	Status string
}

// Write writes the page as one HTML document and returns w's error.
func Write(w io.Writer, p Page) error {
	b := bufio.NewWriterSize(w, 1<<16)
	err := frameTemplate().Execute(b, struct {
		Page
		Style  template.CSS
		Script template.JS
		Policy string
	}{p, template.CSS(style), template.JS(script), policy()})
	if err != nil {
		return err
	}
	return b.Flush()
}

// Style returns the stylesheet, for a site of many pages that keeps it in a
// file of its own.
func Style() string { return style }

// Script returns the script: the theme switch, and for every element with
// data-list the search, the filters, the sorting, the keys and the state in
// the address.
func Script() string { return script }

// policy allows the page its own style and script, by their hashes.
func policy() string {
	return "default-src 'none'; img-src data:; style-src " + hash(style) + "; script-src " + hash(script) +
		"; base-uri 'none'; form-action 'none'"
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
