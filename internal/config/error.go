package config

import (
	"fmt"
	"strings"
)

// Error says what is wrong with a file, one problem a line.
type Error struct {
	Name     string
	Problems []Problem
}

// Problem is one thing that is wrong, with its place; lines and columns
// count from 1.
type Problem struct {
	Line, Column int
	Message      string
}

// Error returns each problem as "file:line:column: message".
func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", e.Name, p.Line, p.Column, p.Message)
	}
	return strings.Join(lines, "\n")
}
