package gather

import (
	"strings"
	"unicode"
)

// acts are the words by which events say what happened, for each method of an
// operation that makes it happen.
var acts = map[string][]string{
	"POST":   {"created", "create", "opened", "open", "added", "new", "published", "submitted", "started"},
	"PUT":    {"updated", "update", "edited", "changed", "replaced", "renamed", "moved"},
	"PATCH":  {"updated", "update", "edited", "changed", "closed", "reopened", "renamed", "moved", "assigned", "labeled"},
	"DELETE": {"deleted", "delete", "removed", "destroyed", "closed"},
}

// verbs are the methods of REST that the verbs of mutations stand for.
var verbs = map[string]string{
	"create": "POST", "add": "POST", "open": "POST", "publish": "POST", "submit": "POST", "start": "POST",
	"update": "PATCH", "edit": "PATCH", "set": "PATCH", "change": "PATCH", "rename": "PATCH", "move": "PATCH", "close": "PATCH", "reopen": "PATCH", "assign": "PATCH",
	"delete": "DELETE", "remove": "DELETE", "destroy": "DELETE",
}

// mutationEvents does what events does for a mutation, "Mutation.createIssue".
func (t *table) mutationEvents(coordinate string) []string {
	_, name, _ := strings.Cut(coordinate, ".")
	words := split(name)
	if len(words) < 2 || verbs[words[0]] == "" {
		return nil
	}
	return t.events(verbs[words[0]]+" /"+strings.Join(words[1:], "-"), "", "")
}

// events returns the webhooks that tell of what an operation does: those whose
// name is about the same thing, and says that it was done. An event that does not
// say what was done goes with the operation that creates.
func (t *table) events(operation, tag, schema string) (names []string) {
	method, path, _ := strings.Cut(operation, " ")
	words, writes := acts[method]
	if !writes {
		return nil
	}
	thing := noun(path)
	for i := range t.webhooks {
		w := &t.webhooks[i]
		about, act := eventWords(w.name)
		same := about != "" && (about == thing || about == singular(strings.ToLower(schema))) || about == "" && singular(strings.ToLower(tag)) == thing && w.tag == tag
		if !same || act == "" && method != "POST" {
			continue
		}
		if act == "" {
			w.taken = true
			names = append(names, w.name)
			continue
		}
		for _, word := range words {
			if act == word {
				w.taken = true
				names = append(names, w.name)
				break
			}
		}
	}
	return names
}

// noun is what a path is about: its last segment that is no parameter, in the
// singular.
func noun(path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i := len(segments) - 1; i >= 0; i-- {
		if s := segments[i]; s != "" && !strings.HasPrefix(s, "{") {
			return singular(strings.Join(split(s), " "))
		}
	}
	return ""
}

// eventWords cuts the name of an event, "issueOpened", "issues.opened" or
// "issue-opened", into what it is about, in the singular, and what happened.
func eventWords(name string) (about, act string) {
	words := split(name)
	for i, w := range words {
		if w == "on" && i == 0 {
			continue
		}
		if i > 0 && isAct(w) {
			act = w
			break
		}
		if about != "" {
			about += " "
		}
		about += w
	}
	return singular(about), act
}

func isAct(word string) bool {
	for _, method := range [...]string{"POST", "PUT", "PATCH", "DELETE"} {
		for _, w := range acts[method] {
			if w == word {
				return true
			}
		}
	}
	return false
}

// split cuts a name into its words, in lower case.
func split(name string) (words []string) {
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			words = append(words, b.String())
			b.Reset()
		}
	}
	lower := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			lower = false
			continue
		case unicode.IsUpper(r) && lower:
			end()
		}
		lower = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	end()
	return words
}

// singular takes the ending of a plural off an English noun.
func singular(s string) string {
	switch {
	case strings.HasSuffix(s, "ies") && len(s) > 4:
		return s[:len(s)-3] + "y"
	case strings.HasSuffix(s, "ses"), strings.HasSuffix(s, "xes"), strings.HasSuffix(s, "ches"), strings.HasSuffix(s, "shes"):
		return s[:len(s)-2]
	case strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && !strings.HasSuffix(s, "us") && len(s) > 2:
		return s[:len(s)-1]
	}
	return s
}
