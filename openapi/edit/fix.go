package edit

import "github.com/plumbapi/plumb/check"

// Fix makes a fix of edits that a machine may apply without asking; nil where
// there are none.
func Fix(title string, edits []check.Edit) *check.Fix {
	if len(edits) == 0 {
		return nil
	}
	return &check.Fix{Title: title, Edits: edits}
}

// Unsafe makes a fix that somebody should look at; nil where there are no
// edits.
func Unsafe(title string, edits []check.Edit) *check.Fix {
	f := Fix(title, edits)
	if f != nil {
		f.Unsafe = true
	}
	return f
}
