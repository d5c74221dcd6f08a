package parity

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// lockVersion is the newest version of parity.lock that is read.
const lockVersion = 1

// Write writes the lock as JSON, one decision a line and in order, so that
// its history can be read: {"version": 1, "matcher": 1, "operations": [...],
// "roots": [...], "types": [...], "fields": [...], "groups": [...]}.
func (l *Lock) Write(w io.Writer) error {
	out := &lockWriter{out: bufio.NewWriter(w)}
	fmt.Fprintf(out.out, "{\n\"version\": %d,\n\"matcher\": %d", lockVersion, l.Matcher)
	section(out, "operations", l.Operations)
	section(out, "roots", l.Roots)
	section(out, "types", l.Types)
	section(out, "fields", l.Fields)
	section(out, "groups", l.Groups)
	fmt.Fprint(out.out, "\n}\n")
	if out.err != nil {
		return out.err
	}
	return out.out.Flush()
}

type lockWriter struct {
	out *bufio.Writer
	err error
}

// section writes a list, one element a line.
func section[T any](w *lockWriter, name string, list []T) {
	fmt.Fprintf(w.out, ",\n%q: [", name)
	for i := range list {
		if i > 0 {
			w.out.WriteByte(',')
		}
		line, err := json.Marshal(&list[i])
		if err != nil {
			w.err = fmt.Errorf("write the lock: %w", err)
			return
		}
		w.out.WriteByte('\n')
		w.out.Write(line)
	}
	if len(list) > 0 {
		w.out.WriteByte('\n')
	}
	w.out.WriteByte(']')
}
