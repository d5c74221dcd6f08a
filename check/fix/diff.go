package fix

import (
	"fmt"
	"strings"
)

// context is how many unchanged lines a diff shows around a change.
const context = 3

// region is a change in whole lines: bytes of the original, and those that
// stand in their place.
type region struct{ start, end, newStart, newEnd int }

// Diff returns the change of a file as a unified diff with three lines of
// context, "" where nothing has changed. The names are those of its header:
// for patch and git apply, a/NAME and b/NAME.
//
// It shows what the edits replaced, without lines that were replaced by
// themselves; it is not searched for, so its cost is that of the texts' length.
func (t *Texts) Diff(name, from, to string) string {
	f := t.files[name]
	if f == nil || f.err != nil || f.text == f.original {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "--- %s\n+++ %s\n", from, to)
	old, now := lines{text: f.original}, lines{text: f.text}
	regions := f.regions()
	for len(regions) > 0 {
		n := 1
		for n < len(regions) && f.close(regions[n-1], regions[n]) {
			n++
		}
		hunk(&b, &old, &now, regions[:n])
		regions = regions[n:]
	}
	return b.String()
}

// regions returns what has changed, in order, none touching another.
func (f *file) regions() []region {
	var list []region
	at, now := 0, 0 // behind the last piece of the original
	add := func(r region) {
		r = f.wholeLines(r)
		if last := len(list) - 1; last >= 0 && (r.start < list[last].end || r.newStart < list[last].newEnd) {
			list[last].end, list[last].newEnd = max(list[last].end, r.end), max(list[last].newEnd, r.newEnd)
			return
		}
		list = append(list, r)
	}
	pos := 0
	for _, p := range f.pieces {
		if p.text == "" {
			if p.start != at || pos != now {
				add(region{at, p.start, now, pos})
			}
			at, now = p.end, pos+p.size()
		}
		pos += p.size()
	}
	if at != len(f.original) || pos != now {
		add(region{at, len(f.original), now, pos})
	}
	kept := list[:0]
	for _, r := range list {
		if r = f.trim(r); r.start != r.end || r.newStart != r.newEnd {
			kept = append(kept, r)
		}
	}
	return kept
}

// wholeLines widens a region to whole lines.
func (f *file) wholeLines(r region) region {
	back := r.start - lineStart(f.original, r.start)
	// What stands before it on the line may be another change already.
	if nowBack := r.newStart - lineStart(f.text, r.newStart); nowBack != back {
		r.start, r.newStart = lineStart(f.original, r.start), lineStart(f.text, r.newStart)
	} else {
		r.start, r.newStart = r.start-back, r.newStart-back
	}
	if lineStart(f.original, r.end) == r.end && lineStart(f.text, r.newEnd) == r.newEnd {
		return r
	}
	rest := strings.IndexByte(f.original[r.end:], '\n') + 1
	if rest == 0 {
		rest = len(f.original) - r.end
	}
	nowRest := strings.IndexByte(f.text[r.newEnd:], '\n') + 1
	if nowRest == 0 {
		nowRest = len(f.text) - r.newEnd
	}
	r.end, r.newEnd = r.end+rest, r.newEnd+nowRest
	return r
}

func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

// trim takes equal lines off both ends of a region.
func (f *file) trim(r region) region {
	for {
		a, b := firstLine(f.original[r.start:r.end]), firstLine(f.text[r.newStart:r.newEnd])
		if a == "" || a != b {
			break
		}
		r.start, r.newStart = r.start+len(a), r.newStart+len(b)
	}
	for {
		a, b := lastLine(f.original[r.start:r.end]), lastLine(f.text[r.newStart:r.newEnd])
		if a == "" || a != b {
			return r
		}
		r.end, r.newEnd = r.end-len(a), r.newEnd-len(b)
	}
}

func firstLine(text string) string {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return text[:i+1]
	}
	return text
}

func lastLine(text string) string {
	return text[strings.LastIndexByte(strings.TrimSuffix(text, "\n"), '\n')+1:]
}

// close reports whether the context of two regions would touch.
func (f *file) close(a, b region) bool {
	return strings.Count(f.original[a.end:b.start], "\n") <= 2*context
}

// lines counts the lines of a text from its begin on.
type lines struct {
	text     string
	at, line int
}

// to returns how many lines are before an offset that only ever grows.
func (l *lines) to(offset int) int {
	l.line += strings.Count(l.text[l.at:offset], "\n")
	l.at = offset
	return l.line
}

// hunk writes regions that are near to one another.
func hunk(b *strings.Builder, old, now *lines, regions []region) {
	first, last := regions[0], regions[len(regions)-1]
	start, end := first.start, last.end
	for range context {
		if start > 0 {
			start = lineStart(old.text, start-1)
		}
		if end < len(old.text) {
			end += len(firstLine(old.text[end:]))
		}
	}
	newStart, newEnd := first.newStart-(first.start-start), last.newEnd+(end-last.end)
	fmt.Fprintf(b, "@@ -%s +%s @@\n", span(old.to(start), old.text[start:end]), span(now.to(newStart), now.text[newStart:newEnd]))
	at := start
	for _, r := range regions {
		block(b, ' ', old.text[at:r.start])
		block(b, '-', old.text[r.start:r.end])
		block(b, '+', now.text[r.newStart:r.newEnd])
		at = r.end
	}
	block(b, ' ', old.text[at:end])
}

// span is the range of a hunk's header: the first line and how many.
func span(before int, text string) string {
	n := strings.Count(text, "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		n++
	}
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", before)
	case 1:
		return fmt.Sprint(before + 1)
	}
	return fmt.Sprintf("%d,%d", before+1, n)
}

// block writes lines with a sign before each.
func block(b *strings.Builder, sign byte, text string) {
	for text != "" {
		line := firstLine(text)
		b.WriteByte(sign)
		b.WriteString(line)
		if text = text[len(line):]; !strings.HasSuffix(line, "\n") {
			b.WriteString("\n\\ No newline at end of file\n")
		}
	}
}
