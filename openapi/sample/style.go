package sample

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// style is how a parameter's value is written (OpenAPI 3.2, "Style Values";
// 2.0, collectionFormat).
type style struct {
	in, name, style string
	explode         bool
	reserved        bool // reserved characters stay as they are
	json            bool // the value is written as JSON
}

func defaultStyle(in string) string {
	if in == "path" || in == "header" {
		return "simple"
	}
	return "form"
}

// styleOf returns the style of a parameter.
func styleOf(doc *openapi.Document, p *openapi.Node) style {
	s := style{in: p.Get("in").Text(), name: p.Get("name").Text(), style: p.Get("style").Text()}
	if doc.Version() == openapi.V20 {
		return s.collection(p.Get("collectionFormat").Text())
	}
	if s.style == "" {
		s.style = defaultStyle(s.in)
	}
	s.explode = s.style == "form" || s.style == "cookie"
	if e, ok := p.Get("explode").Bool(); ok {
		s.explode = e
	}
	s.reserved = p.Get("allowReserved").IsTrue()
	s.json = p.Has("content")
	return s
}

// collection sets the style that a collectionFormat of 2.0 stands for.
func (s style) collection(format string) style {
	s.style = defaultStyle(s.in)
	switch format {
	case "multi":
		s.style, s.explode = "form", true
	case "ssv":
		s.style = "spaceDelimited"
	case "pipes":
		s.style = "pipeDelimited"
	case "tsv":
		s.style = "tabDelimited"
	}
	return s
}

// plainText returns a text as it is.
func plainText(s string) string { return s }

// escape percent-encodes all but unreserved characters (RFC 3986, 2.3) and
// those in keep.
func escape(s, keep string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 || strings.IndexByte(keep, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

// EscapePath encodes a text as part of a path's segment.
func EscapePath(s string) string { return escape(s, "") }

// EscapeQuery encodes a text as part of a name or a value in a query or a
// form.
func EscapeQuery(s string) string { return escape(s, "") }

func (s style) escape(text string) string {
	if s.reserved {
		return escape(text, ":/?@!$'()*,;")
	}
	return escape(text, "")
}

// text returns a value within another as text: what is no scalar is JSON.
func text(v *Value) string {
	switch v.Kind {
	case openapi.Array, openapi.Object:
		return v.JSON()
	case openapi.Null:
		return ""
	}
	return v.Text
}

// joined writes a list or an object with a delimiter between its members.
func (s style) joined(v *Value, delimiter string, enc func(string) string) string {
	if s.json {
		return enc(v.JSON())
	}
	var parts []string
	switch v.Kind {
	case openapi.Array:
		for _, item := range v.Items {
			parts = append(parts, enc(text(item)))
		}
	case openapi.Object:
		for _, m := range v.Members {
			if s.explode {
				parts = append(parts, enc(m.Name)+"="+enc(text(m.Value)))
			} else {
				parts = append(parts, enc(m.Name), enc(text(m.Value)))
			}
		}
	default:
		return enc(text(v))
	}
	return strings.Join(parts, delimiter)
}

// path writes a path parameter: simple, label or matrix.
func (s style) path(v *Value) string {
	compound := v.Kind == openapi.Array || v.Kind == openapi.Object
	switch {
	case s.style == "label" && s.explode && compound:
		return "." + s.joined(v, ".", s.escape)
	case s.style == "label":
		return "." + s.joined(v, ",", s.escape)
	case s.style == "matrix" && s.explode && v.Kind == openapi.Object:
		return ";" + s.joined(v, ";", s.escape)
	case s.style == "matrix" && s.explode && v.Kind == openapi.Array:
		var b strings.Builder
		for _, item := range v.Items {
			b.WriteString(";" + escape(s.name, "") + "=" + s.escape(text(item)))
		}
		return b.String()
	case s.style == "matrix":
		return ";" + escape(s.name, "") + "=" + s.joined(v, ",", s.escape)
	case s.style == "pipeDelimited":
		return s.joined(v, "%7C", s.escape)
	case s.style == "spaceDelimited":
		return s.joined(v, "%20", s.escape)
	case s.style == "tabDelimited":
		return s.joined(v, "%09", s.escape)
	}
	return s.joined(v, ",", s.escape)
}

// query writes a query parameter as pairs: form, spaceDelimited,
// pipeDelimited or deepObject.
func (s style) query(v *Value) []string {
	name := escape(s.name, "[]")
	compound := v.Kind == openapi.Array || v.Kind == openapi.Object
	switch {
	case s.in == "querystring":
		return []string{s.joined(v, "&", s.escape)}
	case s.json || !compound:
		return []string{name + "=" + s.joined(v, "", s.escape)}
	case s.style == "deepObject":
		return s.deep(name, v, 0)
	case s.explode && v.Kind == openapi.Array:
		pairs := make([]string, len(v.Items))
		for i, item := range v.Items {
			pairs[i] = name + "=" + s.escape(text(item))
		}
		return pairs
	case s.explode && s.style == "form":
		pairs := make([]string, len(v.Members))
		for i, m := range v.Members {
			pairs[i] = escape(m.Name, "") + "=" + s.escape(text(m.Value))
		}
		return pairs
	case s.style == "spaceDelimited":
		return []string{name + "=" + s.joined(v, "%20", s.escape)}
	case s.style == "pipeDelimited":
		return []string{name + "=" + s.joined(v, "%7C", s.escape)}
	case s.style == "tabDelimited":
		return []string{name + "=" + s.joined(v, "%09", s.escape)}
	}
	return []string{name + "=" + s.joined(v, ",", s.escape)}
}

// deep writes an object with the names of its members in brackets. What is
// below the first level is not in the specification; the way it is written is
// that of PHP and Rails, which servers understand.
func (s style) deep(name string, v *Value, depth int) []string {
	if depth > maxDepth {
		return nil
	}
	var pairs []string
	switch v.Kind {
	case openapi.Object:
		for _, m := range v.Members {
			pairs = append(pairs, s.deep(name+"["+escape(m.Name, "")+"]", m.Value, depth+1)...)
		}
	case openapi.Array:
		for _, item := range v.Items {
			pairs = append(pairs, s.deep(name+"[]", item, depth+1)...)
		}
	default:
		pairs = append(pairs, name+"="+s.escape(text(v)))
	}
	return pairs
}

func (s style) cookie(v *Value) string {
	enc := s.escape
	if s.style == "cookie" {
		enc = plainText
	}
	return escape(s.name, "") + "=" + s.joined(v, ",", enc)
}
