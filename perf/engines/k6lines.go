package engines

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/k6"
)

// sample is one value of one metric of k6.
type sample struct {
	metric string
	at     time.Time
	value  float64
	tag    func(string) string
}

// The metrics of k6 that say how long a request took: what it calls duration
// leaves out the time until there is a connection.
const (
	k6Duration = "http_req_duration"
	k6Blocked  = "http_req_blocked"
	k6Waiting  = "http_req_waiting"
	k6Sending  = "http_req_sending"
	k6Dropped  = "dropped_iterations"
)

// k6rows puts the samples of a request together. k6 writes them one after the
// other: duration first, and then its parts.
type k6rows struct {
	c       *collector
	open    bool
	began   int // the line of the open one's duration
	row     row
	name    string
	blocked bool
	skipped bool
	// dropped are the iterations that were given up, by scenario; sent the
	// requests of each operation in a scenario, which says what they were.
	dropped map[string]uint64
	sent    map[string][]uint64
	in      string // the scenario of the open row
}

func (f *file) k6rows() *k6rows {
	return &k6rows{c: f.collector("k6", perf.FromSend), dropped: map[string]uint64{}, sent: map[string][]uint64{}}
}

// add takes the next sample.
func (k *k6rows) add(line int, s sample) error {
	switch s.metric {
	case k6Dropped:
		if !warm(s) {
			if !(s.value >= 0 && s.value < 1<<31) {
				return k.c.file.wrong(line, "%v iterations cannot be dropped", s.value)
			}
			in := s.tag("scenario")
			if _, ok := k.dropped[in]; !ok && len(k.dropped) >= mostNames {
				in = ""
			}
			k.dropped[in] += uint64(s.value)
		}
		return nil
	case k6Duration:
		if err := k.flush(); err != nil {
			return err
		}
		return k.begin(line, s)
	case k6Blocked, k6Waiting, k6Sending:
		if !k.open {
			return nil
		}
	default:
		return nil
	}
	d, err := seconds(s.value / 1000)
	if err != nil {
		return k.c.file.wrong(line, "%v", err)
	}
	switch {
	case s.metric == k6Blocked && !k.blocked:
		k.blocked = true
		k.row.latency += d
		k.row.firstByte += d
	case s.metric != k6Blocked:
		k.row.firstByte += d
	}
	return nil
}

func warm(s sample) bool { return s.tag("phase") == "warmup" || s.tag("phase") == "warm-up" }

// begin opens the row of a request.
func (k *k6rows) begin(line int, s sample) error {
	d, err := seconds(s.value / 1000)
	if err != nil {
		return k.c.file.wrong(line, "%v", err)
	}
	method, address := s.tag("method"), s.tag("url")
	k.name = strings.TrimSpace(method + " " + address)
	if name := s.tag("name"); name != "" && name != address {
		k.name = name
	}
	k.row = row{operation: k.c.match.request(method, address, s.tag("op"), s.tag("name")), latency: d}
	k.row.status = status(s.tag("status"))
	code, _ := strconv.Atoi(s.tag("error_code"))
	switch {
	case code == 1050:
		k.row.timeout = true
	case code != 0 && (code < 1400 || code > 1599), k.row.status == 0:
		k.row.class = k6.ErrorClass(code)
	}
	// The sample is of the end of the request.
	k.row.at = s.at.Add(-d)
	k.open, k.blocked, k.skipped, k.began, k.in = true, false, warm(s), line, s.tag("scenario")
	return nil
}

// status reads a status code, 0 for what is none.
func status(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 100 || n > 999 {
		return 0
	}
	return n
}

// flush closes the open row.
func (k *k6rows) flush() error {
	if !k.open {
		return nil
	}
	k.open = false
	switch {
	case k.skipped:
	case !k.blocked:
		return k.c.file.wrong(k.began, "no %s follows this %s, so how long the request waited for a connection is not known; let k6 write all metrics", k6Blocked, k6Duration)
	case k.row.operation < 0:
		k.c.stray(k.name)
	default:
		k.c.add(k.row)
		if k.sent[k.in] == nil && len(k.sent) < mostNames {
			k.sent[k.in] = make([]uint64, len(k.c.at))
		}
		if sent := k.sent[k.in]; sent != nil {
			sent[k.row.operation]++
		}
	}
	return nil
}

