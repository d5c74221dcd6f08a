// Package engines reads what other load testers have measured as results of a
// plan, so that one judge, by the same budgets, says what they are worth: k6,
// vegeta, wrk2 and whatever prints HDR percentiles, oha, fortio and hey, beside
// plumb's own result files and those of the script that package perf/k6
// writes.
//
// What a file does not say is not made up. Counts that lie between two numbers,
// since an engine knows durations by buckets of its own or by a few quantiles,
// stay between two numbers ([perf.Between]); what was dropped counts as not
// sent; and where a file cannot tell good answers from bad ones, the result
// says so in its Trouble, and no verdict passes. This package measures nothing
// and judges nothing.
package engines

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/plumbapi/plumb/perf"
)

// Options say how a file is read.
type Options struct {
	// Operation is the operation of the plan that everything in the file is
	// for, as where a tool sends to one endpoint and does not say which.
	Operation string
	// Note is called for each thing about the file that a reader of the
	// verdict should know, a sentence; nil drops them.
	Note func(string)
}

// Error is what is wrong with a file.
type Error struct {
	// File is its name, Line counts from 1, 0 where it is the whole file.
	File string
	Line int
	// Problem says what is wrong, and what can be done.
	Problem string
}

// Error says where and what.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Problem
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Problem)
}

// Limits: a document that has to be read as a whole, and a line of one that
// does not.
const (
	mostDocument = 64 << 20
	mostLine     = 4 << 20
	peeked       = 64 << 10
)

// Read reads a result of any of the engines; which one it is of, its content
// says. Files with a row for each request are read as a stream: memory does
// not grow with them.
//
// Requests belong to the operation that a tag op or name says, or else to the
// one whose method and path they have; others are left out, and noted. An
// error is an [*Error], or comes from r.
func Read(name string, r io.Reader, plan *perf.Plan, o Options) (*perf.Result, error) {
	if o.Note == nil {
		o.Note = func(string) {}
	}
	f := &file{name: name, in: bufio.NewReaderSize(r, peeked), plan: plan, options: o}
	if o.Operation != "" && plan.Operation(o.Operation) < 0 {
		return nil, f.wrong(0, "the plan has no operation %q", o.Operation)
	}
	if head, _ := f.in.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		_, _ = f.in.Discard(3)
	}
	head, err := f.in.Peek(peeked)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	result, err := f.read(head)
	if err != nil {
		return nil, err
	}
	if err := result.Validate(); err != nil {
		return nil, f.wrong(0, "contradicts itself: %v", err)
	}
	return result, nil
}

// file is one file that is being read.
type file struct {
	name    string
	in      *bufio.Reader
	plan    *perf.Plan
	options Options
}

func (f *file) wrong(line int, format string, args ...any) error {
	return &Error{File: f.name, Line: line, Problem: fmt.Sprintf(format, args...)}
}

// read recognises what the file is by how it begins.
func (f *file) read(head []byte) (*perf.Result, error) {
	text := bytes.TrimLeft(head, " \t\r\n")
	line, _, _ := bytes.Cut(text, []byte("\n"))
	switch {
	case len(text) == 0:
		return nil, f.wrong(0, "is empty")
	case bytes.Contains(line, []byte(`"plumb_k6":`)) && text[0] != '{':
		return f.k6Log()
	case text[0] == '{':
		return f.readJSON(text, line)
	case bytes.HasPrefix(line, []byte("metric_name,")):
		return f.k6CSV()
	case bytes.HasPrefix(line, []byte("response-time,")):
		return f.hey()
	case isVegetaCSV(line):
		return f.vegeta("CSV")
	case isHDR(text):
		return f.hdr()
	case isText(text):
		if bytes.Contains(text, []byte(logMark)) || bytes.Contains(text, []byte("level=info")) {
			return f.k6Log()
		}
	default:
		return f.vegeta("gob")
	}
	return nil, f.unknown()
}

func (f *file) unknown() error {
	return f.wrong(0, "is no result that plumb knows; it reads its own, those of k6 (--out json, --out csv, --summary-export, handleSummary), "+
		"vegeta (gob, CSV, JSON), wrk2 and other HDR percentiles, oha (JSON), fortio (JSON) and hey (CSV)")
}

// isText reports whether a file begins like text.
func isText(head []byte) bool {
	return !bytes.ContainsFunc(head[:min(len(head), 512)], func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != 0x1b })
}

// lines calls what with each line, without its end, and its number. Lines are
// only valid during the call.
func (f *file) lines(what func(n int, line []byte) error) error {
	var long []byte
	for n := 1; ; n++ {
		line, err := f.in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			long = long[:0]
			for errors.Is(err, bufio.ErrBufferFull) {
				if long = append(long, line...); len(long) > mostLine {
					return f.wrong(n, "this line is longer than %d MiB", mostLine>>20)
				}
				line, err = f.in.ReadSlice('\n')
			}
			long = append(long, line...)
			line = long
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read %s: %w", f.name, err)
		}
		last := errors.Is(err, io.EOF)
		if line = bytes.TrimRight(line, "\r\n"); len(line) > 0 {
			if err := what(n, line); err != nil {
				return err
			}
		}
		if last {
			return nil
		}
	}
}

// whole returns the whole file.
func (f *file) whole() ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(f.in, mostDocument+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.name, err)
	}
	if len(text) > mostDocument {
		return nil, f.wrong(0, "is longer than %d MiB, which no document of this kind is", mostDocument>>20)
	}
	return text, nil
}
