package openapi

import "strings"

// secondDocument returns the place of the marker that a second document of a
// YAML stream begins with, if that has any content. The first document ends
// at end.
func secondDocument(text string, end uint32) (at uint32, more bool) {
	next := int(end)
	marked := false
	for line := range strings.Lines(text[end:]) {
		start := next
		next += len(line)
		if rest, ok := strings.CutPrefix(line, "---"); ok && start > 0 && text[start-1] == '\n' {
			at, marked = uint32(start), true
			line = rest
		}
		line = strings.TrimSpace(line)
		if marked && line != "" && line != "..." && line[0] != '#' {
			return at, true
		}
	}
	return 0, false
}
