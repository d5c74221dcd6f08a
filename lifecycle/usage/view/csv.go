package view

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/lifecycle/usage"
)

// csvHeader names the columns. More may come at the end.
var csvHeader = [...]string{
	"surface", "kind", "element", "deprecated", "stability", "sunset", "verdict", "why", "calls", "share", "client_errors", "server_errors",
	"after_sunset", "consumers", "consumers_exact", "consumer_share", "first", "last", "top_consumers", "replacement", "file", "line",
}

// CSV writes a row for every element, for a spreadsheet. A text that a
// spreadsheet would take as a formula begins with an apostrophe.
func CSV(w io.Writer, res *usage.Result, o Options) error {
	t, c := newTelling(res, o), csv.NewWriter(w)
	if err := c.Write(csvHeader[:]); err != nil {
		return err
	}
	for i := range res.Elements {
		if err := c.Write(t.row(&res.Elements[i])); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func (t *telling) row(e *usage.Element) []string {
	top := make([]string, 0, len(e.Top))
	for _, c := range e.Top {
		top = append(top, c.Consumer+" "+strconv.FormatInt(c.Calls, 10))
	}
	row := []string{
		string(e.Surface), string(e.Kind), e.Name, strconv.FormatBool(e.Deprecated), e.Stability, e.Sunset, string(e.Verdict), e.Why,
		strconv.FormatInt(e.Calls, 10), decimal(e.Share), strconv.FormatInt(e.ClientErrors, 10), strconv.FormatInt(e.ServerErrors, 10),
		strconv.FormatInt(e.AfterSunset, 10), strconv.Itoa(e.Consumers), strconv.FormatBool(e.Exact), decimal(e.ConsumerShare),
		stamp(e.First), stamp(e.Last), strings.Join(top, ", "), e.Replacement, t.shown(e.Location.File), strconv.Itoa(e.Location.Line),
	}
	for i, text := range row {
		text = safe.Line(text)
		if text != "" && strings.ContainsRune("=+-@", rune(text[0])) {
			text = "'" + text
		}
		row[i] = text
	}
	return row
}

func decimal(share float64) string { return strconv.FormatFloat(share, 'f', 6, 64) }

func stamp(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.RFC3339)
}
