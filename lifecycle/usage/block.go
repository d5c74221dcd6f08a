package usage

import (
	"bytes"
	"errors"
	"io"
)

// block are whole lines of one log.
type block struct {
	log    int
	format string
	text   []byte // ends with a line feed, but for the last of a log
	first  int64  // the number of its first line, from 1
	buffer []byte // what text is a slice of
}

// blockSize is the size of a block, and so the longest line that is read.
const blockSize = 1 << 20

// blocks cuts what a reader yields into blocks.
type blocks struct {
	r      io.Reader
	live   bool
	format string           // by name
	buffer func() []byte    // an empty buffer of blockSize bytes
	free   func(buf []byte) // takes one back
	send   func(b block)

	lines int64
	long  int64 // lines that are too long
}

// run reads to the end. The error is one of the reader; what came before it is
// handed on.
func (s *blocks) run() error {
	buf := s.buffer()
	n := 0
	skipping := false // in a line that is too long
	for {
		m, err := s.r.Read(buf[n:])
		n += m
		if skipping {
			i := bytes.IndexByte(buf[:n], '\n')
			if i < 0 {
				n = 0
			} else {
				n = copy(buf, buf[i+1:n])
				skipping = false
			}
		}
		last := err != nil
		if !last && n < len(buf) && !s.live {
			continue
		}
		end := bytes.LastIndexByte(buf[:n], '\n') + 1
		if errors.Is(err, io.EOF) && !skipping && (n < len(buf) || end > 0) {
			end = n // the last line may have no line feed; half a line is none
		}
		switch {
		case end > 0:
			rest := s.buffer()
			left := copy(rest, buf[end:n])
			s.flush(buf, end)
			buf, n = rest, left
		case n == len(buf):
			s.lines++
			s.long++
			n, skipping = 0, true
		}
		if last {
			s.free(buf)
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

// flush hands on the first bytes of a buffer.
func (s *blocks) flush(buf []byte, end int) {
	text := buf[:end]
	b := block{format: s.format, text: text, first: s.lines + 1, buffer: buf}
	s.lines += int64(bytes.Count(text, []byte("\n")))
	if text[end-1] != '\n' {
		s.lines++
	}
	s.send(b)
}
