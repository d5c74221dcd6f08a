// Package ident makes names of code out of names of descriptions, which may
// hold anything: words in camel case, with dashes, with quotes, of 10,000
// characters, or none at all.
//
// What comes out is letters and digits, starts with an upper-case letter, and
// so is an exported identifier in Go and no keyword in Go or TypeScript. It does
// not make names unique; see Set.
package ident

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Max is how many characters a name has at most.
const Max = 40

// Name joins the words of texts to one identifier of at most Max characters:
// "issue_comment", "created" give "IssueCommentCreated". Texts without a letter
// or digit give "".
func Name(texts ...string) string {
	var words []string
	for _, t := range texts {
		words = append(words, Words(t)...)
	}
	return Join(words)
}

// Join makes an identifier of words as Words returns them. Where they are too
// long, words at the end go.
func Join(words []string) string {
	var b strings.Builder
	length := 0
	for _, w := range words {
		w = upper(w)
		if length == 0 {
			w = lead(w)
		}
		size := utf8.RuneCountInString(w)
		if length+size > Max {
			if length == 0 {
				return clip(w, Max)
			}
			break
		}
		b.WriteString(w)
		length += size
	}
	return b.String()
}

// With appends a suffix to a name and shortens the name where both are too
// long. The suffix has at most Max characters.
func With(name, suffix string) string {
	return clip(name, Max-utf8.RuneCountInString(suffix)) + suffix
}

// Valid reports whether a text is a name as this package makes them.
func Valid(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	if !unicode.IsUpper(first) || !utf8.ValidString(name) || utf8.RuneCountInString(name) > Max {
		return false
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// maxText is how much of a text is looked at. No name comes from more.
const maxText = 512

// Words splits a text into its words, in lower case: at what is neither letter
// nor digit, and where case changes ("pullRequestID" has three).
func Words(text string) []string {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	runes := []rune(text)
	if len(runes) > 1 && unicode.IsDigit(runes[1]) {
		// Before a number a sign says something: "+1" and "-1" are two.
		if sign := map[rune]string{'+': "plus", '-': "minus"}[runes[0]]; sign != "" {
			words = append(words, sign)
		}
	}
	for i, r := range runes {
		if r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			// An apostrophe stands inside a word.
			if r != '\'' && r != '’' {
				flush()
			}
			continue
		}
		if unicode.IsUpper(r) && len(word) > 0 {
			before := word[len(word)-1]
			next := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if !unicode.IsUpper(before) || next && !plural(runes[i+1:]) {
				flush()
			}
		}
		word = append(word, r)
	}
	flush()
	return words
}

// plural reports whether what follows an upper-case letter is the s of a
// plural, as in "IDs".
func plural(rest []rune) bool {
	return rest[0] == 's' && (len(rest) == 1 || !unicode.IsLower(rest[1]))
}

// Singular returns what one of many is called: "labels" are many of "label".
func Singular(word string) string {
	switch {
	case len(word) > 4 && strings.HasSuffix(word, "ies"):
		return word[:len(word)-3] + "y"
	case hasAnySuffix(word, "sses", "ches", "shes", "xes"):
		return word[:len(word)-2]
	case len(word) > 3 && strings.HasSuffix(word, "s") && !hasAnySuffix(word, "ss", "us", "is"):
		return word[:len(word)-1]
	}
	return word
}

func hasAnySuffix(s string, suffixes ...string) bool {
	for _, x := range suffixes {
		if strings.HasSuffix(s, x) {
			return true
		}
	}
	return false
}

// upper writes a word of lower-case letters as part of an identifier.
func upper(word string) string {
	if initialisms[word] {
		return strings.ToUpper(word)
	}
	if one := strings.TrimSuffix(word, "s"); one != word && initialisms[one] {
		return strings.ToUpper(one) + "s"
	}
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// lead makes a word fit to be the first: an upper-case letter must come first.
func lead(word string) string {
	first, _ := utf8.DecodeRuneInString(word)
	if unicode.IsUpper(first) {
		return word
	}
	return "X" + word
}

func clip(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:max(limit, 0)])
}

// initialisms are the words that Go writes in upper case throughout.
var initialisms = map[string]bool{
	"acl": true, "api": true, "ascii": true, "cpu": true, "css": true, "cve": true, "cvss": true,
	"dns": true, "eof": true, "ghsa": true, "gid": true, "gpg": true, "guid": true, "html": true,
	"http": true, "https": true, "iban": true, "id": true, "ip": true, "json": true, "jwt": true,
	"mfa": true, "pdf": true, "png": true, "qr": true, "ram": true, "rpc": true,
	"saml": true, "sha": true, "sla": true, "sms": true, "smtp": true, "sql": true, "ssh": true,
	"ssl": true, "sso": true, "svg": true, "tcp": true, "tls": true, "ttl": true, "udp": true,
	"ui": true, "uid": true, "uri": true, "url": true, "utf8": true, "uuid": true, "vat": true,
	"vm": true, "xml": true, "xss": true, "yaml": true, "zip": true,
}
