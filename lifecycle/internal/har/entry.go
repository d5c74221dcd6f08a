package har

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/plumbapi/plumb/check"
)

// The form of an entry in a file, as far as it is read.
type (
	rawEntry struct {
		Started  lenient     `json:"startedDateTime"`
		Request  rawRequest  `json:"request"`
		Response rawResponse `json:"response"`
	}
	rawRequest struct {
		Method string  `json:"method"`
		URL    string  `json:"url"`
		Header pairs   `json:"headers"`
		Query  pairs   `json:"queryString"`
		Body   rawBody `json:"postData"`
	}
	rawResponse struct {
		Status lenient `json:"status"`
		Header pairs   `json:"headers"`
		Body   rawBody `json:"content"`
	}
	rawBody struct {
		Type     string  `json:"mimeType"`
		Text     *string `json:"text"`
		Encoding string  `json:"encoding"`
		Params   pairs   `json:"params"`
	}
)

// parseEntry reads one entry. The error is one about the entry, whose place is
// given.
func parseEntry(raw jsontext.Value, at check.Location) (*Entry, error) {
	var e rawEntry
	err := json.Unmarshal(raw, &e, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return nil, entryError(err, at)
	}
	if e.Request.Method == "" || e.Request.URL == "" {
		missing := "method"
		if e.Request.Method != "" {
			missing = "url"
		}
		at.Element += "/request"
		return nil, &Error{Location: at, Entry: true, Message: fmt.Sprintf("the request has no %q", missing)}
	}
	return &Entry{
		Started: moment(string(e.Started)),
		Request: Request{
			Method: e.Request.Method,
			URL:    withQuery(e.Request.URL, e.Request.Query),
			Header: e.Request.Header.header(),
			Body:   e.Request.Body.body(),
		},
		Response: Response{
			Status: status(string(e.Response.Status)),
			Header: e.Response.Header.header(),
			Body:   e.Response.Body.body(),
		},
	}, nil
}

func entryError(err error, at check.Location) error {
	message := err.Error()
	var bad *json.SemanticError
	if errors.As(err, &bad) {
		at.Element += string(bad.JSONPointer)
		message = "a value of the wrong type"
		if want := kindOf(bad); want != "" {
			message = "expected " + want
		}
		if bad.JSONKind != 0 {
			message += ", found " + named(bad.JSONKind)
		}
	}
	return &Error{Location: at, Entry: true, Err: err, Message: message}
}

// kindOf says what a value should have been.
func kindOf(bad *json.SemanticError) string {
	if errors.Is(bad, errPairs) {
		return "a list of names and values"
	}
	if bad.GoType == nil {
		return ""
	}
	switch bad.GoType.Name() {
	case "string", "lenient":
		return "a string"
	}
	return "an object"
}

func named(kind jsontext.Kind) string {
	switch kind {
	case jsontext.KindString:
		return "a string"
	case jsontext.KindNumber:
		return "a number"
	case jsontext.KindTrue, jsontext.KindFalse:
		return "a boolean"
	case jsontext.KindBeginArray:
		return "a list"
	case jsontext.KindBeginObject:
		return "an object"
	}
	return "null"
}

// lenient is a string, or a number as it is written; anything else is "".
type lenient string

// UnmarshalJSONFrom reads the value.
func (l *lenient) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	switch dec.PeekKind() {
	case jsontext.KindString, jsontext.KindNumber:
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		*l = lenient(token.String())
		return nil
	}
	return dec.SkipValue()
}

// pairs is a list of objects with a name and a value, or an object whose
// members are names and values, as some tools write headers.
type pairs []pair

type pair struct {
	Name  lenient `json:"name"`
	Value lenient `json:"value"`
}

var errPairs = errors.New("no list of names and values")

// UnmarshalJSONFrom reads either form; null is the empty list.
func (p *pairs) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	switch dec.PeekKind() {
	case jsontext.KindBeginArray:
		return json.UnmarshalDecode(dec, (*[]pair)(p))
	case jsontext.KindBeginObject:
		return p.members(dec)
	case jsontext.KindNull, jsontext.KindInvalid:
		return dec.SkipValue()
	}
	return errPairs
}

func (p *pairs) members(dec *jsontext.Decoder) error {
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() != jsontext.KindEndObject {
		name, err := dec.ReadToken()
		if err != nil {
			return err
		}
		one := pair{Name: lenient(name.String())}
		if dec.PeekKind() == jsontext.KindBeginArray {
			var list []lenient
			if err := json.UnmarshalDecode(dec, &list); err != nil {
				return err
			}
			for _, one.Value = range list {
				*p = append(*p, one)
			}
			continue
		}
		if err := json.UnmarshalDecode(dec, &one.Value); err != nil {
			return err
		}
		*p = append(*p, one)
	}
	_, err := dec.ReadToken()
	return err
}

// header makes the headers. Browsers write a header that came several times
// as one, its values on lines of their own.
func (p pairs) header() http.Header {
	h := make(http.Header, len(p))
	for _, one := range p {
		if one.Name == "" {
			continue
		}
		for line := range strings.SplitSeq(string(one.Value), "\n") {
			h.Add(string(one.Name), strings.TrimSuffix(line, "\r"))
		}
	}
	return h
}

// query writes the pairs as a query or a form has them, in their order.
func (p pairs) query() string {
	var b strings.Builder
	for i, one := range p {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(string(one.Name)) + "=" + url.QueryEscape(string(one.Value)))
	}
	return b.String()
}

// withQuery adds the query to an address that was recorded without it.
func withQuery(address string, query pairs) string {
	if len(query) == 0 || strings.Contains(address, "?") {
		return address
	}
	address, fragment, ok := strings.Cut(address, "#")
	address += "?" + query.query()
	if ok {
		address += "#" + fragment
	}
	return address
}

func (b *rawBody) body() Body {
	switch {
	case b.Text == nil && len(b.Params) > 0:
		return Body{Recorded: true, Type: b.Type, Text: b.Params.query()}
	case b.Text == nil:
		return Body{Type: b.Type}
	case !strings.EqualFold(b.Encoding, "base64"):
		return Body{Recorded: true, Type: b.Type, Text: *b.Text}
	}
	text, err := base64.StdEncoding.DecodeString(*b.Text)
	if err != nil {
		text, err = base64.RawStdEncoding.DecodeString(*b.Text)
	}
	return Body{Recorded: err == nil, Type: b.Type, Text: string(text)}
}

// status reads a status code. Some tools write it as a string, or with its
// text behind it.
func status(s string) int {
	s, _, _ = strings.Cut(strings.TrimSpace(s), " ")
	code, err := strconv.Atoi(s)
	if err != nil || code < 0 || code > 999 {
		return 0
	}
	return code
}

// moment reads when a request was sent: ISO 8601 with or without a zone, UTC
// where there is none, or seconds or milliseconds since 1970.
func moment(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", time.DateTime} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	seconds, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || !(seconds > 0 && seconds < 1e14):
		return time.Time{}
	case seconds > 1e11:
		return time.UnixMilli(int64(seconds)).UTC()
	}
	return time.UnixMilli(int64(seconds * 1000)).UTC()
}
