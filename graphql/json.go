package graphql

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonReader reads JSON as a stream in which every value has its place.
type jsonReader struct {
	*builder
	src  *Source
	dec  *jsontext.Decoder
	base int // bytes before the JSON: a byte order mark
}

func newJSONReader(b *builder, src *Source) *jsonReader {
	text := strings.TrimPrefix(src.text, utf8BOM)
	return &jsonReader{
		builder: b, src: src, base: len(src.text) - len(text),
		dec: jsontext.NewDecoder(bytes.NewBufferString(text), jsontext.AllowDuplicateNames(true)),
	}
}

// next returns the place of the first character of the next value.
func (r *jsonReader) next() span {
	i := r.base + int(r.dec.InputOffset())
	for i < len(r.src.text) && strings.IndexByte(" \t\r\n,:", r.src.text[i]) >= 0 {
		i++
	}
	return span{int32(i), int32(min(i+1, len(r.src.text)))}
}

// offset returns the offset after what was last read.
func (r *jsonReader) offset() int32 { return int32(r.base + int(r.dec.InputOffset())) }

// object reads an object. The function is called with each key and must read
// the value.
func (r *jsonReader) object(member func(key string) error) (span, error) {
	if err := r.open(jsontext.KindBeginObject, "an object"); err != nil {
		return span{}, err
	}
	at := span{start: r.offset() - 1}
	if r.tokens += 2; r.tokens > MaxTokens {
		return at, fail(ruleParse, r.src.location(at, ""), nil, "the schema has more than %d objects", MaxTokens/2)
	}
	for r.dec.PeekKind() != jsontext.KindEndObject {
		key, _, err := r.text()
		if err != nil {
			return at, err
		}
		if err := member(key); err != nil {
			return at, err
		}
	}
	_, err := r.dec.ReadToken()
	at.end = r.offset()
	return at, r.syntax(err)
}

// array reads an array. The function is called once for each item and must
// read it.
func (r *jsonReader) array(item func() error) error {
	if err := r.open(jsontext.KindBeginArray, "a list"); err != nil {
		return err
	}
	for {
		switch r.dec.PeekKind() {
		case jsontext.KindEndArray:
			_, err := r.dec.ReadToken()
			return r.syntax(err)
		case jsontext.KindInvalid:
			_, err := r.dec.ReadToken()
			return r.syntax(err)
		}
		if err := item(); err != nil {
			return err
		}
	}
}

func (r *jsonReader) open(kind jsontext.Kind, what string) error {
	if err := r.expect(kind, what); err != nil {
		return err
	}
	_, err := r.dec.ReadToken()
	return r.syntax(err)
}

// expect makes an error where the next value is not of the kind.
func (r *jsonReader) expect(kind jsontext.Kind, what string) error {
	found := r.dec.PeekKind()
	if found == kind {
		return nil
	}
	if found == jsontext.KindInvalid {
		_, err := r.dec.ReadToken()
		return r.syntax(err)
	}
	return r.mismatch(r.next(), what, kindName(found))
}

// optional reads a value, or null.
func (r *jsonReader) optional(read func() error) error {
	if r.dec.PeekKind() == jsontext.KindNull {
		return r.skip()
	}
	return read()
}

// text reads a string and returns the place of its content, without quotes.
func (r *jsonReader) text() (string, span, error) {
	if err := r.expect(jsontext.KindString, "a string"); err != nil {
		return "", span{}, err
	}
	raw, err := r.dec.ReadValue()
	if err != nil {
		return "", span{}, r.syntax(err)
	}
	end := r.offset()
	at := span{end - int32(len(raw)) + 1, end - 1}
	if bytes.IndexByte(raw, '\\') < 0 {
		return r.src.text[at.start:at.end], at, nil
	}
	content, err := jsontext.AppendUnquote(nil, raw)
	return string(content), at, r.syntax(err)
}

// textOrNull reads a string, or null, which has the zero place.
func (r *jsonReader) textOrNull() (s string, at span, err error) {
	err = r.optional(func() (err error) {
		s, at, err = r.text()
		return err
	})
	return s, at, err
}

// boolean reads true, false or null, which is false.
func (r *jsonReader) boolean() (bool, error) {
	switch found := r.dec.PeekKind(); found {
	case jsontext.KindTrue, jsontext.KindFalse, jsontext.KindNull:
		return found == jsontext.KindTrue, r.skip()
	}
	return false, r.expect(jsontext.KindTrue, "true or false")
}

func (r *jsonReader) skip() error { return r.syntax(r.dec.SkipValue()) }

// end makes sure that nothing follows.
func (r *jsonReader) end() error {
	if _, err := r.dec.ReadToken(); errors.Is(err, io.EOF) {
		return nil
	}
	at := r.next()
	return r.mismatch(at, "the end of the file", charAt(r.src.text, int(at.start)))
}

// syntax turns an error of the decoder into one with a place.
func (r *jsonReader) syntax(err error) error {
	if err == nil {
		return nil
	}
	at := r.next()
	message := "the JSON is not well-formed"
	var bad *jsontext.SyntacticError
	if errors.As(err, &bad) {
		i := int32(r.base + int(bad.ByteOffset))
		at = span{i, i + 1}
		message = "invalid JSON: " + bad.Err.Error()
		if errors.Is(bad, io.ErrUnexpectedEOF) {
			message = "invalid JSON: the file ends within a value"
		}
	} else if errors.Is(err, io.EOF) {
		message = "invalid JSON: the file ends within a value"
	}
	return fail(ruleParse, r.src.location(at, r.pointer()), err, "%s", message)
}

// mismatch makes the error of a value that is not what it must be.
func (r *jsonReader) mismatch(at span, expected, found string) error {
	return fail(ruleParse, r.src.location(at, r.pointer()), nil, "expected %s, found %s", expected, found)
}

// pointer is the JSON Pointer of the value at which the reader is.
func (r *jsonReader) pointer() string { return string(r.dec.StackPointer()) }

func kindName(kind jsontext.Kind) string {
	switch kind {
	case jsontext.KindNull:
		return "null"
	case jsontext.KindTrue, jsontext.KindFalse:
		return "a boolean"
	case jsontext.KindString:
		return "a string"
	case jsontext.KindNumber:
		return "a number"
	case jsontext.KindBeginObject:
		return "an object"
	case jsontext.KindBeginArray:
		return "a list"
	}
	return fmt.Sprintf("%q", string(rune(kind)))
}
