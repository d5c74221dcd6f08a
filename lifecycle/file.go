package lifecycle

import (
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// FileError says what is wrong with a file of carriers or policies: every
// problem with its place, at most twenty. Its fields are Name and Problems.
type FileError = form.FileError

// FileProblem is one thing that is wrong: Line and Column, which count from 1,
// and Message.
type FileProblem = form.Problem

// parseFile reads a text as a tree; nil where nothing is in it.
func parseFile(name string, data []byte) (*openapi.Node, error) {
	return form.Read(name, data, MaxFile)
}
