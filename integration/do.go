package integration

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// UserAgent is the header of that name where a request has none.
const UserAgent = "plumb"

// Do sends a request until it has an answer that will not change, at most
// Attempts times. An answer that is not 2xx is an *[Error], and comes beside it
// where a tool can do something about it, such as creating what was not found.
//
// A redirect is followed only within the origin, and only where the request
// stays what it is: credentials never leave the host that they are for.
func (c *Client) Do(ctx context.Context, r *Request) (*Response, error) {
	return c.follow(ctx, r, maxRedirects)
}

const maxRedirects = 5

func (c *Client) follow(ctx context.Context, r *Request, left int) (*Response, error) {
	response, err := c.try(ctx, r)
	if response == nil || !isRedirect(response.Status) {
		return response, err
	}
	next, problem := redirected(r, response)
	if problem != "" || left == 0 {
		if problem == "" {
			problem = "it redirects more often than it is followed"
		}
		return response, c.Errorf(Config, response.Status, "give the address that it redirects to, if you trust it", "%s: %s", c.what(r), problem)
	}
	return c.follow(ctx, next, left-1)
}

// try makes the attempts.
func (c *Client) try(ctx context.Context, r *Request) (*Response, error) {
	for number := 1; ; number++ {
		start := c.Now()
		response, err := c.once(ctx, r)
		a := Attempt{Method: r.Method, URL: c.mask.Text(r.URL), Number: number, Took: c.Now().Sub(start)}
		wait, again := time.Duration(0), false
		switch {
		case ctx.Err() != nil:
		case err != nil:
			again, wait = repeatable(r), c.backoff(number)
		default:
			a.Status = response.Status
			wait, again = c.waitFor(r, response, number)
		}
		if err != nil {
			a.Problem = c.problem(ctx, err)
		}
		again = again && number < max(c.Attempts, 1) && wait <= c.MaxWait
		if again {
			a.Wait = wait
		}
		if c.Trace != nil {
			c.Trace(a)
		}
		switch {
		case again:
			if err := c.Sleep(ctx, wait); err != nil {
				return nil, c.lost(ctx, r, err, number)
			}
		case err != nil:
			return nil, c.lost(ctx, r, err, number)
		case response.Status >= 200 && response.Status < 300 || isRedirect(response.Status):
			return response, nil
		default:
			return response, c.refused(r, response, number)
		}
	}
}

// once makes one attempt and reads the answer.
func (c *Client) once(ctx context.Context, r *Request) (*Response, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	var body io.Reader
	if r.Body != nil {
		body = bytes.NewReader(r.Body)
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, body)
	if err != nil {
		return nil, errURL
	}
	for name, values := range r.Header {
		request.Header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
	if request.Header.Get("User-Agent") == "" {
		request.Header.Set("User-Agent", UserAgent)
	}
	if r.Sign != nil {
		if err := r.Sign(request.Header, c.Now()); err != nil {
			return nil, fmt.Errorf("sign the request: %w", err)
		}
	}
	answer, err := c.Sender.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }() // it has been read, or is given up
	content, err := io.ReadAll(io.LimitReader(answer.Body, MaxAnswer+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the answer: %w", err)
	case len(content) > MaxAnswer:
		return nil, errTooLarge
	}
	return &Response{Status: answer.StatusCode, Header: answer.Header, Body: content}, nil
}

var (
	errURL      = errors.New("the address is no URL")
	errTooLarge = fmt.Errorf("the answer is larger than %d MiB", MaxAnswer>>20)
)

// repeatable reports whether a request may be sent again though nobody knows
// whether it was carried out.
func repeatable(r *Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPut, http.MethodDelete:
		return true
	}
	return r.Repeatable
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// redirected returns the request that a redirect asks for, or why it is not
// made.
func redirected(r *Request, response *Response) (next *Request, problem string) {
	from, err := url.Parse(r.URL)
	if err != nil {
		return nil, "it redirects from an address that is no URL"
	}
	to, err := from.Parse(response.Header.Get("Location"))
	switch {
	case err != nil || to.Host == "":
		return nil, "it redirects to nowhere"
	case to.Scheme != from.Scheme || !strings.EqualFold(to.Host, from.Host):
		return nil, fmt.Sprintf("it redirects to another host, %.200q", to.Scheme+"://"+to.Host)
	}
	again := *r
	again.URL = to.String()
	safe := r.Method == http.MethodGet || r.Method == http.MethodHead
	kept := response.Status == http.StatusTemporaryRedirect || response.Status == http.StatusPermanentRedirect
	if !safe && !kept {
		return nil, fmt.Sprintf("it redirects, and would make a GET of this %s", r.Method)
	}
	return &again, ""
}
