package view

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/history"
)

//go:embed html.tmpl
var htmlSource string

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("history").Funcs(template.FuncMap{"n": words.Number, "line": safe.Line}).Parse(htmlSource))
})

// htmlVersion is a row of the table of versions.
type htmlVersion struct {
	Name, Date, Note                               string
	Elements, Appeared, Deprecated, Removed, Other int
}

// htmlLife is an element with its events.
type htmlLife struct {
	Name, Kind string
	Events     []htmlEvent
}

type htmlEvent struct {
	Version, Date, Event, Detail string
}

// sections writes a result as the sections of a page.
func sections(w io.Writer, res *history.Result, o Options) error {
	t := newTelling(res, o)
	var data struct {
		Versions []htmlVersion
		Lives    []htmlLife
		Plain    int
	}
	data.Plain = t.plain
	for i := range res.Versions {
		at := len(res.Versions) - 1 - i
		v, by := &res.Versions[at], t.by[at]
		data.Versions = append(data.Versions, htmlVersion{
			Name: v.Name, Date: date(v.Time), Note: unread(v), Elements: elements(v), Appeared: by[history.Appeared],
			Deprecated: by[history.Deprecated], Removed: by[history.Removed], Other: t.others(at),
		})
	}
	for _, l := range t.lives {
		life := htmlLife{Name: l.Name, Kind: string(l.Kind)}
		for _, e := range l.events {
			v := &res.Versions[e.Version]
			life.Events = append(life.Events, htmlEvent{v.Name, date(v.Time), phrase(e.Kind), safe.Brief(t.detail(l.Life, e))})
		}
		data.Lives = append(data.Lives, life)
	}
	if err := htmlTemplate().Execute(w, data); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return nil
}
