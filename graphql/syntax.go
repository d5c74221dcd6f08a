package graphql

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
)

// maxSyntaxErrors is how many syntax errors of one file are told.
const maxSyntaxErrors = 20

// syntaxErrors finds the syntax errors of a source that gqlparser refused. The
// parser stops at its first error, so the source is taken apart into
// definitions and each is parsed for itself.
func syntaxErrors(src *Source, s scanned, first error) error {
	text := overwrite(src.text, s.empty)
	starts := definitionStarts(src, s.tokens)
	var fails []error
	for i, start := range starts {
		end := len(s.tokens) - 1
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		part := chunk{src: src, tokens: s.tokens, first: start, end: end}
		_, err := parser.ParseSchema(part.source(text))
		if err != nil {
			fails = append(fails, part.fail(text, err))
		}
		if len(fails) == maxSyntaxErrors {
			break
		}
	}
	if len(fails) > 0 {
		return errors.Join(fails...)
	}
	whole := chunk{src: src, tokens: s.tokens, end: len(s.tokens) - 1}
	return whole.fail(text, first)
}

// definitionStarts returns the indices of the tokens that begin a definition
// by all appearance: a keyword at the start of a line that a name follows, or
// the description before it. The first token is always one. So is a string
// that nothing follows: it was not closed.
func definitionStarts(src *Source, tokens []token) []int {
	starts := []int{0}
	for i := 1; i < len(tokens)-1; i++ {
		if i == len(tokens)-2 && tokens[i].kind == tokenString && src.startsLine(tokens[i].start) {
			starts = append(starts, i)
			break
		}
		if tokens[i].kind != tokenName || !src.startsLine(tokens[i].start) || !isDefinition(src.text, tokens[i:]) {
			continue
		}
		if tokens[i-1].kind == tokenString && src.startsLine(tokens[i-1].start) {
			i--
		}
		if i > starts[len(starts)-1] {
			starts = append(starts, i)
		}
		if tokens[i].kind == tokenString {
			i++
		}
	}
	return starts
}

func (s *Source) startsLine(offset int32) bool {
	return offset == 0 || s.text[offset-1] == '\n' || s.text[offset-1] == '\r'
}

func isDefinition(text string, tokens []token) bool {
	next := tokens[1].kind
	switch text[tokens[0].start:tokens[0].end] {
	case "type", "interface", "union", "enum", "input", "scalar", "extend":
		return next == tokenName
	case "directive":
		return next == '@'
	case "schema":
		return next == '{' || next == '@'
	}
	return false
}

// chunk is a part of a source that is parsed for itself.
type chunk struct {
	src        *Source
	tokens     []token
	first, end int // indices of its first token, and after its last
}

func (c chunk) source(text string) *ast.Source {
	return &ast.Source{Input: text[c.tokens[c.first].start:c.tokens[c.end].start]}
}

// fail makes the error of a chunk that gqlparser refused with err.
func (c chunk) fail(text string, err error) *Error {
	var cause *gqlerror.Error
	if !errors.As(err, &cause) || len(cause.Locations) == 0 {
		return fail(ruleParse, c.src.location(span{}, ""), err, "%v", err)
	}
	offset, lexical := locate(c.source(text), cause.Locations[0])
	offset += int(c.tokens[c.first].start)
	i := c.first
	for i < len(c.tokens)-1 && int(c.tokens[i].start) < offset {
		i++
	}
	if lexical != nil {
		at := c.src.location(span{int32(offset), int32(offset + 1)}, c.element())
		return fail(ruleParse, at, err, "%s", lexicalMessage(c.src.text, offset, lexical.Message))
	}
	t := c.tokens[i]
	at := c.src.location(span{t.start, max(t.end, t.start+1)}, c.element())
	return fail(ruleParse, at, err, "%s, found %s", c.expected(cause.Message, i), c.found(i))
}

// element names the definition that the chunk begins with, where it can.
func (c chunk) element() string {
	for i := c.first; i+1 < c.end; i++ {
		if c.tokens[i].kind != tokenName {
			continue
		}
		switch c.text(i) {
		case "type", "interface", "union", "enum", "input", "scalar":
			if c.tokens[i+1].kind == tokenName {
				return c.text(i + 1)
			}
			return ""
		case "directive":
			if i+2 < c.end && c.tokens[i+2].kind == tokenName {
				return "@" + c.text(i+2)
			}
			return ""
		case "extend":
			continue
		}
		return ""
	}
	return ""
}

func (c chunk) text(i int) string { return c.src.text[c.tokens[i].start:c.tokens[i].end] }

