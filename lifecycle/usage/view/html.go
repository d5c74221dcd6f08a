package view

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/usage"
)

//go:embed html.tmpl
var htmlSource string

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("usage").Funcs(template.FuncMap{
		"line": safe.Line, "number": number, "percent": words.Percent, "date": date, "about": about, "callers": callers,
	}).Parse(htmlSource))
})

// sections writes a result as the sections of a page.
func sections(w io.Writer, res *usage.Result, o Options) error {
	t := newTelling(res, o)
	data := struct {
		Window, Reading string
		Totals          []string
		Called, Silent  []*usage.Element
		Logs            []usage.LogRead
	}{t.window(), t.reading(), t.totals(), t.called, t.silent, nil}
	for _, l := range res.Logs {
		l.Name = t.shown(l.Name)
		data.Logs = append(data.Logs, l)
	}
	if err := htmlTemplate().Execute(w, data); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return nil
}
