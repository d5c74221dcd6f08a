package traffic

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// place says where in a request a value goes, and so how it is escaped.
type place uint8

const (
	inPath place = iota
	inQuery
	inHeader
	inJSON    // within the quotes of a string
	inJSONRaw // instead of a whole value, quotes included
	inText
)

// source says where a value comes from.
type source struct {
	kind  sourceKind
	index int    // of the feeder or the pool
	field int    // column of the feeder
	name  string // of what a session keeps
}

type sourceKind uint8

const (
	fromSeq sourceKind = iota
	fromFeeder
	fromPool
	fromSession
)

// names resolves what stands in {{ }}.
type names struct {
	t    *Traffic
	kept []string
}

func (n names) resolve(name string) (source, error) {
	if name == "seq" {
		return source{kind: fromSeq}, nil
	}
	if slices.Contains(n.kept, name) {
		return source{kind: fromSession, name: name}, nil
	}
	if data, column, ok := strings.Cut(name, "."); ok {
		for i := range n.t.plan.Feeders {
			if n.t.plan.Feeders[i].Name != data {
				continue
			}
			f := n.t.feeders[i]
			if f == nil { // told already
				return source{kind: fromSeq}, nil
			}
			k := slices.Index(f.columns, column)
			if k < 0 {
				return source{}, fmt.Errorf("{{%s}}: %s has no column %q; it has %s", name, f.file, column, listed(f.columns))
			}
			return source{kind: fromFeeder, index: i, field: k}, nil
		}
		return source{}, fmt.Errorf("{{%s}}: the plan has no data named %q", name, data)
	}
	for i := range n.t.plan.Pools {
		if n.t.plan.Pools[i].Name == name {
			return source{kind: fromPool, index: i}, nil
		}
	}
	return source{}, fmt.Errorf("{{%s}} is neither a pool, nor kept by an earlier step of the session, nor a column of data", name)
}

// listed joins names for a message, no more than ten.
func listed(list []string) string {
	if len(list) > 10 {
		return strings.Join(list[:10], ", ") + fmt.Sprintf(" and %d more", len(list)-10)
	}
	return strings.Join(list, ", ")
}

// holes gives every {{name}} of the values of a call a token that no escaping
// changes. After the request is made, the tokens say where the places are and
// what they need.
type holes struct {
	names   names
	sources []source // by token, equal ones shared
}

const (
	tokenText = "plumbTextHole"
	tokenRaw  = "plumbRawHole0"
	tokenSize = len(tokenText) + 5
)

// replace puts tokens for what stands in {{ }}. Only is set where the text is
// nothing but one of them.
func (h *holes) replace(text string) (out string, only bool, err error) {
	if !strings.Contains(text, "{{") {
		return text, false, nil
	}
	var b strings.Builder
	rest := text
	for {
		before, after, ok := strings.Cut(rest, "{{")
		b.WriteString(before)
		if !ok {
			break
		}
		name, tail, closed := strings.Cut(after, "}}")
		if !closed {
			return "", false, fmt.Errorf("%q has a {{ without a }}", text)
		}
		token, err := h.token(strings.TrimSpace(name), tokenText)
		if err != nil {
			return "", false, err
		}
		b.WriteString(token)
		rest = tail
	}
	out = b.String()
	return out, len(out) == tokenSize && strings.HasPrefix(out, tokenText), nil
}

func (h *holes) token(name, kind string) (string, error) {
	s, err := h.names.resolve(name)
	if err != nil {
		return "", err
	}
	k := slices.Index(h.sources, s)
	if k < 0 {
		k = len(h.sources)
		h.sources = append(h.sources, s)
	}
	if k > 9999 {
		return "", fmt.Errorf("{{%s}}: a request takes at most 10,000 values", name)
	}
	return kind + fmt.Sprintf("%04dx", k), nil
}

// template is a text with places that each request fills.
type template struct {
	parts []part
	size  int // of the fixed text
}

type part struct {
	text  string
	hole  int // −1: text only; else the source that follows the text
	place place
}

// fixed returns the text of a template without places.
func (t *template) fixed() (string, bool) {
	switch {
	case len(t.parts) == 0:
		return "", true
	case len(t.parts) == 1 && t.parts[0].hole < 0:
		return t.parts[0].text, true
	}
	return "", false
}

// cut finds the tokens in a text. In JSON a token that stands alone between
// quotes and is a raw one takes the quotes with it.
func cut(text string, at place) template {
	var t template
	for {
		i, raw := find(text)
		if i < 0 {
			if text != "" || len(t.parts) == 0 {
				t.parts = append(t.parts, part{text: text, hole: -1})
			}
			break
		}
		hole, _ := strconv.Atoi(text[i+len(tokenText) : i+tokenSize-1])
		p := part{text: text[:i], hole: hole, place: at}
		end := i + tokenSize
		if at == inJSON && raw && i > 0 && text[i-1] == '"' && end < len(text) && text[end] == '"' {
			p.text, p.place = text[:i-1], inJSONRaw
			end++
		}
		t.parts = append(t.parts, p)
		text = text[end:]
	}
	for _, p := range t.parts {
		t.size += len(p.text)
	}
	return t
}

// find returns the place of the first token.
func find(text string) (i int, raw bool) {
	for i := 0; ; {
		k := strings.Index(text[i:], "plumb")
		if k < 0 {
			return -1, false
		}
		i += k
		rest := text[i:]
		if len(rest) >= tokenSize && rest[tokenSize-1] == 'x' && (strings.HasPrefix(rest, tokenText) || strings.HasPrefix(rest, tokenRaw)) &&
			strings.Trim(rest[len(tokenText):tokenSize-1], "0123456789") == "" {
			return i, strings.HasPrefix(rest, tokenRaw)
		}
		i += len("plumb")
	}
}

// value is what a source gives to one request.
type value struct {
	text string
	raw  string // as JSON, "" where that is the quoted text
}

// append fills the places of a template.
func (t *template) append(b []byte, values []value) []byte {
	for i := range t.parts {
		p := &t.parts[i]
		b = append(b, p.text...)
		if p.hole < 0 {
			continue
		}
		v := &values[p.hole]
		switch p.place {
		case inPath, inQuery:
			b = appendURL(b, v.text)
		case inHeader:
			b = appendHeader(b, v.text)
		case inJSON:
			b = appendString(b, v.text)
		case inJSONRaw:
			if v.raw != "" {
				b = append(b, v.raw...)
				continue
			}
			b = append(b, '"')
			b = append(appendString(b, v.text), '"')
		default:
			b = append(b, v.text...)
		}
	}
	return b
}
