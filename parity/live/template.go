package live

import (
	"net/url"
	"strings"
)

// template is a path of a description, cut into segments.
type template struct {
	segments []segment
}

// segment is one part of a path: literal text and names of parameters in
// turn, as in {base}...{head}.
type segment struct {
	texts  []string // len(params)+1
	params []string
}

func parsePath(path string) *template {
	t := &template{}
	for _, text := range strings.Split(path, "/") {
		if text == "" {
			continue
		}
		s := segment{}
		for {
			start := strings.IndexByte(text, '{')
			end := strings.IndexByte(text, '}')
			if start < 0 || end < start {
				break
			}
			s.texts = append(s.texts, text[:start])
			s.params = append(s.params, text[start+1:end])
			text = text[end+1:]
		}
		s.texts = append(s.texts, text)
		t.segments = append(t.segments, s)
	}
	return t
}

// shape is the path without the names of its parameters.
func (t *template) shape() string {
	var b strings.Builder
	for _, s := range t.segments {
		b.WriteByte('/')
		b.WriteString(strings.Join(s.texts, "{}"))
	}
	return b.String()
}

// params are the names of the parameters in order.
func (t *template) params() []string {
	var names []string
	for _, s := range t.segments {
		names = append(names, s.params...)
	}
	return names
}

// homes are the path up to each of its parameters: /a/{x} and /a/{x}/b/{y}
// for /a/{x}/b/{y}/c. Segments of several parameters have none.
func (t *template) homes() []*template {
	var out []*template
	for i, s := range t.segments {
		if len(s.params) > 1 {
			return out
		}
		if len(s.params) == 1 {
			out = append(out, &template{segments: t.segments[:i+1]})
		}
	}
	return out
}

// home is the path up to its last parameter, nil where it has none.
func (t *template) home() *template {
	homes := t.homes()
	if len(homes) == 0 || len(homes) != len(t.params()) {
		return nil
	}
	return homes[len(homes)-1]
}

// parent is the path without its last segment.
func (t *template) parent() *template {
	return &template{segments: t.segments[:len(t.segments)-1]}
}

// noun is the literal text before a parameter: books of /books/{id}.
func (t *template) noun(param string) string {
	last := ""
	for _, s := range t.segments {
		for _, p := range s.params {
			if p == param {
				return last
			}
		}
		if len(s.params) == 0 {
			last = s.texts[0]
		}
	}
	return last
}

// fill puts values into the path, escaped.
func (t *template) fill(values map[string]string) string {
	var b strings.Builder
	for _, s := range t.segments {
		b.WriteByte('/')
		for i, text := range s.texts {
			b.WriteString(text)
			if i < len(s.params) {
				b.WriteString(url.PathEscape(values[s.params[i]]))
			}
		}
	}
	if b.Len() == 0 {
		return "/"
	}
	return b.String()
}
