package fix_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/fix"
)

func edit(start, end int, text string) check.Edit {
	return check.Edit{File: "a", Start: start, End: end, NewText: text}
}

func TestApply(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		edits []check.Edit
		want  string
		err   error
	}{
		{"none", nil, "0123456789", nil},
		{"in any order", []check.Edit{edit(8, 9, "x"), edit(0, 0, "<"), edit(2, 4, "")}, "<014567x9", nil},
		{"side by side", []check.Edit{edit(2, 4, "a"), edit(4, 6, "b")}, "01ab6789", nil},
		{"to the end", []check.Edit{edit(10, 10, ">")}, "0123456789>", nil},
		{"overlap", []check.Edit{edit(2, 5, "a"), edit(4, 6, "b")}, "", fix.ErrOverlap},
		{"two insertions at one place", []check.Edit{edit(2, 2, "a"), edit(2, 2, "b")}, "", fix.ErrOverlap},
		{"an insertion at the end of another", []check.Edit{edit(0, 2, "a"), edit(2, 2, "b")}, "", fix.ErrOverlap},
		{"an insertion at the begin of another", []check.Edit{edit(2, 4, "a"), edit(2, 2, "b")}, "", fix.ErrOverlap},
		{"before the text", []check.Edit{edit(-1, 2, "")}, "", fix.ErrRange},
		{"behind the text", []check.Edit{edit(10, 11, "")}, "", fix.ErrRange},
		{"backwards", []check.Edit{edit(4, 2, "")}, "", fix.ErrRange},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := fix.Apply("0123456789", tt.edits)
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("Apply = %q, %v; want %q, %v", got, err, tt.want, tt.err)
			}
		})
	}
}

var errForeign = errors.New("not yours")

// texts reads a, b and c, which have ten digits, and nothing else.
func texts() *fix.Texts {
	return fix.New(func(file string) (string, error) {
		if len(file) > 1 {
			return "", errForeign
		}
		return "0123456789", nil
	})
}

