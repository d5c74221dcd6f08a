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
	if v.Code > 999 || v.Code < 100 {
		r.status = 0
	}
	if plan.Operations[op].Document != "" && len(v.Body) > 0 {
		r.body = v.Body
	}
	// For a status that it does not expect, vegeta's error is the status line.
	if v.Error == "" || v.Code != 0 && strings.HasPrefix(v.Error, fmt.Sprintf("%d ", v.Code)) {
		return r
	}
	r.timeout = strings.Contains(v.Error, "Client.Timeout") || strings.Contains(v.Error, "deadline exceeded")
	r.class = goError(v.Error)
	return r
}

// goError reduces an error of an HTTP client, which names addresses and ports,
// to its class.
func goError(text string) string {
	for _, known := range []struct{ text, class string }{
		{"connection refused", "transport: connection refused"},
		{"connection reset", "transport: connection reset"},
		{"broken pipe", "transport: connection closed"},
		{"no such host", "dns: no such host"},
		{"server misbehaving", "dns: lookup went wrong"},
		{"failed to lookup", "dns: lookup went wrong"},
		{"unexpected EOF", "transport: answer cut short"},
		{"EOF", "transport: connection closed"},
		{"too many open files", "generator: no free file"},
		{"cannot assign requested address", "generator: no free local port"},
		{"unknown authority", "tls: certificate of an unknown authority"},
		{"certificate", "tls: certificate not valid"},
		{"tls:", "tls: refused by the server"},
		{"network is unreachable", "transport: network unreachable"},
		{"no route to host", "transport: host unreachable"},
		{"http2:", "transport: HTTP/2 connection ended"},
	} {
		if strings.Contains(text, known.text) {
			return known.class
		}
	}
	return "transport: other"
}
