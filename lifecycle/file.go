package lifecycle

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// FileError says what is wrong with a file of carriers or policies: every
// problem with its place, at most twenty.
type FileError struct {
	Name     string
	Problems []FileProblem
}

// FileProblem is one thing that is wrong; lines and columns count from 1.
type FileProblem struct {
	Line, Column int
	Message      string
}

// Error returns each problem as "file:line:column: message", one a line.
func (e *FileError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", e.Name, p.Line, p.Column, p.Message)
	}
	return strings.Join(lines, "\n")
}

// parseFile reads a text as a tree; nil where nothing is in it.
func parseFile(name string, data []byte) (*openapi.Node, error) {
	if len(data) > MaxFile {
		return nil, fileError(name, check.Location{}, "the file is larger than %d MiB", MaxFile>>20)
	}
	if !says(data) {
		return nil, nil
	}
	root, err := openapi.ParseTree(name, data)
	if err != nil {
		var e *openapi.Error
		if errors.As(err, &e) {
			return nil, fileError(name, e.Finding.Location, "%s", e.Finding.Message)
		}
		return nil, fileError(name, check.Location{}, "%v", err)
	}
	if root.Is(openapi.Null) {
		return nil, nil
	}
	for _, p := range root.Source().Problems() {
		return nil, fileError(name, p.Location, "%s", p.Message)
	}
	return root, nil
}

// says reports whether there is a line that is neither empty nor a comment.
func says(data []byte) bool {
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
		if len(line) > 0 && line[0] != '#' && string(line) != "---" {
			return true
		}
	}
	return false
}

func fileError(name string, at check.Location, format string, args ...any) error {
	return &FileError{Name: name, Problems: []FileProblem{{Line: max(at.Line, 1), Column: max(at.Column, 1), Message: fmt.Sprintf(format, args...)}}}
}

func fileProblems(name string, problems []form.Problem) error {
	e := &FileError{Name: name}
	for _, p := range problems {
		e.Problems = append(e.Problems, FileProblem{Line: p.Line, Column: p.Column, Message: p.Message})
	}
	return e
}
