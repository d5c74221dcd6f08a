// Package source turns an argument of the command line into a description:
// a path, a pattern of GraphQL files, standard input, a URL, or REV:path in
// git. The content says whether it is OpenAPI or GraphQL.
//
// What cannot be read is no error here but a [Document] that says why, so
// that one broken argument does not keep the others from being checked.
package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/cli/fetch"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/revision"
	"github.com/plumbapi/plumb/openapi"
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

	mu        sync.Mutex
	revisions map[string]*openedRevision
}

type openedRevision struct {
	fsys *revision.FS
	err  error
}

// place is where an argument leads: a name within a file system.
type place struct {
	fsys   fs.FS
	name   string
	prefix string // before the names of fsys in canonical names
}

func (p place) canonical(name string) string {
	if p.prefix == "" {
		return name
	}
	return path.Join(p.prefix, name)
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

// stdin reads standard input. References are followed from the folder of
// its name.
func (l *Loader) stdin(ctx context.Context, d *Document) {
	d.Name = "<stdin>"
	at := place{}
	if l.StdinName != "" {
		path := l.Project.Env.Path(l.StdinName)
		d.Name = l.Project.Canonical(path)
		l.Project.Type(d.Name, l.StdinName)
		if root, name, prefix, err := l.root(path); err == nil {
			defer func() { _ = root.Close() }()
			at = place{root.FS(), name, prefix}
		}
	}
	text, err := readSlowly(ctx, l.Project.Env.Stdin)
	if err != nil {
		d.fail(openProblem(err))
		return
	}
	l.text(ctx, d, at, text)
}

// file loads a path, a pattern, or REV:path.
func (l *Loader) file(ctx context.Context, d *Document) {
	path := l.Project.Env.Path(d.Arg)
	d.Name = l.Project.Canonical(path)
	info, err := os.Stat(path)
	if err != nil {
		if rev, name, ok := splitRevision(d.Arg); ok {
			l.inRevision(ctx, d, rev, name)
			return
		}
	}
	l.Project.Type(d.Name, d.Arg)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		l.stream(ctx, d, path)
		return
	}
	pattern := err != nil && isPattern(d.Arg)
	fixed, rest := path, ""
	if pattern {
		fixed, rest = splitPattern(path)
	}
	root, name, prefix, err := l.root(fixed)
	if err != nil {
		d.fail(err.Error())
		return
	}
	defer func() { _ = root.Close() }()
	at := place{root.FS(), name, prefix}
	if pattern {
		at.name = strings.TrimPrefix(name+"/"+rest, "./")
	} else if shown := at.canonical(name); shown != d.Name { // through a symbolic link
		l.Project.Type(shown, d.Arg)
		d.Name = shown
	}
	l.at(ctx, d, at)
}

// stream reads what is no regular file, such as a named pipe.
func (l *Loader) stream(ctx context.Context, d *Document, path string) {
	f, err := os.Open(path)
	if err != nil {
		d.fail("the file cannot be opened: " + err.Error())
		return
	}
	defer func() { _ = f.Close() }()
	text, err := readSlowly(ctx, f)
	if err != nil {
		d.fail(openProblem(err))
		return
	}
	l.text(ctx, d, place{}, text)
}

// inRevision loads REV:path. As git has it, the path is relative to the top
// of the repository, and to the working directory where it begins with a
// dot.
func (l *Loader) inRevision(ctx context.Context, d *Document, rev, name string) {
	d.Name = rev + ":/" + path.Clean(name)
	l.Project.Type(d.Name, d.Arg)
	if l.Project.Repository == "" {
		d.fail(fmt.Sprintf("there is no such file, and no git repository that could have the revision %q", rev))
		return
	}
	if strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../") {
		rel, ok := project.Inside(l.Project.Repository, l.Project.Env.Path(name))
		if !ok {
			d.fail("the path leads out of the repository")
			return
		}
		name = rel
	}
	fsys, err := l.revision(ctx, rev)
	if err != nil {
		d.fail(err.Error())
		return
	}
	at := place{fsys: fsys, name: path.Clean(name), prefix: rev + ":/"}
	d.Name = at.canonical(at.name)
	l.Project.Type(d.Name, d.Arg)
	l.at(ctx, d, at)
	if l.Project.Env.Dir != l.Project.Repository && len(d.Failed) > 0 {
		l.hintRelative(d, fsys, rev, name)
	}
}

// hintRelative says so where a path that the revision does not have is one
// relative to the working directory.
func (l *Loader) hintRelative(d *Document, fsys fs.FS, rev, name string) {
	rel, ok := project.Inside(l.Project.Repository, l.Project.Env.Path(name))
	if _, err := fs.Stat(fsys, name); !ok || err == nil {
		return
	}
	if _, err := fs.Stat(fsys, rel); err == nil {
		d.fail(fmt.Sprintf("the revision has no such file; did you mean %q?", rev+":"+rel))
	}
}

// at loads a file or a pattern of a file system.
func (l *Loader) at(ctx context.Context, d *Document, at place) {
	if isPattern(at.name) {
		if _, err := fs.Stat(at.fsys, at.name); err != nil {
			l.pattern(ctx, d, at)
			return
		}
	}
	begin := readBegin(at.fsys, at.name)
	if d.Kind, _ = Sniff(at.name, begin); d.Kind == OpenAPI {
		loader := l.openapi(at)
		var err error
		d.OpenAPI, err = loader.Load(ctx, at.name)
		d.failed(err, func() (string, bool) { return readText(at.fsys, at.name) })
		return
	}
	l.schema(d, at, at.name)
}

