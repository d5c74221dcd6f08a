package gql

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// replace is the fix that writes a text in place of what stands between two
// offsets.
func replace(src *graphql.Source, title string, start, end int, text string) *check.Fix {
	return &check.Fix{Title: title, Edits: []check.Edit{{File: src.Name(), Start: start, End: end, NewText: text}}}
}

// prose returns the offsets of what a description says, without quotes and the
// white space inside them; false where it is not written in SDL.
func prose(e graphql.Element) (src *graphql.Source, start, end int, ok bool) {
	src = e.Base().Source()
	start, end = e.Base().DescriptionSpan()
	if src == nil || isJSON(src) || end-start < 2 {
		return nil, 0, 0, false
	}
	quotes := 1
	if text := src.Text()[start:end]; len(text) >= 6 && strings.HasPrefix(text, `"""`) {
		quotes = 3
	}
	start, end = start+quotes, end-quotes
	text := src.Text()[start:end]
	start += len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	end -= len(text) - len(strings.TrimRight(text, " \t\r\n"))
	return src, start, end, start < end
}

// capitalized is the fix that writes the first letter of a description as a
// capital.
func capitalized(e graphql.Element) *check.Fix {
	src, start, end, ok := prose(e)
	if !ok {
		return nil
	}
	first, size := utf8.DecodeRuneInString(src.Text()[start:end])
	if !unicode.IsLower(first) || unicode.ToUpper(first) == first {
		return nil
	}
	return replace(src, "Begin with a capital letter", start, start+size, string(unicode.ToUpper(first)))
}

// ended is the fix that puts a period behind a description.
func ended(e graphql.Element) *check.Fix {
	src, _, end, ok := prose(e)
	if !ok || strings.HasSuffix(src.Text()[:end], `\`) {
		return nil
	}
	return replace(src, "End with a period", end, end, ".")
}

// withoutArticle is the fix that begins a description with the word behind its
// article, where that is one of plain language.
func withoutArticle(e graphql.Element, article string) *check.Fix {
	src, start, end, ok := prose(e)
	if !ok {
		return nil
	}
	rest, ok := strings.CutPrefix(src.Text()[start:end], article+" ")
	first, size := utf8.DecodeRuneInString(rest)
	if !ok || !unicode.IsLetter(first) {
		return nil
	}
	if word := opening(rest); word == strings.ToLower(word) && !beginsSmall(word) {
		return nil // a name that is written small
	}
	return replace(src, "Leave out the article", start, start+len(article)+1+size, string(unicode.ToUpper(first)))
}

// sorted is the fix that puts elements in the order of their names that stand
// one behind the other in one block. Each takes its description and the
// comments directly above with it.
func sorted[E graphql.Element](elements []E) *check.Fix {
	src := elements[0].Base().Source()
	if src == nil || isJSON(src) {
		return nil
	}
	text := src.Text()
	chunks := make([][2]int, len(elements))
	floor := 0
	for i, e := range elements {
		if e.Base().Source() != src {
			return nil
		}
		start, end := e.Base().Span()
		for {
			comment, at := commentAbove(text, start)
			if comment == "" || at < floor || i == 0 && strings.TrimLeft(text[strings.LastIndexByte(text[:at], '\n')+1:at], " \t") != "" {
				break
			}
			start = at
		}
		if rest := strings.TrimLeft(text[end:], " \t,"); strings.HasPrefix(rest, "#") { // a comment behind it
			if end = strings.IndexAny(rest, "\r\n"); end < 0 {
				return nil
			}
			end += len(text) - len(rest)
		}
		if i > 0 && (start < floor || strings.Trim(text[floor:start], " \t\r\n,") != "") {
			return nil // something stands between: another block, a comment
		}
		chunks[i], floor = [2]int{start, end}, end
	}
	order := make([]int, len(elements))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(elements[a].Base().Name, elements[b].Base().Name) })
	var b strings.Builder
	for i, from := range order {
		if i > 0 {
			gap := text[chunks[i-1][1]:chunks[i][0]]
			if gap == "" || !strings.Contains(gap, "\n") && strings.Contains(text[chunks[order[i-1]][0]:chunks[order[i-1]][1]], "#") {
				return nil
			}
			b.WriteString(gap)
		}
		b.WriteString(text[chunks[from][0]:chunks[from][1]])
	}
	return replace(src, "Sort by name", chunks[0][0], floor, b.String())
}
