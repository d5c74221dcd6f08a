package catalog

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/internal/words"
)

// localised delivers the same story in each language of the input "language",
// and looks whether what the English message says in words of plumb's own is
// said in those of the language, and none of it in English; and whether the
// longest texts are taken in it.
func (b *bench) localised(ctx context.Context) verdict {
	in := b.inputNamed("language")
	if in == nil || len(in.Choices) < 2 {
		return fail("the plain text is there; it comes in one language only: no input \"language\" is a choice")
	}
	english, err := b.told(ctx, in.Choices[0])
	if err != nil {
		return fail("%s: %v", in.Choices[0], err)
	}
	first := phrase.Of(in.Choices[0])
	v := pass("the text is there, in %s: %s", words.Count(len(in.Choices), "language"), strings.Join(in.Choices, ", "))
	for _, tag := range in.Choices[1:] {
		l := phrase.Of(tag)
		if l.Tag != tag {
			return fail("there are no phrases to compare %q with", tag)
		}
		text, err := b.told(ctx, tag)
		if err != nil {
			return fail("%s: %v", tag, err)
		}
		said, problem := translated(first, l, english, text)
		if problem != "" {
			return fail("%s: %s", tag, problem)
		}
		if said < fewestPhrases {
			return fail("%s: only %s of the message could be recognised", tag, words.Count(said, "phrase"))
		}
		if problem := b.longIn(ctx, tag); problem != "" {
			return fail("%s: %s", tag, problem)
		}
		v = v.with(fmt.Sprintf("%s: %s as in English, none left in it", tag, words.Count(said, "phrase")))
	}
	return v
}

// fewestPhrases is how many phrases of more than one word the story must have
// shown, or nothing was seen: those of the headline alone are two.
const fewestPhrases = 2

// told returns what people read of a story of deliveries in a language: a first
// one with much to say, and what becomes of it.
func (b *bench) told(ctx context.Context, tag string) (string, error) {
	inputs := b.with("language", tag)
	g := newRig(b.entry.Tool, inputs, inputs)
	two := numbered(2)
	story := []*integration.Delivery{delivery("languages", two...)}
	if b.perFinding() {
		for _, s := range b.life(two) {
			story = append(story, s.delivery)
		}
	} else {
		many := delivery("languages-many", numbered(60)...)
		many.Before = append(slices.Clone(two), finding(999, "what is gone"))
		story = append(story, many)
	}
	for _, d := range story {
		if _, err := b.say(g.deliver(ctx, d)); err != nil {
			return "", fmt.Errorf("%s: %w", d.ID, err)
		}
	}
	var text strings.Builder
	for i := range g.exchanges {
		for _, s := range readable(&g.exchanges[i]) {
			text.WriteString(s + "\n")
		}
	}
	return text.String(), nil
}

// longIn looks whether texts at the limits are taken in a language: its words
// may be longer than the English ones.
func (b *bench) longIn(ctx context.Context, tag string) string {
	inputs := b.with("language", tag)
	for _, limit := range slices.Compact(slices.Sorted(maps.Values(b.manifest.Limits))) {
		for _, n := range []int{limit - 1, limit} {
			if n < 1 || n > 100_000 {
				continue
			}
			g := newRig(b.entry.Tool, inputs, inputs)
			many := numbered(6)
			many[1] = finding(1, long("ß", n))
			if _, err := b.say(g.deliver(ctx, delivery("languages-long", many...))); err != nil {
				return fmt.Sprintf("a message of %s characters: %v", words.Number(n), err)
			}
			for _, e := range g.exchanges {
				if e.status >= 400 && e.status < 500 && e.status != 404 {
					return fmt.Sprintf("a message of %s characters is answered with %d", words.Number(n), e.status)
				}
			}
		}
	}
	return ""
}

// translated counts the phrases that one text has in its language and the other
// in its own. A phrase that is missing there, or that is left as it was, is a
// problem. Phrases of one word are not told from names of fields and are passed
// over.
func translated(from, to *phrase.Language, before, after string) (said int, problem string) {
	keys := phrase.Keys()
	// The longest first, and taken away, since others are in them: "whole report"
	// in "Open the whole report".
	slices.SortStableFunc(keys, func(a, b phrase.Key) int { return len(from.Forms(b).Other) - len(from.Forms(a).Other) })
	for _, k := range keys {
		old, fresh := from.Forms(k).List(), to.Forms(k).List()
		same := strings.ReplaceAll(strings.Join(fresh, "\n"), "{n}", "7")
		// "1 error" is Spanish too.
		old = slices.DeleteFunc(old, func(form string) bool { return !telling(form) || find(same, form) != "" })
		there := ""
		for _, form := range old {
			if hit := find(before, form); hit != "" {
				there = hit
				before = pattern(form).ReplaceAllLiteralString(before, "")
			}
			if left := find(after, form); left != "" {
				return said, fmt.Sprintf("%q is left as it is", left)
			}
		}
		if there == "" {
			continue
		}
		if !slices.ContainsFunc(fresh, func(form string) bool { return find(after, form) != "" }) {
			return said, fmt.Sprintf("nothing says %q in the place of %q", fresh[len(fresh)-1], there)
		}
		said++
	}
	return said, ""
}

