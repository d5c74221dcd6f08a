// Package source turns an argument of the command line into a description:
// a path, a pattern of GraphQL files, standard input, a URL, or REV:path in
// git. The content says whether it is OpenAPI or GraphQL.
//
// What cannot be read is no error here but a [Document] that says why, so
// that one broken argument does not keep the others from being checked.
package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/plumbapi/plumb/internal/cli/fetch"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/revision"
)

// Loader loads the documents of one call. It is safe for concurrent use;
// Close it after the last.
type Loader struct {
	Project *project.Project
	Fetcher *fetch.Fetcher
	// AllowRemote lets references lead to URLs.
	AllowRemote bool
	// StdinName is the name of standard input, as a path; "" means none.
	StdinName string
	// Overlay has the texts of files that count instead of those on disk, by
	// absolute path; nil for none.
	Overlay func(path string) (text string, ok bool)

	mu        sync.Mutex
	revisions map[string]*openedRevision
}

type openedRevision struct {
	fsys *revision.FS
	err  error
}

// Load loads the document of an argument. The error says that ctx ended.
func (l *Loader) Load(ctx context.Context, arg string) (*Document, error) {
	d := &Document{Arg: arg, raw: map[string]string{}}
	switch {
	case arg == "-":
		l.stdin(ctx, d)
	case project.IsURL(arg):
		l.url(ctx, d)
	default:
		l.file(ctx, d)
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return d, nil
}

// At loads the document of an argument that is a path or a pattern as it
// was in a revision. Found is false where the revision does not have it.
func (l *Loader) At(ctx context.Context, rev, arg string) (d *Document, found bool, err error) {
	fsys, err := l.revision(ctx, rev)
	if err != nil {
		return nil, false, err
	}
	name, ok := project.Inside(l.Project.Repository, l.Project.Env.Path(arg))
	if !ok {
		return nil, false, fmt.Errorf("%s is outside the repository", arg)
	}
	at := place{fsys: fsys, name: name, prefix: rev + ":/"}
	d = &Document{Arg: arg, Name: at.canonical(name), raw: map[string]string{}}
	if !isPattern(arg) {
		if _, err := fs.Stat(fsys, name); errors.Is(err, fs.ErrNotExist) {
			return d, false, nil
		}
	}
	l.at(ctx, d, at)
	if ctx.Err() != nil {
		return nil, false, context.Cause(ctx)
	}
	return d, true, nil
}

// Close ends what was opened for revisions.
func (l *Loader) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.revisions {
		if r.fsys != nil {
			r.fsys.Close()
		}
	}
	l.revisions = nil
}

func (l *Loader) revision(ctx context.Context, rev string) (*revision.FS, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r := l.revisions[rev]; r != nil {
		return r.fsys, r.err
	}
	r := &openedRevision{}
	r.fsys, r.err = revision.Open(ctx, l.Project.Env.Dir, rev)
	if l.revisions == nil {
		l.revisions = map[string]*openedRevision{}
	}
	l.revisions[rev] = r
	return r.fsys, r.err
}

// In loads a file, or a pattern of GraphQL files, of a file system. The
// document's canonical names begin with the prefix, such as "v1.2:/".
func (l *Loader) In(ctx context.Context, fsys fs.FS, prefix, name string) (*Document, error) {
	at := place{fsys: fsys, name: name, prefix: prefix}
	d := &Document{Arg: name, Name: at.canonical(name), raw: map[string]string{}}
	l.at(ctx, d, at)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return d, nil
}

// Match returns the files of a file system that a pattern matches, in lexical
// order. A name without the signs of a pattern matches itself, where there is
// such a file.
func Match(ctx context.Context, fsys fs.FS, pattern string) ([]string, error) {
	if isPattern(pattern) {
		return match(ctx, fsys, pattern)
	}
	info, err := fs.Stat(fsys, pattern)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s: %w", pattern, errDirectory)
	}
	return []string{pattern}, nil
}

// IsPattern reports whether a path has the signs of a pattern.
func IsPattern(name string) bool { return isPattern(name) }

// LoadAll loads the documents of several arguments side by side, in the order
// of the arguments.
func (l *Loader) LoadAll(ctx context.Context, args []string) ([]*Document, error) {
	docs := make([]*Document, len(args))
	errs := make([]error, len(args))
	var wg sync.WaitGroup
	for i, arg := range args {
		wg.Go(func() { docs[i], errs[i] = l.Load(ctx, arg) })
	}
	wg.Wait()
	return docs, errors.Join(errs...)
}
