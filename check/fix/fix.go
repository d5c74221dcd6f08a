// Package fix applies the changes that findings carry, [check.Fix], to the
// texts of files, and shows what has changed as a unified diff.
//
// It knows no syntax: what a change has to be is the matter of who makes it.
// It reads and writes no files either: texts come in by a function, and are
// taken out again.
package fix

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// Errors of edits that cannot be applied.
var (
	// ErrOverlap is that of two edits that touch the same bytes, or insert at
	// the same place.
	ErrOverlap = errors.New("edits overlap")
	// ErrRange is that of an edit outside its text.
	ErrRange = errors.New("edit lies outside the text")
)

// Apply returns the text with edits applied, which may come in any order and
// whose files are not looked at. Bytes outside the edits stay as they are.
// The error wraps [ErrOverlap] or [ErrRange].
func Apply(text string, edits []check.Edit) (string, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, compare)
	sorted = Join(sorted)
	size := len(text)
	for i, e := range sorted {
		if !inside(e, len(text)) {
			return "", fmt.Errorf("%w: bytes %d to %d of %d", ErrRange, e.Start, e.End, len(text))
		}
		if i > 0 && touch(sorted[i-1], e) {
			return "", fmt.Errorf("%w: bytes %d to %d and %d to %d", ErrOverlap, sorted[i-1].Start, sorted[i-1].End, e.Start, e.End)
		}
		size += len(e.NewText) - (e.End - e.Start)
	}
	var b strings.Builder
	b.Grow(size)
	at := 0
	for _, e := range sorted {
		b.WriteString(text[at:e.Start])
		b.WriteString(e.NewText)
		at = e.End
	}
	b.WriteString(text[at:])
	return b.String(), nil
}

// Join makes one edit of those that go together, by [check.Join]. It looks at such
// as follow one another.
func Join(edits []check.Edit) []check.Edit {
	var list []check.Edit
	for _, e := range edits {
		last := len(list) - 1
		if last < 0 || !joins(list[last], e) {
			list = append(list, e)
			continue
		}
		first := &list[last]
		at := first.Join.At
		first.NewText = first.NewText[:at] + e.Join.Text + first.NewText[at:]
		first.Join.At += len(e.Join.Text)
	}
	return list
}

func joins(a, b check.Edit) bool {
	return a.Join.To != "" && a.Join.To == b.Join.To && a.File == b.File && a.Start == b.Start && a.End == b.End &&
		0 <= a.Join.At && a.Join.At <= len(a.NewText)
}

func compare(a, b check.Edit) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

func inside(e check.Edit, size int) bool { return e.Start >= 0 && e.Start <= e.End && e.End <= size }

// touch reports whether two edits, a before b, cannot both be applied. Edits
// that end and begin at one place can, unless both of them insert there or an
// insertion's side of the other would be a matter of chance.
func touch(a, b check.Edit) bool {
	return b.Start < a.End || b.Start == a.Start || b.Start == b.End && b.Start == a.End
}
