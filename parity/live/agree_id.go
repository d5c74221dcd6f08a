package live

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
)

// identity is an ID taken apart: which type it is of, "" where it does not
// say, and which object.
type identity struct {
	typ, local string
	// opaque IDs cannot be taken apart: they say nothing about the other
	// forms.
	opaque bool
}

var (
	digits  = regexp.MustCompile(`^\d{1,20}$`)
	urnForm = regexp.MustCompile(`^(?:[a-z][a-z0-9+.-]*)://[^/]+/(?:[A-Za-z0-9_.:-]+/)*?([A-Za-z][A-Za-z0-9_:]*)/([^/]+)$`)
	// pairForm is what most servers put into base64: Type:7, Type|7, and with
	// a length before it 04:Type7.
	pairForm   = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_]*)[:|/#-]([^:|/#]+)$`)
	lengthForm = regexp.MustCompile(`^\d+:([A-Za-z_]+)(\d+)$`)
	uuidForm   = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
)

// agreeIDs compares IDs by what is known of their forms: a number, a UUID, an
// address such as gid://app/Type/7, and the base64 of such a form. Two forms
// of which one is opaque are incomparable.
func agreeIDs(typ string, rest, gql any) verdict {
	a, b := identify(rest), identify(gql)
	switch {
	case a.opaque || b.opaque:
		return incomparable
	case !strings.EqualFold(a.local, b.local):
		return other
	case a.typ != "" && b.typ != "" && fold(a.typ) != fold(b.typ):
		return other
	case typ != "" && b.typ != "" && a.typ == "" && !ofType(b.typ, typ):
		return other
	}
	return same
}

// ofType reports whether the type that an ID names is the one that is
// expected: APIs put a module before it.
func ofType(named, typ string) bool {
	n, t := fold(named), fold(typ)
	return strings.HasSuffix(n, t) || strings.HasSuffix(t, n)
}

func identify(v any) identity {
	switch v := v.(type) {
	case json.Number:
		return identity{local: v.String()}
	case string:
		return identifyText(v)
	}
	return identity{opaque: true}
}

func identifyText(text string) identity {
	switch {
	case len(text) > 512:
		return identity{opaque: true}
	case digits.MatchString(text), uuidForm.MatchString(text):
		return identity{local: text}
	}
	if m := urnForm.FindStringSubmatch(text); m != nil {
		typ := m[1]
		if i := strings.LastIndex(typ, "::"); i >= 0 {
			typ = typ[i+2:]
		}
		return identity{typ: typ, local: m[2]}
	}
	if plain, ok := unbase64(text); ok {
		if id := identifyPlain(plain); !id.opaque {
			return id
		}
	}
	return identifyPlain(text)
}

// identifyPlain reads the forms that stand in base64, which some servers
// show as they are. A name without any form is opaque.
func identifyPlain(text string) identity {
	if strings.Contains(text, "://") {
		if m := urnForm.FindStringSubmatch(text); m != nil {
			return identity{typ: m[1][strings.LastIndexByte(m[1], ':')+1:], local: m[2]}
		}
	}
	for _, form := range [...]*regexp.Regexp{lengthForm, pairForm} {
		if m := form.FindStringSubmatch(text); m != nil {
			return identity{typ: m[1], local: m[2]}
		}
	}
	return identity{opaque: true}
}

// unbase64 decodes base64 of printable text.
func unbase64(text string) (string, bool) {
	if len(text) < 4 {
		return "", false
	}
	bare := strings.TrimRight(text, "=")
	for _, enc := range [...]*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		plain, err := enc.DecodeString(bare)
		if err != nil || len(plain) == 0 {
			continue
		}
		printable := true
		for _, c := range plain {
			printable = printable && c >= 0x20 && c < 0x7f
		}
		if printable {
			return string(plain), true
		}
	}
	return "", false
}
