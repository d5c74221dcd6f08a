package graphql

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
)

// parseValue reads a constant written in SDL's syntax, as introspection tells
// default values. The tokens of the value are added to the count.
func parseValue(text string, tokens *int) (*Value, error) {
	p := &valueParser{lex: lexer.New(&ast.Source{Input: text}), tokens: tokens}
	if err := p.advance(); err != nil {
		return nil, err
	}
	v, err := p.value(0)
	if err != nil {
		return nil, err
	}
	if p.tok.Kind != lexer.EOF {
		return nil, p.unexpected("the end")
	}
	return v, nil
}

type valueParser struct {
	lex    lexer.Lexer
	tok    lexer.Token
	tokens *int
}

func (p *valueParser) advance() (err error) {
	p.tok, err = p.lex.ReadToken()
	for err == nil && p.tok.Kind == lexer.Comment {
		p.tok, err = p.lex.ReadToken()
	}
	if *p.tokens++; err == nil && *p.tokens > MaxTokens {
		return fmt.Errorf("the schema has more than %d values", MaxTokens)
	}
	if err != nil {
		return fmt.Errorf("%q is no value", shorten(p.lex.Input))
	}
	return nil
}

func (p *valueParser) unexpected(wanted string) error {
	return fmt.Errorf("expected %s in the value %q, found %s", wanted, shorten(p.lex.Input), p.tok.String())
}

func (p *valueParser) value(depth int) (*Value, error) {
	if depth > MaxDepth {
		return nil, fmt.Errorf("brackets nest deeper than %d levels", MaxDepth)
	}
	v := &Value{Text: p.tok.Value}
	switch p.tok.Kind {
	case lexer.Int:
		v.Kind = IntValue
	case lexer.Float:
		v.Kind = FloatValue
	case lexer.String, lexer.BlockString:
		v.Kind = StringValue
	case lexer.Name:
		switch v.Text {
		case "true", "false":
			v.Kind = BooleanValue
		case "null":
			v.Kind = NullValue
		default:
			v.Kind = EnumLiteral
		}
	case lexer.BracketL:
		return p.list(depth)
	case lexer.BraceL:
		return p.object(depth)
	default:
		return nil, p.unexpected("a value")
	}
	return v, p.advance()
}

func (p *valueParser) list(depth int) (*Value, error) {
	v := &Value{Kind: ListValue}
	if err := p.advance(); err != nil {
		return nil, err
	}
	for p.tok.Kind != lexer.BracketR {
		item, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		v.Items = append(v.Items, item)
	}
	return v, p.advance()
}

func (p *valueParser) object(depth int) (*Value, error) {
	v := &Value{Kind: ObjectValue}
	if err := p.advance(); err != nil {
		return nil, err
	}
	for p.tok.Kind != lexer.BraceR {
		field := ValueField{Name: p.tok.Value}
		if p.tok.Kind != lexer.Name {
			return nil, p.unexpected("a name")
		}
		err := p.advance()
		if err == nil && p.tok.Kind != lexer.Colon {
			err = p.unexpected(`":"`)
		}
		if err == nil {
			err = p.advance()
		}
		if err == nil {
			field.Value, err = p.value(depth + 1)
		}
		if err != nil {
			return nil, err
		}
		v.Fields = append(v.Fields, field)
	}
	return v, p.advance()
}
