// Package watching tells a command when files are others than they were.
//
// It looks at them again and again, which works on every file system and needs
// nothing of the operating system. Which files those are, and what is done then,
// is for the commands.
package watching

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// Least is how often a command may look at most, and Most at how many files.
const (
	Least = 10 * time.Millisecond
	Most  = 20_000
)

// Check checks the value of --poll.
func Check(poll time.Duration) error {
	if poll < Least {
		return env.Usagef("--poll %s is too often; %s is the least", poll, Least)
	}
	return nil
}

// Look is one look at files: a command names those that matter to it.
type Look struct {
	files []file
	seen  map[string]bool
}

// file is a file as it is at one time.
type file struct {
	path string
	info fs.FileInfo
}

// same reports whether nobody has written a file, or put another one in its
// place.
func (f file) same(other file) bool {
	return f.info.Size() == other.info.Size() && f.info.ModTime().Equal(other.info.ModTime()) && os.SameFile(f.info, other.info)
}

// File looks at files, by their absolute paths. One that is not there is nothing
// to look at until it comes.
func (l *Look) File(paths ...string) {
	for _, path := range paths {
		if l.seen[path] || len(l.seen) >= Most {
			continue
		}
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			l.seen[path] = true
			l.files = append(l.files, file{path, info})
		}
	}
}

// Folder looks at the files in and below a folder whose names end in one of the
// extensions. It leaves out node_modules and folders whose names begin with a dot.
func (l *Look) Folder(folder string, extensions ...string) {
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && d != nil && d.IsDir() && path != folder:
			return fs.SkipDir // others can be read
		case err != nil || len(l.seen) >= Most:
			return fs.SkipAll
		case d.IsDir() && path != folder && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return fs.SkipDir
		case !d.IsDir() && slices.Contains(extensions, filepath.Ext(path)):
			l.File(path)
		}
		return nil
	})
}

// Change is what is different between two looks.
type Change struct {
	// Written are the files that are others, by path in order; Moved says that
	// some have come or gone, too.
	Written []string
	Moved   bool
}

// Only returns the one file that is another, false where more has changed.
func (c Change) Only() (path string, ok bool) {
	if c.Moved || len(c.Written) != 1 {
		return "", false
	}
	return c.Written[0], true
}

// Watcher looks at files.
type Watcher struct {
	every  time.Duration
	look   func(*Look)
	before map[string]file
	// since is when the command began to read the files; those that were written
	// later have changed since, though nobody has seen it.
	since time.Time
}

// New looks at the files for the first time. Look is called for each look: which
// files matter may change with what was read last.
func New(every time.Duration, since time.Time, look func(*Look)) *Watcher {
	w := &Watcher{every: every, look: look, since: since}
	w.before = w.now()
	return w
}

// Wait waits until something is different; false says that ctx has ended.
func (w *Watcher) Wait(ctx context.Context) (Change, bool) {
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	gone := false
	for {
		select {
		case <-ctx.Done():
			return Change{}, false
		case <-tick.C:
		}
		now := w.now()
		c, missing := w.change(now)
		switch {
		case missing && !gone: // many editors put a new file where they have taken the old one away
			gone = true
			continue
		case len(c.Written) > 0 || c.Moved:
			w.before, w.since = now, time.Time{}
			return c, true
		}
		gone = false
	}
}

func (w *Watcher) now() map[string]file {
	l := Look{seen: map[string]bool{}}
	w.look(&l)
	files := make(map[string]file, len(l.files))
	for _, f := range l.files {
		files[f.path] = f
	}
	return files
}

// change compares a look with the one before, and reports whether a file is gone.
func (w *Watcher) change(now map[string]file) (c Change, gone bool) {
	for path, f := range now {
		before, known := w.before[path]
		switch {
		case !known:
			c.Moved = true
		case !f.same(before), !w.since.IsZero() && f.info.ModTime().After(w.since):
			c.Written = append(c.Written, path)
		}
	}
	slices.Sort(c.Written)
	for path := range w.before {
		if _, still := now[path]; !still {
			c.Moved, gone = true, true
		}
	}
	return c, gone
}
