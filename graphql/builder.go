package graphql

import (
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
)

// builder gathers definitions from any number of sources and then makes a
// schema of them.
type builder struct {
	bytes, tokens int
	refs          *typeRefs

	sources     []*Source
	types       []*Type // definitions and extensions, in source order
	directives  []*DirectiveDefinition
	definitions []*SchemaDefinition
	// invalidValues are default values that introspection tells in no
	// readable form.
	invalidValues []invalidValue

	problems []check.Finding
	full     bool // there are more than maxProblems
}

type invalidValue struct {
	input *InputValue
	err   error
}

func newBuilder() *builder {
	return &builder{refs: newTypeRefs()}
}

// read reads one file, whatever its syntax.
func (b *builder) read(file File) error {
	at := check.Location{File: file.Name}
	if b.bytes += len(file.Data); b.bytes > MaxBytes {
		return fail(ruleParse, at, errTooLarge, "%v; expected a GraphQL schema", errTooLarge)
	}
	text := string(file.Data)
	if err := readable(file.Name, text); err != nil {
		return err
	}
	src := newSource(file.Name, text)
	b.sources = append(b.sources, src)
	switch start := firstByte(text); text[start] {
	case '{', '[':
		return b.readIntrospection(src, start)
	case '<':
		return fail(ruleParse, src.location(span{int32(start), int32(start + 1)}, ""), nil,
			"expected SDL or introspection JSON, found %s", markup(text[start:]))
	}
	return b.readSDL(src)
}

// firstByte returns the offset of the first byte that is neither white space
// nor a byte order mark.
func firstByte(text string) int {
	rest := strings.TrimLeft(strings.TrimPrefix(text, utf8BOM), " \t\r\n")
	return len(text) - len(rest)
}

func markup(text string) string {
	head := strings.ToLower(text[:min(len(text), 512)])
	if strings.Contains(head, "<html") || strings.HasPrefix(head, "<!doctype html") {
		return "HTML"
	}
	return "markup"
}

// readable says why a text is none: it is empty, binary or in a foreign
// encoding.
func readable(name, text string) error {
	at := func(offset int) check.Location {
		return newSource(name, text).location(span{int32(offset), int32(offset + 1)}, "")
	}
	switch {
	case firstByte(text) == len(text):
		return fail(ruleParse, check.Location{File: name}, nil, "is empty; expected a GraphQL schema")
	case strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff"):
		return fail(ruleParse, check.Location{File: name}, nil, "is in UTF-16; expected UTF-8")
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return fail(ruleParse, at(i), nil, "has a NUL byte, as binary data has; expected a GraphQL schema")
	}
	if !utf8.ValidString(text) {
		i := invalidUTF8(text)
		return fail(ruleParse, at(i), nil, "byte 0x%02X is not UTF-8", text[i])
	}
	return nil
}

func invalidUTF8(text string) int {
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD") {
			return i
		}
	}
	return 0
}
