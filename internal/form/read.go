package form

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// FileError says what is wrong with a file: every problem with its place, at
// most twenty.
type FileError struct {
	Name     string
	Problems []Problem
}

// Error returns each problem as "file:line:column: message", one a line,
// without the file where it has no name.
func (e *FileError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message)
		if e.Name != "" {
			lines[i] = e.Name + ":" + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// Read reads the text of a file, YAML or JSON, as a tree; nil where nothing is
// in it. The limit is in bytes, a whole number of MiB. The error is a
// *[FileError].
func Read(name string, data []byte, limit int) (*openapi.Node, error) {
	switch {
	case len(data) > limit:
		return nil, Errorf(name, check.Location{}, "the file is larger than %d MiB", limit>>20)
	case !utf8.Valid(data):
		return nil, Errorf(name, check.Location{}, "the file is not UTF-8 text")
	case Lines(data) == 0:
		return nil, nil
	}
	root, err := openapi.ParseTree(name, data)
	var e *openapi.Error
	switch {
	case errors.As(err, &e):
		return nil, Errorf(name, e.Finding.Location, "%s", e.Finding.Message)
	case err != nil:
		return nil, Errorf(name, check.Location{}, "%v", err)
	}
	if findings := root.Source().Problems(); len(findings) > 0 {
		e := &FileError{Name: name}
		for _, f := range findings[:min(len(findings), maxProblems)] {
			e.Problems = append(e.Problems, ProblemAt(f.Location, "%s", f.Message))
		}
		return nil, e
	}
	if root.Is(openapi.Null) {
		return nil, nil
	}
	return root, nil
}

// Lines counts the lines that are neither empty nor comments.
func Lines(data []byte) (lines int) {
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line != "" && line[0] != '#' && line != "---" {
			lines++
		}
	}
	return lines
}

// Errorf makes the error of one problem.
func Errorf(name string, at check.Location, format string, args ...any) error {
	return &FileError{Name: name, Problems: []Problem{ProblemAt(at, format, args...)}}
}

// longestMessage bounds what is told of a problem: a parser may quote what a
// file has of any length.
const longestMessage = 500

// ProblemAt makes a problem at a place.
func ProblemAt(at check.Location, format string, args ...any) Problem {
	message := fmt.Sprintf(format, args...)
	if len(message) > longestMessage {
		message = strings.ToValidUTF8(message[:longestMessage], "") + "…"
	}
	return Problem{Line: max(at.Line, 1), Column: max(at.Column, 1), Message: message}
}

// Failed makes the error of problems, nil where there are none.
func Failed(name string, problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &FileError{Name: name, Problems: problems[:min(len(problems), maxProblems)]}
}
