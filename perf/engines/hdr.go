package engines

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// isHDR reports whether a file begins like the output of wrk2, or like the
// percentiles of an HDR histogram.
func isHDR(head []byte) bool {
	return bytes.HasPrefix(head, []byte("Running ")) && bytes.Contains(head, []byte(" test @ ")) ||
		bytes.Contains(head, []byte("Percentile")) && bytes.Contains(head, []byte("TotalCount"))
}

// What wrk2 prints besides.
var (
	wrkSent   = regexp.MustCompile(`^\s*(\d+) requests in ([\d.]+)(us|ms|s|m|h),`)
	wrkStatus = regexp.MustCompile(`^\s*Non-2xx or 3xx responses: (\d+)`)
	wrkSocket = regexp.MustCompile(`^\s*Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)`)
)

// hdr reads percentiles of an HDR histogram, alone or in what wrk2 --latency
// prints. Each line says how many values do not exceed one, which is the upper
// end of a bucket.
func (f *file) hdr() (*perf.Result, error) {
	h := hdrFile{f: f, d: distribution{classes: map[string]uint64{}}}
	if err := f.lines(h.line); err != nil {
		return nil, err
	}
	if len(h.d.points) == 0 {
		return nil, f.wrong(0, "has no percentiles; run wrk2 with --latency")
	}
	engine, clock := "HDR histogram", perf.Closed
	if h.wrk {
		// wrk2 keeps its schedule over few connections and measures from the
		// moment at which a request was due.
		engine, clock = "wrk2", perf.FromIntended
	}
	c := f.collector(engine, clock)
	op, err := c.soleOperation()
	if err != nil {
		return nil, err
	}
	d := &h.d
	d.operation = op
	d.timed = h.count
	if h.sent > h.count {
		f.options.Note(fmt.Sprintf("wrk2 timed %d of %d requests, those after its calibration; only these count", h.count, h.sent))
		if d.bad.Status > 0 {
			f.options.Note(fmt.Sprintf("%d answers had a bad status, and nobody knows which; they are taken to be among those that were timed", d.bad.Status))
			d.bad.Status = min(d.bad.Status, h.count)
		}
	}
	countN(d.classes, "status: below 200 or above 399", d.bad.Status)
	d.lost = d.bad.Transport + d.bad.Timeout
	d.total = h.count + d.lost
	if !h.whole {
		c.result.Trouble = append(c.result.Trouble, fmt.Sprintf("%s holds latencies only: how many requests failed is not in it; keep all that wrk2 prints", f.name))
	}
	if err := c.put(d); err != nil {
		return nil, err
	}
	c.result.Elapsed = h.lasts
	return c.finish()
}

// hdrFile gathers what lines say.
type hdrFile struct {
	f     *file
	d     distribution
	wrk   bool // wrk2 printed it
	in    bool // between the head of the percentiles and their end
	done  bool
	whole bool // it says how many requests failed
	count uint64
	sent  uint64
	lasts time.Duration
}

func (h *hdrFile) line(n int, line []byte) error {
	text := string(line)
	switch {
	case strings.HasPrefix(text, "Running "):
		h.wrk = true
	case strings.Contains(text, "Percentile") && strings.Contains(text, "TotalCount"):
		if strings.Contains(text, "Value(ms)") {
			return h.f.wrong(n, "holds quantiles as vegeta estimates them, which are no counts; give its results, as vegeta attack writes them")
		}
		h.in = !h.done
		if !h.wrk {
			h.f.options.Note("values are taken for milliseconds")
		}
	case strings.HasPrefix(text, "#"):
		h.done = h.done || h.in
		h.in = false
	case h.in:
		return h.percentile(n, text)
	case h.wrk:
		return h.tail(n, text)
	}
	return nil
}

// percentile reads a line such as
//
//	1.234     0.500000          500         2.00
func (h *hdrFile) percentile(n int, text string) error {
	fields := strings.Fields(text)
	if len(fields) < 3 {
		return h.f.wrong(n, "is no line of percentiles: %s", someLine([]byte(text)))
	}
	value, err := strconv.ParseFloat(fields[0], 64)
	count, err2 := strconv.ParseUint(fields[2], 10, 64)
	if err != nil || err2 != nil || count < h.count || count > 1<<53 {
		return h.f.wrong(n, "is no line of percentiles: %s", someLine([]byte(text)))
	}
	v, err := seconds(value / 1000)
	if err != nil {
		return h.f.wrong(n, "%v", err)
	}
	// Three decimals are printed.
	h.d.points = append(h.d.points, point{v - time.Microsecond/2 - 1, v + time.Microsecond/2 + 1, count, count})
	h.count = count
	return nil
}

// tail reads what wrk2 prints of the whole run.
func (h *hdrFile) tail(n int, text string) error {
	number := func(s string) uint64 {
		v, err := strconv.ParseUint(s, 10, 53)
		if err != nil {
			return 0
		}
		return v
	}
	if m := wrkSent.FindStringSubmatch(text); m != nil {
		h.sent, h.whole = number(m[1]), true
		lasts, err := time.ParseDuration(m[2] + m[3])
		if err != nil {
			return h.f.wrong(n, "has a duration that is none: %s", someLine([]byte(text)))
		}
		h.lasts = lasts
	}
	if m := wrkStatus.FindStringSubmatch(text); m != nil {
		h.d.bad.Status = number(m[1])
	}
	if m := wrkSocket.FindStringSubmatch(text); m != nil {
		h.d.bad.Timeout = number(m[4])
		h.d.bad.Transport = number(m[1]) + number(m[2]) + number(m[3])
		countN(h.d.classes, "timeout: no answer", h.d.bad.Timeout)
		countN(h.d.classes, "transport: socket errors", h.d.bad.Transport)
	}
	return nil
}
