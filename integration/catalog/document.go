package catalog

import (
	"io/fs"
	"strings"
)

// docsFile is the text of an integration's page, in its folder.
const docsFile = "docs.md"

// document is what docs.md has.
type document struct {
	there    bool
	text     string
	sections []section
}

// section is a heading with what follows it.
type section struct {
	title, text string
	blocks      []string // of code
	raw         string   // text and blocks as they are written
}

// readDocument reads docs.md.
func readDocument(files fs.FS) document {
	data, err := fs.ReadFile(files, docsFile)
	if err != nil {
		return document{}
	}
	d := document{there: true, text: string(data), sections: []section{{}}}
	fence := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		at := &d.sections[len(d.sections)-1]
		if heading := fence == "" && strings.HasPrefix(line, "#"); !heading {
			at.raw += line + "\n"
		}
		mark := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence != "" && mark == fence:
			fence = ""
		case fence != "":
			at.blocks[len(at.blocks)-1] += line + "\n"
		case len(mark) >= 3:
			fence = mark
			at.blocks = append(at.blocks, "")
		case strings.HasPrefix(line, "#"):
			d.sections = append(d.sections, section{title: strings.TrimSpace(strings.TrimLeft(line, "#"))})
		default:
			at.text += line + "\n"
		}
	}
	return d
}

// section returns the first section whose title has all letters of a word in
// it, whatever their case; nil where there is none.
func (d *document) section(words ...string) *section {
	for i := range d.sections {
		title := strings.ToLower(strings.ReplaceAll(d.sections[i].title, " ", ""))
		for _, w := range words {
			if strings.Contains(title, w) && strings.TrimSpace(d.sections[i].text+strings.Join(d.sections[i].blocks, "")) != "" {
				return &d.sections[i]
			}
		}
	}
	return nil
}

// Section is a heading of an integration's page with the Markdown below it.
type Section struct{ Title, Text string }

// Sections returns docs.md by its headings, what stands before the first
// without a title; none where there is no page.
func Sections(files fs.FS) []Section {
	d := readDocument(files)
	list := make([]Section, len(d.sections))
	for i, s := range d.sections {
		list[i] = Section{s.title, strings.TrimSpace(s.raw)}
	}
	return list
}

// FirstCommands are the calls that lead to a first message: the lines of the
// first block of commands in the section "Set up".
func FirstCommands(files fs.FS) (calls []string) {
	d := readDocument(files)
	s := d.section("setup", "setit")
	if s == nil {
		return nil
	}
	for _, block := range s.blocks {
		if calls = commands(block); len(calls) > 0 && tried(calls[0]) {
			return calls
		}
	}
	return nil
}

// commands are the calls in a block: lines that begin with "$ " or, where none
// does, all but comments.
func commands(block string) (calls []string) {
	for line := range strings.Lines(block) {
		if call, ok := strings.CutPrefix(strings.TrimSpace(line), "$ "); ok {
			calls = append(calls, call)
		}
	}
	if calls != nil {
		return calls
	}
	for line := range strings.Lines(block) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			calls = append(calls, line)
		}
	}
	return calls
}

// Commands are all calls of the page that can be tried: lines of blocks of
// commands that begin with "$ plumb" or set a variable for one.
func Commands(files fs.FS) (calls []string) {
	d := readDocument(files)
	for _, s := range d.sections {
		for _, block := range s.blocks {
			for _, call := range commands(block) {
				if tried(call) {
					calls = append(calls, call)
				}
			}
		}
	}
	return calls
}

// tried says whether a line of a block is a command that can be tried.
func tried(call string) bool {
	return strings.HasPrefix(call, "plumb ") || strings.HasPrefix(call, "export ")
}
