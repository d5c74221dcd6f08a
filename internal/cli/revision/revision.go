// Package revision opens a git revision as a read-only file system, so that
// a description and all that it refers to can be read as they were. It checks
// nothing out and writes nothing; one git process answers all questions.
package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"strings"
)

// FS is the tree of one revision. It is an [io/fs.FS] with ReadDir, and safe
// for concurrent use. Close ends its git process.
type FS struct {
	// Revision is what was asked for, Commit the commit that it names.
	Revision, Commit string

	git  *process
	root string // object of the root tree
}

// UnknownError says that a repository has no such revision.
type UnknownError struct{ Revision string }

// Error names the revision.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("git knows no revision %q; git log --oneline --all lists commits, git fetch gets those of the remote", e.Revision)
}

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
	git, err := start(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("read revision %s: %w", revision, err)
	}
	return &FS{Revision: revision, Commit: commit, git: git, root: commit + "^{tree}"}, nil
}

// Close ends the git process, which revisions of one [Repository] share. What
// was opened stays readable.
func (f *FS) Close() { f.git.close() }

// Object returns the hash of a file's content or of a folder's tree: files
// with equal hashes are equal. Symbolic links are followed.
func (f *FS) Object(name string) (string, error) {
	e, err := f.find(name, maxLinks)
	if err != nil {
		return "", &fs.PathError{Op: "find", Path: name, Err: err}
	}
	return e.object, nil
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
			return line, errors.New(strings.TrimPrefix(text, "fatal: "))
		}
		return line, err
	}
	return line, nil
}

// DefaultBranch returns the branch of the remote that changes go to, such as
// "origin/main": the one that the remote says, else main or master where it has
// one; "" where there is no remote, no repository or no git.
func DefaultBranch(ctx context.Context, dir string) string {
	if head, err := git(ctx, dir, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"); err == nil && head != "" {
		return head
	}
	for _, name := range []string{"origin/main", "origin/master"} {
		if _, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "refs/remotes/"+name); err == nil {
			return name
		}
	}
	return ""
}
