package view

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// csvHeader names the columns. More may come at the end.
var csvHeader = [...]string{
	"surface", "kind", "element", "event", "version", "date", "previous", "stability", "deprecated", "since", "sunset", "replacement", "file", "line",
}

// CSV writes a row for every event, for a spreadsheet: by element, oldest
// first. The state is the one after the event; that of a removal is the one
// before. A text that a spreadsheet would take as a formula begins with an
// apostrophe.
func CSV(w io.Writer, res *history.Result, o Options) error {
	c := csv.NewWriter(w)
	if err := c.Write(csvHeader[:]); err != nil {
		return err
	}
	for _, l := range res.Lives {
		for i := range l.Events {
			if err := c.Write(csvRow(res, &o, l, &l.Events[i])); err != nil {
				return err
			}
		}
	}
	c.Flush()
	return c.Error()
}

func csvRow(res *history.Result, o *Options, l *history.Life, e *history.Event) []string {
	v, at, s := &res.Versions[e.Version], e.At(), &e.To
	if e.Kind == history.Removed {
		s = &e.From
	}
	file := at.File
	if o.Shown != nil {
		file = o.Shown(file)
	}
	previous, day := "", ""
	if e.Previous >= 0 {
		previous = res.Versions[e.Previous].Name
	}
	if !v.Time.IsZero() {
		day = v.Time.UTC().Format(time.DateOnly)
	}
	row := []string{
		string(l.Surface), string(l.Kind), l.Name, string(e.Kind), v.Name, day, previous, s.Stability.String(),
		strconv.FormatBool(s.Deprecated), s.Since.String(), s.Sunset.String(), s.Replacement, file, strconv.Itoa(at.Line),
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
