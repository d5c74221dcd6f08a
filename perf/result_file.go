package perf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/plumbapi/plumb/internal/safe"
)

// ResultVersion is that of the form of results that is written.
const ResultVersion = 1

// mostResultBytes bounds what is read of a result.
const mostResultBytes = 512 << 20

// WriteResult writes a result as JSON, one operation a line, so that versions
// of a file can be compared. What is equal is written equally; lists are never
// null but for Within, where null says that nothing was counted.
func WriteResult(w io.Writer, r *Result) error {
	var b bytes.Buffer
	whole := tidy(r)
	operations := whole.Operations
	whole.Operations = []Measured{}
	head, err := json.Marshal(&whole)
	if err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	const list = `"operations":[`
	at := bytes.LastIndex(head, []byte(list)) + len(list)
	b.Write(head[:at])
	for i := range operations {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		line, err := json.Marshal(tidyMeasured(&operations[i]))
		if err != nil {
			return fmt.Errorf("write result: %s: %w", operations[i].Operation, err)
		}
		b.Write(line)
	}
	b.Write(head[at:])
	b.WriteByte('\n')
	_, err = w.Write(b.Bytes())
	return err
}

// tidy returns a copy of which no list is nil.
func tidy(r *Result) Result {
	c := *r
	c.Version = ResultVersion
	c.Shards, c.Trouble = append([]Shard{}, r.Shards...), append([]string{}, r.Trouble...)
	return c
}

func tidyMeasured(m *Measured) *Measured {
	c := *m
	if c.Statuses == nil {
		c.Statuses = map[int]uint64{}
	}
	if c.Classes == nil {
		c.Classes = map[string]uint64{}
	}
	c.Slices = append([]Slice{}, m.Slices...)
	for i := range c.Slices {
		if c.Slices[i].Within == nil {
			c.Slices[i].Within = []uint64{}
		}
	}
	return &c
}

// ReadResult reads what WriteResult wrote, of at most 512 MiB, and nothing
// that could not have been measured: the error says which number contradicts
// which, and in which operation. It is made of the file's text, which is made
// fit to be shown.
func ReadResult(r io.Reader) (*Result, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostResultBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > mostResultBytes {
		return nil, fmt.Errorf("it is longer than %d MiB", mostResultBytes>>20)
	}
	var version struct {
		Version    *int             `json:"version"`
		Clock      *Clock           `json:"clock"`
		Operations *json.RawMessage `json:"operations"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return nil, syntax(text, err)
	}
	switch {
	case version.Version == nil || version.Clock == nil || version.Operations == nil:
		return nil, errors.New("it is not a result of plumb perf: it has no version, clock or operations")
	case *version.Version != ResultVersion:
		return nil, fmt.Errorf("version %d is unknown; this is version %d", *version.Version, ResultVersion)
	}
	var res Result
	if err := json.Unmarshal(text, &res); err != nil {
		return nil, syntax(text, err)
	}
	if err := res.Validate(); err != nil {
		return nil, err
	}
	return &res, nil
}

// syntax says where a text is no JSON, or not of the right type.
func syntax(text []byte, err error) error {
	var broken *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	offset := int64(-1)
	switch {
	case errors.As(err, &broken):
		offset = broken.Offset
	case errors.As(err, &wrong):
		offset = wrong.Offset
		err = fmt.Errorf("%s holds a JSON %s", safe.Line(wrong.Field), wrong.Value)
	}
	if offset < 0 {
		return errors.New(safe.Line(err.Error()))
	}
	before := text[:min(int(offset), len(text))]
	line := 1 + bytes.Count(before, []byte("\n"))
	return fmt.Errorf("line %d: %s", line, safe.Line(err.Error()))
}
