package webhook

import (
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/webhook/internal/ident"
)

// productName returns the product in one word, fit for a package: what the
// caller says, else the provider's name, else what is left of the title.
func productName(d *draft, o Options) string {
	switch {
	case o.Name != "":
		return packageName(ident.Words(o.Name))
	case o.Provider != nil:
		return packageName(ident.Words(o.Provider.Name))
	}
	var words []string
	for _, w := range ident.Words(strings.ReplaceAll(d.title, "'s ", " ")) {
		if !titleNoise[w] {
			words = append(words, w)
		}
	}
	return packageName(words)
}

// packageName joins as many words as make a short name.
func packageName(words []string) string {
	name := ""
	for _, w := range words {
		w = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, w)
		if name == "" {
			w = strings.TrimLeft(w, "0123456789")
		}
		if name != "" && len(name)+len(w) > 24 {
			break
		}
		name += w
	}
	name = name[:min(len(name), 24)]
	if name == "" || goWords[name] {
		name += "hooks"
	}
	return name
}

// titleNoise are words of titles that do not name a product.
var titleNoise = map[string]bool{
	"a": true, "an": true, "the": true, "and": true, "of": true, "for": true, "official": true, "openapi": true, "swagger": true, "asyncapi": true,
	"spec": true, "specification": true, "description": true, "api": true, "apis": true, "rest": true, "http": true,
	"webhook": true, "webhooks": true, "events": true, "event": true, "schema": true, "example": true, "documentation": true,
	"v1": true, "v2": true, "v3": true, "v4": true,
}

// quoteText quotes a text of a description for a message, cut where it is long.
func quoteText(s string) string {
	if len(s) > 80 {
		s = strings.ToValidUTF8(s[:80], "") + "…"
	}
	return strconv.Quote(s)
}

// goWords are words that no package can or should be called.
var goWords = map[string]bool{
	"break": true, "case": true, "chan": true, "const": true, "continue": true, "default": true, "defer": true,
	"else": true, "fallthrough": true, "for": true, "func": true, "go": true, "goto": true, "if": true,
	"import": true, "interface": true, "map": true, "package": true, "range": true, "return": true,
	"select": true, "struct": true, "switch": true, "type": true, "var": true, "main": true, "internal": true,
	"hook": true, "webhook": true, "context": true, "json": true, "http": true, "test": true, "vendor": true,
}
