package integration

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// Kind says whose fault an error is, and so what is to be done.
type Kind string

// The kinds.
const (
	Auth   Kind = "auth"   // the credentials are refused, or may not do this
	Config Kind = "config" // an input is wrong: no such project, channel, host
	Limit  Kind = "limit"  // too large, or too often for longer than it was waited
	Remote Kind = "remote" // the tool is down, slow, or answers nonsense
)

// Error is why a delivery did not arrive. No part of it holds a secret.
type Error struct {
	Tool string
	Kind Kind
	// Status is the HTTP status, 0 where there was no answer.
	Status int
	// Text says what was tried and what came of it, with what the tool said.
	Text string
	// Hint says what to do; it is never "".
	Hint string
}

// Error returns "TOOL: TEXT; HINT".
func (e *Error) Error() string { return e.Tool + ": " + e.Text + "; " + e.Hint }

// Errorf makes an error of the tool whose text is masked, on one line, and of
// bounded length.
func (c *Client) Errorf(kind Kind, status int, hint, format string, args ...any) *Error {
	return &Error{Tool: c.tool, Kind: kind, Status: status, Text: c.show(fmt.Sprintf(format, args...)), Hint: c.show(hint)}
}

// Unexpected is the error of an answer that was well received and cannot be
// understood: not the JSON that the tool's API promises.
func (c *Client) Unexpected(r *Request, response *Response, problem string) *Error {
	return c.Errorf(Remote, response.Status, "check that the address is that of the tool's API, and that no proxy answers in its place",
		"%s: the answer %s is not what the API says: %s", c.what(r), status(response.Status), problem)
}

// JSON reads the answer to a request as JSON into value.
func (c *Client) JSON(r *Request, response *Response, value any) error {
	err := json.Unmarshal(response.Body, value)
	var mismatch *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &mismatch):
		return c.Unexpected(r, response, "the type of "+strconv.Quote(mismatch.Field)+" is another")
	}
	return c.Unexpected(r, response, "it is no JSON")
}

// show makes a text fit to be shown.
func (c *Client) show(s string) string { return safe.Brief(c.mask.Text(s)) }

// what says which request an error is about.
func (c *Client) what(r *Request) string { return r.Method + " " + c.mask.Text(r.URL) }

func status(code int) string {
	if text := http.StatusText(code); text != "" {
		return fmt.Sprintf("%d %s", code, text)
	}
	return strconv.Itoa(code)
}

// refused is the error of an answer that is not 2xx.
func (c *Client) refused(r *Request, response *Response, attempts int) *Error {
	kind, hint := judge(response, c)
	text := fmt.Sprintf("%s: it answers %s", c.what(r), status(response.Status))
	if attempts > 1 {
		text += " after " + words.Count(attempts, "attempt")
	}
	// What is said is masked before it is cut, or half a secret could stay.
	if said := c.mask.Text(Said(response)); said != "" {
		text += ": " + strconv.Quote(cut(safe.Line(said), longestSaid))
	}
	return c.Errorf(kind, response.Status, hint, "%s", text)
}

// longestSaid is how much of a tool's own words is told.
const longestSaid = 300

func cut(s string, longest int) string {
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + "…"
}

