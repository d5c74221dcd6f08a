// Package env is what a command may know of the process that it runs in:
// streams, variables, the working directory, the terminal, the clock. Nothing
// else in the command line asks the operating system for any of these, so that
// a test can give a command another world without another process.
package env

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/term"
)

// Env is the world of one call.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Getenv returns an environment variable, "" where it is not set.
	Getenv func(name string) string
	// Dir is the working directory, absolute.
	Dir string
	// StdinTerminal says whether a person types there, StdoutTerminal and
	// StderrTerminal whether one reads there.
	StdinTerminal, StdoutTerminal, StderrTerminal bool
	// Width is how many columns the terminal of Stdout has, 0 where it is
	// none or does not say.
	Width int
	// Now is the clock.
	Now func() time.Time
	// Transport sends requests; nil means directly, by the rules of package
	// fetch.
	Transport http.RoundTripper
	// FetchRuleset gets a ruleset of another host; nil where none may be.
	FetchRuleset func(ctx context.Context, url string) ([]byte, error)
}

// OfProcess returns the world of this process, with the given streams.
func OfProcess(stdin io.Reader, stdout, stderr io.Writer) (*Env, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, Incompletef("the working directory is not there any more: %w", err)
	}
	e := &Env{
		Stdin: stdin, Stdout: stdout, Stderr: stderr,
		Getenv: os.Getenv, Dir: dir, Now: time.Now,
		StdinTerminal: isTerminal(stdin), StdoutTerminal: isTerminal(stdout), StderrTerminal: isTerminal(stderr),
	}
	if e.StdoutTerminal {
		e.Width = width(stdout)
	}
	if n, err := strconv.Atoi(e.Getenv("COLUMNS")); err == nil && n > 0 && e.StdoutTerminal {
		e.Width = n
	}
	return e, nil
}

// Path returns the absolute path of a name as the user gave it.
func (e *Env) Path(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(e.Dir, name)
}

// Say writes a line to standard error, as far as that takes it.
func (e *Env) Say(format string, args ...any) {
	_, _ = fmt.Fprintf(e.Stderr, format+"\n", args...)
}

// ColorModes are the values of --color.
func ColorModes() []string { return []string{"auto", "always", "never"} }

// Color reports whether standard output gets colour in the mode, one of
// [ColorModes]. In auto it does on a terminal, unless NO_COLOR is set or the
// terminal is dumb.
func (e *Env) Color(mode string) bool {
	switch mode {
	case "always":
		return true
	case "never":
		return false
	}
	return e.StdoutTerminal && e.Getenv("NO_COLOR") == "" && e.Getenv("TERM") != "dumb"
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func width(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
			return columns
		}
	}
	return 0
}
