package live

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// maxShown is how much of a value is shown, in bytes.
const maxShown = 200

// mask shows values without showing them.
type mask struct {
	open bool
	salt []byte
}

// value shows a value of a member: as its type and a short hash, as JSON
// where values are open. The name says whether it is a secret, which is never
// open.
func (m mask) value(name string, v any) string {
	if v == nil {
		return "null"
	}
	if m.open && !secretName(name) {
		return clip(jsonText(scrub(v)))
	}
	text := jsonText(v)
	mac := hmac.New(sha256.New, m.salt)
	_, _ = mac.Write([]byte(text))
	return shape(v) + "#" + hex.EncodeToString(mac.Sum(nil)[:4])
}

// scrub is a value without the secrets inside it.
func scrub(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, in := range v {
			if out[name] = scrub(in); secretName(name) && in != nil {
				out[name] = redacted
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, in := range v {
			out[i] = scrub(in)
		}
		return out
	}
	return v
}

// redacted stands for a secret.
const redacted = "REDACTED"

// shape is the type of a value, with its size.
func shape(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return fmt.Sprintf("string(%d)", utf8.RuneCountInString(v))
	case json.Number:
		return "number"
	case []any:
		return fmt.Sprintf("list(%d)", len(v))
	case map[string]any:
		return fmt.Sprintf("object(%d)", len(v))
	}
	return "value"
}

// jsonText writes a value as JSON; members are in the order of their names.
func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// clip cuts a text that is too long to be shown.
func clip(text string) string {
	if len(text) <= maxShown {
		return text
	}
	cut := maxShown
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}
