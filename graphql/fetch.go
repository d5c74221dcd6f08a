package graphql

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/plumbapi/plumb/check"
)

// Fetch asks the GraphQL endpoint for its schema with an introspection query,
// through the client and with the headers of the caller. Where the server
// refuses what newer versions of the specification added, it asks again in
// the terms of an older one. The whole is bounded by ctx, a response by
// [MaxBytes].
//
// A redirect is followed within the same host only, and not from https to
// http: the headers may hold credentials. Findings name the endpoint without
// its user, password and query, and their places are those in the schema's
// SDL, which is the text of its source.
//
// The error is an [*Error].
func Fetch(ctx context.Context, client *http.Client, endpoint string, header http.Header) (*Schema, error) {
	target, err := url.Parse(endpoint)
	if err != nil || target.Host == "" || target.Scheme != "http" && target.Scheme != "https" {
		return nil, fail(ruleParse, check.Location{}, errAddress, "%v", errAddress)
	}
	e := &endpointReader{client: sameHost(client), url: target.String(), header: header}
	target.User, target.RawQuery, target.Fragment = nil, "", ""
	e.name = target.String()

	var refused error
	for _, query := range introspectionQueries() {
		b := newBuilder()
		err := e.ask(ctx, b, query)
		var no *refusal
		switch {
		case err == nil:
			return e.schema(b)
		case !errors.As(err, &no):
			return nil, err
		case refused == nil || no.disabled:
			refused = err
		}
		if no.disabled {
			break
		}
	}
	return nil, refused
}

// schema makes the schema of what was read. A line of SDL says more to people
// than a place in a response that nobody keeps, so the schema is written as
// SDL and that becomes its source, where SDL has a form for all of it.
func (e *endpointReader) schema(b *builder) (*Schema, error) {
	sdl, ok := b.sdl()
	again := newBuilder()
	if !ok || again.read(File{Name: e.name, Data: []byte(sdl)}) != nil {
		return b.build(), nil //nolint:nilerr // what SDL cannot say keeps the response as its source
	}
	for _, p := range b.problems {
		again.report(p.Rule, check.Location{File: e.name}, p.Key, "%s", p.Message)
	}
	return again.build(), nil
}

var errAddress = errors.New("expected the http or https address of a GraphQL endpoint")

// refusal is the cause of an [*Error] for a server that answered with errors
// instead of a schema.
type refusal struct {
	message  string
	disabled bool // by intent
}

func (r *refusal) Error() string { return r.message }

type endpointReader struct {
	client *http.Client
	url    string
	name   string
	header http.Header
}

func (e *endpointReader) fail(cause error, format string, args ...any) error {
	return fail(ruleParse, check.Location{File: e.name}, cause, format, args...)
}

// ask sends one query and reads the schema into the builder.
func (e *endpointReader) ask(ctx context.Context, b *builder, query string) error {
	text, err := e.post(ctx, query)
	if err != nil {
		return err
	}
	if err := readable(e.name, text); err != nil {
		return err
	}
	src := newSource(e.name, text)
	b.bytes = len(text)
	b.sources = append(b.sources, src)
	in := &introspection{jsonReader: newJSONReader(b, src)}
	if err := in.response(); err != nil {
		return err
	}
	if !in.found && len(in.errors) > 0 {
		no := refuse(in.errors)
		at := src.location(in.errors[0].at, "")
		if no.disabled {
			return fail(ruleParse, at, no, "the endpoint does not allow introspection: %s", no.message)
		}
		return fail(ruleParse, at, no, "the endpoint refuses the introspection query: %s", no.message)
	}
	return in.finish(firstByte(text))
}

// refuse reads what a server's errors say.
func refuse(errs []responseError) *refusal {
	no := &refusal{message: oneLine(errs[0].message)}
	for _, e := range errs {
		m := strings.ToLower(e.message)
		if strings.Contains(m, "introspection") && !strings.Contains(m, "depth") || strings.Contains(e.message, "__schema") {
			no.disabled = true
			no.message = oneLine(e.message)
			break
		}
	}
	return no
}

// post sends the query and returns the body of a response that is JSON.
func (e *endpointReader) post(ctx context.Context, query string) (string, error) {
	quoted, err := jsontext.AppendQuote([]byte(`{"query":`), query)
	if err != nil {
		return "", e.fail(err, "%v", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.url, bytes.NewReader(append(quoted, '}')))
	if err != nil {
		return "", e.fail(errAddress, "%v", errAddress)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/graphql-response+json, application/json")
	for name, values := range e.header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	resp, err := e.client.Do(req)
	if err != nil {
		return "", e.transport(err)
	}
	defer func() { _ = resp.Body.Close() }()
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		return "", e.fail(nil, "the endpoint asks for credentials: it answers %s", status(resp))
	}
	body, err := readAll(resp.Body, MaxBytes)
	if errors.Is(err, errTooLarge) {
		return "", e.fail(err, "the response %v", err)
	} else if err != nil {
		return "", e.transport(err)
	}
	ok := resp.StatusCode >= 200 && resp.StatusCode < 300
	if start := firstByte(string(body)); start < len(body) && body[start] == '{' {
		if ok || bytes.Contains(body, []byte(`"errors"`)) {
			return string(body), nil // a refused query often has status 400
		}
	}
	if !ok {
		return "", e.fail(nil, "the endpoint answers %s", status(resp))
	}
	return "", e.fail(nil, "expected JSON, found %s", content(resp, body))
}

func status(resp *http.Response) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", resp.StatusCode, http.StatusText(resp.StatusCode)))
}

// content says what a body is that is no JSON object.
func content(resp *http.Response, body []byte) string {
	text := strings.TrimSpace(string(body[:min(len(body), 1024)]))
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch {
	case text == "":
		return "nothing"
	case text[0] == '<':
		return markup(text)
	case kind != "" && kind != "application/json":
		return kind
	}
	return "something else"
}

// transport makes the error of a request that came to nothing. The address
// in Go's own message may hold secrets, so only the cause is told.
func (e *endpointReader) transport(err error) error {
	var full *url.Error
	if errors.As(err, &full) {
		err = full.Err
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return e.fail(err, "the endpoint did not answer in time")
	case errors.Is(err, context.Canceled):
		return e.fail(err, "the request was cancelled")
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return e.fail(err, "the endpoint closed the connection")
	}
	return e.fail(err, "the endpoint cannot be reached: %v", err)
}

// sameHost returns a copy of the client that follows redirects within one
// host only.
func sameHost(client *http.Client) *http.Client {
	c := http.Client{}
	if client != nil {
		c = *client
	}
	ask := c.CheckRedirect
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		from, to := via[0].URL, *req.URL
		to.User, to.RawQuery, to.Fragment = nil, "", ""
		switch {
		case from.Host != to.Host || from.Scheme == "https" && to.Scheme != "https":
			return fmt.Errorf("it redirects to another place, %s", to.String())
		case req.Method != http.MethodPost:
			return fmt.Errorf("it redirects to %s in a way that drops the query", to.String())
		case len(via) > 5:
			return errors.New("it redirects without end")
		case ask != nil:
			return ask(req, via)
		}
		return nil
	}
	return &c
}
