package integration

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
)

// Call sends a request with in as its JSON, and reads the answer's JSON into
// out; either may be nil. The request is filled in and may be looked at
// afterwards. See [Client.Do] for errors; an answer that is no JSON is one too.
func (c *Client) Call(ctx context.Context, r *Request, in, out any) (*Response, error) {
	if r.Header == nil {
		r.Header = http.Header{}
	}
	if in != nil {
		body, err := Encode(in)
		if err != nil {
			return nil, c.Errorf(Config, 0, "report this", "%s: the request cannot be written as JSON", c.what(r))
		}
		r.Body = body
		if r.Header.Get("Content-Type") == "" {
			r.Header.Set("Content-Type", "application/json")
		}
	}
	if r.Header.Get("Accept") == "" {
		r.Header.Set("Accept", "application/json")
	}
	response, err := c.Do(ctx, r)
	if err != nil || out == nil {
		return response, err
	}
	return response, c.JSON(r, response, out)
}

// Answer reads the JSON that answers a request into out. Where out is nil it must
// be an object, so that what is not the tool's own answer is seen; a request that
// changes something may be answered by nothing.
func (c *Client) Answer(r *Request, response *Response, out any) error {
	if out == nil {
		out = &map[string]any{}
	}
	if len(response.Body) == 0 && r.Method != http.MethodGet {
		return nil
	}
	return c.JSON(r, response, out)
}

// Grant sends a request for a token by OAuth 2.0's client credentials (RFC 6749,
// 4.4) and returns the token. The response is there for an error too, as that of
// [Client.Do] is.
func (c *Client) Grant(ctx context.Context, r *Request) (token string, response *Response, err error) {
	if response, err = c.Do(ctx, r); err != nil {
		return "", response, err
	}
	var answer struct {
		Token string `json:"access_token"`
	}
	if err := c.JSON(r, response, &answer); err != nil {
		return "", response, err
	}
	if answer.Token == "" {
		return "", response, c.Unexpected(r, response, "it has no access_token")
	}
	return answer.Token, response, nil
}

// Encode writes a value as JSON without a line break at its end, and without
// the escapes that HTML would need: limits count what is sent.
func Encode(value any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
