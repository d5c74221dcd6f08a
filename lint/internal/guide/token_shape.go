package guide

import (
	"math"
	"strings"
)

// tokenShape is the form of one kind of secret: a fixed beginning, and how
// many of which characters follow it.
type tokenShape struct {
	what       string // for messages, with its article
	prefix     string
	min, max   int // characters after the prefix
	characters charset
}

// charset is a class of characters.
type charset uint8

const (
	alphanumeric charset = iota // A-Z a-z 0-9
	capitals                    // A-Z 0-9
	hexadecimal                 // 0-9 a-f
	urlSafe                     // alphanumeric and - _
	dotted                      // urlSafe and .
)

func (s charset) has(c byte) bool {
	switch s {
	case capitals:
		return isCapital(c) || '0' <= c && c <= '9'
	case hexadecimal:
		return 'a' <= c && c <= 'f' || '0' <= c && c <= '9'
	case urlSafe:
		return isAlphanumeric(c) || c == '-' || c == '_'
	case dotted:
		return isAlphanumeric(c) || c == '-' || c == '_' || c == '.'
	}
	return isAlphanumeric(c)
}

// tokenShapes are the secrets that can be told by their form, as those who
// issue them document it.
var tokenShapes = []tokenShape{
	{"an AWS access key ID", "AKIA", 16, 16, capitals},
	{"a temporary AWS access key ID", "ASIA", 16, 16, capitals},
	{"a GitHub personal access token", "ghp_", 36, 255, alphanumeric},
	{"a GitHub OAuth token", "gho_", 36, 255, alphanumeric},
	{"a GitHub user token", "ghu_", 36, 255, alphanumeric},
	{"a GitHub server token", "ghs_", 36, 255, alphanumeric},
	{"a GitHub refresh token", "ghr_", 36, 255, alphanumeric},
	{"a GitHub fine-grained token", "github_pat_", 82, 82, urlSafe},
	{"a GitLab personal access token", "glpat-", 20, 300, dotted},
	{"a GitLab deploy token", "gldt-", 20, 64, urlSafe},
	{"a GitLab runner token", "glrt-", 20, 64, dotted},
	{"a GitLab trigger token", "glptt-", 20, 64, urlSafe},
	{"a GitLab feed token", "glft-", 20, 64, urlSafe},
	{"a GitLab job token", "glcbt-", 20, 300, dotted},
	{"a GitLab SCIM token", "glsoat-", 20, 64, urlSafe},
	{"a GitLab mail token", "glimt-", 20, 64, urlSafe},
	{"a GitLab agent token", "glagent-", 20, 64, urlSafe},
	{"a GitLab OAuth secret", "gloas-", 40, 80, alphanumeric},
	{"a Slack bot token", "xoxb-", 20, 120, urlSafe},
	{"a Slack user token", "xoxp-", 20, 120, urlSafe},
	{"a Slack refresh token", "xoxr-", 20, 200, urlSafe},
	{"a Slack workspace token", "xoxa-", 20, 120, urlSafe},
	{"a Slack app token", "xapp-", 40, 200, urlSafe},
	{"a Stripe live key", "sk_live_", 20, 120, alphanumeric},
	{"a restricted Stripe live key", "rk_live_", 20, 120, alphanumeric},
	{"a Stripe webhook secret", "whsec_", 30, 80, alphanumeric},
	{"a Google API key", "AIza", 35, 35, urlSafe},
	{"a Google OAuth token", "ya29.", 60, 300, dotted},
	{"an npm token", "npm_", 36, 36, alphanumeric},
	{"a PyPI token", "pypi-AgEI", 50, 400, urlSafe},
	{"a DigitalOcean token", "dop_v1_", 64, 64, hexadecimal},
	{"a SendGrid key", "SG.", 60, 80, dotted},
	{"a Shopify token", "shpat_", 32, 32, hexadecimal},
	{"a Hugging Face token", "hf_", 34, 40, alphanumeric},
	{"an Anthropic key", "sk-ant-", 60, 200, urlSafe},
	{"an OpenAI key", "sk-proj-", 40, 300, urlSafe},
	{"a HashiCorp Vault token", "hvs.", 24, 200, urlSafe},
	{"a Doppler token", "dp.pt.", 40, 50, alphanumeric},
	{"a Linear key", "lin_api_", 40, 40, alphanumeric},
	{"a JSON Web Token", "eyJ", 60, 8000, dotted},
}

// privateKey begins a key in the PEM form (RFC 7468); between its parts
// stands the algorithm, or nothing.
const privateKey = "PRIVATE KEY-----"

const aPrivateKey = "a private key"

// secret is a place in a text that has the form of a secret.
type secret struct {
	what       string
	start, end int
}

// findSecrets returns what in a text has the form of a secret: tokens in
// order, then private keys. Placeholders, such as an X for each character,
// are none.
func findSecrets(text string) []secret { return indexShapes().find(text) }

