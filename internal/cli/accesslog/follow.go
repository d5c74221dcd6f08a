package accesslog

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// follower reads a file as it grows, until the context ends: then it is at its
// end. A file that is renamed and made anew, as logs are rotated, is read to
// its end first; one that is emptied is read from the start again; one that is
// not there yet is waited for.
type follower struct {
	ctx  context.Context
	path string

	f    *os.File
	read int64
	// moved says that another file has the name: once more is read what is
	// left of this one.
	moved bool
}

// pollEvery is how often a file is looked at that has nothing new.
const pollEvery = 200 * time.Millisecond

// Read reads what there is, and waits where there is nothing.
func (t *follower) Read(p []byte) (int, error) {
	for {
		if t.f == nil {
			f, err := os.Open(t.path)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return 0, reasonOf(err)
			}
			if err == nil {
				t.f, t.read, t.moved = f, 0, false
			}
		}
		if t.f != nil {
			n, err := t.f.Read(p)
			t.read += int64(n)
			if n > 0 {
				return n, nil
			}
			if err != nil && !errors.Is(err, io.EOF) {
				return 0, reasonOf(err)
			}
			if t.moved {
				_ = t.f.Close()
				t.f = nil
				continue
			}
			if t.look() {
				continue
			}
		}
		select {
		case <-t.ctx.Done():
			return 0, io.EOF
		case <-time.After(pollEvery):
		}
	}
}

// look finds out what became of the name, and reports whether there may be
// something to read.
func (t *follower) look() bool {
	there, err := os.Stat(t.path)
	if err != nil {
		return false // between two files
	}
	here, err := t.f.Stat()
	switch {
	case err != nil || !os.SameFile(there, here):
		t.moved = true
		return true
	case here.Size() < t.read:
		t.read = 0
		_, err := t.f.Seek(0, io.SeekStart)
		return err == nil
	}
	return false
}

// Close closes the file.
func (t *follower) Close() error {
	if t.f == nil {
		return nil
	}
	return t.f.Close()
}

// pump reads a stream whose Read cannot be interrupted. Where the context ends
// it is at its end if that is how it is to end, else it returns the error of
// the context.
func pump(ctx context.Context, r io.Reader, endsSo bool) io.Reader {
	p := &pumped{ctx: ctx, endsSo: endsSo, full: make(chan chunk), free: make(chan []byte, 2)}
	p.free <- make([]byte, 64<<10)
	p.free <- make([]byte, 64<<10)
	go func() {
		for {
			var buf []byte
			select {
			case buf = <-p.free:
			case <-ctx.Done():
				return
			}
			n, err := r.Read(buf[:cap(buf)])
			select {
			case p.full <- chunk{buf[:n], err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return p
}

// chunk is what one Read gave.
type chunk struct {
	data []byte
	err  error
}

type pumped struct {
	ctx    context.Context
	endsSo bool
	full   chan chunk
	free   chan []byte
	at     chunk
	rest   []byte
}

func (p *pumped) Read(b []byte) (int, error) {
	for len(p.rest) == 0 {
		if p.at.err != nil {
			return 0, p.at.err
		}
		if p.at.data != nil {
			p.free <- p.at.data
			p.at.data = nil
		}
		select {
		case p.at = <-p.full:
			p.rest = p.at.data
		case <-p.ctx.Done():
			if p.endsSo {
				return 0, io.EOF
			}
			return 0, p.ctx.Err()
		}
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}
