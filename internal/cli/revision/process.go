package revision

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// MaxBlob is the largest file, in bytes, that is read out of a revision.
const MaxBlob = 64 << 20

// errTooLarge is the error of a file beyond MaxBlob.
var errTooLarge = fmt.Errorf("larger than %d MiB", MaxBlob>>20)

// process is a running git cat-file --batch, which answers all questions about
// objects. It is safe for concurrent use.
type process struct {
	mu   sync.Mutex
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	dead error
}

// start starts git. The context ends it.
func start(ctx context.Context, dir string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, "git", "-C", dir, "cat-file", "--batch")}
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReaderSize(out, 1<<16)
	return p, p.cmd.Start()
}

func (p *process) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end(errors.New("the revision is closed"))
}

// end ends git, after which every question has the answer why.
func (p *process) end(why error) {
	if p.dead != nil {
		return
	}
	p.dead = why
	_ = p.in.Close()
	_ = p.cmd.Wait() // how it ended matters to nobody
}

// object returns an object's type and content.
func (p *process) object(name string) (kind string, content []byte, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dead != nil {
		return "", nil, p.dead
	}
	kind, content, err = p.ask(name)
	if err != nil && !errors.Is(err, errTooLarge) && !errors.Is(err, errNoObject) {
		p.end(err)
	}
	return kind, content, err
}

// errNoObject is the error of an object that git does not have. Git goes on
// after it.
var errNoObject = errors.New("git has no such object; a clone that is partial or shallow lacks some")

// ask speaks the protocol of git cat-file --batch: a name, then a line
// "OBJECT TYPE SIZE", the content and a line break; "NAME missing" where there
// is none.
func (p *process) ask(name string) (kind string, content []byte, err error) {
	if _, err := io.WriteString(p.in, name+"\n"); err != nil {
		return "", nil, fmt.Errorf("ask git for %s: %w", name, err)
	}
	line, err := p.out.ReadString('\n')
	if err != nil {
		return "", nil, fmt.Errorf("ask git for %s: %w", name, err)
	}
	words := strings.Fields(line)
	if len(words) == 2 && words[1] == "missing" {
		return "", nil, fmt.Errorf("object %s: %w", name, errNoObject)
	}
	if len(words) != 3 {
		return "", nil, fmt.Errorf("ask git for %s: the answer is %q", name, line)
	}
	size, err := strconv.ParseInt(words[2], 10, 64)
	if err != nil {
		return "", nil, fmt.Errorf("ask git for %s: the answer is %q", name, line)
	}
	if size > MaxBlob {
		if _, err := io.CopyN(io.Discard, p.out, size+1); err != nil {
			return "", nil, fmt.Errorf("ask git for %s: %w", name, err)
		}
		return words[1], nil, errTooLarge
	}
	content = make([]byte, size+1)
	if _, err := io.ReadFull(p.out, content); err != nil {
		return "", nil, fmt.Errorf("ask git for %s: %w", name, err)
	}
	return words[1], content[:size], nil
}
