package source

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// place is where an argument leads: a name within a file system.
type place struct {
	fsys   fs.FS
	name   string
	prefix string // before the names of fsys in canonical names
}

func (p place) canonical(name string) string {
	if p.prefix == "" {
		return name
	}
	return path.Join(p.prefix, name)
}

// at loads a file or a pattern of a file system.
func (l *Loader) at(ctx context.Context, d *Document, at place) {
	if isPattern(at.name) {
		if _, err := fs.Stat(at.fsys, at.name); err != nil {
			l.pattern(ctx, d, at)
			return
		}
	}
	begin := readBegin(at.fsys, at.name)
	if d.Kind, _ = Sniff(at.name, begin); d.Kind == OpenAPI {
		loader := l.openapi(at)
		var err error
		d.OpenAPI, err = loader.Load(ctx, at.name)
		d.failed(err, func() (string, bool) { return readText(at.fsys, at.name) })
		if d.unrecognized() {
			d.Other, _ = loader.LoadAny(ctx, at.name) // Failed says already what is wrong
		}
		return
	}
	l.schema(d, at, at.name)
}

// pattern loads the files of a pattern as one GraphQL schema.
func (l *Loader) pattern(ctx context.Context, d *Document, at place) {
	d.Kind = GraphQL
	names, err := match(ctx, at.fsys, at.name)
	switch {
	case err != nil:
		d.fail(err.Error())
		return
	case len(names) == 0:
		d.fail("no file matches the pattern")
		return
	}
	l.schema(d, at, names...)
}

// schema loads files as one GraphQL schema.
func (l *Loader) schema(d *Document, at place, names ...string) {
	var files []graphql.File
	room := graphql.MaxBytes
	for _, name := range names {
		data, err := readFile(at.fsys, name, room+1)
		if err == nil && len(data) > room {
			err = errTooLarge
		}
		if err != nil {
			d.Name = at.canonical(name)
			d.fail(openProblem(err))
			return
		}
		room -= len(data)
		files = append(files, graphql.File{Name: at.canonical(name), Data: data})
	}
	var err error
	d.GraphQL, err = graphql.Parse(files...)
	for _, f := range files {
		if err != nil {
			d.raw[f.Name] = string(f.Data)
		}
	}
	d.failed(err, nil)
}

// text loads a document that has been read already.
func (l *Loader) text(ctx context.Context, d *Document, at place, text []byte) {
	begin := text[:min(len(text), sniffBytes)]
	var err error
	if d.Kind, _ = Sniff(d.Name, begin); d.Kind == GraphQL {
		d.GraphQL, err = graphql.Parse(graphql.File{Name: d.Name, Data: text})
	} else {
		name := at.name
		if at.fsys == nil {
			name = d.Name
		}
		loader := l.openapi(at)
		d.OpenAPI, err = loader.Read(ctx, name, bytes.NewReader(text))
		defer func() {
			if d.unrecognized() {
				d.Other, _ = loader.ReadAny(ctx, name, bytes.NewReader(text))
			}
		}()
	}
	d.failed(err, func() (string, bool) { return string(text), true })
}

// openapi makes the loader of a document.
func (l *Loader) openapi(at place) *openapi.Loader {
	return &openapi.Loader{FS: at.fsys, Prefix: at.prefix, Fetcher: gate{l.Fetcher, l.AllowRemote}}
}

// unrecognized reports whether the document is JSON or YAML, and no description.
func (d *Document) unrecognized() bool {
	return slices.ContainsFunc(d.Failed, func(f check.Finding) bool { return f.Rule == "unrecognized-format" })
}

// failed takes over why a loader could not read the document.
func (d *Document) failed(err error, text func() (string, bool)) {
	if err == nil {
		return
	}
	var unreadable *openapi.Error
	switch {
	case errors.As(err, &unreadable):
		d.Failed = append(d.Failed, unreadable.Finding)
	default:
		d.Failed = append(d.Failed, graphql.Findings(err)...)
	}
	if len(d.Failed) == 0 {
		d.fail(err.Error())
	}
	if text != nil {
		if s, ok := text(); ok {
			d.raw[d.Name] = s
		}
	}
}