// expected says what the grammar allows where gqlparser met the token at the
// index.
func (c chunk) expected(message string, i int) string {
	if what, ok := strings.CutPrefix(message, "Expected "); ok {
		what, _, _ = strings.Cut(what, ", found")
		switch {
		case what == "Name":
			return "expected " + c.wantedName(i)
		case strings.HasPrefix(what, `"`):
			return "expected " + what
		}
		return fmt.Sprintf("expected %q", what)
	}
	if strings.HasPrefix(message, "expected at least one") {
		return "expected a name"
	}
	if i == c.first || i == c.first+1 && c.tokens[c.first].kind == tokenString {
		return "expected the definition of a type, a directive or the schema"
	}
	open := c.open(i)
	switch before := c.text(i - 1); {
	case before == "on" || before == "|":
		return "expected a directive location"
	case before == "extend":
		return "expected type, interface, union, enum, input, scalar or schema"
	case len(open) == 0 && c.text(c.first) == "extend":
		return "expected what the extension adds"
	case len(open) == 0:
		return "expected a definition"
	case len(open) == 1 && open[0] == '{' && before != "=":
		return "expected query, mutation or subscription"
	}
	return "expected a value"
}

// open lists the brackets that are open before the token at the index.
func (c chunk) open(i int) []tokenKind {
	var open []tokenKind
	for _, t := range c.tokens[c.first:i] {
		switch t.kind {
		case '(', '[', '{':
			open = append(open, t.kind)
		case ')', ']', '}':
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	return open
}

// wantedName says what a name would have been, where gqlparser wanted one at
// the index.
func (c chunk) wantedName(i int) string {
	open := c.open(i)
	if i == c.first || len(open) == 0 {
		return "a name"
	}
	switch c.tokens[i-1].kind {
	case ':', '[':
		return "a type"
	case '&', '|', '@', '=', '(':
		return "a name"
	}
	if open[len(open)-1] == '(' {
		return `a name or ")"`
	}
	return `a name or "}"`
}

func (c chunk) found(i int) string {
	switch c.tokens[i].kind {
	case tokenEnd:
		return "the end of the file"
	case tokenString:
		return "a string"
	}
	return fmt.Sprintf("%q", c.text(i))
}

// locate returns the byte offset of the token that gqlparser places at a line
// and a column. Its columns are off by one after CRLF, so the text goes
// through the same lexer again. Where the lexer itself gives up, that error
// comes too.
func locate(src *ast.Source, at gqlerror.Location) (offset int, lexical *gqlerror.Error) {
	lex := lexer.New(src)
	for {
		tok, err := lex.ReadToken()
		start := tok.Pos.Start
		if err != nil {
			if !errors.As(err, &lexical) {
				lexical = gqlerror.Errorf("%v", err)
			}
			if !strings.HasPrefix(lexical.Message, "Unterminated") {
				offset = byteOffset(src.Input, max(start, tok.Pos.End))
				if strings.Contains(lexical.Message, "escape") { // after the backslash
					offset--
				}
				return max(offset, 0), lexical
			}
			offset = byteOffset(src.Input, start) // after the opening quotes
			if strings.HasSuffix(src.Input[:offset], `"""`) {
				return offset - 3, lexical
			}
			return max(offset-1, 0), lexical
		}
		if tok.Kind == lexer.EOF || tok.Pos.Line == at.Line && tok.Pos.Column == at.Column {
			return byteOffset(src.Input, start), nil
		}
	}
}

// byteOffset turns a number of code points into an offset.
func byteOffset(text string, points int) int {
	for i := range text {
		if points == 0 {
			return i
		}
		points--
	}
	return len(text)
}

func lexicalMessage(text string, offset int, message string) string {
	switch {
	case strings.HasPrefix(message, "Unterminated"):
		return "expected the closing quote of the string that begins here, found " + endOf(text, offset)
	case strings.HasPrefix(message, "Invalid character escape"):
		return "invalid escape sequence in a string"
	case strings.HasPrefix(message, "Invalid number"):
		return "expected a digit, found " + charAt(text, offset)
	case strings.HasPrefix(message, "Invalid character within"):
		return "invalid character in a string: " + charAt(text, offset)
	}
	return "unexpected character " + charAt(text, offset)
}

func endOf(text string, offset int) string {
	if strings.HasPrefix(text[offset:], `"""`) {
		return "the end of the file"
	}
	return "the end of the line"
}

func charAt(text string, offset int) string {
	if offset >= len(text) {
		return "the end of the file"
	}
	r, _ := utf8.DecodeRuneInString(text[offset:])
	return fmt.Sprintf("%q", r)
}
