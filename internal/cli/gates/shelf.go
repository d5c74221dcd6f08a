package gates

import (
	"context"
	"sync"

	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
)

// shelf keeps the documents of a run, so that each is loaded once, whoever asks
// for it first. It is safe for concurrent use.
type shelf struct {
	loader *source.Loader

	mu   sync.Mutex
	kept map[place]func() loaded
}

// place is a document at a revision, "" for the working copy.
type place struct{ revision, arg string }

type loaded struct {
	document *source.Document
	found    bool
	err      error
}

// Load returns the document of an argument. It implements [plan.Reader].
func (s *shelf) Load(ctx context.Context, arg string) (*source.Document, error) {
	l := s.at(ctx, place{arg: arg})
	return l.document, l.err
}

// At returns the document of an argument as it was in a revision; found is
// false where that does not have it.
func (s *shelf) At(ctx context.Context, revision, arg string) (d *source.Document, found bool, err error) {
	l := s.at(ctx, place{revision, arg})
	return l.document, l.found, l.err
}

func (s *shelf) at(ctx context.Context, p place) loaded {
	s.mu.Lock()
	load, ok := s.kept[p]
	if !ok {
		load = sync.OnceValue(func() (l loaded) {
			if p.revision != "" {
				l.document, l.found, l.err = s.loader.At(ctx, p.revision, p.arg)
				return l
			}
			if project.IsURL(p.arg) {
				s.loader.Fetcher.Type(p.arg)
			}
			l.found = true
			l.document, l.err = s.loader.Load(ctx, p.arg)
			return l
		})
		s.kept[p] = load
	}
	s.mu.Unlock()
	return load()
}
