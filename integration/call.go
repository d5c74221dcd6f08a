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
