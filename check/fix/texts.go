package fix

import (
	"fmt"
	"maps"
	"slices"
	"sort"

	"github.com/plumbapi/plumb/check"
)

// Outcome is what became of a fix.
type Outcome struct {
	// Applied says that the texts have the fix now.
	Applied bool
	// Err says why a fix cannot be applied to these texts at all: a file that
	// may not be changed, an edit outside its text. A fix that is neither
	// applied nor wrong waits: it touches what one before it changed, and its
	// offsets no longer hold. Who looks again finds it anew.
	Err error
}

// Texts are the texts of files while fixes are applied to them, pass by pass.
type Texts struct {
	read  func(file string) (string, error)
	files map[string]*file
}

// file is a text and how it is made of the one that it was.
type file struct {
	original, text string
	pieces         []piece
	err            error

	taken []check.Edit // those of the pass, in order of their start
}

// piece is a run of a text: bytes of the original, or others.
type piece struct {
	start, end int // of the original; both 0 where text is set
	text       string
}

func (p piece) size() int { return p.end - p.start + len(p.text) }

// New returns texts that are read as fixes name them, each file once. An error
// of read is that of all fixes that would change the file.
func New(read func(file string) (string, error)) *Texts {
	return &Texts{read: read, files: map[string]*file{}}
}

// Apply is one pass: it applies the fixes in their order, each whole or not at
// all. Their offsets are those of the texts before the pass. Where fixes
// touch the same bytes the first wins and the others wait; a fix with the same
// edits as one before it counts as applied.
func (t *Texts) Apply(fixes []*check.Fix) []Outcome {
	outcomes := make([]Outcome, len(fixes))
	for i, f := range fixes {
		outcomes[i].Applied, outcomes[i].Err = t.take(f)
	}
	for _, f := range t.files {
		f.apply()
	}
	return outcomes
}

// take adds the edits of a fix to those of the pass, unless they touch.
func (t *Texts) take(fix *check.Fix) (bool, error) {
	edits := slices.Clone(fix.Edits)
	slices.SortStableFunc(edits, compare)
	last := map[string]check.Edit{}
	var fresh []check.Edit
	for _, e := range edits {
		f := t.file(e.File)
		if f.err != nil {
			return false, f.err
		}
		if !inside(e, len(f.text)) {
			return false, fmt.Errorf("%w: bytes %d to %d of %d of %s", ErrRange, e.Start, e.End, len(f.text), e.File)
		}
		if before, ok := last[e.File]; ok && touch(before, e) && !joins(before, e) {
			return false, fmt.Errorf("%w: bytes %d to %d and %d to %d of %s", ErrOverlap, before.Start, before.End, e.Start, e.End, e.File)
		}
		last[e.File] = e
		fresh = append(fresh, e)
	}
	known := 0
	for _, e := range fresh {
		free, same := t.files[e.File].room(e)
		if !free && !same {
			return false, nil
		}
		if same {
			known++
		}
	}
	switch known {
	case len(fresh):
		return true, nil
	case 0:
		for _, e := range fresh {
			f := t.files[e.File]
			f.taken = slices.Insert(f.taken, f.behind(e), e)
		}
		return true, nil
	}
	return false, nil // half of it is done: what that makes is for the next pass to say
}

// behind returns the place of an edit among those taken, behind those of the same
// bytes.
func (f *file) behind(e check.Edit) int {
	return sort.Search(len(f.taken), func(i int) bool { return compare(f.taken[i], e) > 0 })
}

// room reports whether an edit touches none of those taken that it does not go
// together with, and whether it is one of them.
func (f *file) room(e check.Edit) (free, same bool) {
	end := f.behind(e)
	begin := end
	for begin > 0 && compare(f.taken[begin-1], e) == 0 {
		begin--
	}
	if slices.Contains(f.taken[begin:end], e) {
		return false, true
	}
	if begin < end && !joins(f.taken[begin], e) {
		return false, false
	}
	return (begin == 0 || !touch(f.taken[begin-1], e)) && (end == len(f.taken) || !touch(e, f.taken[end])), false
}

func (t *Texts) file(name string) *file {
	f := t.files[name]
	if f == nil {
		f = &file{}
		f.original, f.err = t.read(name)
		f.text = f.original
		f.pieces = []piece{{start: 0, end: len(f.original)}}
		t.files[name] = f
	}
	return f
}

// apply applies the edits of the pass to the text and to its pieces.
func (f *file) apply() {
	if len(f.taken) == 0 {
		return
	}
	text, err := Apply(f.text, f.taken)
	if err != nil {
		f.taken = nil // take has seen to it
		return
	}
	f.text = text
	var made []piece
	add := func(p piece) {
		if p.size() > 0 {
			made = append(made, p)
		}
	}
	i, at, used := 0, 0, 0 // the piece, where the text is, how much of the piece is used
	// advance copies, or skips, up to an offset of the text before the pass.
	advance := func(to int, keep bool) {
		for at < to {
			p := f.pieces[i]
			n := min(p.size()-used, to-at)
			if keep {
				add(p.cut(used, used+n))
			}
			at, used = at+n, used+n
			if used == p.size() {
				i, used = i+1, 0
			}
		}
	}
	size := 0
	for _, p := range f.pieces {
		size += p.size()
	}
	for _, e := range Join(f.taken) {
		advance(e.Start, true)
		advance(e.End, false)
		add(piece{text: e.NewText})
	}
	advance(size, true)
	f.pieces, f.taken = made, nil
}

// cut returns a part of a piece.
func (p piece) cut(from, to int) piece {
	if p.text != "" {
		return piece{text: p.text[from:to]}
	}
	return piece{start: p.start + from, end: p.start + to}
}

// Text returns what a file is now. It is false for a file that no fix was
// about, and for one that could not be read.
func (t *Texts) Text(name string) (string, bool) {
	f := t.files[name]
	if f == nil || f.err != nil {
		return "", false
	}
	return f.text, true
}

// Original returns what a file was, as [Texts.Text] does.
func (t *Texts) Original(name string) (string, bool) {
	f := t.files[name]
	if f == nil || f.err != nil {
		return "", false
	}
	return f.original, true
}

// Changed returns the files whose text is another than it was, in order of
// their names.
func (t *Texts) Changed() []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if f := t.files[name]; f.err == nil && f.text != f.original {
			names = append(names, name)
		}
	}
	return names
}

// Clone returns texts that can go another way: what is applied to them leaves
// t as it is.
func (t *Texts) Clone() *Texts {
	c := New(t.read)
	for name, f := range t.files {
		same := *f
		c.files[name] = &same
	}
	return c
}