// judge says whose fault a status is, and what to do.
func judge(response *Response, c *Client) (Kind, string) {
	wait, told := RetryAfter(response.Header, c.Now())
	switch code := response.Status; {
	case code == http.StatusTooManyRequests, code == http.StatusForbidden && told:
		switch {
		case told && wait >= time.Hour:
			return Limit, "try again after " + c.Now().Add(wait).UTC().Format("2 Jan 2006 15:04 UTC")
		case told:
			return Limit, "try again in " + words.Duration(wait)
		}
		return Limit, "try again later, or send less often"
	case code == http.StatusUnauthorized:
		return Auth, "check the credentials: they are wrong, or have expired"
	case code == http.StatusForbidden:
		return Auth, "give the account the permission to do this"
	case code == http.StatusProxyAuthRequired:
		return Auth, "give the proxy its credentials"
	case code == http.StatusNotFound, code == http.StatusGone:
		return Config, "check the address and the names in it; tools say this too of what the account may not see"
	case code == http.StatusConflict, code == http.StatusPreconditionFailed, code == http.StatusLocked:
		return Remote, "something else changed it at the same time: run it again"
	case code == http.StatusRequestEntityTooLarge, code == http.StatusRequestURITooLong, code == http.StatusRequestHeaderFieldsTooLarge:
		return Limit, "the tool takes less than it says: report what was sent (--dry-run shows it)"
	case code >= 500 || code == http.StatusRequestTimeout:
		return Remote, "try again later; the tool has a fault of its own"
	case code >= 400:
		return Config, "check the inputs; --dry-run shows what is sent"
	}
	return Remote, "check that the address is that of the tool's API"
}

// lost is the error of a request that had no answer.
func (c *Client) lost(ctx context.Context, r *Request, err error, attempts int) *Error {
	text := fmt.Sprintf("%s: %s", c.what(r), c.problem(ctx, err))
	if attempts > 1 {
		text += ", after " + words.Count(attempts, "attempt")
	}
	var (
		dns  *net.DNSError
		sent *Error
	)
	switch {
	case errors.As(err, &sent):
		return c.Errorf(sent.Kind, sent.Status, sent.Hint, "%s", text)
	case errors.Is(err, errURL):
		return c.Errorf(Config, 0, "give an address such as https://host/path", "%s", text)
	case errors.As(err, &dns) && dns.IsNotFound:
		return c.Errorf(Config, 0, "check the name of the host", "%s", text)
	case errors.Is(ctx.Err(), context.Canceled):
		return c.Errorf(Remote, 0, "run it again", "%s", text)
	}
	return c.Errorf(Remote, 0, "check that the tool can be reached from here, and try again later", "%s", text)
}

// problem says why there was no answer, in few words and without the URL,
// which errors of net/http quote.
func (c *Client) problem(ctx context.Context, err error) string {
	var (
		timeout interface{ Timeout() bool }
		inner   *url.Error
		dns     *net.DNSError
	)
	if errors.As(err, &inner) {
		err = inner.Err
	}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return "it was interrupted"
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "the time for the delivery ran out"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer within " + words.Duration(c.Timeout)
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("there is no host %.100q", c.mask.Text(dns.Name))
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody listens there"
	}
	return c.show(err.Error())
}

// Said returns what a tool says of itself in an answer that refuses: the first
// text under one of the names that JSON APIs use, else the text as it is, ""
// where it is HTML. It is not masked.
func Said(response *Response) string {
	body := strings.TrimSpace(string(response.Body))
	var value any
	if json.Unmarshal([]byte(body), &value) == nil {
		return strings.Join(texts(value, 0), "; ")
	}
	if strings.HasPrefix(body, "<") {
		return ""
	}
	return body
}

// texts finds what a JSON value says: all texts, those with telling names only
// where an object has such.
func texts(value any, depth int) []string {
	if depth > 4 {
		return nil
	}
	switch v := value.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case []any:
		var all []string
		for _, item := range v[:min(len(v), 5)] {
			all = append(all, texts(item, depth+1)...)
		}
		return all
	case map[string]any:
		var all []string
		for _, name := range []string{"message", "error", "error_description", "detail", "details", "title", "errorMessages", "errors", "Errors", "OperationResult", "CreateResult", "meta"} {
			if inner, ok := v[name]; ok {
				all = append(all, texts(inner, depth+1)...)
			}
		}
		if all == nil && depth > 0 { // names of fields with what is wrong with them
			for _, name := range sortedKeys(v)[:min(len(v), 5)] {
				for _, t := range texts(v[name], depth+1) {
					all = append(all, name+": "+t)
				}
			}
		}
		return all
	}
	return nil
}
