package lifecycle

import (
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// typeOf returns the type, or the directive, that a change of a schema is
// about.
func typeOf(c *Change) string {
	if i := strings.IndexAny(c.Subject, ".("); i >= 0 {
		return c.Subject[:i]
	}
	return c.Subject
}

// resources knows the resource of every operation.
type resources struct{ byOperation map[string]string }

// newResources reads the resources of operations: the first tag, or the
// first segment of the path that says something. Where the versions do not
// agree the revision counts.
func newResources(base, revision *openapi.Document) *resources {
	r := &resources{byOperation: map[string]string{}}
	for _, doc := range []*openapi.Document{base, revision} {
		for _, o := range doc.Operations() {
			name := firstSegment(o)
			for _, t := range o.Node.Get("tags").Children() {
				if tag := strings.TrimSpace(t.Text()); tag != "" {
					name = tag
					break
				}
			}
			r.byOperation[o.String()] = name
		}
	}
	return r
}

// meaningless are first segments of a path that say nothing of what the
// operation is about.
var meaningless = regexp.MustCompile(`^(?i:api|rest|v\d+([._-]?[0-9a-z]+)*|\{.*\})$`)

func firstSegment(o *openapi.Operation) string {
	if o.Origin != openapi.FromPath {
		return o.Path
	}
	for s := range strings.SplitSeq(strings.Trim(o.Path, "/"), "/") {
		if s != "" && !meaningless.MatchString(s) {
			return s
		}
	}
	return ""
}

// of returns the resource of a change: that of all operations that it
// reaches; where they have several, the schema that it is in.
func (r *resources) of(c *Change) string {
	names := map[string]bool{}
	var one string
	for _, op := range c.Operations {
		one = r.byOperation[op]
		names[one] = true
	}
	if len(names) == 1 {
		return one
	}
	if m := schemaPointer.FindStringSubmatch(c.Element); m != nil {
		return strings.NewReplacer("~1", "/", "~0", "~").Replace(m[1])
	}
	return ""
}

// schemaPointer matches the pointer to something in a named schema.
var schemaPointer = regexp.MustCompile(`^/(?:components/schemas|definitions)/([^/]+)`)

// states knows what the base says of the life of its elements.
type states struct {
	unstable   map[string]Stability
	deprecated map[string]bool
}

func newStates(was *Inventory) *states {
	s := &states{map[string]Stability{}, map[string]bool{}}
	for i := range was.Elements {
		e := &was.Elements[i]
		if e.State.Stability.Rank() < Stable {
			s.unstable[e.Name] = e.State.Stability
		}
		if e.State.Deprecated {
			s.deprecated[e.Name] = true
		}
	}
	return s
}

// retires reports whether a change takes away what was deprecated.
func (s *states) retires(c *Change) bool {
	return c.Revision.Line == 0 && s.deprecated[c.Subject]
}

// stability returns the stability of what a change is about, where it is less
// than stable: that of the element, of what it is part of, or of all
// operations that it reaches.
func (s *states) stability(c *Change) string {
	if len(s.unstable) == 0 {
		return ""
	}
	for name := c.Subject; name != ""; name = parentName(name) {
		if level, ok := s.unstable[name]; ok {
			return level.String()
		}
	}
	most := Unstated
	for _, op := range c.Operations {
		level, ok := s.unstable[op]
		if !ok {
			return ""
		}
		most = max(most, level)
	}
	return most.String()
}

// parentName returns the name of what an element is part of: Type.field for
// Type.field(argument:), Type for Type.field, "" where it is part of nothing.
func parentName(name string) string {
	if i := strings.LastIndexAny(name, ".("); i > 0 && !strings.Contains(name, " ") {
		return name[:i]
	}
	return ""
}

// unreliable reports whether a level of stability is one of those that users were
// told not to rely on.
func unreliable(stability string) bool {
	return slices.Contains([]string{Internal.String(), Experimental.String()}, stability)
}
