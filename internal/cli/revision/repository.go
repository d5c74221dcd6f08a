package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
)

// Repository opens many revisions of a repository through one git process.
// It may be bare. Close it after the last.
type Repository struct {
	// Shallow says that the clone has not all of the history.
	Shallow bool
	// Prefix is the folder that it was opened in, relative to the top: "api/";
	// "" for the top itself and for a bare repository.
	Prefix string

	dir string
	git *process
}

// Tag is a tag that leads to a commit.
type Tag struct {
	Name string
	// Object is the hash of the commit, or of the annotated tag.
	Object string
	// Time is when the tag was made, where it is annotated, else when its
	// commit was.
	Time time.Time
}

// OpenRepository opens the repository that holds dir. The context ends the git
// process.
func OpenRepository(ctx context.Context, dir string) (*Repository, error) {
	shallow, err := git(ctx, dir, "rev-parse", "--is-shallow-repository")
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if errors.Is(err, exec.ErrNotFound) {
			return nil, errors.New("git is not installed; tags are read with it")
		}
		return nil, fmt.Errorf("git cannot read the repository of %s: %w", dir, err)
	}
	r := &Repository{dir: dir, Shallow: shallow == "true"}
	if r.Prefix, err = git(ctx, dir, "rev-parse", "--show-prefix"); err != nil {
		return nil, fmt.Errorf("git cannot read the repository of %s: %w", dir, err)
	}
	if r.git, err = start(ctx, dir); err != nil {
		return nil, fmt.Errorf("read the repository of %s: %w", dir, err)
	}
	return r, nil
}

// Close ends the git process.
func (r *Repository) Close() { r.git.close() }

// At opens a revision by the hash of its commit or annotated tag. The name is
// what it goes by. It costs nothing until something is read.
func (r *Repository) At(name, object string) *FS {
	return &FS{Revision: name, Commit: object, git: r.git, root: object + "^{tree}"}
}

// Tags returns the tags whose names match a pattern, by [check.MatchGlob], in
// no useful order. Tags of what is no commit are left out.
func (r *Repository) Tags(ctx context.Context, pattern string) ([]Tag, error) {
	const format = "%(refname:strip=2)%00%(objectname)%00%(creatordate:unix)%00%(objecttype)%00%(*objecttype)"
	out, err := r.run(ctx, "for-each-ref", "--format="+format, "refs/tags/")
	if err != nil {
		return nil, fmt.Errorf("list the tags: %w", err)
	}
	var tags []Tag
	for line := range strings.Lines(string(out)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\x00")
		if len(parts) != 5 || !check.MatchGlob(pattern, parts[0]) {
			continue
		}
		if kind := parts[3] + parts[4]; kind != "commit" && kind != "tagcommit" && kind != "tagtag" {
			continue
		}
		t := Tag{Name: parts[0], Object: parts[1]}
		if seconds, err := strconv.ParseInt(parts[2], 10, 64); err == nil {
			t.Time = time.Unix(seconds, 0).UTC()
		}
		tags = append(tags, t)
	}
	return tags, nil
}

// Revision finds a revision by any of its names. An unknown one is an
// [*UnknownError].
func (r *Repository) Revision(ctx context.Context, name string) (Tag, error) {
	object, err := git(ctx, r.dir, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil {
		if ctx.Err() != nil {
			return Tag{}, context.Cause(ctx)
		}
		return Tag{}, &UnknownError{Revision: name}
	}
	line, err := git(ctx, r.dir, "show", "--no-patch", "--format=%ct", "--end-of-options", object)
	if err != nil {
		return Tag{}, fmt.Errorf("read the time of %s: %w", name, err)
	}
	t := Tag{Name: name, Object: object}
	if seconds, err := strconv.ParseInt(line, 10, 64); err == nil {
		t.Time = time.Unix(seconds, 0).UTC()
	}
	return t, nil
}

// Renamed returns the name that a file of a revision had in another one, by
// likeness of content where it was changed too; false where git sees no
// rename. Both revisions are hashes.
func (r *Repository) Renamed(ctx context.Context, in, from, name string) (string, bool, error) {
	out, err := r.run(ctx, "diff-tree", "-r", "-M", "-l1000", "--no-ext-diff", "--no-textconv", "--diff-filter=R",
		"--name-status", "-z", from, in, "--")
	if err != nil {
		return "", false, fmt.Errorf("look for renamed files: %w", err)
	}
	fields := strings.Split(string(out), "\x00")
	for ; len(fields) >= 3; fields = fields[3:] {
		if fields[2] == name {
			return fields[1], true, nil
		}
	}
	return "", false, nil
}

// maxOutput bounds what git may say.
const maxOutput = 64 << 20

// run runs git and returns what it prints.
func (r *Repository) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-C", r.dir}, args...)...)
	var problem bytes.Buffer
	cmd.Stderr = &problem
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(pipe, maxOutput+1))
	if len(out) > maxOutput {
		_ = cmd.Process.Kill()
		err = fmt.Errorf("git says more than %d MiB", maxOutput>>20)
	}
	if ended := cmd.Wait(); err == nil && ended != nil {
		err = ended
		if text, _, _ := strings.Cut(problem.String(), "\n"); text != "" {
			err = errors.New(strings.TrimPrefix(text, "fatal: "))
		}
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return out, err
}
