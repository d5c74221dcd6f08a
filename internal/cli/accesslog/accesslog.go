// Package accesslog finds and opens the access logs that `plumb lifecycle usage`
// and `plumb report` count the calls of what is deprecated in. Logs are streamed:
// none is ever in memory as a whole. What the lines mean is for package
// lifecycle/usage.
package accesslog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/usage"
)

// Logs are the logs of a call.
type Logs struct {
	env   *env.Env
	files []string // as typed or matched; - is standard input
	size  int64    // of all, 0 where that is not known
	read  atomic.Int64

	follow bool
	opened []io.Closer
}

// Find finds the files that arguments mean. A shell expands a pattern only where
// it is not in quotes. What says in messages where the arguments come from, such
// as "--log".
func Find(e *env.Env, what string, args []string) (*Logs, error) {
	l := &Logs{env: e}
	seen := map[string]bool{}
	for _, arg := range args {
		matched := []string{arg}
		if _, err := os.Stat(e.Path(arg)); arg != "-" && err != nil && strings.ContainsAny(arg, "*?[") {
			paths, err := filepath.Glob(e.Path(arg))
			if err != nil {
				return nil, env.Usagef("%s %s: the pattern cannot be read", what, arg)
			}
			if len(paths) == 0 {
				return nil, env.Usagef("%s %s: no file matches the pattern", what, arg)
			}
			matched = matched[:0]
			for _, p := range paths {
				name := p
				if rel, err := filepath.Rel(e.Dir, p); err == nil && !filepath.IsAbs(arg) {
					name = rel
				}
				matched = append(matched, name)
			}
		}
		for _, name := range matched {
			if !seen[name] {
				seen[name] = true
				l.files = append(l.files, name)
			}
		}
	}
	known := true
	for _, name := range l.files {
		info, err := os.Stat(e.Path(name))
		if name == "-" || err != nil || !info.Mode().IsRegular() {
			known = false
			continue
		}
		l.size += info.Size()
	}
	if !known {
		l.size = 0
	}
	return l, nil
}

// Open makes the logs ready to be read. A file that cannot be opened fails
// when it is read, so that the others count.
func (l *Logs) Open(ctx context.Context, follow bool) []usage.Log {
	l.follow = follow
	list := make([]usage.Log, 0, len(l.files))
	for _, name := range l.files {
		log := usage.Log{Name: name, Live: follow}
		switch path := l.env.Path(name); {
		case name == "-":
			log.Name, log.R = "<stdin>", pump(ctx, l.env.Stdin, follow)
		case follow:
			f := &follower{ctx: ctx, path: path}
			l.opened = append(l.opened, f)
			log.R = f
		default:
			f := &lazyFile{path: path}
			l.opened = append(l.opened, f)
			log.R = f
		}
		log.R = &counted{r: log.R, n: &l.read}
		list = append(list, log)
	}
	return list
}

// Close closes what is open.
func (l *Logs) Close() {
	for _, c := range l.opened {
		_ = c.Close() // nothing was written
	}
}

// Names says which logs are read, in a line.
func (l *Logs) Names() string {
	const few = 3
	if len(l.files) > few {
		return strings.Join(l.files[:few], ", ") + " and " + words.Count(len(l.files)-few, "more log")
	}
	return strings.Join(l.files, ", ")
}

// Canonical returns the canonical name of a log, which is shown as it was
// typed.
func (l *Logs) Canonical(p *project.Project, name string) string {
	if !slices.Contains(l.files, name) {
		return name // standard input
	}
	canonical := p.Canonical(l.env.Path(name))
	p.Type(canonical, name)
	return canonical
}

// SoFar says how much was read.
func (l *Logs) SoFar() string {
	s := bytesText(l.read.Load())
	if l.size > 0 {
		s += " of " + bytesText(l.size)
	}
	return s
}

// Progress says how much was read, how fast, and how long it takes still.
func (l *Logs) Progress(passed time.Duration) string {
	n := l.read.Load()
	if l.follow {
		return "following " + words.Count(len(l.files), "log") + ", " + bytesText(n) + " read, Ctrl-C ends it"
	}
	s := l.SoFar() + " read"
	if passed <= 0 || n == 0 {
		return s
	}
	rate := float64(n) / passed.Seconds()
	s += ", " + bytesText(int64(rate)) + "/s"
	if l.size > n && rate > 0 {
		s += ", about " + words.Duration(time.Duration(float64(l.size-n)/rate*float64(time.Second))) + " left"
	}
	return s
}

// bytesText writes a number of bytes as people read it.
func bytesText(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d B", n)
}

// Count counts the bytes that are read.
func Count(r io.Reader, n *atomic.Int64) io.Reader { return &counted{r, n} }

type counted struct {
	r io.Reader
	n *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// lazyFile is a file that is opened when it is read, so that many of them do
// not stand open at a time.
type lazyFile struct {
	path string
	f    *os.File
	done bool
}

func (l *lazyFile) Read(p []byte) (int, error) {
	if l.done {
		return 0, io.EOF
	}
	if l.f == nil {
		f, err := os.Open(l.path)
		if err != nil {
			return 0, reasonOf(err)
		}
		l.f = f
	}
	n, err := l.f.Read(p)
	if err != nil {
		l.done = true
		_ = l.f.Close()
		if !errors.Is(err, io.EOF) {
			err = reasonOf(err)
		}
	}
	return n, err
}

// Close closes the file where it is open.
func (l *lazyFile) Close() error {
	if l.f == nil || l.done {
		return nil
	}
	return l.f.Close()
}

// reasonOf is why a file cannot be read, without its name.
func reasonOf(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("there is no such file")
	}
	return env.Bare(err)
}
