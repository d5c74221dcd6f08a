package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/openapi"
)

// isPattern reports whether a path has the signs of a pattern.
func isPattern(name string) bool { return strings.ContainsAny(name, "*?") }

// splitPattern parts the folder that a pattern begins with from the rest.
func splitPattern(pattern string) (folder, rest string) {
	i := strings.IndexAny(pattern, "*?")
	slash := strings.LastIndexByte(filepath.ToSlash(pattern[:i]), '/')
	return filepath.Clean(pattern[:slash+1]), filepath.ToSlash(pattern[slash+1:])
}

// maxMatches and maxWalked bound what a pattern may match and look at.
const (
	maxMatches = 10_000
	maxWalked  = 1_000_000
)

// match returns the files that a pattern matches, in lexical order. Hidden
// folders are only looked into where the pattern names them.
func match(ctx context.Context, fsys fs.FS, pattern string) ([]string, error) {
	start := "."
	if i := strings.LastIndexByte(pattern[:strings.IndexAny(pattern, "*?")], '/'); i > 0 {
		start = pattern[:i]
	}
	var names []string
	walked := 0
	err := fs.WalkDir(fsys, start, func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil && name == start:
			return err
		case err != nil:
			return nil //nolint:nilerr // a folder that may not be read has no matches
		case d.IsDir() && name != start && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && check.MatchGlob(pattern, name):
			names = append(names, name)
		}
		if walked++; walked > maxWalked || len(names) > maxMatches {
			return fmt.Errorf("the pattern matches more than %d files or looks at more than %d", maxMatches, maxWalked)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return names, err
}

// readBegin reads the first bytes of a file; what keeps it from it is found
// again by whoever reads all of it.
func readBegin(fsys fs.FS, name string) []byte {
	begin, err := readFile(fsys, name, sniffBytes)
	if err != nil {
		return nil
	}
	return begin
}

// readFile reads a file of a file system, at most limit bytes of it.
func readFile(fsys fs.FS, name string, limit int) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errDirectory
	}
	buf := make([]byte, 0, min(int(info.Size()), limit)+512)
	for len(buf) < limit {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := f.Read(buf[len(buf):min(cap(buf), limit)])
		buf = buf[:len(buf)+n]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return buf, nil
}

var errDirectory = errors.New("is a directory")

// readText returns the text of a file that is small enough to be shown.
func readText(fsys fs.FS, name string) (string, bool) {
	const most = 16 << 20
	text, err := readFile(fsys, name, most+1)
	return string(text), err == nil && len(text) <= most
}

// openProblem says why a file cannot be read.
func openProblem(err error) string {
	switch {
	case errors.Is(err, errTooLarge):
		return "the document " + err.Error()
	case errors.Is(err, errDirectory):
		return "the document is a directory; expected a file, or a pattern such as " + path.Join("**", "*.graphql")
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "the file may not be read: permission denied"
	}
	return fmt.Sprintf("the file cannot be read: %s", env.Bare(err))
}

// errTooLarge is the error of a document beyond what is read.
var errTooLarge = fmt.Errorf("is larger than %d MiB", openapi.DefaultMaxBytes>>20)

// slowly reads what somebody may still be writing, or has yet to open, and
// gives up when ctx ends: nothing else would wake the reader.
func slowly(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		data, err := read()
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
