package webhook

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/webhook/internal/ident"
)

// Options say how webhooks are read. The zero value derives all from what is
// read.
type Options struct {
	// Name is the product in one word; "" means the provider's, or one from the
	// title.
	Name string
	// Provider says what is known of the sender; nil means nothing.
	Provider *Provider
	// Lock has the names that types had; nil means that there are none yet.
	Lock *Lock
}

// NoEventsError says that there are no webhooks in what was read.
type NoEventsError struct {
	// Name is the title or the name of the file.
	Name string
	// Sought says what was looked for, as a sentence goes on.
	Sought string
}

// Error says what was looked for.
func (e *NoEventsError) Error() string {
	name := e.Name
	if name != "" {
		name += ": "
	}
	return fmt.Sprintf("%sno webhooks: looked for %s", name, e.Sought)
}

// packageName makes a word for a package of a product's name.
func packageName(name string) string {
	word := strings.Join(ident.Words(name), "")
	word = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, word)
	word = strings.TrimLeft(word, "0123456789")
	if len(word) > 24 {
		word = word[:24]
	}
	if word == "" || goWords[word] {
		return word + "hooks"
	}
	return word
}

// goWords are words that no package can or should be called.
var goWords = map[string]bool{
	"break": true, "case": true, "chan": true, "const": true, "continue": true, "default": true, "defer": true,
	"else": true, "fallthrough": true, "for": true, "func": true, "go": true, "goto": true, "if": true,
	"import": true, "interface": true, "map": true, "package": true, "range": true, "return": true,
	"select": true, "struct": true, "switch": true, "type": true, "var": true, "main": true, "internal": true,
	"hook": true, "webhook": true, "context": true, "json": true, "http": true, "test": true, "vendor": true,
}
