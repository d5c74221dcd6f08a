package traffic

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
	"github.com/plumbapi/plumb/perf"
)

// feeder is a file of data. Which row a request gets is a pure function of the
// request's number.
type feeder struct {
	file    string
	order   string
	seed    uint64
	columns []string
	rows    [][]value
	ranker  *ranker
}

// Limits of a data file.
const (
	maxRows    = 5_000_000
	maxColumns = 1_000
)

func newFeeder(p *perf.Feeder, files map[string][]byte, seed uint64) (*feeder, error) {
	data, ok := files[p.File]
	if !ok {
		return nil, fail(p.Location, "data %q: the file %s was not read", p.Name, p.File)
	}
	f := &feeder{file: p.File, order: p.Order, seed: mix(seed, nameSeed(p.Name))}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	var err error
	switch text := bytes.TrimSpace(data); {
	case len(text) == 0:
	case text[0] == '[':
		err = f.list(text)
	case text[0] == '{':
		err = f.lines(text)
	default:
		err = f.csv(data)
	}
	if err != nil {
		return nil, fail(p.Location, "data %q: %s: %v", p.Name, p.File, err)
	}
	if len(f.rows) == 0 {
		return nil, fail(p.Location, "data %q: %s has no rows", p.Name, p.File)
	}
	switch f.order {
	case "", "sequential", "random", "once":
		return f, nil
	}
	return nil, fail(p.Location, "data %q: the order %q is none of sequential, random, once", p.Name, f.order)
}

// csv reads comma-separated values whose first line names the columns.
func (f *feeder) csv(data []byte) error {
	r := csv.NewReader(bytes.NewReader(data))
	r.TrimLeadingSpace = true
	records, err := r.ReadAll()
	if err != nil {
		return err
	}
	for _, name := range records[0] {
		name = strings.TrimSpace(name)
		if slices.Contains(f.columns, name) {
			return fmt.Errorf("the column %q is there twice", name)
		}
		f.columns = append(f.columns, name)
	}
	for _, record := range records[1:] {
		row := make([]value, len(record))
		for i, text := range record {
			row[i] = value{text: text, raw: rawOf(text)}
		}
		if err := f.add(row); err != nil {
			return err
		}
	}
	return nil
}

// rawOf returns a text as JSON where it is a number, true, false or null; ""
// where it is to be a string.
func rawOf(text string) string {
	if text == "" || text[0] == '"' || text[0] == '{' || text[0] == '[' || !jsonscan.Valid(text) {
		return ""
	}
	return strings.TrimSpace(text)
}

// list reads a JSON list of objects.
func (f *feeder) list(data []byte) error {
	if !jsonscan.Valid(string(data)) {
		return fmt.Errorf("the file begins like JSON and is none")
	}
	var err error
	n := 0
	jsonscan.Find(string(data), []string{"*"}, func(item string) bool {
		n++
		err = f.object(item, n)
		return err == nil
	})
	return err
}

// lines reads JSON lines.
func (f *feeder) lines(data []byte) error {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		if err := f.object(string(line), n); err != nil {
			return err
		}
	}
	return nil
}

// object adds the row of a JSON object. Columns are those of the first, and
// every row has them all.
func (f *feeder) object(text string, n int) error {
	v, err := sample.Parse(text)
	if err != nil || v.Kind != openapi.Object {
		return fmt.Errorf("row %d is no JSON object", n)
	}
	if len(f.rows) == 0 {
		for _, m := range v.Members {
			f.columns = append(f.columns, m.Name)
		}
	}
	row := make([]value, len(f.columns))
	for i, name := range f.columns {
		cell := v.Get(name)
		if cell == nil {
			return fmt.Errorf("row %d has no %q", n, name)
		}
		row[i] = valueOf(cell)
	}
	return f.add(row)
}

// valueOf returns a JSON value as text and as JSON.
func valueOf(v *sample.Value) value {
	if v.Kind == openapi.String {
		return value{text: v.Text}
	}
	text := v.JSON()
	return value{text: text, raw: text}
}

func (f *feeder) add(row []value) error {
	if len(f.rows) >= maxRows {
		return fmt.Errorf("the file has more than %d rows", maxRows)
	}
	if len(row) > maxColumns {
		return fmt.Errorf("the file has more than %d columns", maxColumns)
	}
	f.rows = append(f.rows, row)
	return nil
}

// row returns the row of a request, and false when all are used up.
func (f *feeder) row(seq uint64) (int, bool) {
	n := uint64(len(f.rows))
	if f.order == "random" {
		return int(mix(f.seed, seq) % n), true
	}
	k := f.ranker.rank(seq)
	if f.order == "once" {
		return int(min(k, n-1)), k < n
	}
	return int(k % n), true
}

// mix makes one number of two, such that all of its bits depend on all of
// theirs (the finalizer of SplitMix64; Steele, Lea and Flood, OOPSLA 2014).
func mix(a, b uint64) uint64 {
	x := a + (b+1)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// nameSeed makes a number of a name (FNV-1a).
func nameSeed(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return h
}
