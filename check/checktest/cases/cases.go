// Package cases reads the txtar files that hold the examples of a rule. One
// file is the rule's test and the source of the examples on its page:
//
//	-- bad/NAME.EXT --
//	a document in which the rule finds something
//	-- good/NAME.EXT --
//	a document in which it finds nothing
//	-- fixed/NAME.EXT --
//	what bad/NAME.EXT becomes by the fixes of its findings, where they have any
//	-- want --
//	bad/NAME.EXT:LINE:COLUMN severity message
//
// EXT is yaml, json or graphql. A case of several files is a folder,
// bad/NAME/FILE, whose first file is the root.
//
// The package does not run rules: package checktest does. It has no part of
// the testing machinery in it, so that programs may show examples.
package cases

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

// File is what the txtar file of one rule says.
type File struct {
	// Comment is the text before the first section.
	Comment string
	// Bad and Good are the cases, in the order of the file.
	Bad, Good []Case
	// Want are the findings that are expected in the bad cases, as
	// FILE:LINE:COLUMN severity message, without empty lines.
	Want []string
	// Fixed are the files of bad cases that fixes change, as they leave them, in
	// the order of the file.
	Fixed []Source

	archive *txtar.Archive
}

// Case is one example: one document, or a folder of them.
type Case struct {
	// Name is bad/NAME.EXT, and bad/NAME for a folder.
	Name string
	// Files has at least one file; the first is the root.
	Files []Source
}

// Source is one file of a case.
type Source struct {
	// Name is the name of the section: bad/NAME.EXT or bad/NAME/FILE.
	Name string
	Data []byte
}

// Root returns the file that a loader begins with.
func (c *Case) Root() Source { return c.Files[0] }

// Parse reads a txtar file. It is an error where a section is neither a case
// nor the want section, or is given twice.
func Parse(data []byte) (*File, error) {
	archive := txtar.Parse(data)
	f := &File{Comment: string(archive.Comment), archive: archive}
	seen := make(map[string]bool, len(archive.Files))
	for _, section := range archive.Files {
		if seen[section.Name] {
			return nil, fmt.Errorf("section %q is given twice", section.Name)
		}
		seen[section.Name] = true
		if section.Name == wantName {
			f.Want = lines(section.Data)
			continue
		}
		kind, rest, _ := strings.Cut(section.Name, "/")
		if kind == "fixed" {
			f.Fixed = append(f.Fixed, Source{Name: section.Name, Data: section.Data})
			continue
		}
		list := &f.Bad
		switch kind {
		case "bad":
		case "good":
			list = &f.Good
		default:
			return nil, fmt.Errorf("section %q is none of bad/NAME.EXT, good/NAME.EXT and want", section.Name)
		}
		if path.Clean("/"+rest) != "/"+rest || rest == "" {
			return nil, fmt.Errorf("section %q has no proper file name", section.Name)
		}
		name, _, folder := strings.Cut(rest, "/")
		if ext := path.Ext(name); !folder && !slices.Contains([]string{".yaml", ".json", ".graphql"}, ext) {
			return nil, fmt.Errorf("section %q ends in %q; a case ends in .yaml, .json or .graphql", section.Name, ext)
		}
		source := Source{Name: section.Name, Data: section.Data}
		name = kind + "/" + name
		if i := slices.IndexFunc(*list, func(c Case) bool { return c.Name == name }); i >= 0 {
			(*list)[i].Files = append((*list)[i].Files, source)
		} else {
			*list = append(*list, Case{Name: name, Files: []Source{source}})
		}
	}
	return f, nil
}

// Example shows what a rule refuses and what it lets pass. It is made of the
// rule's own test cases.
type Example struct {
	// Bad and Good are the first cases of their kind; empty where the file
	// has none.
	Bad  Case
	Good Case
	// Findings are what the rule finds in Bad, one line each:
	// FILE:LINE:COLUMN severity message.
	Findings []string
}

// Example returns what a rule's page shows.
func (f *File) Example() Example {
	var e Example
	if len(f.Bad) > 0 {
		e.Bad, e.Findings = f.Bad[0], f.WantIn(f.Bad[0])
	}
	if len(f.Good) > 0 {
		e.Good = f.Good[0]
	}
	return e
}

// ReadExample returns the example of a rule whose cases are in folder/ID.txtar,
// and whether there is one.
func ReadExample(fsys fs.FS, folder, id string) (Example, bool) {
	data, err := fs.ReadFile(fsys, path.Join(folder, id+".txtar"))
	if err != nil {
		return Example{}, false
	}
	file, err := Parse(data)
	if err != nil {
		return Example{}, false
	}
	return file.Example(), true
}

// WantIn returns those of the expected findings that are in files of the
// case.
func (f *File) WantIn(c Case) []string {
	var want []string
	for _, line := range f.Want {
		for _, source := range c.Files {
			if strings.HasPrefix(line, source.Name+":") {
				want = append(want, line)
				break
			}
		}
	}
	return want
}

// WithWant returns the file's text with another want section. All else stays
// as it is.
func (f *File) WithWant(want []string) []byte {
	return f.With(want, f.Fixed)
}

// With returns the file with other expected findings, and other files as fixes
// leave them.
func (f *File) With(want []string, fixed []Source) []byte {
	section := txtar.File{Name: wantName}
	if len(want) > 0 {
		section.Data = []byte(strings.Join(want, "\n") + "\n")
	}
	var sections []txtar.File
	for _, s := range fixed {
		sections = append(sections, txtar.File{Name: s.Name, Data: s.Data})
	}
	sections = append(sections, section)
	archive := txtar.Archive{Comment: f.archive.Comment}
	for _, file := range f.archive.Files {
		switch {
		case strings.HasPrefix(file.Name, "fixed/"):
		case file.Name == wantName:
			archive.Files, sections = append(archive.Files, sections...), nil
		default:
			archive.Files = append(archive.Files, file)
		}
	}
	archive.Files = append(archive.Files, sections...)
	return txtar.Format(&archive)
}

const wantName = "want"

// lines splits text into its lines without the empty ones.
func lines(text []byte) []string {
	var kept []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
			kept = append(kept, line)
		}
	}
	return kept
}
