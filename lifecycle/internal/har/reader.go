package har

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/plumbapi/plumb/check"
)

// Reader reads the entries of one file in order.
type Reader struct {
	name string
	in   *bounded
	dec  *jsontext.Decoder
	at   place
	next int    // index of the next entry
	nth  int    // the same within its list
	list string // the pointer of the list
	some bool   // a list of entries was seen
	err  error  // what ended the reading
}

// place is where in the file the reader is.
type place uint8

const (
	before    place = iota // at the very start
	inRoot                 // in the outermost object
	inLog                  // in its member log
	inEntries              // in the list of entries
	after                  // behind everything
)

// NewReader reads the archive that r yields. The name is the one that errors
// show.
func NewReader(r io.Reader, name string) *Reader {
	in := &bounded{r: r}
	return &Reader{name: name, in: in, dec: jsontext.NewDecoder(in,
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
}

// Next returns the next entry, io.EOF after the last. Any other error is an
// *[Error]; unless it is about one entry only, all further calls return it too.
func (r *Reader) Next() (*Entry, error) {
	if r.err != nil {
		return nil, r.err
	}
	r.allow()
	for r.at != inEntries || r.dec.PeekKind() == jsontext.KindEndArray {
		if err := r.step(); err != nil {
			r.err = err
			return nil, err
		}
	}
	at := r.location()
	at.Element = r.list + "/" + strconv.Itoa(r.nth)
	raw, err := r.dec.ReadValue()
	if err != nil {
		r.err = r.syntax(err, at.Element)
		return nil, r.err
	}
	r.next++
	r.nth++
	entry, err := parseEntry(raw, at)
	if err != nil {
		return nil, err
	}
	entry.Index = r.next - 1
	return entry, nil
}

// step takes one step towards the entries, or past the end of a list of them.
func (r *Reader) step() error {
	if r.at == before {
		return r.enter(jsontext.KindBeginObject, inRoot, "an object")
	}
	if r.at == after {
		if _, err := r.dec.ReadToken(); !errors.Is(err, io.EOF) {
			if err != nil {
				return r.syntax(err, string(r.dec.StackPointer()))
			}
			return r.fail("expected the end of the file, found more JSON")
		}
		if !r.some {
			return r.fail("no list of entries; an archive has them in log.entries")
		}
		return io.EOF
	}
	switch r.dec.PeekKind() {
	case jsontext.KindEndArray, jsontext.KindEndObject:
		if _, err := r.dec.ReadToken(); err != nil {
			return r.syntax(err, string(r.dec.StackPointer()))
		}
		r.leave()
		return nil
	}
	name, err := r.dec.ReadToken()
	if err != nil {
		return r.syntax(err, string(r.dec.StackPointer()))
	}
	switch member := name.String(); {
	case member == "log" && r.at == inRoot:
		return r.enter(jsontext.KindBeginObject, inLog, "an object")
	case member == "entries":
		r.some, r.nth, r.list = true, 0, string(r.dec.StackPointer())
		return r.enter(jsontext.KindBeginArray, inEntries, "a list")
	}
	return r.skip()
}

func (r *Reader) enter(kind jsontext.Kind, to place, what string) error {
	found := r.dec.PeekKind()
	switch found {
	case kind:
		if _, err := r.dec.ReadToken(); err != nil {
			return r.syntax(err, string(r.dec.StackPointer()))
		}
		r.at = to
		return nil
	case jsontext.KindInvalid:
		_, err := r.dec.ReadToken()
		return r.syntax(err, string(r.dec.StackPointer()))
	}
	at := r.location()
	if err := r.skip(); err != nil {
		return err
	}
	at.Element = string(r.dec.StackPointer())
	return &Error{Location: at, Message: "expected " + what + ", found " + named(found)}
}

// leave goes out of what has just ended. Where the list of entries stands in
// the outermost object, the depth tells.
func (r *Reader) leave() {
	switch r.dec.StackDepth() {
	case 0:
		r.at = after
	case 1:
		r.at = inRoot
	default:
		r.at = inLog
	}
}

// skip passes a value of any size in little memory.
func (r *Reader) skip() error {
	depth := r.dec.StackDepth()
	for {
		r.allow()
		if _, err := r.dec.ReadToken(); err != nil {
			return r.syntax(err, string(r.dec.StackPointer()))
		}
		if r.dec.StackDepth() == depth {
			return nil
		}
	}
}

// allow lets the decoder read what one entry may have.
func (r *Reader) allow() { r.in.limit = r.dec.InputOffset() + MaxEntry }

// location is the place of what comes next.
func (r *Reader) location() check.Location {
	r.dec.PeekKind()
	rest := r.dec.UnreadBuffer()
	gap := len(rest) - len(bytes.TrimLeft(rest, " \t\r\n,:"))
	return r.locate(rest[gap:], string(r.dec.StackPointer()))
}

// locate is the place before what is left.
func (r *Reader) locate(rest []byte, element string) check.Location {
	return check.Location{File: r.name, Line: 1 + r.in.lines - bytes.Count(rest, []byte("\n")), Element: element}
}

func (r *Reader) fail(format string, args ...any) error {
	return &Error{Location: r.location(), Message: fmt.Sprintf(format, args...)}
}

// syntax turns an error of the decoder, or of the source, into one with a
// place.
func (r *Reader) syntax(err error, element string) error {
	rest, offset := r.dec.UnreadBuffer(), r.dec.InputOffset()
	var bad *jsontext.SyntacticError
	switch {
	case errors.Is(err, errTooLarge):
		return &Error{Location: r.locate(rest, element), Err: err, Message: fmt.Sprintf("a value of more than %d MiB", MaxEntry>>20)}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		if r.in.passed == 0 {
			return &Error{Location: check.Location{File: r.name}, Err: io.ErrUnexpectedEOF, Message: "the file is empty"}
		}
		return &Error{Location: r.locate(nil, element), Err: io.ErrUnexpectedEOF, Message: "the file ends within a value"}
	case errors.As(err, &bad):
		at := min(max(bad.ByteOffset-offset, 0), int64(len(rest)))
		return &Error{Location: r.locate(rest[at:], element), Err: err,
			Message: fmt.Sprintf("invalid JSON at byte %d: %v", bad.ByteOffset, bad.Err)}
	}
	return &Error{Location: check.Location{File: r.name}, Err: err, Message: err.Error()}
}

var errTooLarge = errors.New("too large")

// bounded passes bytes on up to a limit that moves along, counts lines, and
// leaves a byte order mark out: it is no part of JSON, but some proxies write
// one. It fills what it is given: the decoder quotes what it happens to have,
// and what is said of a file must not depend on the pieces that it comes in.
type bounded struct {
	r      io.Reader
	passed int64
	limit  int64
	lines  int
	begun  bool
	err    error // what ended r
}

func (b *bounded) Read(p []byte) (int, error) {
	// A buffer or two more than the limit are nothing to speak of.
	const buffer = 1 << 16
	room := b.limit + buffer - b.passed
	if room <= 0 {
		return 0, errTooLarge
	}
	p = p[:min(int64(len(p)), room+buffer)]
	n := 0
	for empty := 0; n < len(p) && b.err == nil; {
		var m int
		m, b.err = b.r.Read(p[n:])
		n += m
		if m > 0 {
			empty = 0
		} else if empty++; empty == 100 && b.err == nil {
			b.err = io.ErrNoProgress
		}
	}
	if !b.begun && len(p) >= len(mark) {
		b.begun = true
		n = copy(p, bytes.TrimPrefix(p[:n], mark))
	}
	b.passed += int64(n)
	b.lines += bytes.Count(p[:n], []byte("\n"))
	return n, b.err
}

// mark is the byte order mark of UTF-8.
var mark = []byte("\xef\xbb\xbf")
