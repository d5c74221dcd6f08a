package apidocs

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Text is a page that people wrote, or another program, in Markdown.
//
// A line of its own that is {{ operation GET /issues }} stands for the
// operation, a schema, webhook, field or type by the same way; {{ sample
// GET /issues curl }} for a request in curl, Go, JavaScript or Python. A link
// may lead to ref:GET /issues, as in [all issues](<ref:GET /issues>).
type Text struct {
	// Name is what the page is called in addresses, "getting-started"; a number
	// in front ("01-getting-started") only orders.
	Name string
	// File is what errors call the text; "" means Name.
	File string
	// Title is "" where the text begins with a heading.
	Title    string
	Markdown string
	// Path takes the place of one made from the name; it is for pages that stand
	// outside the guides.
	Path string
}

// Page is a text whose references have been found.
type Page struct {
	Title, Path string
	// Guide says that the page is one of a sequence.
	Guide  bool
	Blocks []Block
}

// Block is a part of a page: Markdown, or where Entry is set what stands for
// it. Links in the Markdown to entries are "ref:" and a path in the site.
type Block struct {
	Markdown string
	Entry    *Entry
	// Sample is the language of a sample; "" shows the entry in short.
	Sample string
}

// TextError says what is wrong with a page that people wrote.
type TextError struct {
	File    string
	Line    int
	Message string
}

func (e *TextError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message) }

var (
	embed = regexp.MustCompile(`^\s*\{\{\s*(\w+)\s+(.+?)\s*\}\}\s*$`)
	refTo = regexp.MustCompile(`\]\(<?ref:([^)>]*)>?\)`)
)

// languages are those that samples are made in.
var languages = []string{"curl", "Go", "JavaScript", "Python"}

// pages reads texts. The error joins a *TextError for each reference that
// leads nowhere.
func (r *Reference) pages(texts []Text, paths slugs) ([]*Page, error) {
	find := r.finder()
	var out []*Page
	var errs []error
	for _, t := range texts {
		p := &Page{Title: t.Title, Path: t.Path, Guide: t.Path == ""}
		if p.Guide {
			p.Path = paths.under("guides", strings.TrimLeft(t.Name, "0123456789-_. "))
		}
		if t.File == "" {
			t.File = t.Name
		}
		parser := textParser{text: t, find: find}
		p.Blocks = parser.blocks()
		errs = append(errs, parser.errs...)
		if p.Title == "" {
			p.Title = parser.title
		}
		if p.Title == "" {
			p.Title = t.Name
		}
		out = append(out, p)
	}
	return out, errors.Join(errs...)
}

// finder finds entries by how people name them: as reports do, or by
// operationId.
func (r *Reference) finder() func(kind, name string) *Entry {
	type key struct{ kind, name string }
	byName := map[key]*Entry{}
	put := func(kind, name string, e *Entry) {
		for _, k := range []string{kind, ""} {
			if _, ok := byName[key{k, name}]; !ok && name != "" {
				byName[key{k, name}] = e
			}
		}
	}
	kinds := map[Kind]string{Operation: "operation", Webhook: "webhook", Schema: "schema", Field: "field", Type: "type"}
	for _, e := range r.Entries {
		put(kinds[e.Kind], e.ID, e)
	}
	for _, e := range r.Entries {
		if e.Operation != nil {
			put(kinds[e.Kind], e.Operation.Node.Get("operationId").Text(), e)
		}
	}
	return func(kind, name string) *Entry { return byName[key{kind, name}] }
}

type textParser struct {
	text  Text
	find  func(kind, name string) *Entry
	title string
	errs  []error
}

func (p *textParser) blocks() []Block {
	var out []Block
	var lines []string
	flush := func() {
		if text := strings.Join(lines, "\n"); strings.TrimSpace(text) != "" {
			out = append(out, Block{Markdown: text})
		}
		lines = nil
	}
	fenced := false
	for i, line := range strings.Split(p.text.Markdown, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
		}
		heading, isHeading := strings.CutPrefix(line, "# ")
		m := embed.FindStringSubmatch(line)
		switch {
		case fenced:
			lines = append(lines, line)
		case isHeading && p.title == "" && len(out) == 0 && strings.TrimSpace(strings.Join(lines, "")) == "":
			p.title = strings.TrimSpace(heading)
		case m != nil:
			if b, ok := p.embedded(i+1, m[1], m[2]); ok {
				flush()
				out = append(out, b)
			}
		default:
			lines = append(lines, p.links(i+1, line))
		}
	}
	flush()
	return out
}

// embedded is what a line stands for.
func (p *textParser) embedded(line int, kind, name string) (Block, bool) {
	b := Block{}
	switch kind {
	case "operation", "webhook", "schema", "field", "type":
	case "sample":
		for _, l := range languages {
			if rest, ok := strings.CutSuffix(name, " "+l); ok {
				b.Sample, name, kind = l, strings.TrimSpace(rest), "operation"
			}
		}
		if b.Sample == "" {
			p.fail(line, "a sample is {{ sample OPERATION LANGUAGE }}, and the language one of %s", strings.Join(languages, ", "))
			return b, false
		}
	default:
		p.fail(line, "%q can stand for nothing here; it is one of operation, webhook, schema, field, type, sample", kind)
		return b, false
	}
	if b.Entry = p.find(kind, name); b.Entry == nil {
		p.fail(line, "there is no %s %q in the descriptions", kind, name)
		return b, false
	}
	return b, true
}

// links turns references to entries into paths.
func (p *textParser) links(line int, s string) string {
	return refTo.ReplaceAllStringFunc(s, func(found string) string {
		name := strings.TrimSpace(refTo.FindStringSubmatch(found)[1])
		e := p.find("", name)
		if e == nil {
			p.fail(line, "a link leads to %q, which the descriptions do not have", name)
			return found
		}
		return "](ref:" + e.Path + ")"
	})
}

func (p *textParser) fail(line int, format string, args ...any) {
	p.errs = append(p.errs, &TextError{File: p.text.File, Line: line, Message: fmt.Sprintf(format, args...)})
}
