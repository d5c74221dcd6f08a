package drift

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

// apply applies actions, whose targets are as [pathOf] writes them.
func apply(root *sample.Value, actions []Action) error {
	for _, a := range actions {
		steps, err := parsePath(a.Target)
		if err != nil {
			return err
		}
		at := root
		last := len(steps)
		if a.Remove {
			last--
		}
		for _, s := range steps[:last] {
			if at = child(at, s); at == nil {
				return fmt.Errorf("nothing is at %s", a.Target)
			}
		}
		if a.Remove {
			remove(at, steps[last])
		} else {
			merge(at, a.Update)
		}
	}
	return nil
}

// child is a member or an item, nil where there is none.
func child(v *sample.Value, name string) *sample.Value {
	if v.Kind == openapi.Array {
		if i, err := strconv.Atoi(name); err == nil && i < len(v.Items) {
			return v.Items[i]
		}
		return nil
	}
	return v.Get(name)
}

func remove(v *sample.Value, name string) {
	kept := v.Members[:0:0]
	for _, m := range v.Members {
		if m.Name != name {
			kept = append(kept, m)
		}
	}
	v.Members = kept
}

// merge puts members into an object, those of objects within it too.
func merge(v, update *sample.Value) {
	for _, m := range update.Members {
		if old := v.Get(m.Name); old != nil && old.Kind == openapi.Object && m.Value.Kind == openapi.Object {
			merge(old, m.Value)
			continue
		}
		remove(v, m.Name)
		v.Members = append(v.Members, sample.Member{Name: m.Name, Value: clone(m.Value)})
	}
}

// clone copies a value, so that what is merged into it later leaves the action
// as it is.
func clone(v *sample.Value) *sample.Value {
	c := *v
	c.Items = make([]*sample.Value, len(v.Items))
	for i, item := range v.Items {
		c.Items[i] = clone(item)
	}
	c.Members = make([]sample.Member, len(v.Members))
	for i, m := range v.Members {
		c.Members[i] = sample.Member{Name: m.Name, Value: clone(m.Value)}
	}
	return &c
}

// parsePath splits a path into names and indexes.
func parsePath(path string) ([]string, error) {
	rest, ok := strings.CutPrefix(path, "$")
	bad := fmt.Errorf("%q is no path of names", path)
	if !ok {
		return nil, bad
	}
	var steps []string
	for rest != "" {
		var name string
		switch {
		case rest[0] == '.':
			end := strings.IndexAny(rest[1:], ".[") + 1
			if end == 0 {
				end = len(rest)
			}
			name, rest = rest[1:end], rest[end:]
		case strings.HasPrefix(rest, "['"):
			var err error
			if name, rest, err = unquote(rest[2:]); err != nil {
				return nil, bad
			}
		case rest[0] == '[':
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return nil, bad
			}
			name, rest = rest[1:end], rest[end+1:]
		default:
			return nil, bad
		}
		steps = append(steps, name)
	}
	return steps, nil
}

// unquote reads a name up to its end quote and bracket.
func unquote(s string) (name, rest string, err error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\'':
			if rest, ok := strings.CutPrefix(s[i:], "']"); ok {
				return b.String(), rest, nil
			}
			return "", "", errors.New("a quote stands alone")
		case '\\':
			if i++; i == len(s) {
				return "", "", errors.New("the name has no end")
			}
			switch short := strings.IndexByte("btnfr", s[i]); {
			case short >= 0:
				b.WriteByte("\b\t\n\f\r"[short])
			case s[i] == 'u' && i+4 < len(s):
				r, err := strconv.ParseUint(s[i+1:i+5], 16, 32)
				if err != nil {
					return "", "", err
				}
				b.WriteRune(rune(r))
				i += 4
			default:
				b.WriteByte(s[i])
			}
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", errors.New("the name has no end")
}
