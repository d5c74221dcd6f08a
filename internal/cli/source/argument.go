package source

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/project"
)

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
	text, err := slowly(ctx, func() ([]byte, error) { return readAll(l.Project.Env.Stdin) })
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
		if link, _ := os.Lstat(path); link != nil && link.Mode()&os.ModeSymlink != 0 {
			l.Project.Type(d.Name, d.Arg)
			d.fail("the symbolic link leads to no file")
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
	at := place{l.files(root.FS(), root.Name()), name, prefix}
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
	text, err := slowly(ctx, func() ([]byte, error) {
		f, err := os.Open(path) // waits until somebody writes
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		return readAll(f)
	})
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

// splitRevision parts REV:path.
func splitRevision(arg string) (rev, name string, ok bool) {
	rev, name, ok = strings.Cut(arg, ":")
	return rev, name, ok && rev != "" && name != "" && !strings.HasPrefix(name, "/") && !filepath.IsAbs(arg)
}
