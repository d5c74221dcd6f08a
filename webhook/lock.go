package webhook

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/ident"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// Lock says what types were called, so that they are called the same when a
// description has changed. It is what names.lock holds: a line for each name,
// with what it stands for. Lines may be edited; a new name in the place of an
// old one is used from then on.
type Lock struct{ entries []lockEntry }

// lockEntry is one line.
type lockEntry struct {
	name string
	// id is the hash of the structure, "" for an event.
	id string
	// place is the first place of a structure, or an event and its action.
	place string
}

const lockHead = "# The names of generated types, so that they stay. Keep this file under version control.\n" +
	"# A line is a name, the structure that it stands for, and where that is; names may be edited.\n"

// maxLock bounds the size of a file of names, in bytes.
const maxLock = 8 << 20

// LockError says what is wrong with a file of names.
type LockError struct {
	// Line counts from 1.
	Line    int
	Message string
}

// Error returns the line and the message.
func (e *LockError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

// ParseLock reads the text of a names.lock. The error is a *LockError.
func ParseLock(data []byte) (*Lock, error) {
	if len(data) > maxLock {
		return nil, &LockError{1, "the file of names is larger than 8 MiB"}
	}
	l := &Lock{}
	names := ident.NewSet()
	number := 0
	for line := range bytes.Lines(data) {
		number++
		text := strings.TrimSpace(string(line))
		if text == "" || text[0] == '#' {
			continue
		}
		name, rest, _ := strings.Cut(text, " ")
		id, place, ok := strings.Cut(strings.TrimSpace(rest), " ")
		switch {
		case !ok || !isID(id):
			return nil, &LockError{number, fmt.Sprintf("%.60q is no name with a structure and a place", text)}
		case !ident.Valid(name):
			return nil, &LockError{number, fmt.Sprintf("%.60q is no name: it must be at most %d letters and digits, the first in upper case", name, ident.Max)}
		case !names.Take(name):
			return nil, &LockError{number, fmt.Sprintf("%q is the name of two structures", name)}
		}
		if id == "event" {
			id = ""
		}
		l.entries = append(l.entries, lockEntry{name, id, strings.TrimSpace(place)})
	}
	return l, nil
}

func isID(id string) bool {
	return id == "event" || len(id) == 16 && strings.Trim(id, "0123456789abcdef") == ""
}

// Bytes returns the text of names.lock, sorted by name.
func (l *Lock) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString(lockHead)
	for _, e := range l.entries {
		fmt.Fprintf(&b, "%s %s %s\n", e.name, cmp.Or(e.id, "event"), e.place)
	}
	return b.Bytes()
}

// Lock returns the names of the model, to be given to the next reading.
func (m *Model) Lock() *Lock {
	if m.lock == nil {
		return &Lock{}
	}
	return m.lock
}

// fromLock gives events and shapes the names that they had: an event by its
// name and action, a shape by its structure, else by its place. It returns the
// shapes.
func (n *naming) fromLock(events []*draftEvent, l *Lock) ([]*shape.Shape, error) {
	if l == nil {
		return nil, nil
	}
	eventNames, byID, byPlace := map[string]string{}, map[string]string{}, map[string]string{}
	for _, e := range l.entries {
		if e.id == "" {
			eventNames[e.place] = e.name
		} else {
			byID[e.id] = e.name
			byPlace[e.place] = e.name
		}
	}
	for _, e := range events {
		if name := eventNames[lockEvent(e)]; name != "" && n.taken.Take(name) {
			n.events[e] = name
		}
	}
	var shapes []*shape.Shape
	take := func(s *shape.Shape, name string) {
		if name != "" && n.types[s] == "" && n.taken.Take(name) {
			n.types[s] = name
			shapes = append(shapes, s)
		}
	}
	for _, s := range n.order {
		take(s, byID[s.ID])
	}
	for _, s := range n.order {
		// A structure that several have become keeps the shortest of their names.
		name := byPlace[n.lockPlace(s)]
		for _, c := range s.Names {
			if other := byPlace["#"+oneLine(c)]; other != "" && (name == "" || len(other) < len(name)) && !n.taken.Has(other) {
				name = other
			}
		}
		take(s, name)
	}
	return shapes, nil
}

// lock returns the names that were given.
func (n *naming) lock() *Lock {
	l := &Lock{}
	for e, name := range n.events {
		l.entries = append(l.entries, lockEntry{name, "", lockEvent(e)})
	}
	for _, s := range n.order {
		l.entries = append(l.entries, lockEntry{n.types[s], s.ID, n.lockPlace(s)})
	}
	slices.SortFunc(l.entries, func(a, b lockEntry) int { return cmp.Compare(a.name, b.name) })
	return l
}

// lockEvent returns an event and its action in one line that no other event
// has: with a hash where they cannot be written as they are.
func lockEvent(e *draftEvent) string {
	title := eventTitle(e.name, e.action)
	line := oneLine(title)
	if line == title && line != "" && !strings.Contains(e.name, " ") {
		return line
	}
	sum := sha256.Sum256([]byte(e.name + "\x00" + e.action))
	return fmt.Sprintf("%s #%x", cmp.Or(line, "-"), sum[:6])
}

// lockPlace returns in one line where a structure is.
// A structure that a description has no name for is where it is held first:
// "issues opened /issue/user".
func (n *naming) lockPlace(s *shape.Shape) string {
	if s.Component != "" {
		return "#" + oneLine(s.Component)
	}
	path := ""
	for range 20 {
		if e := n.payloads[s]; e != nil {
			return lockEvent(e) + " " + oneLine(path)
		}
		h := n.hints[s]
		path = openapi.FormatPointer(h.member) + path
		s = h.parent
	}
	return oneLine(path)
}

func oneLine(s string) string {
	if len(s) > 200 {
		s = s[:200]
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, s), "")), " ")
}
