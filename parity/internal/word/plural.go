package word

import "strings"

// singular returns the singular of an English noun in lower case. What it
// cannot know (people, indices) the lexicon says.
func singular(w string) string {
	n := len(w)
	if n < 3 || w[n-1] != 's' {
		return w
	}
	switch {
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w // access, status, analysis
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "uses") && n > 5 && w[n-5] != 'a' && w[n-5] != 'o':
		return w[:n-2] // addresses, boxes, branches, hashes, statuses
	}
	return w[:n-1]
}