// finish ends the reading.
func (k *k6rows) finish() (*perf.Result, error) {
	if err := k.flush(); err != nil {
		return nil, err
	}
	all := k.c.sent()
	for _, in := range sortedKeys(k.dropped) {
		sent, op := k.sent[in], k.c.match.request("", "", in)
		switch {
		case op >= 0:
			k.c.drop(op, k.dropped[in])
		case sent != nil:
			k.c.share(k.dropped[in], sent)
		default:
			k.c.share(k.dropped[in], all)
		}
	}
	return k.c.finish()
}

// k6Lines reads what k6 writes with --out json.
func (f *file) k6Lines() (*perf.Result, error) {
	rows := f.k6rows()
	wanted := [][]byte{[]byte(k6Duration), []byte(k6Blocked), []byte(k6Waiting), []byte(k6Sending), []byte(k6Dropped)}
	err := f.lines(func(n int, line []byte) error {
		ok := false
		for _, w := range wanted {
			ok = ok || bytes.Contains(line, w)
		}
		if !ok {
			return nil
		}
		var point struct {
			Type   string `json:"type"`
			Metric string `json:"metric"`
			Data   struct {
				Time  time.Time         `json:"time"`
				Value float64           `json:"value"`
				Tags  map[string]string `json:"tags"`
			} `json:"data"`
		}
		var syntax *json.SyntaxError
		switch err := json.Unmarshal(line, &point); {
		case errors.As(err, &syntax):
			return f.wrong(n, "is no whole JSON object: %v; was the run ended while it was written?", err)
		case err != nil:
			return f.wrong(n, "is no point of k6: %v", err)
		case point.Type != "Point":
			return nil
		}
		return rows.add(n, sample{point.Metric, point.Data.Time, point.Data.Value, func(t string) string { return point.Data.Tags[t] }})
	})
	if err != nil {
		return nil, err
	}
	return rows.finish()
}

// k6CSV reads what k6 writes with --out csv.
func (f *file) k6CSV() (*perf.Result, error) {
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
	rows := f.k6rows()
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, f.badCSV(err)
		}
		line, _ := r.FieldPos(0)
		field := func(name string) string {
			if i, ok := column[name]; ok && i < len(record) {
				return record[i]
			}
			return ""
		}
		value, err := strconv.ParseFloat(field("metric_value"), 64)
		if err != nil {
			return nil, f.wrong(line, "metric_value is %.40q, which is no number", field("metric_value"))
		}
		at, err := k6Time(field("timestamp"))
		if err != nil {
			return nil, f.wrong(line, "timestamp is %.40q, which is no time", field("timestamp"))
		}
		extra := field("extra_tags")
		if err := rows.add(line, sample{field("metric_name"), at, value, func(t string) string {
			if v := field(t); v != "" {
				return v
			}
			return extraTag(extra, t)
		}}); err != nil {
			return nil, err
		}
	}
	return rows.finish()
}

// k6Time reads a time in any of the forms that K6_CSV_TIME_FORMAT names.
func k6Time(text string) (time.Time, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Parse(time.RFC3339Nano, text)
	}
	switch {
	case n > 1e17:
		return time.Unix(0, n), nil
	case n > 1e14:
		return time.UnixMicro(n), nil
	case n > 1e11:
		return time.UnixMilli(n), nil
	}
	return time.Unix(n, 0), nil
}

// extraTag returns a tag of the column in which k6 puts those of the script:
// name=value, joined by &.
func extraTag(extra, name string) string {
	for extra != "" {
		var pair string
		pair, extra, _ = strings.Cut(extra, "&")
		if key, value, _ := strings.Cut(pair, "="); key == name {
			return value
		}
	}
	return ""
}

// badCSV says where a file is no CSV.
func (f *file) badCSV(err error) error {
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		return f.wrong(parse.Line, "is no CSV: %v", parse.Err)
	case errors.Is(err, errLong):
		return f.wrong(0, "has a line of more than %d MiB", mostLine>>20)
	}
	return fmt.Errorf("read %s: %w", f.name, err)
}

// bounded reads on until a line is too long.
type bounded struct {
	in   io.Reader
	line int
}

var errLong = errors.New("a line is too long")

// Read reads, and counts how long the line is.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if at := bytes.LastIndexByte(p[:n], '\n'); at >= 0 {
		b.line = n - at
	} else {
		b.line += n
	}
	if b.line > mostLine {
		return 0, errLong
	}
	return n, err
}
