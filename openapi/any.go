package openapi

import (
	"context"
	"io"
	"path"
)

// LoadAny is [Loader.Load] for any JSON or YAML text: an AsyncAPI description, a
// package file. The document has no version, and nothing is known of what is in it
// but its references.
func (l *Loader) LoadAny(ctx context.Context, name string) (*Document, error) {
	if !isURL(name) {
		name = path.Clean(name)
	}
	text, err := l.read(ctx, name)
	if err != nil {
		return nil, err
	}
	return l.parseAny(ctx, name, text)
}

// ReadAny is [Loader.Read] for any JSON or YAML text, as [Loader.LoadAny] is Load.
func (l *Loader) ReadAny(ctx context.Context, name string, r io.Reader) (*Document, error) {
	text, err := l.readAll(name, r)
	if err != nil {
		return nil, err
	}
	return l.parseAny(ctx, name, text)
}

func (l *Loader) parseAny(ctx context.Context, name, text string) (*Document, error) {
	src, err := l.source(name, text)
	if err != nil {
		return nil, err
	}
	src.id, src.located = name, l.FS != nil || l.Fetcher != nil
	d := &Document{root: src, byName: map[string]*Source{}, limit: l.maxBytes()}
	d.addSource(src)
	if err := l.follow(ctx, d); err != nil {
		return nil, err
	}
	d.buildRefs()
	for _, s := range d.sources {
		d.problems = append(d.problems, s.problems...)
	}
	d.problems = append(d.problems, d.refProblems()...)
	return d, nil
}
