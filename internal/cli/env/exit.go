package env

import (
	"context"
	"errors"
	"fmt"
)

// The exit codes of every command.
const (
	// Clean: nothing at or above --fail-on.
	Clean = 0
	// Findings: at least one finding at or above --fail-on.
	Findings = 1
	// Usage: wrong arguments or a wrong configuration; nothing was checked.
	Usage = 2
	// Incomplete: something could not be read, reached, finished or written.
	Incomplete = 3
)

// Exit ends a command with an exit code. Where Err is nil everything has
// been said already.
type Exit struct {
	Code int
	Err  error
}

// Error returns the message of Err.
func (e *Exit) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("exit code %d", e.Code)
	}
	return e.Err.Error()
}

// Unwrap returns Err.
func (e *Exit) Unwrap() error { return e.Err }

// Usagef makes the error of wrong usage or configuration.
func Usagef(format string, args ...any) error {
	return &Exit{Code: Usage, Err: fmt.Errorf(format, args...)}
}

// Incompletef makes the error of work that could not be finished.
func Incompletef(format string, args ...any) error {
	return &Exit{Code: Incomplete, Err: fmt.Errorf(format, args...)}
}

// Done ends a command whose output said everything; nil where code is Clean.
func Done(code int) error {
	if code == Clean {
		return nil
	}
	return &Exit{Code: code}
}

// Code returns the exit code that an error of a command means: what an
// [Exit] in it says, else Incomplete.
func Code(err error) int {
	var exit *Exit
	switch {
	case err == nil:
		return Clean
	case errors.As(err, &exit):
		return exit.Code
	}
	return Incomplete
}

// Message returns what is to be said of an error, "" where that has been
// said.
func Message(err error) string {
	var exit *Exit
	switch {
	case err == nil:
		return ""
	case errors.Is(err, context.Canceled):
		return "interrupted; nothing was written"
	case errors.As(err, &exit) && exit.Err == nil:
		return ""
	}
	return err.Error()
}