// pattern loads the files of a pattern as one GraphQL schema.
func (l *Loader) pattern(ctx context.Context, d *Document, at place) {
	d.Kind = GraphQL
	names, err := match(ctx, at.fsys, at.name)
	switch {
	case err != nil:
		d.fail(err.Error())
		return
	case len(names) == 0:
		d.fail("no file matches the pattern")
		return
	}
	l.schema(d, at, names...)
}

// schema loads files as one GraphQL schema.
func (l *Loader) schema(d *Document, at place, names ...string) {
	var files []graphql.File
	room := graphql.MaxBytes
	for _, name := range names {
		data, err := readFile(at.fsys, name, room+1)
		if err == nil && len(data) > room {
			err = errTooLarge
		}
		if err != nil {
			d.Name = at.canonical(name)
			d.fail(openProblem(err))
			return
		}
		room -= len(data)
		files = append(files, graphql.File{Name: at.canonical(name), Data: data})
	}
	var err error
	d.GraphQL, err = graphql.Parse(files...)
	for _, f := range files {
		if err != nil {
			d.raw[f.Name] = string(f.Data)
		}
	}
	d.failed(err, nil)
}

// text loads a document that has been read already.
func (l *Loader) text(ctx context.Context, d *Document, at place, text []byte) {
	begin := text[:min(len(text), sniffBytes)]
	var err error
	if d.Kind, _ = Sniff(d.Name, begin); d.Kind == GraphQL {
		d.GraphQL, err = graphql.Parse(graphql.File{Name: d.Name, Data: text})
	} else {
		name := at.name
		if at.fsys == nil {
			name = d.Name
		}
		loader := l.openapi(at)
		d.OpenAPI, err = loader.Read(ctx, name, bytes.NewReader(text))
	}
	d.failed(err, func() (string, bool) { return string(text), true })
}

// openapi makes the loader of a document.
func (l *Loader) openapi(at place) *openapi.Loader {
	return &openapi.Loader{FS: at.fsys, Prefix: at.prefix, Fetcher: gate{l.Fetcher, l.AllowRemote}}
}

// failed takes over why a loader could not read the document.
func (d *Document) failed(err error, text func() (string, bool)) {
	if err == nil {
		return
	}
	var unreadable *openapi.Error
	switch {
	case errors.As(err, &unreadable):
		d.Failed = append(d.Failed, unreadable.Finding)
	default:
		d.Failed = append(d.Failed, graphql.Findings(err)...)
	}
	if len(d.Failed) == 0 {
		d.fail(err.Error())
	}
	if text != nil {
		if s, ok := text(); ok {
			d.raw[d.Name] = s
		}
	}
}

// root opens the folder that references may not leave: the project's, the
// working directory or the file's own, the first that the file is in.
func (l *Loader) root(file string) (root *os.Root, name, prefix string, err error) {
	for _, dir := range []string{l.Project.Root, l.Project.Env.Dir} {
		name, ok := project.Inside(dir, file)
		if !ok {
			continue
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, "", "", fmt.Errorf("the folder %s cannot be opened: %w", dir, err)
		}
		if _, err := root.Stat(name); err == nil || !leaves(file, dir) {
			return root, name, l.prefix(dir), nil
		}
		_ = root.Close()
	}
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	dir := filepath.Dir(file)
	root, err = os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", "", errors.New("there is no such file")
	}
	if err != nil {
		return nil, "", "", fmt.Errorf("the folder %s cannot be opened: %w", dir, err)
	}
	return root, filepath.Base(file), l.prefix(dir), nil
}

// prefix returns what stands before the names of a folder in canonical
// names.
func (l *Loader) prefix(dir string) string {
	if name := l.Project.Canonical(dir); name != "." {
		return name
	}
	return ""
}

// leaves reports whether a file is behind a symbolic link that leads out of
// the folder. The user typed its name, so it may.
func leaves(file, dir string) bool {
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return false
	}
	realDir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return false
	}
	_, ok := project.Inside(realDir, real)
	return !ok
}

// splitRevision parts REV:path.
func splitRevision(arg string) (rev, name string, ok bool) {
	rev, name, ok = strings.Cut(arg, ":")
	return rev, name, ok && rev != "" && name != "" && !strings.HasPrefix(name, "/") && !filepath.IsAbs(arg)
}

// errTooLarge is the error of a document beyond what is read.
var errTooLarge = fmt.Errorf("is larger than %d MiB", openapi.DefaultMaxBytes>>20)

// readSlowly reads what somebody may still be writing, and gives up when ctx
// ends: nothing else would wake the reader.
func readSlowly(ctx context.Context, r io.Reader) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		data, err := readAll(r)
		done <- result{data, err}
	}()
	select {
	case got := <-done:
		return got.data, got.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, openapi.DefaultMaxBytes+1))
	if err == nil && len(data) > openapi.DefaultMaxBytes {
		err = errTooLarge
	}
	return data, err
}
