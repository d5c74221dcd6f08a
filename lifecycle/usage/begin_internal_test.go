package usage

import (
	"bufio"
	"strings"
	"testing"
)

// lines yields a line a read.
type lines struct {
	left  []string
	reads int
}

func (l *lines) Read(p []byte) (int, error) {
	l.reads++
	n := copy(p, l.left[0])
	l.left = l.left[1:]
	return n, nil
}

// What is written live is counted when it is there: no more lines are waited
// for than it takes to know the format.
func TestFindWaits(t *testing.T) {
	t.Parallel()
	const (
		boards = `a - - [05/Mar/2026:10:00:00 +0000] "GET /api/v3/boards HTTP/1.1" 200 1`
		object = `{"method":"GET"}`
	)
	tests := []struct {
		name, text, want string
		reads            int
	}{
		{"text", boards, Combined, 1},
		{"an object", object, JSONLines, 1},
		{"strange lines", "#\n\nstrange\n" + object, JSONLines, 4},
		{"half a line", boards[:9] + "|" + boards[9:], Combined, 2},
		{"a brace", "{\n\"log\"\n:\n{", HAR, 4},
		{"a brace and another member", "{\n\"method\"", JSONLines, 2},
		{"as many as may be strange", strings.Repeat("strange\n", sniffLines), Combined, sniffLines},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := parseFormat(&Options{})
			if err != nil {
				t.Fatal(err)
			}
			var left []string
			for _, line := range strings.SplitAfter(tt.text+"\n"+strings.Repeat("more\n", 9), "\n") {
				if half, rest, ok := strings.Cut(line, "|"); ok {
					left = append(left, half)
					line = rest
				}
				left = append(left, line)
			}
			in := &lines{left: left}
			if got := f.find(bufio.NewReaderSize(in, sniffBytes)); got != tt.want || in.reads != tt.reads {
				t.Errorf("%q after %d reads; want %q after %d", got, in.reads, tt.want, tt.reads)
			}
		})
	}
}