func (x *shapeIndex) find(text string) []secret {
	var found []secret
	inWord := false
	for i := 0; i+1 < len(text); i++ {
		c := text[i]
		if x.class[c] == noWord {
			inWord = false
			if c == '\\' {
				i++ // an escape: the token of "\nghp_…" begins after the n
			}
			continue
		}
		if !inWord && x.class[c] == beginning && x.begins(c, text[i+1]) {
			for _, s := range x.byPair[pair(c, text[i+1])] {
				if end, ok := s.match(text[i:]); ok {
					found = append(found, secret{s.what, i, i + end})
					break
				}
			}
		}
		inWord = true
	}
	return append(found, findPrivateKeys(text)...)
}

// shapeIndex finds the shapes that may begin at a place in a text.
type shapeIndex struct {
	class  [256]byteClass
	pairs  [1 << 16 / 64]uint64     // a bit for each key of byPair
	byPair map[uint16][]*tokenShape // by the first two characters
}

// begins reports whether a shape begins with the two characters.
func (x *shapeIndex) begins(a, b byte) bool {
	p := pair(a, b)
	return x.pairs[p>>6]&(1<<(p&63)) != 0
}

type byteClass uint8

const (
	noWord    byteClass = iota
	inside              // part of a word
	beginning           // the first character of a shape
)

func indexShapes() *shapeIndex {
	x := &shapeIndex{byPair: map[uint16][]*tokenShape{}}
	for c := range x.class {
		if isAlphanumeric(byte(c)) || c == '_' {
			x.class[c] = inside
		}
	}
	for i := range tokenShapes {
		s := &tokenShapes[i]
		x.class[s.prefix[0]] = beginning
		key := pair(s.prefix[0], s.prefix[1])
		x.pairs[key>>6] |= 1 << (key & 63)
		x.byPair[key] = append(x.byPair[key], s)
	}
	return x
}

func pair(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }

// match reports whether a text begins with a secret of the shape, and where
// the secret ends.
func (s *tokenShape) match(text string) (end int, ok bool) {
	if !strings.HasPrefix(text, s.prefix) {
		return 0, false
	}
	end = len(s.prefix)
	for end < len(text) && s.characters.has(text[end]) && end-len(s.prefix) <= s.max {
		end++
	}
	for s.characters == dotted && end > len(s.prefix) && text[end-1] == '.' {
		end-- // of the sentence
	}
	rest := text[len(s.prefix):end]
	if len(rest) < s.min || len(rest) > s.max || isPlaceholder(rest) {
		return 0, false
	}
	if s.prefix == "eyJ" && !isJWT(text[:end]) {
		return 0, false
	}
	return end, true
}

// isJWT reports whether a text is a signed token (RFC 7519) and not the one
// that every page about such tokens shows, for the subject 1234567890.
func isJWT(token string) bool {
	parts := strings.Split(token, ".")
	return len(parts) == 3 && strings.HasPrefix(parts[1], "eyJ") && len(parts[2]) >= 20 &&
		!strings.HasPrefix(parts[1], "eyJzdWIiOiIxMjM0NTY3ODkw")
}

// findPrivateKeys finds PEM blocks that hold a key and not an ellipsis.
func findPrivateKeys(text string) []secret {
	var found []secret
	for from := 0; ; {
		i := strings.Index(text[from:], privateKey)
		if i < 0 {
			return found
		}
		at := from + i
		from = at + len(privateKey)
		begin := strings.LastIndex(text[max(0, at-40):at], "-----BEGIN ")
		if begin < 0 {
			continue
		}
		key := text[from:min(len(text), from+200)]
		if end := strings.Index(key, "-----"); end >= 0 {
			key = key[:end]
		}
		key = strings.NewReplacer(`\n`, "", `\r`, "", "\n", "", "\r", "", " ", "").Replace(key)
		n := 0
		for n < len(key) && (isAlphanumeric(key[n]) || key[n] == '+' || key[n] == '/' || key[n] == '=') {
			n++
		}
		if n >= 64 && !isPlaceholder(key[:n]) {
			found = append(found, secret{aPrivateKey, max(0, at-40) + begin, from})
		}
	}
}

// placeholders are words that a made-up value has in it.
var placeholders = []string{
	"example", "xxxx", "your", "placeholder", "redacted", "sample", "dummy", "fake", "12345", "abcdef", "abc123",
	"secret", "token", "0000", "aaaa", "insert", "replace", "changeme", "test", "....", "****", "----", "____", "foobar",
}

// isPlaceholder reports whether a value is evidently made up: it says so, or
// has too little in it.
func isPlaceholder(value string) bool {
	lower := strings.ToLower(value)
	for _, w := range placeholders {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return entropy(value) < 3
}

// entropy returns the Shannon entropy of the characters of a text, in bits
// per character. Random hexadecimal digits have nearly 4, words about 3.
func entropy(s string) float64 {
	if s == "" {
		return 0
	}
	var counts [256]int
	for i := range len(s) {
		counts[s[i]]++
	}
	bits := 0.0
	for _, n := range counts {
		if n > 0 {
			share := float64(n) / float64(len(s))
			bits -= share * math.Log2(share)
		}
	}
	return bits
}
