package signature

import (
	"fmt"
	"log/slog"
)

// Secret is a text that is never shown by accident: formatting, logging or
// encoding it gives "[secret]", also where it is a field of something else
// that is printed. The zero Secret holds nothing.
type Secret struct {
	text *string // behind a pointer, since package fmt prints fields that are not exported as they are
}

// Hide returns the text as a secret.
func Hide(text string) Secret { return Secret{&text} }

// Reveal returns the text.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero reports whether there is no text.
func (s Secret) IsZero() bool { return s.Reveal() == "" }

const masked = "[secret]"

// String returns the mask, or "" where there is no text.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return masked
}

// GoString is String.
func (s Secret) GoString() string { return s.String() }

// Format writes the mask for every verb.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// MarshalText returns the mask.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText hides the text.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = Hide(string(text))
	return nil
}

// LogValue returns the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
