package hook

import "encoding/json"

// Raw is any JSON value as its bytes were; "" is none, which is written as null.
type Raw string

// Kind returns which kind of value it is.
func (r Raw) Kind() JSONKind {
	for i := range len(r) {
		switch r[i] {
		case ' ', '\t', '\n', '\r':
			continue
		}
		return kindOf(r[i])
	}
	return JSONNone
}

// Decode reads the value into v, as json.Unmarshal does.
func (r Raw) Decode(v any) error { return json.Unmarshal([]byte(r), v) }

// MarshalJSON returns the value as it is.
func (r Raw) MarshalJSON() ([]byte, error) { return Marshal(&r) }

// UnmarshalJSON keeps a value as it is.
func (r *Raw) UnmarshalJSON(b []byte) error { return Unmarshal(b, r) }
