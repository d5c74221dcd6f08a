package source

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/cli/fetch"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// url loads a document by its URL, or the schema of the GraphQL endpoint
// behind it. The document's name lacks what may be secret in the URL.
func (l *Loader) url(ctx context.Context, d *Document) {
	d.Name = project.PublicURL(d.Arg)
	l.Fetcher.Type(d.Arg)
	if isEndpoint(d.Arg) {
		l.endpoint(ctx, d)
		return
	}
	body, err := l.Fetcher.Fetch(ctx, d.Arg)
	if takesOnlyQueries(err) {
		if l.endpoint(ctx, d); d.GraphQL != nil {
			return
		}
		d.Kind, d.Failed = 0, nil
	}
	if err != nil {
		d.fail("the document cannot be fetched: " + err.Error())
		return
	}
	defer func() { _ = body.Close() }()
	text, err := readAll(body)
	if errors.Is(err, errTooLarge) {
		d.fail(openProblem(err))
		return
	}
	if err != nil {
		d.fail("the document cannot be fetched: " + err.Error())
		return
	}
	l.text(ctx, d, place{}, text)
}

// endpoint asks a GraphQL endpoint for its schema.
func (l *Loader) endpoint(ctx context.Context, d *Document) {
	var err error
	d.Kind = GraphQL
	d.GraphQL, err = graphql.Fetch(ctx, l.Fetcher.Client(), d.Arg, nil)
	d.failed(err, nil)
}

// isEndpoint reports whether a URL is that of a GraphQL endpoint by its look.
func isEndpoint(rawURL string) bool {
	u, err := url.Parse(rawURL)
	if err != nil {
		return false
	}
	switch strings.ToLower(path.Base(u.Path)) {
	case "graphql", "gql":
		return true
	}
	return false
}

// takesOnlyQueries reports whether a server answered as GraphQL endpoints do
// to a GET without a query.
func takesOnlyQueries(err error) bool {
	var status *fetch.StatusError
	if !errors.As(err, &status) {
		return false
	}
	switch status.Code {
	case http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusUnsupportedMediaType:
		return true
	}
	return false
}

// gate is the Fetcher of a document: it fetches what references name where
// that is allowed, or where the user typed the host.
type gate struct {
	fetcher *fetch.Fetcher
	open    bool
}

// Fetch implements openapi.Fetcher.
func (g gate) Fetch(ctx context.Context, url string) (io.ReadCloser, error) {
	if !g.open && !g.fetcher.Typed(url) {
		return nil, errors.New("references to other hosts are only followed with --allow-remote or --allow-host")
	}
	return g.fetcher.Fetch(ctx, url)
}
