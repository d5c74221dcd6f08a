package openapi

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// follower reads the sources that references reach, breadth first.
type follower struct {
	loader     *Loader
	doc        *Document
	unreadable map[string]string // names of sources, and why they were not read
	bytes      int64
}

// What may be read for one document, so that a server that makes up a further
// source for every one that is read comes to an end.
const (
	maxSources      = 10_000
	maxSourcesTimes = 4 // of the size that one source may have
)

func (l *Loader) follow(ctx context.Context, d *Document) error {
	f := follower{loader: l, doc: d, unreadable: map[string]string{}, bytes: int64(len(d.root.text))}
	for i := 0; i < len(d.sources); i++ {
		src := d.sources[i]
		found := collectRefs(src.root, d.version)
		src.refs = found.refs
		for _, n := range found.refs {
			if err := f.follow(ctx, src, n.Get("$ref").Text()); err != nil {
				return err
			}
		}
		for _, n := range found.mappings {
			if err := f.follow(ctx, src, n.Text()); err != nil {
				return err
			}
		}
	}
	d.index.unreadable = f.unreadable
	return nil
}

// follow reads the source that a reference names. Only that the context has
// ended is an error: a source that cannot be read is noted.
func (f *follower) follow(ctx context.Context, from *Source, ref string) error {
	file, _, _ := strings.Cut(ref, "#")
	if file == "" {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("load %s: %w", f.doc.root.name, err)
	}
	name, err := join(from.id, file)
	if err == nil && f.unreadable[name] == "" && !f.doc.has(from, file) {
		f.read(ctx, name)
	}
	return nil
}

// read adds a source to the document, or notes why it cannot be read.
func (f *follower) read(ctx context.Context, name string) {
	if len(f.doc.sources) >= maxSources || f.bytes > maxSourcesTimes*f.loader.maxBytes() {
		f.unreadable[name] = "the document refers to more sources than are read"
		return
	}
	next, err := f.loader.open(ctx, name)
	if err != nil {
		f.unreadable[name] = reason(err)
		return
	}
	f.bytes += int64(len(next.text))
	next.id, next.located = name, true
	f.doc.addSource(next)
}

func (l *Loader) open(ctx context.Context, name string) (*Source, error) {
	text, err := l.read(ctx, name)
	if err != nil {
		return nil, err
	}
	return l.source(name, text)
}

// reason returns an error's message without the place, which would name the
// other file twice.
func reason(err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	at := e.Finding.Location
	if e.Finding.Rule == ruleUnreadable {
		return e.Finding.Message
	}
	return fmt.Sprintf("line %d, column %d: %s", at.Line, at.Column, e.Finding.Message)
}

// addSource makes a source known by its name and, from 3.2, by the URI that
// it gives itself in $self.
func (d *Document) addSource(s *Source) {
	d.sources = append(d.sources, s)
	d.byName[s.id] = s
	if self, ok := s.root.Get("$self").Str(); ok && self != "" {
		if name, err := join(s.id, strings.TrimSuffix(self, "#")); err == nil && d.byName[name] == nil {
			d.byName[name] = s
		}
	}
}
