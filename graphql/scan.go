package graphql

import "strings"

// token is one token of SDL, by its place. gqlparser's syntax tree says what
// was written but little of where: names have a place, in code points, and
// nothing has an end. The list of tokens has the rest.
type token struct {
	start, end int32
	kind       tokenKind
}

// tokenKind is the character of a punctuator, or one of the constants.
type tokenKind byte

const (
	tokenEnd     tokenKind = 0
	tokenName    tokenKind = 'n'
	tokenNumber  tokenKind = '0'
	tokenString  tokenKind = '"'
	tokenInvalid tokenKind = '?'
)

// scanned is the outcome of scan.
type scanned struct {
	tokens []token // the last is a tokenEnd
	// empty are the places of {} where a definition has its body. The grammar
	// has no such body, and yet people write it.
	empty []span
	// over is the place at which a limit was passed, overWhat the limit.
	over     span
	overWhat string
	comments int
}

// scan splits SDL into tokens. It accepts any text: what is no token becomes
// a tokenInvalid, and it is the parser that complains. Where the text is
// well-formed its tokens are those of gqlparser's lexer.
func scan(text string, maxTokens, maxDepth int) scanned {
	s := scanned{tokens: make([]token, 0, len(text)/16+8)}
	depth := 0
	for i := 0; i < len(text); {
		c := text[i]
		t := token{start: int32(i), kind: tokenKind(c)}
		switch {
		case c == ' ' || c == '\n' || c == ',' || c == '\t' || c == '\r':
			i++
			continue
		case c == '#':
			i = endOfLine(text, i)
			if s.comments++; s.comments+len(s.tokens) <= maxTokens {
				continue
			}
		case isNameStart(c):
			i = endOfName(text, i+1)
			t.kind = tokenName
		case c == '"':
			i = endOfString(text, i)
		case c == '-' || isDigit(c):
			i = endOfNumber(text, i)
			t.kind = tokenNumber
		case c == '(' || c == '[' || c == '{':
			i++
			depth++
		case c == ')' || c == ']' || c == '}':
			i++
			depth--
			s.noteEmpty(t, depth)
		case c == '.' && strings.HasPrefix(text[i:], "..."):
			i += 3
		case strings.HasPrefix(text[i:], utf8BOM):
			i += len(utf8BOM)
			continue
		default:
			i++
			if !strings.ContainsRune("!$&:=@|", rune(c)) {
				t.kind = tokenInvalid
			}
		}
		t.end = int32(i)
		s.tokens = append(s.tokens, t)
		if len(s.tokens)+s.comments > maxTokens || depth > maxDepth {
			s.over, s.overWhat = span{t.start, t.end}, "tokens"
			if depth > maxDepth {
				s.overWhat = "depth"
			}
			break
		}
	}
	s.tokens = append(s.tokens, token{start: int32(len(text)), end: int32(len(text))})
	return s
}

// noteEmpty remembers a closing brace that follows its opening brace at once,
// outside of all other brackets and after a name or a directive's arguments:
// there it cannot be a value.
func (s *scanned) noteEmpty(closing token, depth int) {
	n := len(s.tokens)
	if closing.kind != '}' || depth != 0 || n < 2 || s.tokens[n-1].kind != '{' {
		return
	}
	if before := s.tokens[n-2].kind; before == tokenName || before == ')' {
		s.empty = append(s.empty, span{s.tokens[n-1].start, closing.start + 1})
	}
}

const utf8BOM = "\ufeff"

func isNameStart(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func endOfName(text string, i int) int {
	for i < len(text) && (isNameStart(text[i]) || isDigit(text[i])) {
		i++
	}
	return i
}

func endOfLine(text string, i int) int {
	for i < len(text) && text[i] != '\n' && text[i] != '\r' {
		i++
	}
	return i
}

func endOfNumber(text string, i int) int {
	digits := func() {
		for i < len(text) && isDigit(text[i]) {
			i++
		}
	}
	i++ // the sign or the first digit
	digits()
	if i < len(text) && text[i] == '.' {
		i++
		digits()
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		i++
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		digits()
	}
	return i
}

// endOfString returns the end of the string or block string that starts at
// i. One that is not closed ends with its line, or with the text.
func endOfString(text string, i int) int {
	if strings.HasPrefix(text[i:], `"""`) {
		return endOfBlock(text, i+3)
	}
	for i++; i < len(text); i++ {
		switch text[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		case '\n', '\r':
			return i
		}
	}
	return len(text)
}

// endOfBlock returns the end of the block string whose content starts at i:
// of three or more quotes in a row the last three close it, unless a
// backslash stands before them.
func endOfBlock(text string, start int) int {
	for i := start; ; {
		quote := strings.IndexByte(text[i:], '"')
		if quote < 0 {
			return len(text)
		}
		escaped := quote > 0 && text[i+quote-1] == '\\'
		i += quote
		if escaped && strings.HasPrefix(text[i:], `"""`) {
			i += 3
			continue
		}
		n := 1
		for i+n < len(text) && text[i+n] == '"' {
			n++
		}
		i += n
		if n >= 3 {
			return i
		}
	}
}
