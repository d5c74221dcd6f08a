package engines

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// hey reads what hey -o csv writes: seconds with four decimals, and only of
// requests that were answered.
func (f *file) hey() (*perf.Result, error) {
	r := csv.NewReader(&bounded{in: f.in})
	r.ReuseRecord, r.FieldsPerRecord = true, -1
	head, err := r.Read()
	if err != nil {
		return nil, f.badCSV(err)
	}
	column := map[string]int{}
	for i, name := range head {
		column[name] = i
	}
	times, ok := column["response-time"]
	codes, ok2 := column["status-code"]
	offsets, ok3 := column["offset"]
	if !ok || !ok2 || !ok3 {
		return nil, f.wrong(1, "has no columns response-time, status-code and offset, as hey -o csv writes them")
	}
	c := f.collector("hey", perf.Closed)
	op, err := c.soleOperation()
	if err != nil {
		return nil, err
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, f.badCSV(err)
		}
		line, _ := r.FieldPos(0)
		if len(record) != len(column) {
			return nil, f.wrong(line, "has %d columns, not %d; was the run ended while it was written?", len(record), len(column))
		}
		latency, err := heySeconds(record[times])
		if err != nil {
			return nil, f.wrong(line, "response-time: %v", err)
		}
		offset, err := heySeconds(record[offsets])
		if err != nil {
			return nil, f.wrong(line, "offset: %v", err)
		}
		status, err := strconv.Atoi(record[codes])
		if err != nil || status < 100 || status > 999 {
			return nil, f.wrong(line, "status-code is %.20q", record[codes])
		}
		c.add(row{operation: op, at: time.Unix(0, 0).Add(offset), latency: latency, slack: 50 * time.Microsecond, status: status})
	}
	c.result.Trouble = append(c.result.Trouble, f.name+": hey leaves out requests that were not answered, so how many failed is not known")
	result, err := c.finish()
	if err == nil {
		result.Start = time.Time{}
	}
	return result, err
}

func heySeconds(text string) (time.Duration, error) {
	s, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("%.20q is no number", text)
	}
	return seconds(s)
}
