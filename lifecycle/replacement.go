package lifecycle

import (
	"regexp"
	"strings"
)

var (
	operationForm  = regexp.MustCompile(`^[A-Z]{3,10} /`)
	coordinateForm = regexp.MustCompile(`^[A-Z_]\w*\.\w+(?:\(\w+:\))?$`)
	nameForm       = regexp.MustCompile(`^:?[A-Za-z_][\w-]*$`)
)

// replacement finds what an element's replacement names. The result is nil
// where nothing is found; named is true where the text has the form of a name
// that must be found: an operation, a path, a pointer, a coordinate of a
// surface that is there. A bare name is looked for beside the element, and may
// as well be a word.
func (s *Subject) replacement(e *Element) (target *Element, named bool) {
	text := strings.Trim(e.State.Replacement, "`")
	x := s.lookup()
	switch {
	case strings.HasPrefix(text, "#/"):
		target = x.at[at{e.Location.File, text[1:]}]
		return target, e.Surface != GraphQL
	case operationForm.MatchString(text):
		return x.paths[nameless(text)], x.has[REST]
	case strings.HasPrefix(text, "/"):
		return s.path(e, text), x.has[REST]
	case coordinateForm.MatchString(text):
		if t := s.find(GraphQL, text); t != nil {
			return t, true
		}
		if t := s.find(REST, text); t != nil {
			return t, true
		}
		owner, _, _ := strings.Cut(text, ".")
		return nil, s.find(GraphQL, owner) != nil || e.Surface == GraphQL || s.find(REST, owner) != nil
	case nameForm.MatchString(text):
		return s.beside(e, strings.TrimPrefix(text, ":")), false
	}
	return nil, false
}

// path finds the operation on a path: that of the element's own method, or
// any.
func (s *Subject) path(e *Element, path string) *Element {
	method, _, _ := strings.Cut(e.Operation, " ")
	methods := append([]string{method}, "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
	for _, m := range methods {
		if t := s.lookup().paths[nameless(m+" "+path)]; t != nil {
			return t
		}
	}
	return nil
}

// beside finds what has the name in the place of the element: another field
// of its type, another parameter of its operation.
func (s *Subject) beside(e *Element, name string) *Element {
	for _, sep := range []string{"(", ".", " "} {
		i := strings.LastIndex(e.Name, sep)
		if i < 0 {
			continue
		}
		candidate := e.Name[:i] + sep + name
		if sep == "(" {
			candidate += ":)"
		}
		if t := s.find(e.Surface, candidate); t != nil {
			return t
		}
	}
	return s.find(e.Surface, name)
}

// deprecatedTarget reports whether the element that replaces another one is
// deprecated itself.
func (s *Subject) deprecatedTarget(e *Element) (*Element, bool) {
	t, _ := s.replacement(e)
	return t, t != nil && t != e && t.State.Deprecated
}