// telling says whether a phrase has two words or more.
func telling(form string) bool {
	return len(strings.Fields(placeholder.ReplaceAllString(form, "x"))) > 1 && len(placeholder.ReplaceAllString(form, "")) >= 6
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// find returns what of a text is the form of a phrase, "" for nothing.
func find(text, form string) string {
	for _, piece := range placeholder.Split(form, -1) {
		if !strings.Contains(text, piece) {
			return ""
		}
	}
	return pattern(form).FindString(text)
}

// pattern matches the form of a phrase with whatever is in its placeholders.
func pattern(form string) *regexp.Regexp {
	var b strings.Builder
	for {
		at := placeholder.FindStringIndex(form)
		if at == nil {
			return regexp.MustCompile(b.String() + regexp.QuoteMeta(form))
		}
		b.WriteString(regexp.QuoteMeta(form[:at[0]]))
		if form[at[0]:at[1]] == "{n}" {
			b.WriteString(`[0-9][0-9.,\x{a0}\x{202f}]*`)
		} else {
			b.WriteString(`[^\n]{0,300}?`)
		}
		form = form[at[1]:]
	}
}

// readable returns the texts of what was written to a tool, as people read them.
func readable(e *exchange) []string {
	if e.method == "GET" || len(e.body) == 0 {
		return nil
	}
	var value any
	if json.Unmarshal(e.body, &value) == nil {
		return texts(value, 0)
	}
	kind, _, _ := mime.ParseMediaType(e.header.Get("Content-Type"))
	if form, err := url.ParseQuery(string(e.body)); kind == "application/x-www-form-urlencoded" && err == nil {
		var list []string
		for _, name := range slices.Sorted(maps.Keys(form)) {
			list = append(list, plainly(form.Get(name)))
		}
		return list
	}
	if letter, err := mail.ReadMessage(bytes.NewReader(e.body)); err == nil {
		return letterTexts(letter)
	}
	return []string{plainly(string(e.body))}
}

// texts returns the strings of a JSON value, by the order of its members.
func texts(value any, depth int) (list []string) {
	if depth > 64 {
		return nil
	}
	switch v := value.(type) {
	case string:
		return []string{plainly(v)}
	case []any:
		for _, item := range v {
			list = append(list, texts(item, depth+1)...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			list = append(list, texts(v[name], depth+1)...)
		}
	}
	return list
}

// letterTexts returns the subject and the parts of a mail.
func letterTexts(letter *mail.Message) []string {
	subject, err := new(mime.WordDecoder).DecodeHeader(letter.Header.Get("Subject"))
	if err != nil {
		return nil
	}
	list := []string{subject}
	letterParts(letter, func(_, text string) { list = append(list, plainly(text)) })
	return list
}

// letterParts reads the parts of a mail to its end, or to what cannot be read.
func letterParts(letter *mail.Message, take func(kind, text string)) {
	_, params, err := mime.ParseMediaType(letter.Header.Get("Content-Type"))
	if err != nil {
		return
	}
	parts := multipart.NewReader(letter.Body, params["boundary"])
	for {
		part, err := parts.NextPart() // quoted-printable is decoded
		if err != nil {
			return
		}
		text, err := io.ReadAll(io.LimitReader(part, maxLetter))
		if err != nil {
			return
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		take(kind, string(text))
	}
}

// plainPart returns the plain text of what is a mail, "" of what is none.
func (e *exchange) plainPart() (plain string) {
	letter, err := mail.ReadMessage(bytes.NewReader(e.body))
	if err != nil {
		return ""
	}
	letterParts(letter, func(kind, text string) {
		if kind == "text/plain" {
			plain += text
		}
	})
	return plain
}

// maxLetter bounds a part of a mail that is read.
const maxLetter = 16 << 20

// plainly takes away what markup puts between the letters of a text: entities,
// elements, backslashes, signs of emphasis.
func plainly(s string) string {
	return unmark.Replace(html.UnescapeString(html.UnescapeString(element.ReplaceAllString(s, ""))))
}

var (
	element = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	unmark  = strings.NewReplacer(`\`, "", "*", "", "`", "", "\u200b", "")
)
