package gql

import "strings"

// secretForm is the beginning of a kind of key or token, and how many
// characters follow it at least. The pivot is the place of a character of the
// beginning that is rare in prose: texts are searched for it.
type secretForm struct {
	what, prefix  string
	pivot, length int
}

// secretForms are those that their issuers document.
var secretForms = []secretForm{
	{"an AWS access key ID", "AKIA", 1, 16},
	{"a GitHub token", "ghp_", 3, 36},
	{"a GitHub token", "gho_", 3, 36},
	{"a GitHub token", "ghs_", 3, 36},
	{"a GitHub token", "github_pat_", 6, 60},
	{"a GitLab token", "glpat-", 5, 20},
	{"a Slack token", "xoxb-", 4, 20},
	{"a Slack token", "xoxp-", 4, 20},
	{"a Stripe key", "sk_live_", 2, 20},
	{"a Stripe key", "rk_live_", 2, 20},
	{"a Google API key", "AIza", 2, 35},
	{"a private key", "-----BEGIN RSA PRIVATE KEY-----", 0, 0},
	{"a private key", "-----BEGIN PRIVATE KEY-----", 0, 0},
	{"a JSON Web Token", "eyJhbGciOi", 2, 60},
}

// secretIn returns the form of the first secret in a text, nil where there is
// none.
func secretIn(text string) *secretForm {
	for i := range len(text) {
		switch text[i] {
		case '_', '-', 'K', 'z', 'J':
		default:
			continue
		}
		for k := range secretForms {
			s := &secretForms[k]
			start := i - s.pivot
			if s.prefix[s.pivot] != text[i] || start < 0 || !strings.HasPrefix(text[start:], s.prefix) {
				continue
			}
			if start > 0 && isAlphanumeric(text[start-1:start]) {
				continue
			}
			rest := tokenLike(text[start+len(s.prefix):])
			if s.length == 0 || len(rest) >= s.length && !isPlaceholder(rest) {
				return s
			}
		}
	}
	return nil
}

// tokenLike returns the beginning of a text that can be part of a token: no more
// than 400 characters.
func tokenLike(text string) string {
	n := 0
	for n < len(text) && n < 400 && (isAlphanumeric(text[n:n+1]) || strings.IndexByte("-_=.", text[n]) >= 0) {
		n++
	}
	return text[:n]
}

// isPlaceholder reports whether what follows the prefix of a token stands for
// one: few different characters, as in "xxxx", or words.
func isPlaceholder(text string) bool {
	seen := map[byte]bool{}
	digits := false
	for i := range len(text) {
		seen[text[i]] = true
		digits = digits || isDigit(text[i])
	}
	return len(seen) < 8 || !digits
}
