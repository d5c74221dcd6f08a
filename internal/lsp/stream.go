package lsp

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"go.lsp.dev/jsonrpc2"
)

// What a message may take. A header that promises more is refused before
// anything is read of what it promises.
const (
	mostHeader  = 8 << 10
	mostMessage = 256 << 20
)

// stream frames messages as the protocol does: a header that says how long the
// message is, an empty line, the message. It implements [jsonrpc2.Stream].
//
// A message that is no JSON, or a batch, which the protocol does not have, is
// answered with an error, and the next one is read: the header has said where it
// starts. What is wrong with a header ends the conversation.
type stream struct {
	conn io.ReadWriteCloser
	in   *bufio.Reader

	writing sync.Mutex
}

func newStream(conn io.ReadWriteCloser) *stream {
	return &stream{conn: conn, in: bufio.NewReaderSize(conn, mostHeader)}
}

// Read implements [jsonrpc2.Stream].
func (s *stream) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		body, err := s.frame()
		if err != nil {
			return nil, 0, err
		}
		var wrong *jsonrpc2.Error
		m, err := decode(body)
		switch {
		case err == nil:
			return m, int64(len(body)), nil
		case !errors.As(err, &wrong):
			return nil, 0, err
		}
		refusal := fmt.Appendf(nil, `{"jsonrpc":"2.0","id":null,"error":{"code":%d,"message":%q}}`, wrong.Code, wrong.Message)
		if err := s.send(refusal); err != nil {
			return nil, 0, err
		}
	}
}

// mostDepth is how deeply what is in a message may be nested.
const mostDepth = 1000

// decode reads a message. What it returns is its own.
func decode(body []byte) (jsonrpc2.Message, error) {
	if text := bytes.TrimLeft(body, " \t\r\n"); len(text) > 0 && text[0] == '[' {
		return nil, jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the Language Server Protocol has no batches")
	}
	if deeper(body, mostDepth) {
		return nil, jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the message is nested too deeply")
	}
	m, err := jsonrpc2.DecodeMessage(body)
	var wrong *jsonrpc2.Error
	if err != nil && !errors.As(err, &wrong) {
		return nil, jsonrpc2.NewError(jsonrpc2.ParseError, "the message cannot be read")
	}
	return m, err
}

// deeper reports whether a text of JSON has more brackets open within one
// another.
func deeper(text []byte, most int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth > most {
				return true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return false
}

// frame reads a header and what it announces. The error is io.EOF where the
// stream ends between two messages.
func (s *stream) frame() ([]byte, error) {
	length, err := s.header()
	if err != nil {
		return nil, err
	}
	// What is there makes the buffer grow, not what was promised.
	var body bytes.Buffer
	body.Grow(min(length, 1<<20))
	if n, err := io.CopyN(&body, s.in, int64(length)); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("the stream ended after %d of the %d bytes of a message", n, length)
		}
		return nil, err
	}
	return body.Bytes(), nil
}

// header reads a header up to its empty line and returns the length that it
// gives.
func (s *stream) header() (int, error) {
	length, read := -1, 0
	for {
		line, err := s.in.ReadSlice('\n')
		read += len(line)
		switch {
		case errors.Is(err, io.EOF) && read == 0:
			return 0, io.EOF
		case errors.Is(err, io.EOF):
			return 0, errors.New("the stream ended within the header of a message")
		case errors.Is(err, bufio.ErrBufferFull), err == nil && read > mostHeader:
			return 0, fmt.Errorf("the header of a message is longer than %d bytes", mostHeader)
		case err != nil:
			return 0, err
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			break
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return 0, fmt.Errorf("%.80q is no line of the header of a message", text)
		}
		if !strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			continue
		}
		if length >= 0 {
			return 0, errors.New("the header of a message gives its Content-Length twice")
		}
		if length, err = lengthOf(strings.TrimSpace(value)); err != nil {
			return 0, err
		}
	}
	if length < 0 {
		return 0, errors.New("the header of a message gives no Content-Length")
	}
	return length, nil
}

func lengthOf(value string) (int, error) {
	if value == "" || strings.Trim(value, "0123456789") != "" {
		return 0, fmt.Errorf("the Content-Length of a message is %.80q, which is no number of bytes", value)
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n > mostMessage {
		return 0, fmt.Errorf("a message of %.80s bytes is announced, and %d are the most", value, mostMessage)
	}
	return int(n), nil
}

// Write implements [jsonrpc2.Stream].
func (s *stream) Write(ctx context.Context, m jsonrpc2.Message) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	body, err := jsonrpc2.EncodeMessage(m)
	if err != nil {
		return 0, err
	}
	return int64(len(body)), s.send(body)
}

// send writes a message whole, in one call.
func (s *stream) send(body []byte) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	_, err := s.conn.Write(append(fmt.Appendf(make([]byte, 0, len(body)+32), "Content-Length: %d\r\n\r\n", len(body)), body...))
	return err
}

// Close implements [jsonrpc2.Stream].
func (s *stream) Close() error { return s.conn.Close() }
