package parity

import (
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/parity/live"
)

// client makes the client that asks: one that plays a cassette, or one that
// knows which hosts were typed and may record what is said. Finish ends the
// recording; what is not whole is not kept.
func (f *verifyFlags) client(c *call) (client *http.Client, finish func(whole bool) error, err error) {
	finish = func(bool) error { return nil }
	if f.replay != "" {
		file, err := os.Open(c.env.Path(f.replay))
		if err != nil {
			return nil, nil, env.Usagef("--replay %s cannot be read: %w", f.replay, env.Bare(err))
		}
		defer func() { _ = file.Close() }()
		cassette, err := live.LoadCassette(f.replay, file)
		if err != nil {
			return nil, nil, env.Usagef("--replay: %w", err)
		}
		return &http.Client{Transport: cassette.Player()}, finish, nil
	}
	fetcher := c.loader.loader.Fetcher
	fetcher.Type(f.rest)
	fetcher.Type(f.graphql)
	own := *fetcher.Client()
	if f.record == "" {
		return &own, finish, nil
	}
	header, err := f.source.Header(c.env)
	if err != nil {
		return nil, nil, err
	}
	file, err := output.Create(c.env.Path(f.record), f.record)
	if err != nil {
		return nil, nil, err
	}
	recorder := live.NewRecorder(file, own.Transport, f.secrets(header)...)
	own.Transport = recorder
	return &own, func(whole bool) error {
		if err := recorder.Close(); err != nil || !whole {
			file.Abort()
			return err
		}
		return file.Commit()
	}, nil
}

// secrets are what a recording must not have: values of headers, passwords
// and values of the query in the URLs.
func (f *verifyFlags) secrets(header http.Header) []string {
	var list []string
	for _, values := range header {
		for _, v := range values {
			list = append(append(list, v), strings.Fields(v)...)
		}
	}
	for _, raw := range []string{f.rest, f.graphql} {
		u, err := url.Parse(raw)
		if err != nil {
			continue
		}
		if password, ok := u.User.Password(); ok {
			list = append(list, password)
		}
		for _, values := range u.Query() {
			list = append(list, values...)
		}
	}
	return list
}
