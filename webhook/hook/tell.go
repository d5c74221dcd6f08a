package hook

import (
	"strconv"
	"strings"
)

// tell notes a drift of the value at hand.
func (d *decoder) tell(kind DriftKind, want, got string) {
	if len(d.drift) >= MaxDrifts-1 {
		d.more++
		return
	}
	d.drift = append(d.drift, Drift{Path: pointer(d.path), Kind: kind, Want: want, Got: strings.Clone(got)})
}

func (d *decoder) told() []Drift {
	if d.more > 0 {
		d.drift = append(d.drift, Drift{Kind: DriftMore, Got: strconv.Itoa(d.more)})
	}
	return d.drift
}

// wanted says what goes into the place that p points to.
func wanted(p any) string {
	switch p := p.(type) {
	case *string, Enum:
		return "string"
	case *int64:
		return "integer"
	case *bool:
		return "boolean"
	case *Time:
		return "time"
	case *Number, *float64:
		return "number"
	case Object:
		return p.HookTable().name
	case presence:
		return wanted(p.hookPlace(placeValue).inner)
	case list:
		return "array"
	case dictionary:
		return "object"
	}
	return "a value"
}

// pointer returns a path as a JSON Pointer.
func pointer(path []step) string {
	var b []byte
	for _, s := range path {
		name := s.name
		if s.n >= 0 {
			if s.of == nil {
				b = strconv.AppendInt(append(b, '/'), int64(s.n), 10)
				continue
			}
			name = s.of.fields[s.n].name
		}
		b = appendToken(append(b, '/'), name)
	}
	return string(b)
}

func appendToken(b []byte, name string) []byte {
	for i := range len(name) {
		switch c := name[i]; c {
		case '~':
			b = append(b, "~0"...)
		case '/':
			b = append(b, "~1"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// cut returns the start of a text, a copy.
func cut(s string) string {
	const longest = 80
	if len(s) > longest {
		return s[:longest-3] + "..."
	}
	return strings.Clone(s)
}
