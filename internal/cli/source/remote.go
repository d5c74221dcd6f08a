package source

import (
	"context"
	"errors"
	"io"

	"github.com/plumbapi/plumb/internal/cli/fetch"
)

// url loads a document by its URL.
func (l *Loader) url(ctx context.Context, d *Document) {
	d.Name = d.Arg
	l.Fetcher.Type(d.Arg)
	body, err := l.Fetcher.Fetch(ctx, d.Arg)
	if err != nil {
		d.fail("the document cannot be fetched: " + err.Error())
		return
	}
	defer func() { _ = body.Close() }()
	text, err := readAll(body)
	if err != nil {
		d.fail("the document cannot be fetched: " + err.Error())
		return
	}
	l.text(ctx, d, place{}, text)
}

// gate is the Fetcher of one document: it fetches what references name only
// where that is allowed.
type gate struct {
	fetcher *fetch.Fetcher
	open    bool
	url     string // of the document itself
}

// Fetch implements openapi.Fetcher.
func (g gate) Fetch(ctx context.Context, url string) (io.ReadCloser, error) {
	if !g.open && url != g.url {
		return nil, errors.New("remote references are only followed with --allow-remote")
	}
	return g.fetcher.Fetch(ctx, url)
}