func TestTextsApply(t *testing.T) {
	t.Parallel()
	in := func(file string, start, end int, text string) check.Edit {
		return check.Edit{File: file, Start: start, End: end, NewText: text}
	}
	tt := texts()
	got := tt.Apply([]*check.Fix{
		{Edits: []check.Edit{in("a", 2, 4, "x"), in("b", 0, 0, "first ")}},
		{Edits: []check.Edit{in("a", 3, 5, "y")}},                            // touches the first
		{Edits: []check.Edit{in("b", 5, 6, "z"), in("a", 2, 3, "y")}},        // half of it does
		{Edits: []check.Edit{in("b", 0, 0, "first "), in("a", 2, 4, "x")}},   // the first, again
		{Edits: []check.Edit{in("b", 0, 0, "first "), in("a", 8, 9, "w")}},   // half of it is done
		{Edits: []check.Edit{in("foreign", 0, 0, "z"), in("a", 8, 8, "no")}}, // may not
		{Edits: []check.Edit{in("a", 8, 11, "no")}},                          // outside
		{Edits: []check.Edit{in("a", 7, 9, "no"), in("a", 8, 9, "no")}},      // touches itself
		{Edits: []check.Edit{in("c", 0, 1, "0")}},                            // changes nothing
		{},
	})
	want := []fix.Outcome{
		{Applied: true}, {}, {}, {Applied: true}, {}, {Err: errForeign}, {Err: fix.ErrRange}, {Err: fix.ErrOverlap}, {Applied: true}, {Applied: true},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateErrors()); diff != "" {
		t.Errorf("Apply (-want +got):\n%s", diff)
	}
	for name, want := range map[string]string{"a": "01x456789", "b": "first 0123456789", "c": "0123456789"} {
		if got, ok := tt.Text(name); got != want || !ok {
			t.Errorf("Text(%s) = %q, %t; want %q", name, got, ok, want)
		}
		if got, _ := tt.Original(name); got != "0123456789" {
			t.Errorf("Original(%s) = %q", name, got)
		}
	}
	if _, ok := tt.Text("foreign"); ok {
		t.Error("a file that could not be read has a text")
	}
	if diff := cmp.Diff([]string{"a", "b"}, tt.Changed()); diff != "" {
		t.Errorf("Changed (-want +got):\n%s", diff)
	}
	other := tt.Clone()
	other.Apply([]*check.Fix{{Edits: []check.Edit{in("a", 0, 9, "")}}})
	if got, _ := tt.Text("a"); got != "01x456789" {
		t.Errorf("what is applied to a clone makes %q of the text", got)
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	before := strings.Join([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"}, "\n")
	tt := fix.New(func(string) (string, error) { return before, nil })
	at := func(line string) int { return strings.Index("\n"+before+"\n", "\n"+line+"\n") }
	tt.Apply([]*check.Fix{{Edits: []check.Edit{
		edit(at("2"), at("3"), ""), edit(at("4"), at("4"), "three and a half\n"), edit(at("15"), at("15")+2, "end"),
	}}})
	want := `--- a/f
+++ b/f
@@ -1,6 +1,6 @@
 1
-2
 3
+three and a half
 4
 5
 6
@@ -12,4 +12,4 @@
 12
 13
 14
-15
\ No newline at end of file
+end
\ No newline at end of file
`
	if diff := cmp.Diff(want, tt.Diff("a", "a/f", "b/f")); diff != "" {
		t.Errorf("Diff (-want +got):\n%s", diff)
	}
	if got := tt.Diff("none", "a", "b"); got != "" {
		t.Errorf("Diff of a file that nothing changed is %q", got)
	}
}

// Random edits in several passes: the text is that of applying them one pass
// at a time, and the diff makes it of the original.
func FuzzTexts(f *testing.F) {
	for seed := range uint64(50) {
		f.Add(seed, "a\nb\n\nc")
	}
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		r := rand.New(rand.NewPCG(seed, 0))
		tt := fix.New(func(string) (string, error) { return text, nil })
		want := text
		for range r.IntN(4) {
			var fixes []*check.Fix
			for range r.IntN(6) {
				start := r.IntN(len(want) + 1)
				end := start + r.IntN(min(len(want)-start, 5)+1)
				fixes = append(fixes, &check.Fix{Edits: []check.Edit{edit(start, end, []string{"", "x", "\n", "y\nz", "z\n"}[r.IntN(5)])}})
			}
			var applied []check.Edit
			for i, o := range tt.Apply(fixes) {
				if o.Err != nil {
					t.Fatal(o.Err)
				}
				if e := fixes[i].Edits[0]; o.Applied && !has(applied, e) {
					applied = append(applied, e)
				}
			}
			var err error
			if want, err = fix.Apply(want, applied); err != nil {
				t.Fatal(err)
			}
			if got, ok := tt.Text("a"); ok && got != want {
				t.Fatalf("Text = %q, want %q", got, want)
			}
		}
		if patched := patch(t, text, tt.Diff("a", "a", "b")); patched != want {
			t.Fatalf("the diff makes %q, want %q\n%s", patched, want, tt.Diff("a", "a", "b"))
		}
	})
}

func has(list []check.Edit, e check.Edit) bool {
	for _, x := range list {
		if x == e {
			return true
		}
	}
	return false
}

// patch applies a unified diff.
func patch(t *testing.T, text, diff string) string {
	t.Helper()
	if diff == "" {
		return text
	}
	old := strings.SplitAfter(text, "\n")
	if old[len(old)-1] == "" {
		old = old[:len(old)-1]
	}
	var out strings.Builder
	at := 0
	body := strings.SplitAfter(diff, "\n")[2:]
	for i := 0; i < len(body); i++ {
		line := body[i]
		if line == "" {
			break
		}
		content := line[1:]
		if i+1 < len(body) && strings.HasPrefix(body[i+1], `\ No newline`) {
			content = strings.TrimSuffix(content, "\n")
		}
		switch line[0] {
		case '@':
			var header string
			if _, err := fmt.Sscanf(line, "@@ -%s", &header); err != nil {
				t.Fatal(err)
			}
			first, count, _ := strings.Cut(header, ",")
			n, _ := strconv.Atoi(first)
			if count != "0" {
				n--
			}
			for ; at < n; at++ {
				out.WriteString(old[at])
			}
		case ' ', '-':
			if at >= len(old) || old[at] != content {
				t.Fatalf("line %d of the diff is not line %d of the text\n%s", i+3, at+1, diff)
			}
			if at++; line[0] == ' ' {
				out.WriteString(content)
			}
		case '+':
			out.WriteString(content)
		}
	}
	for ; at < len(old); at++ {
		out.WriteString(old[at])
	}
	return out.String()
}
