package source

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"strings"
)

// Kind is what a description describes.
type Kind int

// The kinds.
const (
	OpenAPI Kind = iota + 1
	GraphQL
)

// String returns "OpenAPI" or "GraphQL".
func (k Kind) String() string {
	if k == GraphQL {
		return "GraphQL"
	}
	return "OpenAPI"
}

// sniffBytes is how much of a document is looked at to tell its kind.
const sniffBytes = 64 << 10

// definition matches the begin of an SDL document behind comments and
// descriptions. In YAML a colon would follow the first word.
var definition = regexp.MustCompile(
	`^(?:extend\s+)?(?:schema\s*[@{]|(?:scalar|type|interface|union|enum|input)\s+[_A-Za-z]\w*|directive\s*@)`)

// Extensions are those that the names of descriptions end in.
func Extensions() []string {
	return []string{".yaml", ".yml", ".json", ".graphql", ".graphqls", ".gql"}
}

// Sniff tells the kind of a document by its begin, of up to 64 KiB; the name
// only counts where the content says nothing. Certain is false where it was
// the name, or where nothing said anything and OpenAPI is assumed.
func Sniff(name string, begin []byte) (kind Kind, certain bool) {
	text := bytes.TrimLeft(bytes.TrimPrefix(begin, []byte("\ufeff")), " \t\r\n")
	switch {
	case len(text) > 0 && text[0] == '{':
		if kind = sniffJSON(text); kind != 0 {
			return kind, true
		}
	case definition.Match(skipTrivia(text)):
		return GraphQL, true
	case isOpenAPI.Match(text):
		return OpenAPI, true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".graphql", ".graphqls", ".gql":
		return GraphQL, false
	}
	return OpenAPI, false
}

// isOpenAPI matches a YAML document with the member that says its version.
var isOpenAPI = regexp.MustCompile(`(?m)^["']?(?:openapi|swagger)["']?\s*:`)

// sniffJSON reads the members of the root object, as far as they are there.
// It returns 0 where they do not tell.
func sniffJSON(text []byte) Kind {
	dec := json.NewDecoder(bytes.NewReader(text))
	return members(dec, func(key string) Kind {
		switch key {
		case "openapi", "swagger":
			return OpenAPI
		case "__schema":
			return GraphQL
		case "data":
			return members(dec, func(key string) Kind {
				if key == "__schema" {
					return GraphQL
				}
				return 0
			})
		}
		return 0
	})
}

// members calls tell with the keys of the object that comes next, and
// returns the first kind that it tells. tell may read the value; else it is
// skipped.
func members(dec *json.Decoder, tell func(key string) Kind) Kind {
	if begin, err := dec.Token(); err != nil || begin != json.Delim('{') {
		return 0
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return 0
		}
		name, _ := key.(string)
		before := dec.InputOffset()
		if kind := tell(name); kind != 0 {
			return kind
		}
		var skipped json.RawMessage
		if dec.InputOffset() == before && dec.Decode(&skipped) != nil {
			return 0
		}
	}
	_, _ = dec.Token()
	return 0
}

// skipTrivia skips what may stand before the first definition: white space,
// commas, comments and a description.
func skipTrivia(text []byte) []byte {
	for {
		text = bytes.TrimLeft(text, " \t\r\n,")
		switch {
		case bytes.HasPrefix(text, []byte("#")):
			_, text, _ = bytes.Cut(text, []byte("\n"))
		case bytes.HasPrefix(text, []byte(`"""`)):
			_, rest, ok := bytes.Cut(text[3:], []byte(`"""`))
			if !ok {
				return []byte("type Unfinished") // only SDL has block strings
			}
			text = rest
		case bytes.HasPrefix(text, []byte(`"`)):
			end := endOfString(text)
			rest := bytes.TrimLeft(text[end:], " \t")
			if end == 0 || bytes.HasPrefix(rest, []byte(":")) {
				return nil // a key of YAML
			}
			text = rest
		default:
			return text
		}
	}
}

// endOfString returns the offset behind the string that text begins with, 0
// where it does not end on its line.
func endOfString(text []byte) int {
	for i := 1; i < len(text) && text[i] != '\n'; i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}
