// Package revision opens a git revision as a read-only file system, so that
// a description and all that it refers to can be read as they were. It checks
// nothing out and writes nothing; one git process answers all questions.
package revision

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// FS is the tree of one revision. It is an [io/fs.FS] with ReadDir, and safe
// for concurrent use. Close ends its git process.
type FS struct {
	// Revision is what was asked for, Commit the commit that it names.
	Revision, Commit string

	mu   sync.Mutex
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	root string // object of the root tree
	dead error
}

// UnknownError says that a repository has no such revision.
type UnknownError struct{ Revision string }

// Error names the revision.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("git knows no revision %q; git log --oneline --all lists commits, git fetch gets those of the remote", e.Revision)
}

// MaxBlob is the largest file, in bytes, that is read out of a revision.
const MaxBlob = 64 << 20

// Open opens a revision of the repository that holds dir. An unknown
// revision is an [*UnknownError]. The context ends the git process.
func Open(ctx context.Context, dir, revision string) (*FS, error) {
	commit, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if errors.Is(err, exec.ErrNotFound) {
			return nil, errors.New("git is not installed; revisions are read with it")
		}
		if _, err := git(ctx, dir, "rev-parse", "--git-dir"); err != nil {
			return nil, fmt.Errorf("git cannot read the repository of %s: %w", dir, err)
		}
		return nil, &UnknownError{Revision: revision}
	}
	f := &FS{Revision: revision, Commit: commit}
	f.cmd = exec.CommandContext(ctx, "git", "-C", dir, "cat-file", "--batch")
	if f.in, err = f.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("read revision %s: %w", revision, err)
	}
	out, err := f.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("read revision %s: %w", revision, err)
	}
	f.out = bufio.NewReaderSize(out, 1<<16)
	if err := f.cmd.Start(); err != nil {
		return nil, fmt.Errorf("read revision %s: %w", revision, err)
	}
	f.root = commit + "^{tree}"
	return f, nil
}

// Close ends the git process. What was opened stays readable.
func (f *FS) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.end(errors.New("the revision is closed"))
}

// end ends the git process, after which every question has the answer why.
func (f *FS) end(why error) {
	if f.dead != nil {
		return
	}
	f.dead = why
	_ = f.in.Close()
	_ = f.cmd.Wait() // how it ended matters to nobody
}

// errTooLarge is the error of a file beyond MaxBlob.
var errTooLarge = fmt.Errorf("larger than %d MiB", MaxBlob>>20)

// object returns an object's type and content.
func (f *FS) object(name string) (kind string, content []byte, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dead != nil {
		return "", nil, f.dead
	}
	kind, content, err = f.ask(name)
	if err != nil && !errors.Is(err, errTooLarge) {
		f.end(err)
	}
	return kind, content, err
}

// ask speaks the protocol of git cat-file --batch: a name, then a line
// "OBJECT TYPE SIZE", the content and a line break.
func (f *FS) ask(name string) (kind string, content []byte, err error) {
	if _, err := io.WriteString(f.in, name+"\n"); err != nil {
		return "", nil, fmt.Errorf("ask git for %s: %w", name, err)
	}
	line, err := f.out.ReadString('\n')
	if err != nil {
		return "", nil, fmt.Errorf("ask git for %s: %w", name, err)
	}
	words := strings.Fields(line)
	if len(words) != 3 {
		return "", nil, fmt.Errorf("git has no object %s", name)
	}
	size, err := strconv.ParseInt(words[2], 10, 64)
	if err != nil {
		return "", nil, fmt.Errorf("ask git for %s: the answer is %q", name, line)
	}
	if size > MaxBlob {
		if _, err := io.CopyN(io.Discard, f.out, size+1); err != nil {
			return "", nil, fmt.Errorf("ask git for %s: %w", name, err)
		}
		return words[1], nil, errTooLarge
	}
	content = make([]byte, size+1)
	if _, err := io.ReadFull(f.out, content); err != nil {
		return "", nil, fmt.Errorf("ask git for %s: %w", name, err)
	}
	return words[1], content[:size], nil
}

// git runs git and returns the first line of what it prints.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-C", dir}, args...)...)
	var problem bytes.Buffer
	cmd.Stderr = &problem
	out, err := cmd.Output()
	line, _, _ := strings.Cut(string(out), "\n")
	if err != nil {
		if text, _, _ := strings.Cut(problem.String(), "\n"); text != "" {
			return line, fmt.Errorf("%s: %w", strings.TrimPrefix(text, "fatal: "), err)
		}
		return line, err
	}
	return line, nil
}
