package engines

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/plumbapi/plumb/perf"
)

// isVegetaCSV reports whether a line is a record of vegeta: twelve columns, of
// which the first is a time in nanoseconds.
func isVegetaCSV(line []byte) bool {
	first, rest, ok := bytes.Cut(line, []byte(","))
	if !ok || len(first) < 18 || len(first) > 20 || bytes.Count(rest, []byte(",")) < 10 {
		return false
	}
	return !bytes.ContainsFunc(first, func(r rune) bool { return r < '0' || r > '9' })
}

// vegeta reads what vegeta attack and vegeta encode write.
func (f *file) vegeta(form string) (*perf.Result, error) {
	var decode vegeta.Decoder
	switch form {
	case "CSV":
		decode = vegeta.NewCSVDecoder(&bounded{in: f.in})
	case "JSON":
		decode = vegeta.NewJSONDecoder(&bounded{in: f.in})
	default:
		decode = vegeta.NewDecoder(f.in)
	}
	// With as many workers as it takes, vegeta keeps its schedule; it measures
	// from when a worker sends.
	c := f.collector("vegeta", perf.FromSend)
	for n := 1; ; n++ {
		var v vegeta.Result
		err := decode.Decode(&v)
		if errors.Is(err, io.EOF) {
			return c.finish()
		}
		if err != nil {
			return nil, f.badVegeta(form, n, err)
		}
		op := c.match.request(v.Method, v.URL, v.Attack)
		if op < 0 {
			c.stray(v.Method + " " + v.URL)
			continue
		}
		c.add(vegetaRow(op, &v, f.plan))
	}
}

func (f *file) badVegeta(form string, n int, err error) error {
	switch {
	case n == 1 && form == "gob":
		return f.unknown()
	case form == "gob":
		return f.wrong(0, "result %d of vegeta cannot be read: %v; was the run ended while it was written?", n, err)
	case errors.Is(err, errLong):
		return f.wrong(n, "has a line of more than %d MiB", mostLine>>20)
	}
	return f.wrong(n, "is no result of vegeta: %v", err)
}

func vegetaRow(op int, v *vegeta.Result, plan *perf.Plan) row {
	r := row{operation: op, at: v.Timestamp, latency: v.Latency, status: int(v.Code)}
	if plan.Operations[op].Document != "" && len(v.Body) > 0 {
		r.body = v.Body
	}
	// For a status that it does not expect, vegeta's error is the status line.
	if v.Error == "" || v.Code != 0 && strings.HasPrefix(v.Error, fmt.Sprintf("%d ", v.Code)) {
		return r
	}
	r.timeout = strings.Contains(v.Error, "Client.Timeout") || strings.Contains(v.Error, "deadline exceeded")
	r.err = goError(v.Error)
	return r
}

// goError reduces an error of Go's HTTP client, which names addresses and
// ports, to what went wrong.
func goError(text string) string {
	for _, known := range []string{
		"connection refused", "connection reset", "broken pipe", "no such host", "i/o timeout", "EOF", "certificate",
		"too many open files", "cannot assign requested address", "network is unreachable", "no route to host", "TLS", "HTTP/2", "http2",
	} {
		if strings.Contains(text, known) {
			return known
		}
	}
	return "no answer"
}
